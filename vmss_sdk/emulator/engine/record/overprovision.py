"""Overprovisioning: more instances are created than wanted, and some of them go again."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.schedule import AnyAggregate

__all__ = ["Overprovision"]


@attrs.define(eq=False)
class Overprovision:
    """Who of more instances than wanted stays, and who is still coming (semantics 7.5).

    Attributes:
        operation_id: The operation that all this belongs to; empty once it is decided who stays.
        wanted: The ids that stay if all goes well.
        coming: Those whose creation has not ended.
        spare: The extra ones that are up.
        failed: The wanted ones that did not come up.
        ids: All of them.
    """

    operation_id: str
    wanted: set[str]
    coming: set[str]
    ids: tuple[str, ...]
    spare: list[str] = attrs.field(factory=list)
    failed: list[str] = attrs.field(factory=list)
    failure: Failure | None = None
    wanted_coming: int = attrs.field(init=False)

    @wanted_coming.default
    def _all_are_creating(self) -> int:
        return len(self.wanted)

    def on_created(self, scale_set: AnyAggregate, instance: Instance, failure: Failure | None) -> None:
        """One creation has ended."""
        raise NotImplementedError
