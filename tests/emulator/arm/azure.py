"""Talks to an emulator as an HTTP client would: paths, JSON, status codes and headers."""

from __future__ import annotations

import copy
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.resources.address import parse
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.transport.base import Request, Response

__all__ = [
    "CONTROL",
    "FLEXIBLE",
    "GROUP",
    "HEALTH_EXTENSION",
    "MODEL",
    "PROBED",
    "RICH_HEALTH",
    "SET",
    "SUBNET",
    "SUBSCRIPTION",
    "Azure",
    "changed",
    "model",
    "rolling",
]

BASE = "https://localhost:8443"
SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
GROUP = f"{SUBSCRIPTION}/resourceGroups/Shop"
SET = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/web"
CONTROL = f"/_emulator{GROUP}/scaleSets/web"
SUBNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/web/subnets/default"
VERSION = "2024-07-01"

HEALTH_EXTENSION: dict[str, Any] = {
    "name": "health",
    "properties": {
        "publisher": "Microsoft.ManagedServices",
        "type": "ApplicationHealthLinux",
        "typeHandlerVersion": "1.0",
        "settings": {"protocol": "http", "port": 80, "requestPath": "/"},
    },
}
RICH_HEALTH: dict[str, Any] = {
    **HEALTH_EXTENSION,
    "properties": {
        **HEALTH_EXTENSION["properties"],
        "typeHandlerVersion": "2.0",
        "settings": {**HEALTH_EXTENSION["properties"]["settings"], "gracePeriod": 600},
    },
}
MODEL: dict[str, Any] = {
    "location": "westus",
    "sku": {"name": "Standard_D2s_v3", "capacity": 3},
    "properties": {
        "overprovision": False,  # ids without gaps
        "upgradePolicy": {"mode": "Manual"},
        "virtualMachineProfile": {
            "osProfile": {
                "computerNamePrefix": "web",
                "adminUsername": "ops",
                "adminPassword": "Correct-Horse-7",
                "customData": "Zmlyc3Q=",
            },
            "storageProfile": {
                "imageReference": {
                    "publisher": "Canonical",
                    "offer": "0001-com-ubuntu-server-jammy",
                    "sku": "22_04-lts",
                    "version": "1.0.0",
                }
            },
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {
                        "name": "nic",
                        "properties": {
                            "primary": True,
                            "ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": SUBNET}}}],
                        },
                    }
                ]
            },
        },
    },
}


