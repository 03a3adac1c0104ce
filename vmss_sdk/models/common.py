"""Parts that many resources share: references, identities, statuses."""

from collections.abc import Mapping
from datetime import datetime

from vmss_sdk.models._base import Model, boolean, choice, nested_map, text, texts, timestamp
from vmss_sdk.models.enums import (
    CreatedByType,
    ExtendedLocationTypes,
    ResourceIdentityType,
    StatusLevelTypes,
    ZonePlacementPolicyType,
)


class SubResource(Model):
    """A reference to another resource by id."""

    id: str | None = text("id", default=None)


class ApiEntityReference(Model):
    """A reference to another resource by id."""

    id: str | None = text("id", default=None)


class Plan(Model):
    """The marketplace plan of an image."""

    name: str | None = text("name", default=None)
    publisher: str | None = text("publisher", default=None)
    product: str | None = text("product", default=None)
    promotion_code: str | None = text("promotionCode", default=None)


class SystemData(Model):
    """Who made and last changed a resource, and when."""

    created_by: str | None = text("createdBy", default=None)
    created_by_type: CreatedByType | str | None = choice("createdByType", CreatedByType, default=None)
    created_at: datetime | None = timestamp("createdAt", default=None)
    last_modified_by: str | None = text("lastModifiedBy", default=None)
    last_modified_by_type: CreatedByType | str | None = choice("lastModifiedByType", CreatedByType, default=None)
    last_modified_at: datetime | None = timestamp("lastModifiedAt", default=None)


class ExtendedLocation(Model):
    """A location beyond the region: an edge zone."""

    name: str | None = text("name", default=None)
    type: ExtendedLocationTypes | str | None = choice("type", ExtendedLocationTypes, default=None)


class Placement(Model):
    """Which zones the platform may choose."""

    zone_placement_policy: ZonePlacementPolicyType | str | None = choice(
        "zonePlacementPolicy", ZonePlacementPolicyType, default=None
    )
    include_zones: list[str] | None = texts("includeZones", default=None)
    exclude_zones: list[str] | None = texts("excludeZones", default=None)


class UserAssignedIdentitiesValue(Model):
    """The ids of one user-assigned identity."""

    principal_id: str | None = text("principalId", init=False)
    client_id: str | None = text("clientId", init=False)


class VirtualMachineScaleSetIdentity(Model):
    """The managed identities of a scale set."""

    principal_id: str | None = text("principalId", init=False)
    tenant_id: str | None = text("tenantId", init=False)
    type: ResourceIdentityType | str | None = choice("type", ResourceIdentityType, default=None)
    user_assigned_identities: Mapping[str, UserAssignedIdentitiesValue] | None = nested_map(
        "userAssignedIdentities", UserAssignedIdentitiesValue, default=None
    )


class VirtualMachineIdentity(Model):
    """The managed identities of a virtual machine."""

    principal_id: str | None = text("principalId", init=False)
    tenant_id: str | None = text("tenantId", init=False)
    type: ResourceIdentityType | str | None = choice("type", ResourceIdentityType, default=None)
    user_assigned_identities: Mapping[str, UserAssignedIdentitiesValue] | None = nested_map(
        "userAssignedIdentities", UserAssignedIdentitiesValue, default=None
    )


class AdditionalCapabilities(Model):
    """Ultra disks, hibernation and FIPS 140-3 encryption."""

    ultra_ssd_enabled: bool | None = boolean("ultraSSDEnabled", default=None)
    hibernation_enabled: bool | None = boolean("hibernationEnabled", default=None)
    enable_fips1403_encryption: bool | None = boolean("enableFips1403Encryption", default=None)


class InstanceViewStatus(Model):
    """A status in an instance view.

    Attributes:
        code: For example ``PowerState/running``, ``ProvisioningState/succeeded`` or ``HealthState/healthy``.
        level: Info, Warning or Error.
        display_status: A short text for people.
        message: A longer text.
        time: When the status came to be.
    """

    code: str | None = text("code", default=None)
    level: StatusLevelTypes | str | None = choice("level", StatusLevelTypes, default=None)
    display_status: str | None = text("displayStatus", default=None)
    message: str | None = text("message", default=None)
    time: datetime | None = timestamp("time", default=None)
