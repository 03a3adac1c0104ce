"""Scale sets and their rolling upgrades."""

from vmss_sdk.emulator.arm import operations
from vmss_sdk.emulator.arm.compute import (
    hook_events,
    platform_actions,
    rolling_upgrades,
    scale_sets,
    set_actions,
    set_extensions,
)
from vmss_sdk.emulator.arm.compute.set_actions import on_set
from vmss_sdk.emulator.arm.routes.paths import COMPUTE, HOOK_EVENT, SET, SET_EXTENSION, SETS, SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        f"{SUBSCRIPTION}/{COMPUTE}/locations/{{location}}/operations/{{operationId}}",
        operations.get,
        "operation",
        poll=True,
    ),
    Route("GET", f"{SUBSCRIPTION}/{COMPUTE}/virtualMachineScaleSets", scale_sets.list_all, "list sets"),
    Route(
        "GET",
        f"{SUBSCRIPTION}/{COMPUTE}/locations/{{location}}/virtualMachineScaleSets",
        scale_sets.list_in_location,
        "list sets",
    ),
    Route("GET", SETS, scale_sets.list_in_group, "list sets"),
    Route("PUT", SET, scale_sets.put, "put set"),
    Route("PATCH", SET, scale_sets.patch, "patch set"),
    Route("GET", SET, scale_sets.get, "get set"),
    Route("DELETE", SET, scale_sets.delete, "delete set"),
    Route("GET", f"{SET}/instanceView", scale_sets.get_instance_view, "view set"),
    Route("GET", f"{SET}/skus", scale_sets.list_skus, "get set"),
    Route("POST", f"{SET}/start", on_set.start, "act on set"),
    Route("POST", f"{SET}/restart", on_set.restart, "act on set"),
    Route("POST", f"{SET}/redeploy", on_set.redeploy, "act on set"),
    Route("POST", f"{SET}/powerOff", on_set.power_off, "power off set"),
    Route("POST", f"{SET}/deallocate", on_set.deallocate, "power off set"),
    Route("POST", f"{SET}/delete", set_actions.delete, "act on set"),
    Route("POST", f"{SET}/reimage", set_actions.reimage, "act on set"),
    Route("POST", f"{SET}/reimageall", set_actions.reimage_all, "act on set"),
    Route("POST", f"{SET}/manualupgrade", set_actions.manual_upgrade, "act on set"),
    Route("GET", f"{SET}/rollingUpgrades/latest", rolling_upgrades.latest, "get set"),
    Route("POST", f"{SET}/rollingUpgrades/cancel", rolling_upgrades.cancel, "act on set"),
    Route("POST", f"{SET}/osRollingUpgrade", rolling_upgrades.start_os, "upgrade set"),
    Route("POST", f"{SET}/extensionRollingUpgrade", rolling_upgrades.start_extension, "patch set"),
    Route("POST", f"{SET}/approveRollingUpgrade", rolling_upgrades.approve, "upgrade set"),
    Route("GET", f"{SET}/osUpgradeHistory", rolling_upgrades.list_history, "get set"),
    Route("GET", f"{SET}/extensions", set_extensions.list_all, "get set"),
    Route("GET", SET_EXTENSION, set_extensions.get, "get set"),
    Route("PUT", SET_EXTENSION, set_extensions.put, "patch set"),
    Route("PATCH", SET_EXTENSION, set_extensions.patch, "patch set"),
    Route("DELETE", SET_EXTENSION, set_extensions.delete, "patch set"),
    Route("GET", f"{SET}/lifecycleHookEvents", hook_events.list_all, "get set", waits=False),
    Route("GET", HOOK_EVENT, hook_events.get, "get set", waits=False),
    Route("PATCH", HOOK_EVENT, hook_events.patch, "touch set"),
    Route(
        "POST",
        f"{SET}/setOrchestrationServiceState",
        platform_actions.set_orchestration_service_state,
        "patch set",
    ),
    Route(
        "POST",
        f"{SET}/forceRecoveryServiceFabricPlatformUpdateDomainWalk",
        platform_actions.walk_update_domain,
        "touch set",
    ),
    Route(
        "POST",
        f"{SET}/convertToSinglePlacementGroup",
        platform_actions.convert_to_single_placement_group,
        "touch set",
    ),
    Route("POST", f"{SET}/performMaintenance", on_set.perform_maintenance, "touch set"),
    Route("POST", f"{SET}/reapply", platform_actions.reapply, "act on set"),
    Route("POST", f"{SET}/migrateVMAvailabilityZone", platform_actions.migrate_zone, "act on set"),
    Route("POST", f"{SET}/scaleOut", platform_actions.scale_out, "patch set"),
)
