"""A small world of resources, and every place in it that takes a body."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from tests.emulator.arm.azure import (
    BASE,
    CONTROL,
    FLEXIBLE,
    GROUP,
    HEALTH_EXTENSION,
    RICH_HEALTH,
    SET,
    SUBSCRIPTION,
    VERSION,
    Azure,
    changed,
    model,
    rolling,
)
from tests.emulator.arm.test_os_upgrades import automatic, publish
from vmss_sdk import models, wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.models import Model
from vmss_sdk.transport.base import Request, Response

__all__ = ["PLACES", "Place", "World"]

_handle = Emulator.handle
"""Without the watch of the tests over answers: what is answered here has in it what was sent, whatever that is."""

_FLEX = SET.replace("/web", "/flex")
_HOOKED = SET.replace("/web", "/hooked")
_MACHINES = f"{GROUP}/providers/Microsoft.Compute/virtualMachines"
_DEPLOYMENT = f"{GROUP}/providers/Microsoft.Resources/deployments/d"
_OF_NETWORK = f"{GROUP}/providers/Microsoft.Network"
_NETWORK = f"{_OF_NETWORK}/virtualNetworks/net"
_NETWORK_BODY = {
    "location": "westus2",
    "tags": {"a": "b"},
    "properties": {"subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}]},
}
_DISK = f"{GROUP}/providers/Microsoft.Compute/disks/disk"
_INSTANCE = f"{SET}/virtualMachines/0"
_EXTENSION = {
    "location": "westus2",
    "properties": {
        "publisher": "Microsoft.Azure.Extensions",
        "type": "CustomScript",
        "typeHandlerVersion": "2.1",
        "settings": {"a": 1},
        "protectedSettings": {"b": 2},
    },
}
_COMMAND = {
    "location": "westus2",
    "properties": {
        "source": {"script": "echo"},
        "parameters": [{"name": "a", "value": "b"}],
        "timeoutInSeconds": 60,
        "outputBlobUri": "https://blob/o?sig=x",
    },
}
_TEMPLATE: dict[str, Any] = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"n": {"type": "int", "defaultValue": 2}, "pw": {"type": "securestring", "defaultValue": "x"}},
    "variables": {
        "v": "[concat('a',parameters('n'))]",
        "copy": [{"name": "many", "count": 2, "input": "[copyIndex('many')]"}],
    },
    "functions": [
        {
            "namespace": "own",
            "members": {
                "twice": {
                    "parameters": [{"name": "x", "type": "int"}],
                    "output": {"type": "int", "value": "[mul(parameters('x'),2)]"},
                }
            },
        }
    ],
    "resources": [
        {
            "type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-01-01",
            "name": "[concat('net',copyIndex())]",
            "location": "westus2",
            "copy": {"name": "nets", "count": 2, "mode": "serial", "batchSize": 1},
            "properties": {"a": "[own.twice(2)]"},
        },
        {
            "type": "Microsoft.Compute/virtualMachineScaleSets",
            "apiVersion": VERSION,
            "name": "[variables('v')]",
            "dependsOn": ["nets"],
            "condition": True,
            **model(1),
        },
        {
            "type": "Microsoft.Resources/deployments",
            "apiVersion": "2021-04-01",
            "name": "inner",
            "properties": {
                "mode": "Incremental",
                "expressionEvaluationOptions": {"scope": "inner"},
                "parameters": {"p": {"value": "[parameters('n')]"}},
                "template": {
                    "contentVersion": "1.0.0.0",
                    "parameters": {"p": {"type": "int"}},
                    "resources": [],
                    "outputs": {"o": {"type": "int", "value": "[parameters('p')]"}},
                },
            },
        },
    ],
    "outputs": {"o": {"type": "string", "value": "[variables('v')]"}},
}
_DEPLOY = {"properties": {"mode": "Incremental", "template": _TEMPLATE, "parameters": {"n": {"value": 1}}}}


@attrs.frozen
class Place:
    """Where a body can be sent.

    Attributes:
        name: For the test's id.
        method: Of the request.
        path: Of the request.
        body: One that is taken.
        model: What it is; None: the emulator reads it without a model.
        version: The api-version.
    """

    name: str
    method: str
    path: str
    body: Any
    model: type[Model] | None = None
    version: str = VERSION


def _full() -> dict[str, Any]:
    """A scale set with something in every part of it."""
    profile = "properties.virtualMachineProfile"
    return changed(
        rolling(3, {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT0S"}, RICH_HEALTH),
        {
            "location": "westus2",
            "zones": ["1", "2"],
            "tags": {"a": "b"},
            "identity": {"type": "SystemAssigned"},
            "properties.automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT30M"},
            "properties.scaleInPolicy": {"rules": ["OldestVM"]},
            f"{profile}.storageProfile.osDisk": {"createOption": "FromImage"},
            f"{profile}.storageProfile.dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 10}],
            f"{profile}.osProfile.linuxConfiguration": {"disablePasswordAuthentication": False},
            f"{profile}.scheduledEventsProfile": {
                "terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT5M"}
            },
        },
    )


def _part() -> dict[str, Any]:
    """What a PATCH may have of it."""
    profile = "properties.virtualMachineProfile"
    own = (f"{profile}.osProfile.{name}" for name in ("computerNamePrefix", "adminUsername", "adminPassword"))
    return changed(_full(), dict.fromkeys((*own, f"{profile}.storageProfile.osDisk", "location")))


_ACT = {"instanceIds": ["0"]}
PLACES = (
    Place("create a set", "PUT", f"{SET}2", _full(), models.VirtualMachineScaleSet),
    Place("put a set", "PUT", SET, _full(), models.VirtualMachineScaleSet),
    Place(
        "put a Flexible set", "PUT", _FLEX, model(2, {**FLEXIBLE, "location": "westus2"}), models.VirtualMachineScaleSet
    ),
    Place("patch a set", "PATCH", SET, _part(), models.VirtualMachineScaleSetUpdate),
    Place(
        "health settings",
        "PUT",
        f"{SET}/extensions/health",
        {"properties": RICH_HEALTH["properties"]},
        models.VirtualMachineScaleSetExtension,
    ),
    Place(
        "patch an extension",
        "PATCH",
        f"{SET}/extensions/health",
        {"properties": HEALTH_EXTENSION["properties"]},
        models.VirtualMachineScaleSetExtension,
    ),
    Place(
        "put an instance",
        "PUT",
        _INSTANCE,
        {"location": "westus2", "properties": {"protectionPolicy": {"protectFromScaleIn": True}}},
        models.VirtualMachineScaleSetVM,
    ),
    Place(
        "extension of an instance",
        "PUT",
        f"{_INSTANCE}/extensions/e",
        _EXTENSION,
        models.VirtualMachineScaleSetVMExtension,
    ),
    Place("run command", "PUT", f"{_INSTANCE}/runCommands/c", _COMMAND, models.VirtualMachineRunCommand),
    Place(
        "patch a run command",
        "PATCH",
        f"{_INSTANCE}/runCommands/there",
        {"properties": _COMMAND["properties"]},
        models.VirtualMachineRunCommandUpdate,
    ),
    Place(
        "run a script",
        "POST",
        f"{_INSTANCE}/runCommand",
        {"commandId": "RunShellScript", "script": ["a"], "parameters": [{"name": "a", "value": "b"}]},
        models.RunCommandInput,
    ),
    Place(
        "data disks",
        "POST",
        f"{_INSTANCE}/attachDetachDataDisks",
        {"dataDisksToAttach": [{"diskId": _DISK, "lun": 5}]},
        models.AttachDetachDataDisksRequest,
    ),
    Place(
        "make a machine",
        "PUT",
        f"{_MACHINES}/new",
        {"location": "westus2", "properties": {"virtualMachineScaleSet": {"id": _FLEX}}},
        models.VirtualMachine,
    ),
    *(
        Place(action, "POST", f"{SET}/{action}", _ACT)
        for action in ("reimage", "reimageall", "manualupgrade", "start", "delete", "approveRollingUpgrade")
    ),
    Place("reimage an instance", "POST", f"{_INSTANCE}/reimage", {"osProfile": {"customData": "YQ=="}}),
    Place("scale out", "POST", f"{SET}/scaleOut", {"capacity": 1}, models.VMScaleSetScaleOutInput),
    Place(
        "migrate",
        "POST",
        f"{SET}/migrateVMAvailabilityZone",
        {"instanceIds": ["0"], "targetZone": "2"},
        models.MigrateVMAvailabilityZoneInput,
    ),
    Place(
        "orchestration service",
        "POST",
        f"{SET}/setOrchestrationServiceState",
        {"serviceName": "AutomaticRepairs", "action": "Suspend"},
    ),
    Place("placement group", "POST", f"{SET}/convertToSinglePlacementGroup", {"activePlacementGroupId": "x"}),
    Place(
        "hook event",
        "PATCH",
        f"{_HOOKED}/lifecycleHookEvents/{{event}}",
        {"properties": {"targetResources": [{"resource": {"id": _HOOKED}, "actionState": "Approved"}]}},
        models.VMScaleSetLifecycleHookEventUpdate,
    ),
    Place("group", "PUT", GROUP, {"location": "westus", "tags": {"a": "b"}}),
    Place("patch a group", "PATCH", GROUP, {"tags": {"a": "b"}}),
    Place("generic", "PUT", _NETWORK, _NETWORK_BODY),
    Place("generic, new", "PUT", f"{_NETWORK}2", {"location": "westus2", "properties": {"a": [1]}}),
    Place("generic, patch", "PATCH", _NETWORK, {"tags": {"a": "b"}, "properties": {"a": 1}}),
    Place("generic child", "PUT", f"{_NETWORK}/subnets/s", {"properties": {"addressPrefix": "10.0.0.0/24"}}),
    Place(
        "disk",
        "PUT",
        f"{_DISK}2",
        {"location": "westus2", "sku": {"name": "Premium_LRS"}, "properties": {"diskSizeGB": 1}},
        version="2024-03-02",
    ),
    Place(
        "network interface",
        "PUT",
        f"{_OF_NETWORK}/networkInterfaces/nic",
        {
            "location": "westus2",
            "properties": {
                "ipConfigurations": [
                    {"name": "ip", "properties": {"subnet": {"id": f"{_NETWORK}/subnets/s"}, "primary": True}}
                ]
            },
        },
    ),
    Place(
        "load balancer",
        "PUT",
        f"{_OF_NETWORK}/loadBalancers/lb",
        {
            "location": "westus2",
            "sku": {"name": "Standard"},
            "properties": {
                "frontendIPConfigurations": [{"name": "f", "properties": {"subnet": {"id": f"{_NETWORK}/subnets/s"}}}],
                "backendAddressPools": [{"name": "b"}],
            },
        },
    ),
    Place(
        "public address",
        "PUT",
        f"{_OF_NETWORK}/publicIPAddresses/ip",
        {"location": "westus2", "properties": {"dnsSettings": {"domainNameLabel": "a"}}},
    ),
    Place(
        "storage account",
        "PUT",
        f"{GROUP}/providers/Microsoft.Storage/storageAccounts/fuzzed",
        {"location": "westus2", "sku": {"name": "Standard_LRS"}, "kind": "StorageV2", "identity": {"type": "None"}},
        version="2024-01-01",
    ),
    Place(
        "name of a storage account",
        "POST",
        f"{SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability",
        {"name": "fuzzed", "type": "Microsoft.Storage/storageAccounts"},
    ),
    Place("deploy", "PUT", _DEPLOYMENT, _DEPLOY),
    Place("validate", "POST", f"{_DEPLOYMENT}/validate", _DEPLOY),
    Place("what-if", "POST", f"{_DEPLOYMENT}/whatIf", _DEPLOY),
    Place("template hash", "POST", "/providers/Microsoft.Resources/calculateTemplateHash", _TEMPLATE),
    Place("clock", "POST", "/_emulator/clock", {"advance": 600}),
    Place("image", "POST", "/_emulator/images", {"image": "Canonical:ubuntu-24_04-lts:server", "version": "99.0.0"}),
    Place("handler", "POST", "/_emulator/extensionHandlers", {"handler": "P.T", "version": "2.5"}),
    Place(
        "service fault",
        "POST",
        "/_emulator/faults",
        {"kind": "serverError", "status": 503, "count": 1, "path": "*/no-such", "seconds": 5, "retryAfter": 1},
    ),
    *(
        Place(f"fault {body['kind']}", "POST", f"{CONTROL}/faults", body)
        for body in (
            {"kind": "unhealthyAfterUpgrade", "instanceIds": ["0"], "count": 1},
            {"kind": "provisioningFailure", "count": 1, "code": "X", "message": "y"},
            {"kind": "slowBoot", "seconds": 600},
            {"kind": "conflict", "count": 2, "preempts": True},
            {"kind": "scriptAnswer", "command": "c*", "exitCode": 3, "output": "o"},
            {"kind": "health", "instanceIds": ["0"], "state": "Unhealthy"},
            {"kind": "customMetrics", "instanceIds": ["0"], "metrics": {"a": 1}},
            {"kind": "data", "instanceIds": ["0"], "place": "os", "value": "x"},
        )
    ),
)

_READS = (
    SET, f"{SET}/instanceView", f"{SET}/virtualMachines?$expand=instanceView", f"{SET}/extensions", f"{SET}2", _FLEX,
    _HOOKED, f"{_HOOKED}/lifecycleHookEvents", f"{_HOOKED}/rollingUpgrades/latest",
    f"{SET}/rollingUpgrades/latest", f"{SET}/osUpgradeHistory", f"{_INSTANCE}/runCommands?$expand=instanceView",
    f"{_MACHINES}?$expand=instanceView", f"{GROUP}/resources", GROUP, _NETWORK, _DEPLOYMENT,
    f"{_DEPLOYMENT}/operations",
    "/_emulator/status", "/_emulator/clock", "/_emulator/faults",
    f"{CONTROL}/instances", f"{CONTROL}/pending", f"{CONTROL}/decisions", f"{CONTROL}/faults",
)  # fmt: skip


@cache
def _saved() -> bytes:
    """The world as it is before anything is sent, made once."""
    azure = Azure()
    azure.create(_full())
    azure.create(model(2, {**FLEXIBLE, "location": "westus2"}), _FLEX)
    for path, body in ((_NETWORK, _NETWORK_BODY), (_DISK, {"location": "westus2"})):
        assert azure.put(body, path).status in (200, 201, 202)
    azure.put(_COMMAND, f"{_INSTANCE}/runCommands/there")
    azure.settle()
    hook = {"type": "UpgradeAutoOSScheduling", "waitDuration": "PT2H", "defaultAction": "Approve"}
    azure.create(changed(automatic(2), {"properties.lifecycleHooksProfile": {"lifecycleHooks": [hook]}}), _HOOKED)
    publish(azure)
    while not azure.get(f"{_HOOKED}/lifecycleHookEvents")["value"]:
        azure.post("/_emulator/clock", {"skip": "next"})
    return wire.encode(azure.emulator.saved())


@cache
def _event() -> str:
    """The name of the lifecycle hook event that waits for an answer."""
    azure = Azure(Emulator.from_saved(wire.decode(_saved())))
    return str(azure.get(f"{_HOOKED}/lifecycleHookEvents")["value"][0]["name"])


class World:
    """An emulator that is made anew whenever something was written."""

    def __init__(self) -> None:
        self._emulator: Emulator | None = None
        self._before: bytes = b""

    def send(self, place: Place, body: bytes) -> Response | None:
        """The answer; None when a fault that was set lost it."""
        emulator, path = self._ready(), place.path.replace("{event}", _event())
        try:
            return _handle(emulator, Request(place.method, f"{BASE}{path}?api-version={place.version}", {}, body))
        except NoAnswerError:
            return None

    def changed(self) -> bool:
        """Whether anything is not as it was, but for the count of requests."""
        return _content(self._ready()) != self._before

    def live_on(self) -> list[tuple[str, int]]:
        """Let a day pass and read everything: what failed; afterwards the world is a new one."""
        emulator, self._emulator = self._ready(), None
        _handle(emulator, Request("DELETE", f"{BASE}/_emulator/faults", {}, b""))
        statuses = []
        for seconds in (0, 60, 86400):
            _handle(emulator, Request("POST", f"{BASE}/_emulator/clock", {}, wire.encode({"advance": seconds})))
            for path in _READS:
                mark = "&" if "?" in path else "?"
                request = Request("GET", f"{BASE}{path}{mark}api-version={VERSION}", {}, b"")
                statuses.append((path, _handle(emulator, request).status))
        Emulator.from_saved(wire.decode(wire.encode(emulator.saved())))
        return [(path, status) for path, status in statuses if status >= 500]

    def _ready(self) -> Emulator:
        if self._emulator is None:
            self._emulator = Emulator.from_saved(wire.decode(_saved()))
            self._before = _content(self._emulator)
        return self._emulator


def _content(emulator: Emulator) -> bytes:
    """All but what tells that there was a request: their counts, and the activity log, which has refusals too."""
    saved = emulator.saved()
    counted = {"requests": 0, "writes": 0, "collections": {**saved["collections"], "activity": []}}
    return wire.encode({**saved, **counted})
