"""Defaults that Azure adds to a scale set's model when it is written (wire.md 6, and recorded echoes since 2023)."""

from __future__ import annotations

import copy
import re
from typing import Any

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform.image_facts import image_facts

__all__ = [
    "MIXED",
    "ROLLING_DEFAULTS",
    "fill_defaults",
    "fill_identity",
    "fill_machine",
    "fill_profile",
    "generation",
    "os_type",
]

Document = dict[str, Any]

ROLLING_DEFAULTS: Document = {
    "maxBatchInstancePercent": 20,
    "maxUnhealthyInstancePercent": 20,
    "maxUnhealthyUpgradedInstancePercent": 20,
    "pauseTimeBetweenBatches": "PT0S",
    "maxSurge": False,
    "rollbackFailedInstancesOnPolicyBreach": False,
}
_AUTOMATIC_OS_DEFAULTS: Document = {
    "enableAutomaticOSUpgrade": False,
    "useRollingUpgradePolicy": False,
    "disableAutomaticRollback": False,
}
_APPLICATION_DEFAULTS: Document = {
    "manuallyManaged": False,
    "treatFailureAsDeploymentFailure": False,
    "enableAutomaticUpgrade": False,
}
_APPLICATIONS = "VMAppExtension"
_PATCH_MODE = {"Linux": "ImageDefault", "Windows": "AutomaticByOS"}
_NOTIFICATIONS = ("terminateNotificationProfile", "osImageNotificationProfile")
_STARTED_BY_USERS = ("userInitiatedRedeploy", "userInitiatedReboot")
_PREMIUM = re.compile(r"_[A-Z]+S?\d[^_]*s|_[DG]S\d", re.IGNORECASE)
"""Sizes with premium storage have an s in their features, as D2s_v3 and DC2as_v5, or are called DS or GS."""
_ACCELERATED = re.compile(r"_v([3-9]|\d\d)$")
_OWN_UPDATES = "osProfile.windowsConfiguration.enableAutomaticUpdates"
_EVICTABLE = ("Low", "Spot")
_POOLS = (
    "loadBalancerBackendAddressPools",
    "loadBalancerInboundNatPools",
    "applicationSecurityGroups",
    "applicationGatewayBackendAddressPools",
)
MIXED = "Mix"
"""The size of a scale set whose instances have the several sizes of its `skuProfile`."""
_ONE_GROUP = 100
"""How many instances a placement group holds."""


def fill_defaults(document: Document, sent: Document | None = None) -> Document:
    """The document with what Azure adds to it; the given one is not touched.

    Args:
        document: What is wanted, and of an update what there was besides.
        sent: Of an update what was sent of it: a default gives way when something that excludes it is switched on.
    """
    filled = copy.deepcopy(document)
    properties = filled.setdefault("properties", {})
    _fill_sku(filled.get("sku", {}))
    fill_identity(filled)
    # a set without any machine of its own is one to attach machines to
    no_profile_or_sku = "virtualMachineProfile" not in properties and not filled.get("sku")
    properties.setdefault("orchestrationMode", "Flexible" if no_profile_or_sku else "Uniform")
    _drop_empty_capabilities(properties)
    _fill_set(filled, properties)
    _fill_events_policy(properties)
    if properties.get("skuProfile"):
        properties["skuProfile"].setdefault("allocationStrategy", "LowestPrice")  # recorded
    _fill_upgrade_policy(properties)
    profile = properties.get("virtualMachineProfile")
    if profile is not None:
        _disable_guest_updates(profile, sent or {})
        _fill_profile(profile, properties, str(get_path(filled, "sku.name", "")))
    return filled


def fill_identity(document: Document) -> None:
    """Take away the identities that a document takes away, in place: a type of None, and ids that are null."""
    if get_path(document, "identity.type") == "None":
        del document["identity"]
    assigned = get_path(document, "identity.userAssignedIdentities", {})
    for name in [name for name, value in assigned.items() if value is None]:
        del assigned[name]