def changed(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy with other values at dotted paths; None takes a member away."""
    result = copy.deepcopy(document)
    for path, value in changes.items():
        *outer, last = path.split(".")
        holder = result
        for name in outer:
            holder = holder.setdefault(name, {})
        if value is None:
            holder.pop(last, None)
        else:
            holder[last] = copy.deepcopy(value)
    return result


def model(capacity: int = 3, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """A Uniform scale set in Manual mode, with other values at dotted paths."""
    return changed(MODEL, {"sku.capacity": capacity, **(changes or {})})


def rolling(
    capacity: int = 3, policy: dict[str, Any] | None = None, health: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A Uniform scale set in Rolling mode, with the health extension, the binary one by default."""
    changes: dict[str, Any] = {
        "properties.upgradePolicy": {"mode": "Rolling", "rollingUpgradePolicy": policy or {}},
        "properties.virtualMachineProfile.extensionProfile.extensions": [health or HEALTH_EXTENSION],
    }
    return model(capacity, changes)


FLEXIBLE = {
    "properties.orchestrationMode": "Flexible",
    "properties.virtualMachineProfile.networkProfile.networkApiVersion": "2020-11-01",
}

BALANCER = f"{GROUP}/providers/Microsoft.Network/loadBalancers/web"
BALANCED_ADDRESS = {
    "name": "ip",
    "properties": {
        "subnet": {"id": SUBNET},
        "loadBalancerBackendAddressPools": [{"id": f"{BALANCER}/backendAddressPools/web"}],
    },
}
PROBED = {
    "properties.virtualMachineProfile.networkProfile": {
        "healthProbe": {"id": f"{BALANCER}/probes/web"},
        "networkInterfaceConfigurations": [
            {"name": "nic", "properties": {"primary": True, "ipConfigurations": [BALANCED_ADDRESS]}}
        ],
    }
}
"""Changes that give a model a load balancer whose probe tells its instances' health."""


def _version(path: str) -> str:
    address = parse(path.partition("?")[0])
    kind = address.type if address else ""
    while "/" in kind and known_type(kind) is None:  # an action
        kind = kind.rpartition("/")[0]
    known = known_type(kind)
    return known.api_versions[0] if known and VERSION not in known.api_versions else VERSION


class Azure:
    """A subscription of an emulator in virtual time, whose durations do not vary."""

    def __init__(self, emulator: Emulator | None = None, **options: Any) -> None:
        self.emulator = emulator or Emulator(settings=Settings(timings=Timings.exact()), **options)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        version: str | None = "",
    ) -> Response:
        """One request; a body that is no bytes becomes JSON; without a version the type's newest, of Compute's one."""
        url = path if "://" in path else BASE + path
        version = _version(path) if version == "" else version
        if version is not None and "api-version" not in url:
            url += f"{'&' if '?' in url else '?'}api-version={version}"
        text = body if isinstance(body, bytes) else wire.encode(body) if body is not None else b""
        return self.emulator.handle(Request(method, url, headers or {}, text))

    def get(self, path: str = SET, **options: Any) -> Any:
        """The body of a GET that must succeed."""
        response = self.send("GET", path, **options)
        assert response.status == 200, response.body
        return response.json()

    def put(self, body: Any, path: str = SET, **options: Any) -> Response:
        """A PUT."""
        return self.send("PUT", path, body, **options)

    def patch(self, body: Any, path: str = SET, **options: Any) -> Response:
        """A PATCH."""
        return self.send("PATCH", path, body, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Response:
        """A POST."""
        return self.send("POST", path, body, **options)

    def group(self, path: str = GROUP) -> None:
        """Make the resource group."""
        assert self.put({"location": "westus"}, path).status in (200, 201)

    def create(self, body: dict[str, Any] | None = None, path: str = SET) -> dict[str, Any]:
        """A scale set that is complete, with its resource group."""
        self.group(path.partition("/providers/")[0])
        response = self.put(body or model(), path)
        assert response.status == 201, response.body
        assert self.end(response)["status"] == "Succeeded"
        self.settle()
        document: dict[str, Any] = self.get(path)
        return document

    def end(self, response: Response) -> dict[str, Any]:
        """The last status of the operation that a response started; time passes until it has ended."""
        assert response.status in (200, 201, 202), response.body
        while True:
            poll = self.send("GET", response.headers["Azure-AsyncOperation"])
            document: dict[str, Any] = poll.json()
            if document["status"] != "InProgress":
                return document
            self.emulator.clock.sleep(int(poll.headers["retry-after-ms"]) / 1000)

    def done(self, response: Response) -> None:
        """The operation that a response started must succeed."""
        document = self.end(response)
        assert document["status"] == "Succeeded", document

    def settle(self) -> None:
        """Let time pass until nothing goes on."""
        while self.send("GET", "/_emulator/clock").json()["nextEvent"] is not None:
            self.send("POST", "/_emulator/clock", {"skip": "next"})

    def instances(self, query: str = "") -> list[dict[str, Any]]:
        """The instances of the scale set."""
        items: list[dict[str, Any]] = self.get(f"{SET}/virtualMachines{query}")["value"]
        return items

    def applied(self) -> list[bool]:
        """Which instances are at the latest model."""
        return [item["properties"]["latestModelApplied"] for item in self.instances()]

    def error(self, response: Response) -> tuple[int, str, str | None]:
        """Status, code and target of an error."""
        error = response.json()["error"]
        return response.status, error["code"], error.get("target")
