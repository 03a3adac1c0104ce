"""Reading, merging and completing the documents that a scale set's model is written in.

A document is the decoded JSON body of a scale set without its read-only members.
"""

import copy
from typing import Any

__all__ = ["ROLLING_DEFAULTS", "dig", "fill_defaults", "instance_part", "merge", "seal_secrets"]

Document = dict[str, Any]

_INSTANCE_PROPERTIES = (
    "virtualMachineProfile",
    "additionalCapabilities",
    "proximityPlacementGroup",
    "hostGroup",
    "skuProfile",
)
"""CHOICE: the properties of a scale set that its instances have a copy of. All others (capacity, tags, upgradePolicy,
overprovision, scaleInPolicy, automaticRepairsPolicy …) are the set's own and outdate no instance (semantics 1.3.8)."""

_KEYED_BY = {"extensions": "name", "dataDisks": "lun", "networkInterfaceConfigurations": "name"}
_REPLACED = ("tags", "settings")
"""Documents that are not ARM's: the user's tags and an extension's settings are replaced whole."""
_SECRETS = ("adminPassword", "protectedSettings")

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


def dig(document: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path, or the default when a part of the path is absent."""
    for key in path.split("."):
        document = document.get(key) if isinstance(document, dict) else None
        if document is None:
            return default
    return document


def instance_part(document: Document) -> Document:
    """The part of a scale set's document that each instance is built from: a change of it outdates them."""
    properties = document.get("properties", {})
    part = {key: properties[key] for key in _INSTANCE_PROPERTIES if key in properties}
    sku = {key: value for key, value in document.get("sku", {}).items() if key != "capacity"}
    return {"sku": sku, "zones": document.get("zones"), "plan": document.get("plan"), **part}


def merge(current: Document, incoming: Document) -> Document:
    """What a PUT or PATCH makes of a document: members that were not sent, or sent as null, stay as they are.

    Source: wire.md 3.2 (a body of location and sku alone keeps the whole model) and az-cli 5.1 (az leaves out image
    reference, password and custom data). Lists are replaced; CHOICE: items of a list that have a name or a LUN take
    over what the item of that name had and the new one leaves out, such as protected settings, which no GET returns.
    """
    merged = dict(current)
    for key, value in incoming.items():
        if value is None:
            continue
        if isinstance(value, dict) and isinstance(current.get(key), dict) and key not in _REPLACED:
            merged[key] = merge(current[key], value)
        elif key in _KEYED_BY and isinstance(current.get(key), list):
            merged[key] = _merge_items(current[key], value, _KEYED_BY[key])
        else:
            merged[key] = value
    return merged


def _merge_items(current: list[Document], incoming: list[Document], key: str) -> list[Document]:
    before = {str(item.get(key)).lower(): item for item in current}
    return [merge(before.get(str(item.get(key)).lower(), {}), item) for item in incoming]


def seal_secrets(document: Any, seal: Any) -> Any:
    """A copy in which each password and protected setting is replaced by what `seal` makes of it."""
    if isinstance(document, dict):
        return {
            key: seal(value) if key in _SECRETS and value is not None else seal_secrets(value, seal)
            for key, value in document.items()
        }
    return [seal_secrets(item, seal) for item in document] if isinstance(document, list) else document


def fill_defaults(document: Document) -> Document:
    """The document with what Azure adds to it (wire.md 6); the given one is not touched."""
    filled = copy.deepcopy(document)
    properties = filled.setdefault("properties", {})
    if "sku" in filled:
        filled["sku"].setdefault("tier", "Standard")
    properties.setdefault("orchestrationMode", "Uniform")
    _fill_set(filled, properties)
    _fill_upgrade_policy(properties)
    profile = properties.get("virtualMachineProfile")
    if profile is not None:
        enabled = dig(properties, "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade", default=False)
        _fill_os(profile, automatic_os=bool(enabled))
        _fill_storage(profile, properties["orchestrationMode"])
        _fill_network(profile, properties["orchestrationMode"])
        for extension in dig(profile, "extensionProfile.extensions", []):
            extension.setdefault("properties", {}).setdefault("autoUpgradeMinorVersion", False)  # recorded
    return filled


def _fill_set(document: Document, properties: Document) -> None:
    capacity = dig(document, "sku.capacity", 0)
    if properties["orchestrationMode"] == "Flexible":
        properties.setdefault("singlePlacementGroup", False)
        properties.setdefault("platformFaultDomainCount", 1)
        properties.setdefault("constrainedMaximumCapacity", False)
        return
    properties.setdefault("singlePlacementGroup", capacity <= 100)  # noqa: PLR2004  # a placement group's size
    properties.setdefault("overprovision", True)
    properties.setdefault("doNotRunExtensionsOnOverprovisionedVMs", False)
    properties.setdefault("platformFaultDomainCount", 1 if document.get("zones") else 5)


def _fill_upgrade_policy(properties: Document) -> None:
    policy = properties.setdefault("upgradePolicy", {})
    policy.setdefault("mode", "Manual")
    automatic_os = policy.get("automaticOSUpgradePolicy")
    if automatic_os is not None:
        policy["automaticOSUpgradePolicy"] = {**_AUTOMATIC_OS_DEFAULTS, **automatic_os}
    wanted = policy["mode"] == "Rolling" or dig(policy, "automaticOSUpgradePolicy.enableAutomaticOSUpgrade")
    if wanted or "rollingUpgradePolicy" in policy:
        policy["rollingUpgradePolicy"] = {**ROLLING_DEFAULTS, **policy.get("rollingUpgradePolicy", {})}


def os_type(profile: Document) -> str:
    """``Windows`` or ``Linux``: as the OS disk or the OS profile says, else by the image's name."""
    stated = dig(profile, "storageProfile.osDisk.osType")
    if stated:
        return str(stated)
    os_profile = profile.get("osProfile", {})
    if "windowsConfiguration" in os_profile or "linuxConfiguration" in os_profile:
        return "Windows" if "windowsConfiguration" in os_profile else "Linux"
    image = dig(profile, "storageProfile.imageReference", {})
    words = " ".join(str(image.get(key, "")) for key in ("publisher", "offer", "sku", "id")).lower()
    return "Windows" if "windows" in words else "Linux"


def _fill_os(profile: Document, *, automatic_os: bool) -> None:
    os_profile = profile.get("osProfile")
    if os_profile is None:
        return
    kind = os_type(profile)
    configuration = os_profile.setdefault(f"{kind.lower()}Configuration", {})
    configuration.setdefault("provisionVMAgent", True)
    if kind == "Windows":
        # semantics 4.2: automatic OS upgrades switch the guest's own updates off
        configuration.setdefault("enableAutomaticUpdates", not automatic_os)
    os_profile.setdefault("secrets", [])
    os_profile.setdefault("allowExtensionOperations", True)
    os_profile.setdefault("requireGuestProvisionSignal", True)


def _fill_storage(profile: Document, orchestration_mode: str) -> None:
    storage = profile.get("storageProfile")
    if storage is None:
        return
    kind = os_type(profile)
    disk = storage.setdefault("osDisk", {})
    disk.setdefault("osType", kind)
    disk.setdefault("createOption", "FromImage")
    disk.setdefault("caching", "None")
    disk.setdefault("managedDisk", {}).setdefault("storageAccountType", "Premium_LRS")
    disk.setdefault("diskSizeGB", 127 if kind == "Windows" else 30)
    if orchestration_mode == "Flexible":
        disk.setdefault("deleteOption", "Delete")


def _fill_network(profile: Document, orchestration_mode: str) -> None:
    flexible = orchestration_mode == "Flexible"
    if flexible and "networkProfile" in profile:
        profile["networkProfile"].setdefault("networkApiVersion", "2020-11-01")
    for nic in dig(profile, "networkProfile.networkInterfaceConfigurations", []):
        properties = nic.setdefault("properties", {})
        if flexible:
            properties.setdefault("deleteOption", "Delete")
            properties.setdefault("auxiliaryMode", "None")
            properties.setdefault("auxiliarySku", "None")
        else:
            properties.setdefault("enableAcceleratedNetworking", False)
        properties.setdefault("disableTcpStateTracking", False)
        properties.setdefault("dnsSettings", {}).setdefault("dnsServers", [])
        properties.setdefault("enableIPForwarding", False)
        for address in properties.get("ipConfigurations", []):
            address.setdefault("properties", {}).setdefault("privateIPAddressVersion", "IPv4")
