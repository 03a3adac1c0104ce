"""Rules for resource ids in a model: each must name a resource, and of the right type.

One table for every ``SubResource``, ``ApiEntityReference`` and id that a scale set's model can have. What a virtual
machine names besides is looked up, so the REST face judges it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from vmss_sdk.emulator.engine.common.documents import Document, get_path, parts
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

__all__ = ["INSTANCE_REFERENCES", "REFERENCES", "Reference", "id_problems", "problems_of", "resource_type"]

_PROFILE = "properties.virtualMachineProfile"
_ABSOLUTE = re.compile(r"/(subscriptions/[^/]+|providers/[^/]+)(/|$)", re.IGNORECASE)
_RESOURCE = re.compile(
    r"(?:/subscriptions/[^/]+(?:/resourcegroups/[^/]+)?)?/providers/([^/]+)((?:/[^/]+/[^/]+)+)/?", re.IGNORECASE
)
_SECURITY_POSTURE = re.compile(
    r"(/subscriptions/[^/]+/resourcegroups/[^/]+/providers/microsoft\.compute/galleries|/communityGalleries)/[^/]+"
    r"/securityPostures/[^/]+(/versions/[^/]+)?/?",
    re.IGNORECASE,
)


@attrs.frozen
class Reference:
    """A member that names another resource.

    Attributes:
        at: What holds the member, as a path in which ``[]`` stands for each item of a list.
        types: The types that it may name; none: any type.
        member: The member with the id itself.
    """

    at: str
    types: tuple[str, ...]
    member: str = "id"

    @property
    def short(self) -> str:
        """How an error names it."""
        holder = self.at.rpartition(".")[2].removesuffix("[]")
        return f"{holder}.{self.member}"


_NIC = "networkProfile.networkInterfaceConfigurations[].properties"
_ADDRESS = f"{_NIC}.ipConfigurations[].properties"
_DISK_ENCRYPTION = ("Microsoft.Compute/diskEncryptionSets",)
_VAULT = ("Microsoft.KeyVault/vaults",)
_ACCESS = ("Microsoft.Compute/galleries/inVMAccessControlProfiles/versions",)
_OF_SET = (
    Reference("proximityPlacementGroup", ("Microsoft.Compute/proximityPlacementGroups",)),
    Reference("hostGroup", ("Microsoft.Compute/hostGroups",)),
)
_OF_PROFILE = (
    Reference("networkProfile.healthProbe", ("Microsoft.Network/loadBalancers/probes",)),
    Reference(f"{_NIC}.networkSecurityGroup", ("Microsoft.Network/networkSecurityGroups",)),
    Reference(f"{_NIC}.dscpConfiguration", ("Microsoft.Network/dscpConfigurations",)),
    Reference(f"{_ADDRESS}.subnet", ("Microsoft.Network/virtualNetworks/subnets",)),
    Reference(f"{_ADDRESS}.applicationSecurityGroups[]", ("Microsoft.Network/applicationSecurityGroups",)),
    Reference(
        f"{_ADDRESS}.applicationGatewayBackendAddressPools[]",
        ("Microsoft.Network/applicationGateways/backendAddressPools",),
    ),
    Reference(
        f"{_ADDRESS}.loadBalancerBackendAddressPools[]", ("Microsoft.Network/loadBalancers/backendAddressPools",)
    ),
    Reference(f"{_ADDRESS}.loadBalancerInboundNatPools[]", ("Microsoft.Network/loadBalancers/inboundNatPools",)),
    Reference(
        f"{_ADDRESS}.publicIPAddressConfiguration.properties.publicIPPrefix", ("Microsoft.Network/publicIPPrefixes",)
    ),
    Reference("networkProfile.interconnectGroupProfile.interconnectGroup", ("Microsoft.Network/interconnectGroups",)),
    # CHOICE: what subgroups and blocks are called is documented nowhere, so any resource will do
    Reference("networkProfile.interconnectGroupProfile.subgroups[]", ()),
    Reference("interconnectBlockProfile.interconnectBlock", ()),
    Reference("capacityReservation.capacityReservationGroup", ("Microsoft.Compute/capacityReservationGroups",)),
    Reference("serviceArtifactReference", ("Microsoft.Compute/galleries/serviceArtifacts/vmArtifactsProfiles",)),
    Reference("storageProfile.osDisk.managedDisk.diskEncryptionSet", _DISK_ENCRYPTION),
    Reference("storageProfile.osDisk.managedDisk.securityProfile.diskEncryptionSet", _DISK_ENCRYPTION),
    Reference("storageProfile.dataDisks[].managedDisk.diskEncryptionSet", _DISK_ENCRYPTION),
    Reference("storageProfile.dataDisks[].managedDisk.securityProfile.diskEncryptionSet", _DISK_ENCRYPTION),
    Reference("osProfile.secrets[].sourceVault", _VAULT),
    Reference("extensionProfile.extensions[].properties.protectedSettingsFromKeyVault.sourceVault", _VAULT),
    Reference(
        "applicationProfile.galleryApplications[]",
        ("Microsoft.Compute/galleries/applications/versions",),
        "packageReferenceId",
    ),
    Reference(
        "securityProfile.encryptionIdentity",
        ("Microsoft.ManagedIdentity/userAssignedIdentities",),
        "userAssignedIdentityResourceId",
    ),
    Reference("securityProfile.proxyAgentSettings.wireServer", _ACCESS, "inVMAccessControlProfileReferenceId"),
    Reference("securityProfile.proxyAgentSettings.imds", _ACCESS, "inVMAccessControlProfileReferenceId"),
)
REFERENCES: tuple[Reference, ...] = (
    *(attrs.evolve(each, at=f"properties.{each.at}") for each in _OF_SET),
    *(attrs.evolve(each, at=f"{_PROFILE}.{each.at}") for each in _OF_PROFILE),
)
"""Those of a scale set's document."""
_CONFIGURED = "networkProfile.networkInterfaceConfigurations"
_OF_INSTANCE = ("networkProfile.network", "storageProfile.", "osProfile.", "securityProfile.", "capacityReservation.")
INSTANCE_REFERENCES: tuple[Reference, ...] = tuple(
    attrs.evolve(
        each,
        at=f"properties.{each.at.replace(_CONFIGURED, 'networkProfileConfiguration.networkInterfaceConfigurations')}",
    )
    for each in _OF_PROFILE
    if each.at.startswith(_OF_INSTANCE)
)
"""Those of an instance's document, whose interfaces are configured in a member of their own."""


