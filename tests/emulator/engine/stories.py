"""Scale sets for the engine's tests, and their story as a list of (seconds, what)."""

import base64
from typing import Any

from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

HEALTH_EXTENSION: Document = {
    "name": "health",
    "properties": {
        "publisher": "Microsoft.ManagedServices",
        "type": "ApplicationHealthLinux",
        "typeHandlerVersion": "1.0",
        "settings": {"protocol": "http", "port": 80, "requestPath": "/"},
    },
}
PROBE: Document = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb/probes/p"}
PROVIDERS = "/subscriptions/s/resourceGroups/rg/providers"
SUBNET: Document = {"id": f"{PROVIDERS}/Microsoft.Network/virtualNetworks/v/subnets/n"}
ADDRESS: Document = {
    "name": "ip",
    "properties": {
        "subnet": SUBNET,
        "loadBalancerBackendAddressPools": [
            {"id": f"{PROVIDERS}/Microsoft.Network/loadBalancers/lb/backendAddressPools/b"}
        ],
    },
}
READY = 1000.0
"""By then a new scale set's instances are up and healthy."""


def encoded(text: str) -> str:
    """Custom data as the wire wants it."""
    return base64.b64encode(text.encode()).decode()


def document(
    *,
    instances: int = 10,
    mode: str = "Manual",
    rolling: Document | None = None,
    extensions: list[Document] | None = None,
    profile: Document | None = None,
    **top: Any,
) -> Document:
    """A body for a PUT of a new scale set with an Application Health extension."""
    policy: Document = {"mode": mode} if rolling is None else {"mode": mode, "rollingUpgradePolicy": rolling}
    body: Document = {
        "location": "westus2",
        "sku": {"name": "Standard_D2s_v5", "capacity": instances},
        "properties": {
            "overprovision": False,
            "singlePlacementGroup": False,
            "upgradePolicy": policy,
            "virtualMachineProfile": {
                "osProfile": {
                    "computerNamePrefix": "web",
                    "adminUsername": "azureuser",
                    "adminPassword": "Old-Passw0rd",
                    "customData": encoded("old"),
                },
                "storageProfile": {
                    "imageReference": {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "1.0.0"}
                },
                "networkProfile": {
                    "networkInterfaceConfigurations": [
                        {"name": "nic", "properties": {"primary": True, "ipConfigurations": [ADDRESS]}}
                    ]
                },
                "extensionProfile": {"extensions": [HEALTH_EXTENSION] if extensions is None else extensions},
            },
        },
    }
    return merged(merge(body, {"properties": {"virtualMachineProfile": profile or {}}}), top)


def merged(body: Document, changes: Document) -> Document:
    """A body with changes; a Flexible one has the version of the network's API that it needs."""
    whole = merge(body, changes)
    if whole["properties"].get("orchestrationMode") == "Flexible":
        network = {"networkProfile": {"networkApiVersion": "2020-11-01"}}
        whole = merge(whole, {"properties": {"virtualMachineProfile": network}})
    return whole


def scale_set(body: Document | None = None, *, ready: bool = True, settings: Settings | None = None) -> ScaleSet:
    """A scale set at second 0 of its story: created `READY` seconds before, all instances up and healthy."""
    made, _ = ScaleSet.create(
        body or document(),
        subscription_id="s",
        resource_group="rg",
        name="web",
        now=-READY,
        settings=settings or exact(),
    )
    if ready:
        made.advance(0)
    return made


def exact(**switches: Any) -> Settings:
    """Settings whose durations do not vary."""
    return Settings(timings=Timings.exact(), **switches)


def profile(**members: Any) -> Document:
    """A change of the virtual machine profile."""
    return {"properties": {"virtualMachineProfile": members}}


def image(version: str) -> Document:
    """A change of the image version: instances get a new OS disk."""
    return profile(storageProfile={"imageReference": {"version": version}})


def custom_data(text: str) -> Document:
    """A change of the custom data: an exception, only a reimage brings it."""
    return profile(osProfile={"customData": encoded(text)})


def policy(mode: str, **rolling: Any) -> Document:
    """A change of the upgrade policy."""
    changed: Document = {"mode": mode}
    if rolling:
        changed["rollingUpgradePolicy"] = rolling
    return {"properties": {"upgradePolicy": changed}}


def capacity(instances: int) -> Document:
    """A change of the capacity."""
    return {"sku": {"capacity": instances}}


def told(made: ScaleSet, *kinds: DecisionKind) -> list[tuple[float, str]]:
    """The decision log from second 0 on, as (seconds, what); of some kinds only, if any are named."""
    return [(d.at, str(d)) for d in made.decisions if d.at >= 0 and (not kinds or d.kind in kinds)]


def batches(made: ScaleSet) -> list[tuple[float, str]]:
    """When which batch began, as (seconds, ids)."""
    started = [d for d in made.decisions if d.kind is DecisionKind.BATCH_STARTED]
    return [(d.at, ",".join(d.instance_ids)) for d in started]


def disk(made: ScaleSet, instance_id: str) -> tuple[int, str | None, bool]:
    """Of an instance: which OS disk it has, the custom data on it, and ``latestModelApplied``."""
    instance = made.instances[instance_id]
    data = instance.os.content.custom_data
    text = base64.b64decode(data).decode() if data else None
    return instance.os.disk, text, not made.outdated(instance)


def finish(made: ScaleSet, operation: Operation) -> Operation:
    """Let time pass until an operation has ended."""
    while operation.ended_at is None:
        due = made.schedule.next_due
        assert due is not None, f"{operation.name} can never end"
        made.advance(due)
    return operation


def runs(instance: Instance) -> list[str]:
    """The runs of extensions on an instance, as ``name Reason``, a failed one with ``!``."""
    return [f"{run.name} {run.reason}{'' if run.succeeded else '!'}" for run in instance.extension_runs]
