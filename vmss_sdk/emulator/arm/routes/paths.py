"""The paths that several routes begin with."""

__all__ = [
    "BLOB",
    "COMPUTE",
    "CONTROLLED",
    "GROUP",
    "HOOK_EVENT",
    "INSTANCE",
    "MACHINE",
    "MACHINES",
    "SET",
    "SETS",
    "SET_EXTENSION",
    "SUBSCRIPTION",
]

SUBSCRIPTION = "/subscriptions/{subscriptionId}"
GROUP = f"{SUBSCRIPTION}/resourceGroups/{{resourceGroupName}}"
COMPUTE = "providers/Microsoft.Compute"
SETS = f"{GROUP}/{COMPUTE}/virtualMachineScaleSets"
SET = f"{SETS}/{{vmScaleSetName}}"
SET_EXTENSION = f"{SET}/extensions/{{vmssExtensionName}}"
INSTANCE = f"{SET}/virtualMachines/{{instanceId}}"
HOOK_EVENT = f"{SET}/lifecycleHookEvents/{{lifecycleHookEventName}}"
MACHINES = f"{GROUP}/{COMPUTE}/virtualMachines"
MACHINE = f"{MACHINES}/{{vmName}}"
CONTROLLED = "/_emulator/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/scaleSets/{vmScaleSetName}"
BLOB = "/_blob/{account}/{container}/{blob}"
