"""Actions of some scale sets only: Spot eviction, Service Fabric's walk, placement groups (semantics 2.0.5, 7)."""

from __future__ import annotations

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.model.extensions import is_service_fabric
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work.lifecycle import deallocate, delete_instances
from vmss_sdk.emulator.engine.work.selection import Scope

__all__ = ["convert_to_single_placement_group", "evict", "walk_update_domain"]

_UPDATE_DOMAINS = 5
_SINGLE_GROUP = 100


def evict(scale_set: Aggregate, instance: Instance) -> Operation:
    """Take a Spot instance's hardware away: it is deallocated, or deleted where ``evictionPolicy`` says so.

    Raises:
        Refused: It is no Spot instance (wire.md 3.28).
    """
    profile = scale_set.version(instance.applied).profile
    if profile.get("priority") != "Spot":
        raise Refused.because(Reason.NOT_SPOT, scale_set=scale_set.name, vm=instance.name)
    policy = profile.get("evictionPolicy", "Deallocate")
    scale_set.log(DecisionKind.EVICTED, [instance.id], {"policy": policy})
    act = delete_instances if policy == "Delete" else deallocate
    return act(scale_set, [instance.id], scope=Scope.INSTANCE)


def walk_update_domain(scale_set: Aggregate, domain: int) -> tuple[bool, int | None]:
    """Force a Service Fabric cluster on to its next update domain (wire.md 3.26).

    Returns:
        Whether a walk was performed, and the domain to name next; None after the last.

    Raises:
        Refused: There is no such update domain.
    """
    if not 0 <= domain < _UPDATE_DOMAINS:
        raise Refused.because(Reason.INVALID, target="platformUpdateDomain", parameter="platformUpdateDomain")
    if not is_service_fabric(scale_set.latest.profile):
        return False, None  # CHOICE: there is nothing to walk through
    quota_usage = {i.update_domain for i in scale_set.instances.values() if not i.deleting}
    return True, next((later for later in range(domain + 1, _UPDATE_DOMAINS) if later in quota_usage), None)


def convert_to_single_placement_group(scale_set: Aggregate) -> None:
    """Turn ``singlePlacementGroup`` on, which a write cannot (semantics 1.6.29).

    Raises:
        Refused: It has more instances than a placement group holds.
    """
    scale_set.refuse_if_deleting("convertToSinglePlacementGroup")
    if get_path(scale_set.document, "sku.capacity", 0) > _SINGLE_GROUP:
        raise Refused.because(
            Reason.TOO_MANY_INSTANCES, scale_set=scale_set.name, limit=_SINGLE_GROUP, target="sku.capacity"
        )
    scale_set.document["properties"]["singlePlacementGroup"] = True
    scale_set.etag += 1
