"""A scale set to begin a test with."""

from __future__ import annotations

import base64
import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vmss_sdk import models

__all__ = ["linux_scale_set"]

_SUBNET = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/default"
_NETWORK = {
    "name": "nic",
    "properties": {"primary": True, "ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": _SUBNET}}}]},
}
_HEALTH = {
    "name": "health",
    "properties": {
        "publisher": "Microsoft.ManagedServices",
        "type": "ApplicationHealthLinux",
        "typeHandlerVersion": "1.0",
        "settings": {"protocol": "http", "port": 80, "requestPath": "/healthz"},
    },
}


def linux_scale_set(
    capacity: int = 3,
    mode: str = "Rolling",
    *,
    rolling: models.RollingUpgradePolicy | None = None,
    image_version: str = "1.0.0",
    custom_data: str | None = None,
    zones: Sequence[str] | None = None,
    location: str = "westus2",
) -> models.VirtualMachineScaleSet:
    """A Uniform scale set of Linux instances whose health the Application Health extension reports.

    Args:
        capacity: How many instances. Overprovisioning is off, so their ids are 0, 1, 2 …
        mode: ``Automatic``, ``Manual`` or ``Rolling``.
        rolling: The rolling upgrade policy; by default Azure's own, 20 % everywhere and no pause.
        image_version: Of ``Canonical:ubuntu-24_04-lts:server``.
        custom_data: As plain text.
        zones: For example ``["1", "2", "3"]``.
        location: The region.
    """
    from vmss_sdk.models import UpgradeMode, VirtualMachineScaleSet

    image = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": image_version}
    profile = {
        "osProfile": {
            "computerNamePrefix": "web",
            "adminUsername": "azureuser",
            "adminPassword": "Only-For-Tests-1",
            **({} if custom_data is None else {"customData": base64.b64encode(custom_data.encode()).decode()}),
        },
        "storageProfile": {"imageReference": image},
        "networkProfile": {"networkInterfaceConfigurations": [copy.deepcopy(_NETWORK)]},
        "extensionProfile": {"extensions": [copy.deepcopy(_HEALTH)]},
    }
    model = VirtualMachineScaleSet.from_wire(
        {
            "location": location,
            "sku": {"name": "Standard_D2s_v5", "capacity": capacity},
            **({} if zones is None else {"zones": list(zones)}),
            "properties": {
                "overprovision": False,
                "upgradePolicy": {"mode": UpgradeMode(mode).value},
                "virtualMachineProfile": profile,
            },
        }
    )
    if rolling is not None and model.upgrade_policy is not None:
        model.upgrade_policy.rolling_upgrade_policy = rolling
    return model
