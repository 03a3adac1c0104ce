"""Rules for creation: a scale set needs a policy, a login, a network (semantics 11.17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.defaults import os_type
from vmss_sdk.emulator.engine.model.resource_ids import resource_type
from vmss_sdk.emulator.engine.platform.images import image_id, is_managed_image

__all__ = ["login_problems", "network_problems", "policy_problems"]

_PROFILE = "properties.virtualMachineProfile"
_OS = f"{_PROFILE}.osProfile"
_NETWORK = f"{_PROFILE}.networkProfile"
_NICS = f"{_NETWORK}.networkInterfaceConfigurations"
_NAME_LENGTH = {"Windows": 20, "Linux": 64}
_NO_USER_NAMES = frozenset(
    [
        "administrator",
        "admin",
        "user",
        "user1",
        "test",
        "user2",
        "test1",
        "user3",
        "admin1",
        "1",
        "123",
        "a",
        "actuser",
        "adm",
        "admin2",
        "aspnet",
        "backup",
        "console",
        "david",
        "guest",
        "john",
        "owner",
        "root",
        "server",
        "sql",
        "support",
        "support_388945a0",
        "sys",
        "test2",
        "test3",
        "user4",
        "user5",
    ]
)
"""Documented with ``osProfile.adminUsername``."""


def policy_problems(written: Document) -> list[Failure]:
    """The upgrade mode has to be said of a Uniform scale set; a Flexible one without it is Manual.

    Args:
        written: The model before it is filled with defaults.
    """
    bare = get_path(written, _PROFILE) is None
    mode = get_path(written, "properties.upgradePolicy.mode")
    if bare and mode in ("Automatic", "Rolling"):  # reported: azure-cli#30813
        return [Failure(Reason.NO_PROFILE_FOR_MODE, {"mode": mode})]
    flexible = get_path(written, "properties.orchestrationMode") == "Flexible" or (bare and not written.get("sku"))
    if flexible or mode is not None:
        return []
    given = get_path(written, "properties.upgradePolicy") is not None
    return [_required("upgradePolicy.mode" if given else "upgradePolicy")]


def login_problems(document: Document, _: str) -> list[Failure]:
    """Somebody has to be able to sign in: with a password, on Linux also with a key.

    CHOICE: an image of a gallery may be specialized, which is told nowhere in the model, and then has its own users.
    """
    profile = get_path(document, _PROFILE)
    if profile is None:
        return []
    os_profile = profile.get("osProfile")
    if get_path(profile, "storageProfile.osDisk.createOption") == "Attach":
        return []  # a virtual machine by itself, on a disk that has its users
    if os_profile is None:
        image = get_path(profile, "storageProfile.imageReference", {})
        special = image_id(image) is not None and not is_managed_image(image)
        return [] if special else [_required(_OS)]
    kind = os_type(profile)
    return [*_user_name(os_profile, kind), *_login_methods(os_profile, kind)]


def network_problems(document: Document, name: str) -> list[Failure]:
    """Each interface has a subnet, all of them are in one network, and one is the first."""
    if get_path(document, _NETWORK) is None:
        return []
    nics = get_path(document, _NICS) or []
    if not nics:  # a machine by itself may name interfaces that are there
        by_reference = bool(get_path(document, f"{_NETWORK}.networkInterfaces"))
        return [] if by_reference else [_required("networkInterfaceConfigurations")]
    found = list(_subnets(nics, name))
    if len(nics) > 1 and sum(get_path(nic, "properties.primary") is True for nic in nics) != 1:
        found.append(Failure(Reason.PRIMARY_INTERFACE, {"target": "networkInterfaceConfigurations"}))
    return [*found, *_addresses(nics), *_networks(nics), *_probe(document, nics, name)]


def _user_name(os_profile: Document, kind: str) -> Iterator[Failure]:
    name = os_profile.get("adminUsername")
    if name is None:
        yield _required(f"{_OS}.adminUsername")
    elif (
        not 1 <= len(str(name)) <= _NAME_LENGTH.get(kind, _NAME_LENGTH["Linux"])
        or str(name).lower() in _NO_USER_NAMES
        or (kind == "Windows" and str(name).endswith("."))
    ):
        yield Failure(Reason.USER_NAME_NOT_ALLOWED, {"target": "adminUsername"})


def _login_methods(os_profile: Document, kind: str) -> Iterator[Failure]:
    linux = os_profile.get("linuxConfiguration", {})
    keys = get_path(linux, "ssh.publicKeys") if kind != "Windows" else None
    if linux.get("disablePasswordAuthentication") is True:
        if not keys:
            yield Failure(Reason.NO_LOGIN, {"target": "linuxConfiguration"})
    elif os_profile.get("adminPassword") is None and not keys:
        yield _required("adminPassword")


def _subnets(nics: list[Document], name: str) -> Iterator[Failure]:
    """Recorded: a second address of IPv6 goes without a subnet."""
    for nic in nics:
        for address in get_path(nic, "properties.ipConfigurations", []):
            properties = address.get("properties", {})
            six = properties.get("privateIPAddressVersion") == "IPv6"
            if get_path(properties, "subnet.id") is None and not six:
                names = {"nic": nic.get("name"), "address": address.get("name"), "scale_set": name}
                yield Failure(Reason.SUBNET_MISSING, names)


def _addresses(nics: list[Document]) -> Iterator[Failure]:
    """Recorded: among several addresses none has to be called the first, but two cannot be."""
    for nic in nics:
        addresses = get_path(nic, "properties.ipConfigurations")
        if addresses == []:
            yield _required("ipConfigurations")
        elif sum(get_path(address, "properties.primary") is True for address in addresses or ()) > 1:
            yield Failure(
                Reason.INVALID, {"parameter": "ipConfigurations.primary", "target": "ipConfigurations.primary"}
            )


def _networks(nics: list[Document]) -> Iterator[Failure]:
    subnets = (
        str(get_path(address, "properties.subnet.id", "")).lower()
        for nic in nics
        for address in get_path(nic, "properties.ipConfigurations", [])
    )
    networks = {subnet.partition("/subnets/")[0] for subnet in subnets if "/subnets/" in subnet}
    if len(networks) > 1:
        yield Failure(Reason.SUBNETS_OF_SEVERAL_NETWORKS, {"target": "networkInterfaceConfigurations"})


def _probe(document: Document, nics: list[Document], name: str) -> Iterator[Failure]:
    """A load balancer that probes instances has to have them in a pool (reported: ARO-RP#547)."""
    probe = str(get_path(document, f"{_NETWORK}.healthProbe.id", "")).lower()
    if (resource_type(probe) or "").lower() != "microsoft.network/loadbalancers/probes":
        return
    balancers = {
        str(pool.get("id", "")).lower().partition("/backendaddresspools/")[0]
        for nic in nics
        for address in get_path(nic, "properties.ipConfigurations", [])
        for pool in get_path(address, "properties.loadBalancerBackendAddressPools") or ()
    }
    if probe.partition("/probes/")[0] not in balancers:
        facts: dict[str, Any] = {"scale_set": name, "probe": get_path(document, f"{_NETWORK}.healthProbe.id")}
        yield Failure(Reason.PROBE_WITHOUT_BALANCER, facts)


def _required(path: str) -> Failure:
    """A member below the model's top is told by its path, the others as Azure was reported to tell them."""
    name = path.rpartition(".")[2] if path.startswith("properties.") else path
    return Failure(Reason.REQUIRED, {"parameter": name, "target": path})
