"""Handlers for platform actions: OS upgrades, hooks, repairs, placement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles.instance import Instance

__all__ = [
    "boot_diagnostics",
    "convert_to_single_placement_group",
    "migrate_zone",
    "reapply",
    "resiliency_view",
    "scale_out",
    "set_service_state",
    "simulate_eviction",
    "walk_update_domain",
]


def set_service_state(call: Call) -> Begun:
    """Suspend or resume automatic repairs."""
    service, action = call.args.service_name, call.args.action
    operation = call.scale_set.set_orchestration_service_state(service, action)
    return Begun(operation, f"{action} of {service} of '{call.scale_set_name}'")


def walk_update_domain(call: Call) -> Any:
    """Force a Service Fabric cluster on."""
    args = call.args
    return call.scale_set.walk_update_domain(
        args.platform_update_domain, zone=args.zone, placement_group_id=args.placement_group_id
    )


def simulate_eviction(call: Call) -> None:
    """Evict a Spot instance."""
    _instance(call, "--instance-id").simulate_eviction()


def resiliency_view(call: Call) -> Any:
    """Whether its deletion is retried."""
    return _instance(call, "--instance").get(expand="resiliencyView")


def boot_diagnostics(call: Call) -> Any:
    """Where screenshot and serial log are."""
    return _instance(call, "--instance-id").boot_diagnostics(expiration_minutes=call.args.expire)


def reapply(call: Call) -> Begun:
    """The same model once more."""
    return Begun(call.scale_set.reapply(), f"reapplying the model of '{call.scale_set_name}'")


def scale_out(call: Call) -> Begun:
    """More instances."""
    count, zone = call.args.count, call.args.zone
    what = f"adding {count} to '{call.scale_set_name}'"
    return Begun(call.scale_set.scale_out(count, zone=zone), what, lambda _: call.scale_set.get())


def migrate_zone(call: Call) -> Begun:
    """Another zone."""
    instances = call.instances(everything=False)
    return Begun(call.scale_set.migrate_zone(instances, zone=call.args.zone), f"migration of '{call.scale_set_name}'")


def convert_to_single_placement_group(call: Call) -> Any:
    """One placement group."""
    call.scale_set.convert_to_single_placement_group(active_placement_group_id=call.args.placement_group_id)


def _instance(call: Call, flag: str) -> Instance:
    return call.scale_set.instance(call.needed("instance_id", flag))
