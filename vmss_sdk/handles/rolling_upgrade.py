"""The rolling upgrade of a scale set."""

from __future__ import annotations

from vmss_sdk import models
from vmss_sdk.handles._resource import Resource, Verb
from vmss_sdk.operation import Operation

__all__ = ["RollingUpgrade"]

_CANCEL = Verb("rollingUpgrades/cancel")
_START_OS = Verb("osRollingUpgrade")
_START_EXTENSION = Verb("extensionRollingUpgrade")


class RollingUpgrade(Resource):
    """The rolling upgrade of one scale set: there is at most one at a time.

    Attributes:
        id: Resource id of the scale set.
    """

    __slots__ = ()

    def latest(self) -> models.RollingUpgradeStatusInfo:
        """How far the running rolling upgrade is, or how the last one ended.

        Raises:
            NotFoundError: There never was one.
        """
        return self._get(models.RollingUpgradeStatusInfo, "rollingUpgrades/latest")

    def cancel(self) -> Operation[None]:
        """Stop after the batch in flight; instances not reached yet stay as they are.

        Raises:
            OperationNotAllowedError: None is running.
        """
        return self._start(_CANCEL)

    def start_os(self) -> Operation[None]:
        """Move all instances to the newest version of the platform image, batch by batch.

        Raises:
            OperationNotAllowedError: One is running, or the image has no ``latest`` version to move to.
        """
        return self._start(_START_OS)

    def start_extension(self) -> Operation[None]:
        """Move the extensions of all instances to the newest version, batch by batch.

        Raises:
            OperationNotAllowedError: One is running.
        """
        return self._start(_START_EXTENSION)
