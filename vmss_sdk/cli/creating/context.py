"""The context of the template of ``create``: the arguments, the location, and what exists already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.errors import NotFoundError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from vmss_sdk.cli.call import Call

__all__ = ["NETWORK_VERSION", "Context", "Document", "Plan", "wrong"]

Document = dict[str, Any]

NETWORK_VERSION = "2024-05-01"
"""Of Microsoft.Network, to look at what is there."""
_LETTERS, _PREFIX = 5, 9  # az's: letters of the name, then of a digest of the id


def wrong(text: str) -> CommandError:
    """Wrong usage, found out while the template is made: az ends with 2 for it."""
    return CommandError(text, 2)


@attrs.frozen
class Context:
    """Where and what is to be created.

    Attributes:
        call: The call of the command.
        location: The region.
    """

    call: Call
    location: str

    @property
    def args(self) -> argparse.Namespace:
        """The arguments."""
        return self.call.args

    @property
    def name(self) -> str:
        """Of the scale set."""
        return self.call.scale_set_name

    @property
    def flexible(self) -> bool:
        """Whether the orchestration mode is Flexible."""
        return bool(self.args.orchestration_mode == "Flexible")

    @property
    def id(self) -> str:
        """Of the scale set."""
        return self.call.scale_set.id

    @property
    def group_id(self) -> str:
        """Of the resource group."""
        return self.id.partition("/providers/")[0]

    @property
    def subscription(self) -> str:
        """The path of the subscription."""
        return self.group_id.partition("/resourceGroups/")[0]

    @property
    def tags(self) -> Document:
        """Of everything that is created."""
        from vmss_sdk.cli.handlers.key_values import key_values

        return dict(key_values("--tags", self.args.tags) or {})

    @property
    def prefix(self) -> str:
        """What az calls the parts of a scale set: letters of its name, and of its id's SHA-256."""
        letters = self.name.replace("-", "").lower()[:_LETTERS]
        return letters + hashlib.sha256(self.id.encode()).hexdigest()[: _PREFIX - len(letters)]

    def network(self, kind: str, name: str) -> str:
        """The id of a network resource in this group; an id stays what it is."""
        return name if name.startswith("/") else f"{self.group_id}/providers/Microsoft.Network/{kind}/{name}"

    def found(self, id: str, api_version: str, query: Mapping[str, str] | None = None) -> Any:
        """A resource as it is, None when it is not there."""
        try:
            return self.call.client.resource(id, api_version=api_version).get(query=query)
        except NotFoundError:
            return None

    def resource(self, kind: str, name: str, api_version: str, properties: Document | None) -> Document:
        """A resource of the template."""
        made: Document = {
            "type": kind,
            "name": name,
            "apiVersion": api_version,
            "location": self.location,
            "tags": self.tags,
            "dependsOn": [],
        }
        if properties is not None:
            made["properties"] = properties
        return made

    @property
    def edge_zone(self) -> Document | None:
        """The edge zone that was named, as ARM has it."""
        return {"name": self.args.edge_zone, "type": "EdgeZone"} if self.args.edge_zone else None

    def at_edge(self, resource: Document) -> Document:
        """The resource in the edge zone that was named."""
        if self.edge_zone:
            resource.update(apiVersion="2021-02-01", extendedLocation=self.edge_zone)
        return resource


@attrs.define
class Plan:
    """The template while it is made.

    Attributes:
        resources: Of the template.
        depends_on: What the scale set waits for.
        secrets: The secure parameters; they are in no resource.
        subnet_id: Where the instances are.
        pool_id: The backend pool that they are in.
        nat_pool_id: Of a load balancer with such a pool.
        balancer: The name or id of the load balancer or gateway.
        nsg: The network security group: its id, or an expression.
    """

    resources: list[Document] = attrs.field(factory=list)
    depends_on: list[str] = attrs.field(factory=list)
    secrets: dict[str, str] = attrs.field(factory=dict, repr=False)
    subnet_id: str | None = None
    pool_id: str | None = None
    nat_pool_id: str | None = None
    balancer: str | None = None
    nsg: str | None = None

    def secret(self, name: str, value: str) -> str:
        """Keep a secret as a secure parameter.

        Returns:
            What stands for it in the template.
        """
        self.secrets[name] = value
        return f"[parameters('{name}')]"
