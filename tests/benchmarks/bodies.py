"""Canned documents of the size and shape that Azure sends: a scale set of 3 kB, an instance with its view of 4 kB."""

from typing import Any

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
SCALE_SET = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/web"
_TIME = "2026-01-01T00:00:00.1234567+00:00"


def _status(code: str, text: str, **more: str) -> dict[str, Any]:
    return {"code": code, "level": "Info", "displayStatus": text, **more}


def _os_profile(**name: str) -> dict[str, Any]:
    linux = {"disablePasswordAuthentication": False, "provisionVMAgent": True, "enableVMAgentPlatformUpdates": False}
    return {
        **name,
        "adminUsername": "azureuser",
        "linuxConfiguration": linux,
        "secrets": [],
        "allowExtensionOperations": True,
        "requireGuestProvisionSignal": True,
    }


def _image() -> dict[str, str]:
    return {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}


def _network() -> dict[str, Any]:
    network = f"{GROUP}/providers/Microsoft.Network"
    address = {
        "subnet": {"id": f"{network}/virtualNetworks/web-vnet/subnets/default"},
        "privateIPAddressVersion": "IPv4",
        "loadBalancerBackendAddressPools": [{"id": f"{network}/loadBalancers/web-lb/backendAddressPools/pool"}],
    }
    interface = {
        "primary": True,
        "enableAcceleratedNetworking": False,
        "disableTcpStateTracking": False,
        "networkSecurityGroup": {"id": f"{network}/networkSecurityGroups/web-nsg"},
        "dnsSettings": {"dnsServers": []},
        "enableIPForwarding": False,
        "ipConfigurations": [{"name": "ip", "properties": address}],
    }
    return {"networkInterfaceConfigurations": [{"name": "nic", "properties": interface}]}


def _extensions(properties: dict[str, Any]) -> list[dict[str, Any]]:
    common = {"autoUpgradeMinorVersion": True, "publisher": "Microsoft.ManagedServices", **properties}
    return [{"name": "health", "properties": {**common, "type": "ApplicationHealthLinux", "typeHandlerVersion": "2.0"}}]


def scale_set(capacity: int = 1000) -> dict[str, Any]:
    """A Uniform scale set with a rolling upgrade policy."""
    os_disk = {
        "osType": "Linux",
        "createOption": "FromImage",
        "caching": "ReadWrite",
        "managedDisk": {"storageAccountType": "Premium_LRS"},
        "diskSizeGB": 30,
    }
    rolling = {
        "maxBatchInstancePercent": 20,
        "maxUnhealthyInstancePercent": 20,
        "maxUnhealthyUpgradedInstancePercent": 20,
        "pauseTimeBetweenBatches": "PT0S",
    }
    settings = {"protocol": "http", "port": 80, "requestPath": "/health"}
    profile = {
        "osProfile": _os_profile(computerNamePrefix="web"),
        "storageProfile": {"osDisk": os_disk, "imageReference": _image(), "dataDisks": []},
        "networkProfile": _network(),
        "extensionProfile": {"extensions": _extensions({"settings": settings})},
        "timeCreated": _TIME,
    }
    properties = {
        "singlePlacementGroup": False,
        "orchestrationMode": "Uniform",
        "upgradePolicy": {"mode": "Rolling", "rollingUpgradePolicy": rolling},
        "virtualMachineProfile": profile,
        "provisioningState": "Succeeded",
        "overprovision": False,
        "doNotRunExtensionsOnOverprovisionedVMs": False,
        "uniqueId": "a3135264-85d5-423f-98d4-4e7185c3c02e",
        "platformFaultDomainCount": 5,
        "timeCreated": _TIME,
    }
    return {
        "name": "web",
        "id": SCALE_SET,
        "type": "Microsoft.Compute/virtualMachineScaleSets",
        "location": "westeurope",
        "tags": {},
        "sku": {"name": "Standard_D2s_v5", "tier": "Standard", "capacity": capacity},
        "etag": '"5"',
        "properties": properties,
    }


def new_scale_set(capacity: int) -> dict[str, Any]:
    """The body of a PUT that creates that scale set: with a login, without what only the service sets."""
    document = {
        name: value for name, value in scale_set(capacity).items() if name not in ("id", "name", "type", "etag")
    }
    for member in ("provisioningState", "uniqueId", "timeCreated"):
        del document["properties"][member]
    profile = document["properties"]["virtualMachineProfile"]
    del profile["timeCreated"]
    profile["osProfile"] |= {"adminUsername": "azureuser", "adminPassword": "Rehearsal-1"}
    return document


def _instance_view(number: int) -> dict[str, Any]:
    done = _status("ProvisioningState/succeeded", "Provisioning succeeded", time=_TIME)
    ready = _status("ProvisioningState/succeeded", "Ready", message="Guest Agent is running", time=_TIME)
    handler = {"type": "Microsoft.ManagedServices.ApplicationHealthLinux", "typeHandlerVersion": "2.0.15"}
    return {
        "placementGroupId": "fb43e454-08b2-4066-950a-bf5008f72783",
        "platformUpdateDomain": number % 5,
        "platformFaultDomain": number % 5,
        "computerName": f"web{number:06}",
        "osName": "ubuntu",
        "osVersion": "24.04",
        "vmAgent": {"vmAgentVersion": "2.11", "statuses": [ready], "extensionHandlers": [{**handler, "status": ready}]},
        "disks": [{"name": f"web_web_{number}_OsDisk_1_34f8b41391fe4c8f9f123c29fac58bcf", "statuses": [done]}],
        "extensions": [{"name": "health", **handler, "statuses": [done]}],
        "vmHealth": {"status": _status("HealthState/healthy", "The VM is reporting itself as healthy", time=_TIME)},
        "hyperVGeneration": "V2",
        "statuses": [done, _status("PowerState/running", "VM running")],
    }


def instance(number: int) -> dict[str, Any]:
    """An instance of that scale set, with its instance view."""
    own = f"{SCALE_SET}/virtualMachines/{number}"
    disk = f"web_web_{number}_OsDisk_1_8076301321a6450aaefe1ef9c51b3adf"
    os_disk = {
        "osType": "Linux",
        "name": disk,
        "createOption": "FromImage",
        "caching": "ReadWrite",
        "managedDisk": {
            "storageAccountType": "Premium_LRS",
            "id": f"{GROUP}/providers/Microsoft.Compute/disks/{disk}",
        },
        "diskSizeGB": 30,
    }
    properties = {
        "latestModelApplied": number % 2 == 0,
        "modelDefinitionApplied": "VirtualMachineScaleSet",
        "networkProfileConfiguration": _network(),
        "provisioningState": "Succeeded",
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "resilientVMDeletionStatus": "Disabled",
        "vmId": f"00000000-0000-0000-0000-{number:012}",
        "instanceView": _instance_view(number),
        "storageProfile": {"imageReference": {**_image(), "exactVersion": "24.04.202601010"}, "osDisk": os_disk},
        "osProfile": _os_profile(computerName=f"web{number:06}"),
        "networkProfile": {"networkInterfaces": [{"id": f"{own}/networkInterfaces/nic"}]},
        "timeCreated": _TIME,
    }
    return {
        "name": f"web_{number}",
        "id": own,
        "type": "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
        "location": "westeurope",
        "instanceId": str(number),
        "sku": {"name": "Standard_D2s_v5", "tier": "Standard"},
        "properties": properties,
        "etag": '"1"',
    }