def fill_machine(properties: Document, *, whole: bool) -> None:
    """Fill in what a virtual machine that is made by itself has when nobody said so, as a Flexible profile has it.

    Args:
        properties: The machine's, changed in place.
        whole: Whether it stands for itself; otherwise what is not sent comes from the scale set's profile.
    """
    kind = os_type(properties)
    _drop_empty_capabilities(properties)
    if whole:
        size = get_path(properties, "hardwareProfile.vmSize", "")
        _fill_storage(properties.setdefault("storageProfile", {}), kind, size, flexible=True)
    if "osProfile" in properties:
        _fill_os(properties["osProfile"], kind, automatic_os=False, flexible=True)


def _drop_empty_capabilities(properties: Document) -> None:
    """Sent empty they are not shown.

    Reported: Terraform's provider always sends them, makes a block of whatever comes back, and its acceptance tests
    see an empty plan on Azure without that block.
    """
    if properties.get("additionalCapabilities") == {}:
        del properties["additionalCapabilities"]


def _fill_sku(sku: Document) -> None:
    name = str(sku.get("name", ""))
    if name and name != MIXED:
        sku.setdefault("tier", "Basic" if name.startswith("Basic_") else "Standard")


def os_type(profile: Document) -> str:
    """``Windows`` or ``Linux``: as the OS disk or the OS profile says, else by the image's name."""
    stated = get_path(profile, "storageProfile.osDisk.osType")
    if stated:
        return str(stated)
    os_profile = profile.get("osProfile", {})
    if "windowsConfiguration" in os_profile or "linuxConfiguration" in os_profile:
        return "Windows" if "windowsConfiguration" in os_profile else "Linux"
    image = get_path(profile, "storageProfile.imageReference", {})
    facts = image_facts(image)
    if facts is not None:
        return facts.os
    return "Windows" if "windows" in str(image.get("id", "")).lower() else "Linux"


def generation(image: Document) -> str:
    """``V2`` or ``V1``. CHOICE: an image by its identifier is of the first."""
    facts = image_facts(image)
    return "V1" if facts is None else facts.generation


def _fill_set(document: Document, properties: Document) -> None:
    capacity = get_path(document, "sku.capacity", 0)
    if properties["orchestrationMode"] == "Flexible":
        properties.setdefault("singlePlacementGroup", False)
        properties.setdefault("platformFaultDomainCount", 1)
        properties.setdefault("constrainedMaximumCapacity", False)
        return
    spot = get_path(properties, "virtualMachineProfile.priority") in _EVICTABLE
    zones = document.get("zones") or []
    properties.setdefault("singlePlacementGroup", capacity <= _ONE_GROUP and not spot and not zones)
    if len(zones) > 1:
        properties.setdefault("zoneBalance", False)
    properties.setdefault("overprovision", True)
    properties.setdefault("doNotRunExtensionsOnOverprovisionedVMs", False)
    spread = zones or document.get("extendedLocation") or not properties["singlePlacementGroup"]
    properties.setdefault("platformFaultDomainCount", 1 if spread else 5)
    repairs = properties.get("automaticRepairsPolicy")
    if repairs is not None and repairs.get("enabled"):
        repairs.setdefault("repairAction", "Replace")


def _fill_upgrade_policy(properties: Document) -> None:
    if "virtualMachineProfile" not in properties and properties["orchestrationMode"] == "Flexible":
        properties.pop("upgradePolicy", None)
        return  # recorded: a Flexible scale set without a model, which machines are attached to, has none
    policy = properties.setdefault("upgradePolicy", {})
    policy.setdefault("mode", "Manual")
    automatic_os = policy.get("automaticOSUpgradePolicy")
    if automatic_os is not None:
        policy["automaticOSUpgradePolicy"] = {**_AUTOMATIC_OS_DEFAULTS, **automatic_os}
    wanted = policy["mode"] == "Rolling" or get_path(policy, "automaticOSUpgradePolicy.enableAutomaticOSUpgrade")
    if wanted or "rollingUpgradePolicy" in policy:
        policy["rollingUpgradePolicy"] = {**ROLLING_DEFAULTS, **policy.get("rollingUpgradePolicy", {})}


