"""Validation of a scale set's model before it is accepted (semantics 2.3.16, 1.6, 3.3, 7).

Every check returns all that is wrong, so that a request is answered with all its problems at once.
"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.creation_rules import login_problems, network_problems
from vmss_sdk.emulator.engine.model.defaults import generation, os_type
from vmss_sdk.emulator.engine.model.extensions import (
    duplicate_handlers,
    handler,
    is_service_fabric,
    name_of,
    order_problems,
)
from vmss_sdk.emulator.engine.model.health_source import has_health_probe, source_problems
from vmss_sdk.emulator.engine.model.image_rules import automatic_os_problems, image_change_problems, image_problems
from vmss_sdk.emulator.engine.model.orchestration_rules import orchestration_problems
from vmss_sdk.emulator.engine.model.ranges import range_problems
from vmss_sdk.emulator.engine.model.required_members import member_problems
from vmss_sdk.emulator.engine.model.resource_ids import id_problems
from vmss_sdk.emulator.engine.model.service_fabric_rules import (
    service_fabric_change_problems,
    service_fabric_problems,
)
from vmss_sdk.emulator.engine.model.spot_rules import spot_problems
from vmss_sdk.emulator.engine.platform.image_facts import image_facts
from vmss_sdk.models import VirtualMachineScaleSet

__all__ = ["change_problems", "handler_problems", "problems", "secret_problems"]

_POLICY = "properties.upgradePolicy"
_ROLLING = f"{_POLICY}.rollingUpgradePolicy"
_PROFILE = "properties.virtualMachineProfile"
_NETWORK = f"{_PROFILE}.networkProfile.networkInterfaceConfigurations"
_PERCENTS = {  # semantics 2.3, the table
    "maxBatchInstancePercent": (5, 100),
    "maxUnhealthyInstancePercent": (5, 100),
    "maxUnhealthyUpgradedInstancePercent": (0, 100),
}
_CREATE_ONLY = (  # semantics 1.6.28
    "location",
    "properties.orchestrationMode",
    "properties.platformFaultDomainCount",
    f"{_PROFILE}.storageProfile.osDisk.managedDisk.storageAccountType",
    f"{_PROFILE}.priority",
)
_UNSAID = {f"{_PROFILE}.priority": "Regular"}
_UNIFORM_NEEDS = (
    "sku.name",
    "sku.capacity",
    _PROFILE,
    f"{_PROFILE}.storageProfile",
    f"{_PROFILE}.networkProfile",
)
_SINGLE_GROUP = 100
_OWN_IMAGE = 600
_CUSTOM_DATA_LENGTH = 87380


def problems(document: Document, name: str, max_instances: int) -> list[Failure]:
    """Everything that is wrong with a complete document.

    Args:
        document: The model with its defaults.
        name: The scale set's name, for the messages.
        max_instances: The most instances that a scale set may have.
    """
    checks: tuple[Callable[[Document, str], list[Failure]], ...] = (
        _required,
        lambda document, _: member_problems(VirtualMachineScaleSet, document),
        _percentages,
        _pause,
        _health_sources,
        _combinations,
        _security_of_image,
        automatic_os_problems,
        image_problems,
        id_problems,
        login_problems,
        network_problems,
        orchestration_problems,
        spot_problems,
        service_fabric_problems,
        _extension_names,
        _zones,
        _shapes,
    )
    found = [failure for check in checks for failure in check(document, name)]
    return found + _capacity(document, name, max_instances) + range_problems(document, name)


def change_problems(before: Document, after: Document) -> list[Failure]:
    """Everything that may not be changed once the scale set exists (semantics 1.6)."""
    found = [
        _at(Reason.NOT_CHANGEABLE, path)
        for path in _CREATE_ONLY
        if get_path(before, path, _UNSAID.get(path)) is not None
        and not _same(get_path(before, path, _UNSAID.get(path)), get_path(after, path, _UNSAID.get(path)))
    ]
    action, enabled = "properties.automaticRepairsPolicy.repairAction", "properties.automaticRepairsPolicy.enabled"
    both = get_path(before, enabled) is True and get_path(after, enabled) is True
    if both and get_path(before, action, "Replace") != get_path(after, action, "Replace"):  # 3.11: disable, then enable
        found.append(_at(Reason.NOT_CHANGEABLE, action))
    group = "properties.singlePlacementGroup"
    if get_path(before, group) is False and get_path(after, group) is True:  # rule 29: the other direction is allowed
        found.append(_at(Reason.NOT_CHANGEABLE, group))
    if set(before.get("zones") or []) - set(after.get("zones") or []):  # zones may be added only
        found.append(_at(Reason.NOT_CHANGEABLE, "zones"))
    if get_path(before, _NETWORK) is not None and _networks(before) != _networks(after):
        found.append(_at(Reason.NOT_CHANGEABLE, f"{_NETWORK}.ipConfigurations.subnet"))
    return found + image_change_problems(before, after) + service_fabric_change_problems(before, after)


def _networks(document: Document) -> set[str]:
    """The virtual networks that instances are in: a subnet may change only inside of them (rule 29)."""
    subnets = [
        str(get_path(address, "properties.subnet.id", "")).lower()
        for nic in get_path(document, _NETWORK, [])
        for address in get_path(nic, "properties.ipConfigurations", [])
    ]
    return {subnet.partition("/subnets/")[0] for subnet in subnets if "/subnets/" in subnet}


def secret_problems(document: Document, merged: Document) -> list[Failure]:
    """What is wrong with values that are sealed afterwards, or never shown: password and custom data.

    A password that nobody can use, since Linux takes keys only, may be anything: templates put the key there.

    Args:
        document: What was sent, where the values are not sealed.
        merged: The model that it becomes.
    """
    found = []
    password = get_path(document, f"{_PROFILE}.osProfile.adminPassword")
    keys_only = get_path(merged, f"{_PROFILE}.osProfile.linuxConfiguration.disablePasswordAuthentication") is True
    if password is not None and not keys_only and not _complex_enough(str(password)):
        found.append(Failure(Reason.PASSWORD_TOO_SIMPLE, {"target": "adminPassword"}))
    for path in (f"{_PROFILE}.osProfile.customData", f"{_PROFILE}.userData"):
        value = get_path(document, path)
        if value is not None and not _is_base64(str(value)):
            found.append(_at(Reason.CUSTOM_DATA_NOT_BASE64, path))
    return found


def _at(reason: Reason, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"target": target, "parameter": target.rpartition(".")[2], **facts})


def _same(one: Any, other: Any) -> bool:
    return str(one).lower() == str(other).lower()


def _required(document: Document, _: str) -> list[Failure]:
    flexible = get_path(document, "properties.orchestrationMode") == "Flexible"
    needed = ["location"]
    if not flexible:
        needed += _UNIFORM_NEEDS
        if get_path(document, f"{_PROFILE}.osProfile") is not None:  # else its image may be specialized
            needed.append(f"{_PROFILE}.osProfile.computerNamePrefix")
    elif get_path(document, _PROFILE) is not None:
        needed += [f"{_PROFILE}.storageProfile", f"{_PROFILE}.networkProfile", "sku.name"]
    missing = [path for path in needed if get_path(document, path) is None]
    # only the outermost missing part of a path is worth naming
    return [
        _at(Reason.REQUIRED, path) for path in missing if not any(path.startswith(f"{outer}.") for outer in missing)
    ]


def _percentages(document: Document, _: str) -> list[Failure]:
    policy = get_path(document, _ROLLING, {})
    return [
        _at(Reason.OUT_OF_RANGE, f"{_ROLLING}.{key}", low=low, high=high)
        for key, (low, high) in _PERCENTS.items()
        if key in policy and not low <= policy[key] <= high
    ]


def _pause(document: Document, _: str) -> list[Failure]:
    """CHOICE: no upper bound; today's documents give none."""
    value = get_path(document, f"{_ROLLING}.pauseTimeBetweenBatches", "PT0S")
    try:
        valid = wire.parse_duration(value).total_seconds() >= 0
    except ValueError:
        valid = False
    return [] if valid else [_at(Reason.PAUSE_INVALID, f"{_ROLLING}.pauseTimeBetweenBatches", value=value)]


