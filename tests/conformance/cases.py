"""Every operation of Azure: a call that works and one that fails, each with what is there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from azure.mgmt.compute import models

from tests.conformance.conftest import SUBSCRIPTION
from tests.conformance.parameters import LOCATION, patch, scale_set, some
from tests.conformance.stages import (
    COMMAND,
    DIAGNOSTIC,
    OWN_EXTENSION,
    SCRIPT,
    Stage,
    asking,
    commanded,
    commanded_and_off,
    diagnosed,
    empty,
    extended,
    extended_alone,
    extended_alone_and_off,
    flexible,
    following,
    none,
    off,
    plain,
    repaired,
    rolling,
    spot,
    zonal,
)

__all__ = ["CASES", "NOT_ALLOWED"]

UNKNOWN = some("99")
SHELL = models.RunCommandInput(command_id="RunShellScript", script=["ls"])
COMMAND_CHANGE = models.VirtualMachineRunCommandUpdate(properties=SCRIPT)
EXTENSION = models.VirtualMachineScaleSetExtension(
    properties=models.VirtualMachineScaleSetExtensionProperties(
        publisher="Microsoft.Azure.Extensions", type="CustomScript", type_handler_version="2.1"
    )
)
EXTENSION_CHANGE = models.VirtualMachineScaleSetExtensionUpdate(
    properties=models.VirtualMachineScaleSetExtensionProperties(force_update_tag="2")
)
CHANGE = models.VMScaleSetLifecycleHookEventUpdate(properties=models.VMScaleSetLifecycleHookEventProperties())
SUSPEND = models.OrchestrationServiceStateInput(service_name="AutomaticRepairs", action="Suspend")
ONE_GROUP = models.VMScaleSetConvertToSinglePlacementGroupInput()
ONE_MORE = models.VMScaleSetScaleOutInput(capacity=1)
OWN_EXTENSION_CHANGE = models.VirtualMachineScaleSetVMExtensionUpdate(
    properties=models.VirtualMachineExtensionUpdateProperties(force_update_tag="2")
)
TEMP_DISK = models.VirtualMachineScaleSetVMReimageParameters(temp_disk=True)


def _protection(*, scale_in: bool, actions: bool) -> models.VirtualMachineScaleSetVM:
    policy = models.VirtualMachineScaleSetVMProtectionPolicy(
        protect_from_scale_in=scale_in, protect_from_scale_set_actions=actions
    )
    properties = models.VirtualMachineScaleSetVMProperties(protection_policy=policy)
    return models.VirtualMachineScaleSetVM(location=LOCATION, properties=properties)


def _disk(stage: Stage, lun: int) -> models.AttachDetachDataDisksRequest:
    resource_id = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{stage.group}/providers/Microsoft.Compute/disks/data"
    disk = models.DataDisksToAttach(disk_id=resource_id, lun=lun)
    return models.AttachDetachDataDisksRequest(data_disks_to_attach=[disk])


def _to_zone(zone: str) -> models.MigrateVMAvailabilityZoneInput:
    return models.MigrateVMAvailabilityZoneInput(instance_ids=["0"], target_zone=zone)


@attrs.frozen
class Case:
    """A success and an error of one operation, each with what is there before."""

    before: Callable[[Stage], None]
    works: Callable[[Stage], Any]
    status: int
    before_error: Callable[[Stage], None]
    fails: Callable[[Stage], Any]
    error: tuple[int, str]


INVALID, BAD, ABSENT = (400, "InvalidParameter"), (400, "BadRequest"), (404, "NotFound")
NO_SET, NO_PARENT = (404, "ResourceNotFound"), (404, "ParentResourceNotFound")
NOT_ALLOWED = (409, "OperationNotAllowed")


def _event(stage: Stage) -> str:
    [event] = stage.life_cycle_hook_events.list(stage.group, "web")
    stage.sent.clear()
    return str(event.name)


SETS = {
    "get": Case(plain, lambda s: s.sets.get(s.group, "web"), 200, none, lambda s: s.sets.get(s.group, "web"), NO_SET),
    "begin_create_or_update": Case(
        none,
        lambda s: s.sets.begin_create_or_update(s.group, "web", scale_set(1)),
        201,
        none,
        lambda s: s.sets.begin_create_or_update(s.group, "web", scale_set(1, "Rolling")),
        BAD,
    ),
    "begin_update": Case(
        plain,
        lambda s: s.sets.begin_update(s.group, "web", patch(image_version="2.0.0")),
        200,
        rolling,
        lambda s: s.sets.begin_update(s.group, "web", patch(custom_data="second")),
        NOT_ALLOWED,
    ),
    "begin_delete": Case(
        plain,
        lambda s: s.sets.begin_delete(s.group, "web"),
        202,
        flexible,
        lambda s: s.sets.begin_delete(s.group, "web"),
        NOT_ALLOWED,
    ),
    "list": Case(
        none,
        lambda s: list(s.sets.list(s.group)),
        200,
        none,
        lambda s: list(s.sets.list("nothing")),
        (404, "ResourceGroupNotFound"),
    ),
    "list_by_location": Case(
        none,
        lambda s: list(s.sets.list_by_location(LOCATION)),
        200,
        none,
        lambda s: list(s.sets.list_by_location("nowhere!")),
        (400, "LocationNotAvailableForResourceType"),
    ),
    "convert_to_single_placement_group": Case(
        plain,
        lambda s: s.sets.convert_to_single_placement_group(s.group, "web", ONE_GROUP),
        200,
        none,
        lambda s: s.sets.convert_to_single_placement_group(s.group, "web", ONE_GROUP),
        NO_SET,
    ),
    "begin_delete_instances": Case(
        plain,
        lambda s: s.sets.begin_delete_instances(s.group, "web", some("0")),
        202,
        plain,
        lambda s: s.sets.begin_delete_instances(s.group, "web", UNKNOWN),
        INVALID,
    ),
    "force_recovery_service_fabric_platform_update_domain_walk": Case(
        plain,
        lambda s: s.sets.force_recovery_service_fabric_platform_update_domain_walk(
            s.group, "web", platform_update_domain=0
        ),
        200,
        plain,
        lambda s: s.sets.force_recovery_service_fabric_platform_update_domain_walk(
            s.group, "web", platform_update_domain=9
        ),
        INVALID,
    ),
    "get_instance_view": Case(
        plain,
        lambda s: s.sets.get_instance_view(s.group, "web"),
        200,
        flexible,
        lambda s: s.sets.get_instance_view(s.group, "web"),
        NOT_ALLOWED,
    ),
    "begin_update_instances": Case(
        plain,
        lambda s: s.sets.begin_update_instances(s.group, "web", some("0")),
        202,
        plain,
        lambda s: s.sets.begin_update_instances(s.group, "web", UNKNOWN),
        INVALID,
    ),
    "get_os_upgrade_history": Case(
        plain,
        lambda s: list(s.sets.get_os_upgrade_history(s.group, "web")),
        200,
        none,
        lambda s: list(s.sets.get_os_upgrade_history(s.group, "web")),
        NO_SET,
    ),
    "begin_perform_maintenance": Case(
        empty,
        lambda s: s.sets.begin_perform_maintenance(s.group, "web"),
        202,
        plain,
        lambda s: s.sets.begin_perform_maintenance(s.group, "web"),
        NOT_ALLOWED,
    ),
    "begin_reapply": Case(
        plain,
        lambda s: s.sets.begin_reapply(s.group, "web"),
        202,
        none,
        lambda s: s.sets.begin_reapply(s.group, "web"),
        NO_SET,
    ),
    "begin_set_orchestration_service_state": Case(
        repaired,
        lambda s: s.sets.begin_set_orchestration_service_state(s.group, "web", SUSPEND),
        202,
        plain,
        lambda s: s.sets.begin_set_orchestration_service_state(s.group, "web", SUSPEND),
        NOT_ALLOWED,
    ),
    "list_skus": Case(
        plain,
        lambda s: list(s.sets.list_skus(s.group, "web")),
        200,
        none,
        lambda s: list(s.sets.list_skus(s.group, "web")),
        NO_SET,
    ),
    "begin_migrate_vm_availability_zone": Case(
        zonal,
        lambda s: s.sets.begin_migrate_vm_availability_zone(s.group, "web", _to_zone("2")),
        202,
        zonal,
        lambda s: s.sets.begin_migrate_vm_availability_zone(s.group, "web", _to_zone("3")),
        INVALID,
    ),
    "begin_scale_out": Case(
        plain,
        lambda s: s.sets.begin_scale_out(s.group, "web", ONE_MORE),
        202,
        plain,
        lambda s: s.sets.begin_scale_out(s.group, "web", models.VMScaleSetScaleOutInput(capacity=0)),
        INVALID,
    ),
}


def _on_set(name: str, before: Callable[[Stage], None] = plain) -> Case:
    """An action on all instances, and on one that is not there."""
    return Case(
        before,
        lambda s: getattr(s.sets, name)(s.group, "web"),
        202,
        plain,
        lambda s: getattr(s.sets, name)(s.group, "web", UNKNOWN),
        INVALID,
    )


ACTIONS = (
    "deallocate",
    "power_off",
    "redeploy",
    "reimage",
    "reimage_all",
    "restart",
    "start",
    "approve_rolling_upgrade",
)
SETS |= {f"begin_{name}": _on_set(f"begin_{name}") for name in ACTIONS}
SETS["begin_reimage"] = attrs.evolve(
    SETS["begin_reimage"],
    fails=lambda s: s.sets.begin_reimage(
        s.group, "web", models.VirtualMachineScaleSetReimageParameters(instance_ids=["99"])
    ),
)


def _on_instance(name: str, *more: Any, before: Callable[[Stage], None] = plain, error: Any = INVALID) -> Case:
    """An action on an instance, and on one that is not there."""
    return Case(
        before,
        lambda s: getattr(s.vms, name)(s.group, "web", "0", *more),
        202,
        before,
        lambda s: getattr(s.vms, name)(s.group, "web", "99", *more),
        error,
    )


def _refused_when_off(name: str) -> Case:
    """An action that a deallocated instance cannot take."""
    return attrs.evolve(
        _on_instance(name),
        before_error=off,
        fails=lambda s: getattr(s.vms, name)(s.group, "web", "0"),
        error=NOT_ALLOWED,
    )


VMS = {
    "get": Case(
        plain,
        lambda s: s.vms.get(s.group, "web", "0", expand="instanceView"),
        200,
        plain,
        lambda s: s.vms.get(s.group, "web", "99"),
        ABSENT,
    ),
    "begin_update": Case(
        plain,
        lambda s: s.vms.begin_update(s.group, "web", "0", _protection(scale_in=True, actions=False)),
        200,
        plain,
        lambda s: s.vms.begin_update(s.group, "web", "0", _protection(scale_in=False, actions=True)),
        INVALID,
    ),
    "begin_delete": Case(
        plain,
        lambda s: s.vms.begin_delete(s.group, "web", "0"),
        202,
        none,
        lambda s: s.vms.begin_delete(s.group, "web", "0"),
        NO_PARENT,
    ),
    "list": Case(
        plain,
        lambda s: list(s.vms.list(s.group, "web")),
        200,
        none,
        lambda s: list(s.vms.list(s.group, "web")),
        NO_PARENT,
    ),
    "get_instance_view": Case(
        plain,
        lambda s: s.vms.get_instance_view(s.group, "web", "0"),
        200,
        plain,
        lambda s: s.vms.get_instance_view(s.group, "web", "99"),
        ABSENT,
    ),
    "begin_reimage": attrs.evolve(
        _refused_when_off("begin_reimage"),
        before_error=plain,
        fails=lambda s: s.vms.begin_reimage(s.group, "web", "0", TEMP_DISK),
        error=INVALID,
    ),
    "simulate_eviction": Case(
        spot,
        lambda s: s.vms.simulate_eviction(s.group, "web", "0"),
        204,
        plain,
        lambda s: s.vms.simulate_eviction(s.group, "web", "0"),
        NOT_ALLOWED,
    ),
    "begin_attach_detach_data_disks": Case(
        plain,
        lambda s: s.vms.begin_attach_detach_data_disks(s.group, "web", "0", _disk(s, 0)),
        202,
        plain,
        lambda s: s.vms.begin_attach_detach_data_disks(s.group, "web", "99", _disk(s, 0)),
        ABSENT,
    ),
    "retrieve_boot_diagnostics_data": Case(
        diagnosed,
        lambda s: s.vms.retrieve_boot_diagnostics_data(s.group, "web", "0"),
        200,
        plain,
        lambda s: s.vms.retrieve_boot_diagnostics_data(s.group, "web", "0"),
        NOT_ALLOWED,
    ),
    "begin_run_command": attrs.evolve(
        _on_instance("begin_run_command", SHELL),
        before_error=off,
        fails=lambda s: s.vms.begin_run_command(s.group, "web", "0", SHELL),
        error=NOT_ALLOWED,
    ),
    "begin_start": _on_instance("begin_start"),
    "begin_deallocate": _on_instance("begin_deallocate"),
    "begin_approve_rolling_upgrade": _on_instance("begin_approve_rolling_upgrade"),
    **{
        f"begin_{name}": _refused_when_off(f"begin_{name}")
        for name in ("power_off", "redeploy", "restart", "reimage_all")
    },
}

UPGRADES = {
    "begin_start_extension_upgrade": Case(
        extended,
        lambda s: s.rolling_upgrades.begin_start_extension_upgrade(s.group, "web"),
        202,
        rolling,
        lambda s: s.rolling_upgrades.begin_start_extension_upgrade(s.group, "web"),
        NOT_ALLOWED,
    ),
    "begin_start_os_upgrade": Case(
        following,
        lambda s: s.rolling_upgrades.begin_start_os_upgrade(s.group, "web"),
        202,
        plain,
        lambda s: s.rolling_upgrades.begin_start_os_upgrade(s.group, "web"),
        NOT_ALLOWED,
    ),
    "begin_cancel": Case(
        rolling,
        lambda s: s.rolling_upgrades.begin_cancel(s.group, "web"),
        202,
        plain,
        lambda s: s.rolling_upgrades.begin_cancel(s.group, "web"),
        NOT_ALLOWED,
    ),
    "get_latest": Case(
        rolling,
        lambda s: s.rolling_upgrades.get_latest(s.group, "web"),
        200,
        plain,
        lambda s: s.rolling_upgrades.get_latest(s.group, "web"),
        ABSENT,
    ),
}

EXTENSIONS = {
    "get": Case(
        extended,
        lambda s: s.extensions.get(s.group, "web", "health"),
        200,
        plain,
        lambda s: s.extensions.get(s.group, "web", "nothing"),
        ABSENT,
    ),
    "begin_create_or_update": Case(
        plain,
        lambda s: s.extensions.begin_create_or_update(s.group, "web", "script", EXTENSION),
        201,
        none,
        lambda s: s.extensions.begin_create_or_update(s.group, "web", "script", EXTENSION),
        NO_PARENT,
    ),
    "begin_update": Case(
        extended,
        lambda s: s.extensions.begin_update(s.group, "web", "health", EXTENSION_CHANGE),
        201,
        plain,
        lambda s: s.extensions.begin_update(s.group, "web", "nothing", EXTENSION_CHANGE),
        ABSENT,
    ),
    "begin_delete": Case(
        extended,
        lambda s: s.extensions.begin_delete(s.group, "web", "health"),
        202,
        none,
        lambda s: s.extensions.begin_delete(s.group, "web", "health"),
        NO_PARENT,
    ),
    "list": Case(
        extended,
        lambda s: list(s.extensions.list(s.group, "web")),
        200,
        none,
        lambda s: list(s.extensions.list(s.group, "web")),
        NO_PARENT,
    ),
}

OWN_EXTENSIONS = {
    "get": Case(
        extended_alone,
        lambda s: s.vm_extensions.get(s.group, "web", "0", "script", expand="instanceView"),
        200,
        plain,
        lambda s: s.vm_extensions.get(s.group, "web", "0", "nothing"),
        ABSENT,
    ),
    "begin_create_or_update": Case(
        plain,
        lambda s: s.vm_extensions.begin_create_or_update(s.group, "web", "0", "script", OWN_EXTENSION),
        201,
        off,
        lambda s: s.vm_extensions.begin_create_or_update(s.group, "web", "0", "script", OWN_EXTENSION),
        NOT_ALLOWED,
    ),
    "begin_update": Case(
        extended_alone,
        lambda s: s.vm_extensions.begin_update(s.group, "web", "0", "script", OWN_EXTENSION_CHANGE),
        200,
        plain,
        lambda s: s.vm_extensions.begin_update(s.group, "web", "0", "nothing", OWN_EXTENSION_CHANGE),
        ABSENT,
    ),
    "begin_delete": Case(
        extended_alone,
        lambda s: s.vm_extensions.begin_delete(s.group, "web", "0", "script"),
        202,
        extended_alone_and_off,
        lambda s: s.vm_extensions.begin_delete(s.group, "web", "0", "script"),
        NOT_ALLOWED,
    ),
    "list": Case(
        extended_alone,
        lambda s: s.vm_extensions.list(s.group, "web", "0"),
        200,
        plain,
        lambda s: s.vm_extensions.list(s.group, "web", "99"),
        ABSENT,
    ),
}


def _commands(family: str, body: Any, lists: str) -> dict[str, Case]:
    """The five operations of a family of run commands."""

    def of(stage: Stage) -> Any:
        return getattr(stage, family)

    return {
        "get": Case(
            commanded,
            lambda s: of(s).get(s.group, "web", "0", "script", expand="instanceView"),
            200,
            plain,
            lambda s: of(s).get(s.group, "web", "0", "nothing"),
            ABSENT,
        ),
        "begin_create_or_update": Case(
            plain,
            lambda s: of(s).begin_create_or_update(s.group, "web", "0", "script", body),
            201,
            off,
            lambda s: of(s).begin_create_or_update(s.group, "web", "0", "script", body),
            NOT_ALLOWED,
        ),
        "begin_update": Case(
            commanded,
            lambda s: of(s).begin_update(s.group, "web", "0", "script", COMMAND_CHANGE),
            200,
            plain,
            lambda s: of(s).begin_update(s.group, "web", "0", "nothing", COMMAND_CHANGE),
            ABSENT,
        ),
        "begin_delete": Case(
            commanded,
            lambda s: of(s).begin_delete(s.group, "web", "0", "script"),
            202,
            commanded_and_off,
            lambda s: of(s).begin_delete(s.group, "web", "0", "script"),
            NOT_ALLOWED,
        ),
        lists: Case(
            commanded,
            lambda s: list(getattr(of(s), lists)(s.group, "web", "0")),
            200,
            plain,
            lambda s: list(getattr(of(s), lists)(s.group, "web", "99")),
            ABSENT,
        ),
    }


EVENTS = {
    "get": Case(
        asking,
        lambda s: s.life_cycle_hook_events.get(s.group, "web", _event(s)),
        200,
        plain,
        lambda s: s.life_cycle_hook_events.get(s.group, "web", "nothing"),
        ABSENT,
    ),
    "update": Case(
        asking,
        lambda s: s.life_cycle_hook_events.update(s.group, "web", _event(s), CHANGE),
        200,
        plain,
        lambda s: s.life_cycle_hook_events.update(s.group, "web", "nothing", CHANGE),
        ABSENT,
    ),
    "list": Case(
        asking,
        lambda s: list(s.life_cycle_hook_events.list(s.group, "web")),
        200,
        none,
        lambda s: list(s.life_cycle_hook_events.list(s.group, "web")),
        NO_PARENT,
    ),
}

CASES = {
    f"virtual_machine_scale_{group}.{name}": case
    for group, cases in {
        "sets": SETS,
        "set_vms": VMS,
        "set_rolling_upgrades": UPGRADES,
        "set_extensions": EXTENSIONS,
        "set_vm_extensions": OWN_EXTENSIONS,
        "set_vm_run_commands": _commands("vm_run_commands", COMMAND, "list"),
        "set_vm_diagnostic_run_commands": _commands("vm_diagnostic_run_commands", DIAGNOSTIC, "diagnostic_list"),
        "set_life_cycle_hook_events": EVENTS,
    }.items()
    for name, case in cases.items()
}