def _fill_profile(profile: Document, properties: Document, size: str) -> None:
    flexible = properties["orchestrationMode"] == "Flexible"
    kind = os_type(profile)
    automatic_os = bool(get_path(properties, "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"))
    if "osProfile" in profile:
        _fill_os(profile["osProfile"], kind, automatic_os=automatic_os, flexible=flexible)
    if "storageProfile" in profile:
        _fill_storage(profile["storageProfile"], kind, size, flexible=flexible)
    if "networkProfile" in profile:
        _fill_network(profile["networkProfile"], size, flexible=flexible)
    if "extensionProfile" in profile:
        profile["extensionProfile"].setdefault("extensions", [])  # recorded: shown also when none was sent
    for extension in get_path(profile, "extensionProfile.extensions", []):
        extension.setdefault("properties", {}).setdefault("autoUpgradeMinorVersion", False)  # recorded
    _fill_applications(profile, kind)
    fill_profile(profile)


def fill_profile(profile: Document) -> None:
    """Fill in, in place, what a profile and a virtual machine have alike: price, events, security, user data."""
    _fill_priority(profile)
    _fill_events(profile)
    _fill_security(profile)
    if profile.get("userData") == "":
        del profile["userData"]  # recorded: an empty text takes it away


def _fill_applications(profile: Document, kind: str) -> None:
    """Gallery applications come with the extension that installs them (recorded), and it goes with the last one."""
    applications = get_path(profile, "applicationProfile.galleryApplications", [])
    if not applications:
        profile.pop("applicationProfile", None)
    for application in applications:
        for name, value in _APPLICATION_DEFAULTS.items():
            application.setdefault(name, value)
    there = get_path(profile, "extensionProfile.extensions", [])
    others = [extension for extension in there if extension.get("name") != _APPLICATIONS]
    if applications and len(others) == len(there):
        profile.setdefault("extensionProfile", {})["extensions"] = [*there, _installer(kind)]
    elif not applications and len(others) < len(there):
        profile["extensionProfile"]["extensions"] = others


def _installer(kind: str) -> Document:
    handler = {
        "autoUpgradeMinorVersion": True,
        "publisher": "Microsoft.CPlat.Core",
        "type": f"VMApplicationManager{kind}",
        "typeHandlerVersion": "1.0",
        "settings": {},
    }
    return {"name": _APPLICATIONS, "properties": handler}


def _fill_priority(profile: Document) -> None:
    if profile.get("priority") in _EVICTABLE:
        profile.setdefault("evictionPolicy", "Deallocate")
        profile.setdefault("billingProfile", {}).setdefault("maxPrice", -1.0)


def _fill_events(profile: Document) -> None:
    events = profile.get("scheduledEventsProfile", {})
    for name in _NOTIFICATIONS:
        if get_path(events, f"{name}.enable") is False:
            del events[name]  # recorded: switched off it is gone
    if "osImageNotificationProfile" in events:
        events["osImageNotificationProfile"].setdefault("notBeforeTimeout", "PT15M")


def _fill_events_policy(properties: Document) -> None:
    """Recorded 2024: all switched off it is gone; switched on, what the user starts says whether it is approved."""
    policy = properties.get("scheduledEventsPolicy")
    if policy is None:
        return
    if not _any_enabled(policy):
        del properties["scheduledEventsPolicy"]
        return
    for name in _STARTED_BY_USERS:
        policy.setdefault(name, {}).setdefault("automaticallyApprove", False)


def _any_enabled(value: Any) -> bool:
    return any(map(_any_enabled, value.values())) if isinstance(value, dict) else value is True


def _fill_security(profile: Document) -> None:
    security = profile.get("securityProfile", {})
    if security.get("securityType") == "Standard":
        # recorded 2024-08: Standard takes away what only the other types have
        for name in ("securityType", "uefiSettings"):
            security.pop(name, None)
    agent = security.get("proxyAgentSettings", {})
    if "mode" in agent:  # an older name of what is shown as the mode of the wire server's
        agent.setdefault("wireServer", {})["mode"] = agent.pop("mode")


def _disable_guest_updates(profile: Document, sent: Document) -> None:
    """Automatic OS upgrades switch the guest's own updates off, unless these are asked for as well (recorded 2020)."""
    wanted = get_path(sent, "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade")
    asked = get_path(sent, f"properties.virtualMachineProfile.{_OWN_UPDATES}")
    if wanted and asked is None and get_path(profile, _OWN_UPDATES) is not None:
        profile["osProfile"]["windowsConfiguration"]["enableAutomaticUpdates"] = False


