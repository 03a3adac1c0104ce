"""Work on one instance: what begins, how long it takes, how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from vmss_sdk.emulator.engine.record.instance import ProvisioningState

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.common.refusals import Failure
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.record.scale_set import ScaleSet

__all__ = ["Job"]


@attrs.define(kw_only=True, eq=False)
class Job:
    """One piece of work on one instance. Jobs on the same instance run one after the other.

    Attributes:
        instance_id: The instance.
        operation_id: The operation that it belongs to, if any.
        upgrade: The number of the rolling upgrade that it belongs to, if any.
        failure: Why it failed; set when it ends.
        idle: Whether there turned out to be nothing to do; the instance stays as it is.
    """

    instance_id: str
    operation_id: str | None = None
    upgrade: int | None = None
    failure: Failure | None = None
    idle: bool = False

    def accept(self, scale_set: ScaleSet, instance: Instance) -> None:
        """The work is taken on, also when it has to wait for other work on the instance."""

    def begin(self, scale_set: ScaleSet, instance: Instance) -> float:
        """Start: change what shows at once, and return how many seconds the work takes."""
        raise NotImplementedError(f"{type(self).__name__} must say how it begins")

    def notice(self, scale_set: ScaleSet, instance: Instance) -> float:  # noqa: ARG002  # a deletion's needs both
        """Seconds that come on top and do not vary."""
        return 0.0

    def finish(self, scale_set: ScaleSet, instance: Instance) -> None:
        """End: change what the work was for."""
        raise NotImplementedError(f"{type(self).__name__} must say how it ends")

    def told(self, scale_set: ScaleSet) -> None:
        """It is over for whoever waits for it: done, or void because the instance goes."""

    def step(self, scale_set: ScaleSet) -> None:
        """The work is over."""
        instance = scale_set.instances[self.instance_id]
        self.finish(scale_set, instance)
        if not self.idle:
            instance.changed_at = scale_set.now
        if not (self.idle or instance.deleting):
            instance.failure = self.failure
            instance.provisioning = ProvisioningState.FAILED if self.failure else ProvisioningState.SUCCEEDED
        scale_set.finished(self, instance)
