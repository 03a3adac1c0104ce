"""Which instances an upgrade that the scale set itself starts may touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.emulator.engine.selection import skip

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.instance import Instance
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["candidates", "is_candidate"]


def candidates(scale_set: ScaleSet) -> list[Instance]:
    """The outdated instances, without those protected from scale set actions, which stay outdated (semantics 5)."""
    outdated = [i for i in scale_set.instances.values() if scale_set.outdated(i) and not i.deleting]
    return skip(scale_set, outdated, "protected", [i for i in outdated if i.protection.from_scale_set_actions])


def is_candidate(scale_set: ScaleSet, instance: Instance | None) -> bool:
    """Whether this instance, found a candidate before, still is one (semantics 2.5.37)."""
    if instance is None or instance.deleting or instance.protection.from_scale_set_actions:
        return False
    return scale_set.outdated(instance)