def _capacity(document: Document, name: str, max_instances: int) -> list[Failure]:
    capacity = get_path(document, "sku.capacity", 0)
    single = get_path(document, "properties.singlePlacementGroup") is True
    if (
        "/microsoft.compute/images/"
        in str(get_path(document, f"{_PROFILE}.storageProfile.imageReference.id", "")).lower()
    ):
        max_instances = min(max_instances, _OWN_IMAGE)  # semantics 7.1: a managed image of one's own
    limit = (
        _SINGLE_GROUP if single and get_path(document, "properties.orchestrationMode") != "Flexible" else max_instances
    )
    if capacity < 0:
        return [_at(Reason.INVALID, "sku.capacity")]
    return [_at(Reason.TOO_MANY_INSTANCES, "sku.capacity", scale_set=name, limit=limit)] if capacity > limit else []


def _health_sources(document: Document, _: str) -> list[Failure]:
    """Rolling mode, automatic OS upgrades and repairs each need one source of health (rules 16 b–d)."""
    flexible = get_path(document, "properties.orchestrationMode") == "Flexible"
    profile = get_path(document, _PROFILE, {})
    features = {
        "ROLLING": get_path(document, f"{_POLICY}.mode") == "Rolling",
        "AUTOMATIC_OS": get_path(document, f"{_POLICY}.automaticOSUpgradePolicy.enableAutomaticOSUpgrade") is True
        and not is_service_fabric(profile),
        "REPAIRS": get_path(document, "properties.automaticRepairsPolicy.enabled") is True,
    }
    if flexible and has_health_probe(profile) and not any(features.values()):
        return [_at(Reason.MEMBER_NOT_ALLOWED, "healthProbe")]
    return [
        failure
        for feature, wanted in features.items()
        if wanted
        for failure in source_problems(profile, flexible=flexible, feature=feature)
    ]


