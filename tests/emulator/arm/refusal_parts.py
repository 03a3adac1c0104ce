"""Members and errors of which the lists of refusals and acceptances consist."""

from __future__ import annotations

from typing import Any

from tests.emulator.arm.azure import (
    GROUP,
    HEALTH_EXTENSION,
    SUBNET,
    Azure,
)

Changes = dict[str, Any]
Refusal = tuple[int, str, str, str]

PROFILE = "properties.virtualMachineProfile"
STORAGE = f"{PROFILE}.storageProfile"
IMAGE = f"{STORAGE}.imageReference"
OS = f"{PROFILE}.osProfile"
NETWORK = f"{PROFILE}.networkProfile"
NICS = f"{NETWORK}.networkInterfaceConfigurations"
POLICY = "properties.upgradePolicy"
AUTOMATIC_OS = f"{POLICY}.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"
EXTENSIONS = f"{PROFILE}.extensionProfile.extensions"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
NET = f"{GROUP}/providers/Microsoft.Network"
GALLERY = f"{COMPUTE}/galleries/golden/images/lin"
MANAGED = f"{COMPUTE}/images/golden"
SHARED = "/sharedGalleries/1a2b-ours/images/lin"
COMMUNITY = "/CommunityGalleries/public-1/Images/lin"
UBUNTU = {
    "publisher": "Canonical",
    "offer": "0001-com-ubuntu-server-jammy",
    "sku": "22_04-lts-gen2",
    "version": "latest",
}
WINDOWS = {
    "publisher": "MicrosoftWindowsServer",
    "offer": "WindowsServer",
    "sku": "2022-datacenter-g2",
    "version": "latest",
}
KEYS = [{"path": "/home/ops/.ssh/authorized_keys", "keyData": "ssh-rsa AAAA ops"}]
KEYS_ONLY = {f"{OS}.adminPassword": None, f"{OS}.linuxConfiguration": {"disablePasswordAuthentication": True}}
INVALID = "The value of parameter {} is invalid."
MISSING = "Required parameter '{}' is missing (null)."
TOGETHER = "The property 'imageReference.{}' cannot be used together with property 'imageReference.{}'"
NOT_ALLOWED = "Parameter '{}' is not allowed."


def group() -> Azure:
    """An emulator with the resource group that the tests write in."""
    azure = Azure()
    azure.group()
    return azure


def automatic_os(image: Changes, **changes: Any) -> Changes:
    """An image under automatic OS upgrades, with the health that these need."""
    return {AUTOMATIC_OS: True, IMAGE: image, EXTENSIONS: [HEALTH_EXTENSION], **changes}


def address(**properties: Any) -> list[Changes]:
    """One interface with one address."""
    inside = {"name": "ip", "properties": {"subnet": {"id": SUBNET}, **properties}}
    return [{"name": "nic", "properties": {"primary": True, "ipConfigurations": [inside]}}]


def nic(name: str, *, primary: bool, subnet: str = SUBNET, **properties: Any) -> Changes:
    """An interface among several."""
    inside = [{"name": "ip", "properties": {"subnet": {"id": subnet}}}]
    return {"name": name, "properties": {"primary": primary, "ipConfigurations": inside, **properties}}


def missing(name: str) -> Refusal:
    """How a member that is missing is told."""
    return 400, "InvalidParameter", name, MISSING.format(name)


def invalid(name: str) -> Refusal:
    """How a value that cannot be is told."""
    return 400, "InvalidParameter", name, INVALID.format(name)


def malformed(value: str, path: str) -> Refusal:
    """How ARM's gateway tells of an id that is none."""
    return (
        400,
        "LinkedInvalidPropertyId",
        "",
        f"Property id '{value}' at path '{path}' is invalid. Expect fully qualified resource Id that start with"
        " '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.",
    )


def forbidden(name: str) -> Refusal:
    """How a member is told that the orchestration mode does not take."""
    return 400, "InvalidParameter", name, NOT_ALLOWED.format(name)


NOT_LATEST = (
    400,
    "BadRequest",
    AUTOMATIC_OS,
    "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set to"
    " 'latest'.",
)
NO_LOGIN = (
    400,
    "InvalidParameter",
    "linuxConfiguration",
    "Authentication using either SSH or by user name and password must be enabled in Linux profile.",
)
NO_USER = (400, "InvalidParameter", "adminUsername", "The Admin Username specified is not allowed.")


def no_platform_image(version: str, image: Changes = UBUNTU) -> Refusal:
    """How an unknown version of a platform image is told."""
    urn = ":".join((image["publisher"], image["offer"], image["sku"], version))
    return (
        404,
        "PlatformImageNotFound",
        "imageReference",
        f"The platform image '{urn}' is not available. Verify that all fields in the storage profile are correct. For"
        " more details about storage profile information, please refer to https://aka.ms/storageprofile",
    )
