"""Resource groups, in which scale sets live."""

from vmss_sdk.models._base import Model, text, text_map


class ResourceGroup(Model):
    """A resource group.

    Attributes:
        id: Resource id. Read-only.
        name: Read-only.
        type: ``Microsoft.Resources/resourceGroups``. Read-only.
        location: The region; it cannot be changed.
        managed_by: Resource id of what manages it.
        tags: Names and values chosen by the customer.
        provisioning_state: ``Succeeded`` or ``Deleting``. Read-only.
    """

    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    type: str | None = text("type", init=False)
    location: str | None = text("location", default=None)
    managed_by: str | None = text("managedBy", default=None)
    tags: dict[str, str] | None = text_map("tags", default=None)
    provisioning_state: str | None = text("properties.provisioningState", init=False)