def _combinations(document: Document, _: str) -> list[Failure]:
    """What does not go together (rules 16 e, g; 2.0.5)."""
    surge = get_path(document, f"{_ROLLING}.maxSurge") is True
    flexible = get_path(document, "properties.orchestrationMode") == "Flexible"
    automatic_os = get_path(document, f"{_POLICY}.automaticOSUpgradePolicy.enableAutomaticOSUpgrade") is True
    mode = get_path(document, f"{_POLICY}.mode")
    security = get_path(document, f"{_PROFILE}.securityProfile", {})
    image = get_path(document, f"{_PROFILE}.storageProfile.imageReference", {})
    wrong = {
        Reason.CROSS_ZONE_WITHOUT_ZONES: get_path(document, f"{_ROLLING}.enableCrossZoneUpgrade") is True
        and not document.get("zones"),
        Reason.SURGE_WITH_OVERPROVISION: surge and get_path(document, "properties.overprovision") is True,
        Reason.SURGE_WITH_FLEXIBLE_OS_UPGRADE: surge and flexible and automatic_os,
        Reason.SERVICE_FABRIC_NO_REPAIRS: get_path(document, "properties.automaticRepairsPolicy.enabled") is True
        and is_service_fabric(get_path(document, _PROFILE, {})),
        Reason.UEFI_WITH_GENERATION_1: security.get("uefiSettings") is not None
        and "publisher" in image
        and generation(image) == "V1",
        Reason.TRUSTED_LAUNCH_WITH_MANAGED_IMAGE: security.get("securityType") == "TrustedLaunch"
        and "/images/" in str(image.get("id", "")).lower()
        and "/galleries/" not in str(image.get("id", "")).lower(),
        # stateless node types may be Rolling, which needs a health source by itself
        Reason.SERVICE_FABRIC_NOT_MANUAL: mode == "Manual" and is_service_fabric(get_path(document, _PROFILE, {})),
    }
    targets = {
        Reason.CROSS_ZONE_WITHOUT_ZONES: f"{_ROLLING}.enableCrossZoneUpgrade",
        Reason.SERVICE_FABRIC_NOT_MANUAL: f"{_POLICY}.mode",
        Reason.SERVICE_FABRIC_NO_REPAIRS: "properties.automaticRepairsPolicy.enabled",
    }
    return [_at(reason, targets.get(reason, f"{_ROLLING}.maxSurge")) for reason, is_wrong in wrong.items() if is_wrong]


