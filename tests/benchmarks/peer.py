"""The client that ours is measured against, over the same plain HTTP."""

from functools import partial
from typing import Any

from azure.mgmt.compute import ComputeManagementClient

from tests.benchmarks.bodies import SUBSCRIPTION

# Its bearer policy refuses plain HTTP unless each call says otherwise.
_PLAIN: dict[str, Any] = {"enforce_https": False}


class _Token:
    def get_token(self, *scopes: str, **options: Any) -> Any:
        """A token that lasts."""
        from azure.core.credentials import AccessToken

        return AccessToken("token", 2_000_000_000)


class Peer:
    """azure-mgmt-compute with its default pipeline."""

    def __init__(self, endpoint: str, polling_interval: float = 30.0) -> None:
        client = ComputeManagementClient(_Token(), SUBSCRIPTION, base_url=endpoint, polling_interval=polling_interval)
        sets, instances = client.virtual_machine_scale_sets, client.virtual_machine_scale_set_vms
        self.get = partial(sets.get, "rg", "web", **_PLAIN)
        self.list = partial(instances.list, "rg", "web", expand="instanceView", **_PLAIN)
        self.reimage = partial(sets.begin_reimage, "rg", "web", **_PLAIN)
