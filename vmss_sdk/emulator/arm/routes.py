"""The table of routes: every call that the REST face answers."""

from vmss_sdk.emulator.arm import (
    control,
    control_faults,
    groups,
    instance_actions,
    instances,
    operations,
    rolling_upgrades,
    scale_sets,
    set_actions,
    subscriptions,
    virtual_machines,
)
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

_SUBSCRIPTION = "/subscriptions/{subscriptionId}"
_GROUP = f"{_SUBSCRIPTION}/resourceGroups/{{resourceGroupName}}"
_COMPUTE = "providers/Microsoft.Compute"
_SETS = f"{_GROUP}/{_COMPUTE}/virtualMachineScaleSets"
_SET = f"{_SETS}/{{vmScaleSetName}}"
_INSTANCE = f"{_SET}/virtualMachines/{{instanceId}}"
_MACHINES = f"{_GROUP}/{_COMPUTE}/virtualMachines"
_MACHINE = f"{_MACHINES}/{{vmName}}"
_CONTROLLED = "/_emulator/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/scaleSets/{vmScaleSetName}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/subscriptions", subscriptions.list_all),
    Route("GET", _SUBSCRIPTION, subscriptions.get),
    Route("GET", "/metadata/endpoints", subscriptions.endpoints, versioned=False),
    Route("GET", f"{_SUBSCRIPTION}/resourceGroups", groups.list_all),
    Route("PUT", _GROUP, groups.put),
    Route("GET", _GROUP, groups.get),
    Route("HEAD", _GROUP, groups.exists),
    Route("DELETE", _GROUP, groups.delete),
    Route("GET", f"{_SUBSCRIPTION}/operationresults/{{operationId}}", groups.result),
    Route(
        "GET",
        f"{_SUBSCRIPTION}/{_COMPUTE}/locations/{{location}}/operations/{{operationId}}",
        operations.get,
        "operation",
    ),
    Route("GET", f"{_SUBSCRIPTION}/{_COMPUTE}/virtualMachineScaleSets", scale_sets.list_all, "list sets"),
    Route("GET", _SETS, scale_sets.list_in_group, "list sets"),
    Route("PUT", _SET, scale_sets.put, "put set"),
    Route("PATCH", _SET, scale_sets.patch, "patch set"),
    Route("GET", _SET, scale_sets.get, "get set"),
    Route("DELETE", _SET, scale_sets.delete, "delete set"),
    Route("GET", f"{_SET}/instanceView", scale_sets.get_instance_view, "view set"),
    Route("GET", f"{_SET}/skus", scale_sets.list_skus, "get set"),
    Route("POST", f"{_SET}/start", set_actions.start, "act on set"),
    Route("POST", f"{_SET}/restart", set_actions.restart, "act on set"),
    Route("POST", f"{_SET}/powerOff", set_actions.power_off, "power off set"),
    Route("POST", f"{_SET}/deallocate", set_actions.deallocate, "power off set"),
    Route("POST", f"{_SET}/delete", set_actions.delete, "act on set"),
    Route("POST", f"{_SET}/reimage", set_actions.reimage, "act on set"),
    Route("POST", f"{_SET}/reimageall", set_actions.reimage_all, "act on set"),
    Route("POST", f"{_SET}/manualupgrade", set_actions.manual_upgrade, "act on set"),
    Route("GET", f"{_SET}/rollingUpgrades/latest", rolling_upgrades.latest, "get set"),
    Route("POST", f"{_SET}/rollingUpgrades/cancel", rolling_upgrades.cancel, "act on set"),
    Route("GET", f"{_SET}/virtualMachines", instances.list_all, "list instances"),
    Route("GET", _INSTANCE, instances.get, "get instance"),
    Route("PUT", _INSTANCE, instances.put, "act on instance"),
    Route("DELETE", _INSTANCE, instances.delete, "delete instance"),
    Route("GET", f"{_INSTANCE}/instanceView", instances.get_instance_view, "get instance"),
    Route("POST", f"{_INSTANCE}/reimage", instance_actions.reimage, "act on instance"),
    Route("POST", f"{_INSTANCE}/reimageall", instance_actions.reimage_all, "act on instance"),
    Route("POST", f"{_INSTANCE}/start", instance_actions.start, "act on instance"),
    Route("POST", f"{_INSTANCE}/restart", instance_actions.restart, "act on instance"),
    Route("POST", f"{_INSTANCE}/powerOff", instance_actions.power_off, "delete instance"),
    Route("POST", f"{_INSTANCE}/deallocate", instance_actions.deallocate, "delete instance"),
    Route("GET", f"{_SUBSCRIPTION}/{_COMPUTE}/virtualMachines", virtual_machines.list_all, "list machines"),
    Route("GET", _MACHINES, virtual_machines.list_in_group, "list machines"),
    Route("GET", _MACHINE, virtual_machines.get, "get machine"),
    Route("DELETE", _MACHINE, virtual_machines.delete, "delete machine"),
    Route("GET", f"{_MACHINE}/instanceView", virtual_machines.get_instance_view, "get machine"),
    Route("POST", f"{_MACHINE}/reimage", virtual_machines.reimage, "act on machine"),
    Route("POST", f"{_MACHINE}/restart", virtual_machines.restart, "act on machine"),
    Route("POST", f"{_MACHINE}/start", virtual_machines.start, "act on machine"),
    Route("POST", f"{_MACHINE}/powerOff", virtual_machines.power_off, "act on machine"),
    Route("POST", f"{_MACHINE}/deallocate", virtual_machines.deallocate, "act on machine"),
    Route("GET", "/_emulator/status", control.status, versioned=False),
    Route("GET", "/_emulator/clock", control.get_clock, versioned=False),
    Route("POST", "/_emulator/clock", control.set_clock, versioned=False),
    Route("POST", "/_emulator/reset", control.reset, versioned=False),
    Route("POST", "/_emulator/images", control.publish_image, versioned=False),
    Route("GET", f"{_CONTROLLED}/decisions", control.decisions, versioned=False),
    Route("GET", f"{_CONTROLLED}/faults", control_faults.list_all, versioned=False),
    Route("POST", f"{_CONTROLLED}/faults", control_faults.add, versioned=False),
    Route("DELETE", f"{_CONTROLLED}/faults", control_faults.clear, versioned=False),
)
