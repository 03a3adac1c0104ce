"""The rolling upgrade of a scale set."""

from __future__ import annotations

import math

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

    def wait(self, timeout: float | None = None) -> models.RollingUpgradeStatusInfo:
        """Wait until the rolling upgrade that runs has ended; the last one counts when none runs.

        Args:
            timeout: Seconds by the client's clock; None waits without end.

        Returns:
            How it ended: ``running_status.code`` is ``Completed``.

        Raises:
            RollingUpgradeFailedError: It failed: too many instances are unhealthy; ``code`` says at which gate.
            OperationCanceledError: It was cancelled.
            OperationTimeoutError: It has not ended in time, and goes on.
            NotFoundError: There never was one.
        """
        from vmss_sdk.handles._waits import PollingSchedule, until_rolled

        longest = math.inf if timeout is None else timeout
        return until_rolled(
            self.id, self.latest, PollingSchedule(longest, self._connection.polling_interval, self._connection.clock)
        )

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
