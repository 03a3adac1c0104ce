"""Instances of scale sets, and virtual machines."""

from vmss_sdk.emulator.arm.compute import instance_actions, instances, virtual_machines
from vmss_sdk.emulator.arm.compute.instance_actions import on_instance
from vmss_sdk.emulator.arm.compute.virtual_machines import on_machine
from vmss_sdk.emulator.arm.routes.paths import COMPUTE, INSTANCE, MACHINE, MACHINES, SET, SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("GET", f"{SET}/virtualMachines", instances.list_all, "list instances"),
    Route("GET", INSTANCE, instances.get, "get instance"),
    Route("PUT", INSTANCE, instances.put, "act on instance"),
    Route("DELETE", INSTANCE, instances.delete, "delete instance"),
    Route("GET", f"{INSTANCE}/instanceView", instances.get_instance_view, "get instance"),
    Route("POST", f"{INSTANCE}/reimage", instance_actions.reimage, "act on instance"),
    Route("POST", f"{INSTANCE}/reimageall", instance_actions.reimage_all, "act on instance"),
    Route("POST", f"{INSTANCE}/start", on_instance.start, "act on instance"),
    Route("POST", f"{INSTANCE}/restart", on_instance.restart, "act on instance"),
    Route("POST", f"{INSTANCE}/redeploy", on_instance.redeploy, "act on instance"),
    Route("POST", f"{INSTANCE}/performMaintenance", on_instance.perform_maintenance, "touch instance"),
    Route("POST", f"{INSTANCE}/approveRollingUpgrade", instance_actions.approve_upgrade, "act on instance"),
    Route("POST", f"{INSTANCE}/simulateEviction", on_instance.simulate_eviction, "touch instance"),
    Route("POST", f"{INSTANCE}/powerOff", on_instance.power_off, "delete instance"),
    Route("POST", f"{INSTANCE}/deallocate", on_instance.deallocate, "delete instance"),
    Route("GET", f"{SUBSCRIPTION}/{COMPUTE}/virtualMachines", virtual_machines.list_all, "list machines"),
    Route(
        "GET",
        f"{SUBSCRIPTION}/{COMPUTE}/locations/{{location}}/virtualMachines",
        virtual_machines.list_in_location,
        "list machines",
    ),
    Route("GET", MACHINES, virtual_machines.list_in_group, "list machines"),
    Route("GET", MACHINE, virtual_machines.get, "get machine"),
    Route("PUT", MACHINE, virtual_machines.put, "act on machine"),
    Route("PATCH", MACHINE, virtual_machines.patch, "act on machine"),
    Route("DELETE", MACHINE, virtual_machines.delete, "delete machine"),
    Route("GET", f"{MACHINE}/instanceView", virtual_machines.get_instance_view, "get machine"),
    Route("POST", f"{MACHINE}/reimage", virtual_machines.reimage, "act on machine"),
    Route("POST", f"{MACHINE}/restart", on_machine.restart, "act on machine"),
    Route("POST", f"{MACHINE}/start", on_machine.start, "act on machine"),
    Route("POST", f"{MACHINE}/redeploy", on_machine.redeploy, "act on machine"),
    Route("POST", f"{MACHINE}/performMaintenance", on_machine.perform_maintenance, "act on machine"),
    Route("POST", f"{MACHINE}/simulateEviction", on_machine.simulate_eviction, "act on machine"),
    Route("POST", f"{MACHINE}/powerOff", on_machine.power_off, "act on machine"),
    Route("POST", f"{MACHINE}/deallocate", on_machine.deallocate, "act on machine"),
)