def _security_of_image(document: Document, _: str) -> list[Failure]:
    """An image has to support the security type; UEFI settings with the first generation have their own refusal."""
    security = get_path(document, f"{_PROFILE}.securityProfile", {})
    facts = image_facts(get_path(document, f"{_PROFILE}.storageProfile.imageReference", {}))
    wanted = str(security.get("securityType", ""))
    if facts is None or facts.supports(wanted):
        return []
    if facts.generation == "V1" and security.get("uefiSettings") is not None:
        return []
    target = f"{_PROFILE}.securityProfile.securityType"
    return [_at(Reason.SECURITY_TYPE_OF_IMAGE, target, security_type=wanted)]


def _extension_names(document: Document, name: str) -> list[Failure]:
    names = [str(item.get("name")) for item in get_path(document, f"{_PROFILE}.extensionProfile.extensions", [])]
    twice = sorted(item for item, times in Counter(names).items() if times > 1)
    target = f"{_PROFILE}.extensionProfile.extensions"
    found = [_at(Reason.DUPLICATE_EXTENSION, target, scale_set=name, extension=item) for item in twice]
    return found or [*order_problems(get_path(document, target, []), target), *_handlers(document, target)]


def _handlers(document: Document, target: str) -> list[Failure]:
    """Reported: azure-cli#33751. It tells the first of the two, as something that is there already."""
    kind = os_type(get_path(document, _PROFILE, {}))
    return [
        Failure(Reason.HANDLER_TWICE, {"os_type": kind, "extension": name_of(twin), "handler": handler(twin)})
        for twin in duplicate_handlers(get_path(document, target, []))
    ]


def handler_problems(extension: Document) -> list[Failure]:
    """What an extension lacks to be installed: its publisher, its type or its version.

    CHOICE: asked of extensions that are written as resources of their own; one in a scale set's body may be vague.
    """
    needed = [f"properties.{key}" for key in ("publisher", "type", "typeHandlerVersion")]
    return [_at(Reason.REQUIRED, key) for key in needed if not get_path(extension, key)]


def _zones(document: Document, _: str) -> list[Failure]:
    zones = document.get("zones") or []
    # CHOICE: Azure has three zones in a region today; a rehearsal may have more
    return [] if all(str(zone).isdecimal() for zone in zones) else [_at(Reason.INVALID, "zones")]


def _shapes(document: Document, _: str) -> list[Failure]:
    """What must have a value that makes sense: rules, the size's name, LUNs."""
    rules = "properties.scaleInPolicy.rules"
    disks = get_path(document, f"{_PROFILE}.storageProfile.dataDisks", [])
    luns = [disk.get("lun") for disk in disks]
    wrong = {
        rules: get_path(document, rules) == [],
        "sku.name": get_path(document, "sku.name") == "",
        f"{_PROFILE}.storageProfile.dataDisks": None in luns or len(set(luns)) < len(luns),
    }
    return [
        _at(Reason.NO_SCALE_IN_RULE if path == rules else Reason.INVALID, path) for path, bad in wrong.items() if bad
    ]


def _complex_enough(password: str) -> bool:
    """Azure's rule: 8–123 characters (12–123 on newer images, CHOICE: the wider), three of four kinds."""
    kinds = (r"[A-Z]", r"[a-z]", r"\d", r"[^A-Za-z0-9]")
    return 8 <= len(password) <= 123 and sum(bool(re.search(kind, password)) for kind in kinds) >= 3  # noqa: PLR2004


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(text) <= _CUSTOM_DATA_LENGTH