def _fill_os(os_profile: Document, kind: str, *, automatic_os: bool, flexible: bool) -> None:
    configuration = os_profile.setdefault(f"{kind.lower()}Configuration", {})
    configuration.setdefault("provisionVMAgent", True)
    if kind == "Windows":
        # semantics 4.2: automatic OS upgrades switch the guest's own updates off
        configuration.setdefault("enableAutomaticUpdates", not automatic_os)
    else:
        configuration.setdefault("disablePasswordAuthentication", False)
    if flexible:
        patching = configuration.setdefault("patchSettings", {})
        patching.setdefault("patchMode", _PATCH_MODE[kind])
        patching.setdefault("assessmentMode", "ImageDefault")
    os_profile.setdefault("secrets", [])
    os_profile.setdefault("allowExtensionOperations", True)
    os_profile.setdefault("requireGuestProvisionSignal", True)


def _fill_storage(storage: Document, kind: str, size: str, *, flexible: bool) -> None:
    premium = "Premium_LRS" if size in ("", MIXED) or _PREMIUM.search(size) else "Standard_LRS"
    _fill_os_disk(storage.setdefault("osDisk", {"createOption": "FromImage"}), kind, premium, flexible=flexible)
    if generation(storage.get("imageReference", {})) == "V2":
        storage.setdefault("diskControllerType", "SCSI")
    for disk in storage.get("dataDisks", []):
        disk.setdefault("caching", "None")
        if "vhd" not in disk and disk.get("createOption") != "Attach":
            disk.setdefault("managedDisk", {}).setdefault("storageAccountType", premium)


def _fill_os_disk(disk: Document, kind: str, premium: str, *, flexible: bool) -> None:
    disk.setdefault("osType", kind)
    disk.setdefault("caching", "None")
    ephemeral = disk.get("diffDiskSettings")
    if ephemeral == {}:
        del disk["diffDiskSettings"]
    elif ephemeral is not None:
        ephemeral.setdefault("placement", "CacheDisk")
        premium = "Standard_LRS"
    if disk.get("createOption") == "Attach":
        return  # it was there before, and knows its size and storage itself
    if not {"vhdContainers", "vhd"} & disk.keys():  # blobs in storage accounts, not managed disks
        disk.setdefault("managedDisk", {}).setdefault("storageAccountType", premium)
        disk.setdefault("diskSizeGB", 127 if kind == "Windows" else 30)
    if flexible:
        disk.setdefault("deleteOption", "Delete")


def _fill_network(network: Document, size: str, *, flexible: bool) -> None:
    if flexible:
        network.setdefault("networkApiVersion", "2020-11-01")
    for nic in network.get("networkInterfaceConfigurations", []):
        properties = nic.setdefault("properties", {})
        if flexible:
            properties.setdefault("deleteOption", "Delete")
            properties.setdefault("auxiliaryMode", "None")
            properties.setdefault("auxiliarySku", "None")
        elif _ACCELERATED.search(size):
            # CHOICE: of sizes from the third version on; of older ones it was recorded both ways, mostly absent
            properties.setdefault("enableAcceleratedNetworking", False)
        properties.setdefault("disableTcpStateTracking", False)
        properties.setdefault("dnsSettings", {}).setdefault("dnsServers", [])
        properties.setdefault("enableIPForwarding", False)
        for address in properties.get("ipConfigurations", []):
            _fill_address(address.setdefault("properties", {}), flexible=flexible)


def _fill_address(properties: Document, *, flexible: bool) -> None:
    properties.setdefault("privateIPAddressVersion", "IPv4")
    if flexible:
        properties.setdefault("applicationSecurityGroups", [])
        properties.setdefault("applicationGatewayBackendAddressPools", [])
    else:
        for name in _POOLS:
            if properties.get(name) == []:
                del properties[name]
    public = properties.get("publicIPAddressConfiguration")
    if public is not None:
        public.setdefault("properties", {}).setdefault("ipTags", [])
        public["properties"].setdefault("publicIPAddressVersion", "IPv4")