def id_problems(document: Document, _: str) -> list[Failure]:
    """The ids of a scale set's document that name nothing, or a resource of the wrong type."""
    found = [failure for each in REFERENCES for failure in problems_of(document, each)]
    return [*found, *_posture(document), *_identities(document)]


def resource_type(resource_id: str) -> str | None:
    """The type of what an id names, such as ``Microsoft.Network/loadBalancers/probes``; None: it is no resource's."""
    found = _RESOURCE.fullmatch(resource_id)
    return "/".join([found[1], *found[2].split("/")[1::2]]) if found else None


def problems_of(document: Document, reference: Reference) -> Iterator[Failure]:
    """The ids of one member that name nothing, or a resource of the wrong type."""
    for path, part in parts(document, reference.at):
        value = part.get(reference.member)
        if value is None:
            continue
        if not _ABSOLUTE.match(str(value)):
            yield Failure(Reason.ID_MALFORMED, {"id": value, "path": f"{path}.{reference.member}"})
        elif not _names(str(value), reference.types):
            yield _invalid(reference.short)


def _names(value: str, types: tuple[str, ...]) -> bool:
    found = resource_type(value)
    return found is not None and (not types or found.lower() in {each.lower() for each in types})


def _posture(document: Document) -> Iterator[Failure]:
    """A security posture is one of a gallery, mostly of a community's, whose ids are in no subscription."""
    value = get_path(document, f"{_PROFILE}.securityPostureReference.id")
    if value is not None and not _SECURITY_POSTURE.fullmatch(str(value)):
        yield _invalid("securityPostureReference.id")


def _identities(document: Document) -> Iterator[Failure]:
    for name in get_path(document, "identity.userAssignedIdentities", {}):
        if not _ABSOLUTE.match(name):
            yield Failure(Reason.ID_MALFORMED, {"id": name, "path": "identity.userAssignedIdentities"})
        elif not _names(name, ("Microsoft.ManagedIdentity/userAssignedIdentities",)):
            yield _invalid("identity.userAssignedIdentities")


def _invalid(name: str) -> Failure:
    return Failure(Reason.INVALID, {"parameter": name, "target": name})
