"""The methods of the bridge as a table: which verb of the client each one is, what it takes and what it answers.

It holds no rule of its own: what may be done and what it does is for the client and the service to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from vmss_sdk import models
from vmss_sdk.bridge.answers import DONE, JSON_VALUE, NOTHING, Answer, list_of, one, records
from vmss_sdk.bridge.params import FLAG, INSTANCES, INTEGER, JSON, NUMBER, TEXT, TEXTS, TIME, Kind, Param, model
from vmss_sdk.client import VmssClient

__all__ = ["METHODS", "Method", "Target"]


@attrs.frozen
class Target:
    """Whom a verb is asked of.

    Attributes:
        find: The handle, from a client and the named arguments of `params`.
        params: What names it.
    """

    find: Callable[..., Any]
    params: tuple[Param, ...] = ()


@attrs.frozen
class Method:
    """One method.

    Attributes:
        name: As requests call it.
        target: Whom it is asked of.
        verb: The name of a method of the handle, or a function of the handle and the arguments.
        answer: How its result is told.
        params: What it takes besides the names of the target.
    """

    name: str
    target: Target
    verb: str | Callable[..., Any]
    answer: Answer
    params: tuple[Param, ...] = ()

    def call(self, client: VmssClient, arguments: dict[str, Any]) -> Any:
        """Do it; what comes back is for `answer`, or an operation to wait for."""
        names = {param.argument: arguments.pop(param.argument, None) for param in self.target.params}
        handle = self.target.find(client, **names)
        return getattr(handle, self.verb)(**arguments) if isinstance(self.verb, str) else self.verb(handle, **arguments)

    @property
    def all_params(self) -> tuple[Param, ...]:
        """The names of the target and what the verb takes."""
        return (*self.target.params, *self.params)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _params(kinds: Mapping[str, Kind], *, required: bool) -> tuple[Param, ...]:
    return tuple(Param(name, _snake_case(name), kind, required) for name, kind in kinds.items())


_NONE: Mapping[str, Kind] = MappingProxyType({})
_SET = {"resourceGroup": TEXT, "scaleSet": TEXT}

_CLIENT = Target(lambda client: client)
_GROUPS = Target(lambda client: client.resource_groups)
_SCALE_SET = Target(
    lambda client, resource_group, scale_set: client.scale_set(resource_group, scale_set), _params(_SET, required=True)
)
_ROLLING = Target(
    lambda client, resource_group, scale_set: client.scale_set(resource_group, scale_set).rolling_upgrade,
    _params(_SET, required=True),
)
_INSTANCE = Target(
    lambda client, resource_group, scale_set, instance_id: client.scale_set(resource_group, scale_set).instance(
        instance_id
    ),
    _params({**_SET, "instanceId": TEXT}, required=True),
)
_EVENT = Target(
    lambda client, resource_group, scale_set, event: client.scale_set(resource_group, scale_set).lifecycle_hook_event(
        event
    ),
    _params({**_SET, "event": TEXT}, required=True),
)
_RESOURCE = Target(
    lambda client, id, api_version: client.resource(id, api_version=api_version),
    _params({"id": TEXT, "apiVersion": TEXT}, required=True),
)
_EMULATOR = Target(lambda client: client.emulator)
_CLOCK = Target(lambda client: client.emulator.clock)
_EMULATED = Target(
    lambda client, resource_group, scale_set: client.emulator.scale_set(resource_group, scale_set),
    _params(_SET, required=True),
)


def _faults(client: VmssClient, resource_group: str | None, scale_set: str | None) -> Any:
    """Those of a scale set, or of the service when none is named."""
    if resource_group is None or scale_set is None:
        return client.emulator.faults
    return client.emulator.scale_set(resource_group, scale_set).faults


_FAULTS = Target(_faults, _params(_SET, required=False))


def _add_fault(faults: Any, kind: str, members: Mapping[str, Any] | None = None) -> Any:
    return faults.add(kind, **(members or {}))


def _listed_events(scale_set: Any) -> Any:
    return [event.listed for event in scale_set.lifecycle_hook_events()]


def _method(
    name: str,
    target: Target,
    verb: str | Callable[..., Any],
    answer: Answer,
    *,
    needs: Mapping[str, Kind] = _NONE,
    takes: Mapping[str, Kind] = _NONE,
) -> Method:
    return Method(name, target, verb, answer, _params(needs, required=True) + _params(takes, required=False))


_ONE_SET = one(models.VirtualMachineScaleSet)
_SETS = list_of(models.VirtualMachineScaleSet, "PSVirtualMachineScaleSetList")
_INSTANCE_MODEL = one(models.VirtualMachineScaleSetVM)
_GROUP = one(models.ResourceGroup)
_ON = {"instances": INSTANCES}
_REIMAGE = {
    "tempDisk": FLAG,
    "exactVersion": TEXT,
    "osProfile": model(models.OSProfileProvisioningData),
    "forceUpdateOsDiskForEphemeral": FLAG,
}
_CLOCK_READING = records("EmulatorClock")
_HOOK_EVENT = one(models.VMScaleSetLifecycleHookEvent)

_TABLE = (
    # Scale sets
    _method("scaleSet.list", _CLIENT, "scale_sets", _SETS, takes={"resourceGroup": TEXT, "location": TEXT}),
    _method("scaleSet.get", _SCALE_SET, "get", _ONE_SET, takes={"expand": TEXT}),
    _method(
        "scaleSet.createOrUpdate",
        _SCALE_SET,
        "create_or_update",
        _ONE_SET,
        needs={"model": model(models.VirtualMachineScaleSet)},
        takes={"ifMatch": TEXT, "ifNoneMatch": TEXT},
    ),
    _method(
        "scaleSet.update",
        _SCALE_SET,
        "update",
        _ONE_SET,
        needs={"change": model(models.VirtualMachineScaleSetUpdate)},
        takes={"ifMatch": TEXT},
    ),
    _method("scaleSet.delete", _SCALE_SET, "delete", DONE, takes={"force": FLAG}),
    _method("scaleSet.instanceView", _SCALE_SET, "instance_view", one(models.VirtualMachineScaleSetInstanceView)),
    _method("scaleSet.skus", _SCALE_SET, "skus", list_of(models.VirtualMachineScaleSetSku)),
    _method(
        "scaleSet.osUpgradeHistory",
        _SCALE_SET,
        "os_upgrade_history",
        list_of(models.UpgradeOperationHistoricalStatusInfo),
    ),
    _method("scaleSet.reimage", _SCALE_SET, "reimage", DONE, needs=_ON, takes=_REIMAGE),
    _method("scaleSet.reimageAll", _SCALE_SET, "reimage_all", DONE, needs=_ON),
    _method("scaleSet.upgradeInstances", _SCALE_SET, "upgrade_instances", DONE, needs=_ON),
    _method("scaleSet.start", _SCALE_SET, "start", DONE, needs=_ON),
    _method("scaleSet.restart", _SCALE_SET, "restart", DONE, needs=_ON),
    _method("scaleSet.redeploy", _SCALE_SET, "redeploy", DONE, needs=_ON),
    _method("scaleSet.performMaintenance", _SCALE_SET, "perform_maintenance", DONE, needs=_ON),
    _method("scaleSet.powerOff", _SCALE_SET, "power_off", DONE, needs=_ON, takes={"skipShutdown": FLAG}),
    _method("scaleSet.deallocate", _SCALE_SET, "deallocate", DONE, needs=_ON, takes={"hibernate": FLAG}),
    _method("scaleSet.deleteInstances", _SCALE_SET, "delete_instances", DONE, needs=_ON, takes={"force": FLAG}),
    _method("scaleSet.approveRollingUpgrade", _SCALE_SET, "approve_rolling_upgrade", DONE, needs=_ON),
    _method("scaleSet.reapply", _SCALE_SET, "reapply", DONE),
    _method("scaleSet.scaleOut", _SCALE_SET, "scale_out", DONE, needs={"count": INTEGER}, takes={"zone": TEXT}),
    _method(
        "scaleSet.setOrchestrationServiceState",
        _SCALE_SET,
        "set_orchestration_service_state",
        DONE,
        needs={"service": TEXT, "action": TEXT},
    ),
    _method(
        "scaleSet.walkUpdateDomain",
        _SCALE_SET,
        "walk_update_domain",
        one(models.RecoveryWalkResponse),
        needs={"domain": INTEGER},
        takes={"zone": TEXT, "placementGroupId": TEXT},
    ),
    # The rolling upgrade of a scale set
    _method("rollingUpgrade.latest", _ROLLING, "latest", one(models.RollingUpgradeStatusInfo)),
    _method("rollingUpgrade.cancel", _ROLLING, "cancel", DONE),
    _method("rollingUpgrade.startOS", _ROLLING, "start_os", DONE),
    _method("rollingUpgrade.startExtension", _ROLLING, "start_extension", DONE),
    # Lifecycle hook events
    _method("lifecycleHookEvent.list", _SCALE_SET, _listed_events, list_of(models.VMScaleSetLifecycleHookEvent)),
    _method("lifecycleHookEvent.get", _EVENT, "get", _HOOK_EVENT),
    _method("lifecycleHookEvent.approve", _EVENT, "approve", _HOOK_EVENT, needs=_ON),
    _method("lifecycleHookEvent.reject", _EVENT, "reject", _HOOK_EVENT, needs=_ON),
    _method("lifecycleHookEvent.delay", _EVENT, "delay", _HOOK_EVENT, needs={"until": TIME}),
    # Instances
    _method(
        "instance.list",
        _SCALE_SET,
        "instances",
        list_of(models.VirtualMachineScaleSetVM, "PSVirtualMachineScaleSetVMList"),
        takes={"filter": TEXT, "select": TEXT, "expand": TEXT},
    ),
    _method("instance.get", _INSTANCE, "get", _INSTANCE_MODEL, takes={"expand": TEXT}),
    _method("instance.instanceView", _INSTANCE, "instance_view", one(models.VirtualMachineScaleSetVMInstanceView)),
    _method(
        "instance.update",
        _INSTANCE,
        "update",
        _INSTANCE_MODEL,
        needs={"instance": model(models.VirtualMachineScaleSetVM)},
        takes={"ifMatch": TEXT},
    ),
    _method(
        "instance.protect",
        _INSTANCE,
        "protect",
        _INSTANCE_MODEL,
        takes={"fromScaleIn": FLAG, "fromScaleSetActions": FLAG},
    ),
    _method("instance.reimage", _INSTANCE, "reimage", DONE, takes=_REIMAGE),
    _method("instance.reimageAll", _INSTANCE, "reimage_all", DONE),
    _method("instance.upgrade", _INSTANCE, "upgrade", DONE),
    _method("instance.start", _INSTANCE, "start", DONE),
    _method("instance.restart", _INSTANCE, "restart", DONE),
    _method("instance.redeploy", _INSTANCE, "redeploy", DONE),
    _method("instance.performMaintenance", _INSTANCE, "perform_maintenance", DONE),
    _method("instance.simulateEviction", _INSTANCE, "simulate_eviction", DONE),
    _method("instance.powerOff", _INSTANCE, "power_off", DONE, takes={"skipShutdown": FLAG}),
    _method("instance.deallocate", _INSTANCE, "deallocate", DONE),
    _method("instance.delete", _INSTANCE, "delete", DONE, takes={"force": FLAG}),
    _method("instance.approveRollingUpgrade", _INSTANCE, "approve_rolling_upgrade", DONE),
    # Resource groups
    _method("resourceGroup.list", _GROUPS, "list", list_of(models.ResourceGroup)),
    _method("resourceGroup.get", _GROUPS, "get", _GROUP, needs={"name": TEXT}),
    _method(
        "resourceGroup.createOrUpdate",
        _GROUPS,
        "create_or_update",
        _GROUP,
        needs={"name": TEXT, "location": TEXT},
        takes={"tags": JSON},
    ),
    _method("resourceGroup.delete", _GROUPS, "delete", DONE, needs={"name": TEXT}),
    # Resources of any type, as they are
    _method("resource.get", _RESOURCE, "get", JSON_VALUE),
    _method("resource.createOrUpdate", _RESOURCE, "create_or_update", DONE, needs={"document": JSON}),
    # Operations that were begun without waiting
    _method("operation.resume", _CLIENT, "resume", DONE, needs={"token": TEXT}),
    # What only an emulator has
    _method("emulator.status", _EMULATOR, "status", records("EmulatorStatus")),
    _method("emulator.reset", _EMULATOR, "reset", NOTHING),
    _method(
        "emulator.publishImage",
        _EMULATOR,
        "publish_image",
        records("ImageVersion"),
        needs={"image": TEXT, "version": TEXT},
    ),
    _method(
        "emulator.publishExtensionHandler",
        _EMULATOR,
        "publish_extension_handler",
        NOTHING,
        needs={"handler": TEXT, "version": TEXT},
    ),
    _method("clock.read", _CLOCK, "read", _CLOCK_READING),
    _method("clock.advance", _CLOCK, "advance", _CLOCK_READING, needs={"seconds": NUMBER}),
    _method("clock.skip", _CLOCK, "skip", _CLOCK_READING),
    _method("clock.settle", _CLOCK, "settle", _CLOCK_READING, takes={"limit": INTEGER}),
    _method("clock.setSpeed", _CLOCK, "set_speed", _CLOCK_READING, needs={"factor": NUMBER}),
    _method("fault.list", _FAULTS, "list", records("EmulatorFault")),
    _method("fault.add", _FAULTS, _add_fault, records("EmulatorFault"), needs={"kind": TEXT}, takes={"members": JSON}),
    _method("fault.clear", _FAULTS, "clear", NOTHING, takes={"kind": TEXT}),
    _method("emulated.pending", _EMULATED, "pending", records("PendingChanges")),
    _method("emulated.decisions", _EMULATED, "decisions", records("Decision"), takes={"since": INTEGER}),
    _method("emulated.instances", _EMULATED, "instances", records("InstanceState")),
    _method(
        "emulated.reportHealth",
        _EMULATED,
        lambda emulated, instances, state=None: emulated.report_health(instances, state),
        NOTHING,
        needs={"instances": TEXTS},
        takes={"state": TEXT},
    ),
    _method("emulated.startPlatformUpgrade", _EMULATED, "start_platform_upgrade", NOTHING),
    _method("emulated.evict", _EMULATED, "evict", NOTHING, needs={"instances": TEXTS}),
    _method(
        "emulated.setCustomMetrics",
        _EMULATED,
        "set_custom_metrics",
        NOTHING,
        needs={"instances": TEXTS},
        takes={"phase": INTEGER, "skipUpgrade": FLAG},
    ),
    _method(
        "emulated.writeData",
        _EMULATED,
        lambda emulated, instances, place, value=None: emulated.write_data(instances, place, value),
        NOTHING,
        needs={"instances": TEXTS, "place": TEXT},
        takes={"value": TEXT},
    ),
)

METHODS: Mapping[str, Method] = MappingProxyType({method.name: method for method in _TABLE})
"""Every method by its name."""
