"""Rules of the orchestration modes, and those on zones and fault domains (semantics 7.8, 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vmss_sdk.emulator.engine.common.documents import Document, get_path, parts
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.extensions import is_service_fabric

__all__ = ["orchestration_problems", "written_problems"]

_PROFILE = "properties.virtualMachineProfile"
_NETWORK = f"{_PROFILE}.networkProfile"
_NICS = f"{_NETWORK}.networkInterfaceConfigurations"
_API_VERSION = f"{_NETWORK}.networkApiVersion"
_NAT_POOLS = f"{_NICS}[].properties.ipConfigurations[].properties"


def orchestration_problems(document: Document, _: str) -> list[Failure]:
    """The members that the mode of a complete model does not take."""
    flexible = get_path(document, "properties.orchestrationMode") == "Flexible"
    forbidden = _FLEXIBLE if flexible else _UNIFORM
    found = [_not_allowed(member) for member, is_there in forbidden.items() if is_there(document)]
    if not flexible and get_path(document, _API_VERSION) is not None:
        found.append(Failure(Reason.NETWORK_API_VERSION_UNKNOWN))
    return [*found, *_placement(document)]


def written_problems(written: Document) -> list[Failure]:
    """What shows only before defaults are filled in.

    Args:
        written: The model with what is written, without defaults.
    """
    found = list(_zone_balance(written))
    flexible = get_path(written, "properties.orchestrationMode") == "Flexible"
    if flexible and get_path(written, _NICS) and not get_path(written, _API_VERSION):
        found.append(Failure(Reason.NETWORK_API_VERSION_MISSING))
    return found


def _zone_balance(written: Document) -> Iterator[Failure]:
    """Reported: with no zone or one, ``zoneBalance`` is refused whether it is true or false."""
    if get_path(written, "properties.zoneBalance") is not None and len(written.get("zones") or []) < 2:  # noqa: PLR2004
        yield Failure(Reason.INVALID, {"parameter": "zoneBalance", "target": "zoneBalance"})


def _placement(document: Document) -> Iterator[Failure]:
    """A proximity placement group is one place, so its instances are in one zone at most."""
    if get_path(document, "properties.proximityPlacementGroup.id") and len(document.get("zones") or []) > 1:
        yield Failure(Reason.PLACEMENT_GROUP_WITH_ZONES, {"target": "proximityPlacementGroup"})


def _has(path: str) -> Callable[[Document], bool]:
    return lambda document: get_path(document, path) is not None


def _is_on(path: str) -> Callable[[Document], bool]:
    return lambda document: get_path(document, path) is True


def _has_system_identity(document: Document) -> bool:
    return "systemassigned" in str(get_path(document, "identity.type", "")).lower()


def _has_nat_pools(document: Document) -> bool:
    return any(address.get("loadBalancerInboundNatPools") for _, address in parts(document, _NAT_POOLS))


def _has_blobs(document: Document) -> bool:
    disk = get_path(document, f"{_PROFILE}.storageProfile.osDisk", {})
    return disk.get("vhdContainers") is not None or disk.get("image") is not None


def _is_of_service_fabric(document: Document) -> bool:
    return is_service_fabric(get_path(document, _PROFILE, {}))


_FLEXIBLE: dict[str, Callable[[Document], bool]] = {
    # documented: the parameters and features that Flexible orchestration does not support
    "identity.type": _has_system_identity,
    "overprovision": _is_on("properties.overprovision"),
    "doNotRunExtensionsOnOverprovisionedVMs": _is_on("properties.doNotRunExtensionsOnOverprovisionedVMs"),
    "loadBalancerInboundNatPools": _has_nat_pools,
    "vhdContainers": _has_blobs,
    "extensionProfile.serviceFabric": _is_of_service_fabric,
}
_UNIFORM: dict[str, Callable[[Document], bool]] = {
    # documented: for Flexible orchestration only
    "priorityMixPolicy": _has("properties.priorityMixPolicy"),
    "skuProfile": _has("properties.skuProfile"),
    "constrainedMaximumCapacity": _is_on("properties.constrainedMaximumCapacity"),
}


def _not_allowed(member: str) -> Failure:
    return Failure(Reason.MEMBER_NOT_ALLOWED, {"parameter": member, "target": member})
