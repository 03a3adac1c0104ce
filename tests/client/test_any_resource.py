"""Resources of any type, as JSON."""

import pytest

from vmss_sdk import ClientUsageError, NotFoundError, VmssClient
from vmss_sdk.handles.any_resource import AnyResource

_VERSION = "2024-05-01"


def _vnet() -> AnyResource:
    client = VmssClient.in_process()
    client.resource_groups.create_or_update("rg", "westus2")
    group = f"/subscriptions/{client.subscription_id}/resourceGroups/rg"
    return client.resource(f"{group}/providers/Microsoft.Network/virtualNetworks/v", api_version=_VERSION)


def test_it_is_created_read_and_deleted() -> None:
    """What is written comes back, and is gone when it is deleted; deleting it again is no error."""
    vnet = _vnet()
    assert not vnet.exists()
    vnet.create_or_update({"location": "westus2", "tags": {"Team": "web"}}).wait()
    assert vnet.exists()
    assert vnet.get()["tags"] == {"Team": "web"}
    vnet.delete().wait()
    vnet.delete().wait()
    with pytest.raises(NotFoundError):
        vnet.get()


@pytest.mark.parametrize(
    "id", ["", "vnet", "/resourceGroups/rg", "/subscriptions//x", "/subscriptions/s/../t", "/subscriptions/s?x"]
)
def test_what_is_no_resource_id_is_refused(id: str) -> None:
    """It must begin with a subscription and have no part that leads elsewhere; nothing is sent."""
    with pytest.raises(ClientUsageError):
        VmssClient.in_process().resource(id, api_version=_VERSION)
