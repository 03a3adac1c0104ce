"""The context of a template: subscription, group, deployment, and existing resources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import attrs

__all__ = ["Context", "Runtime"]

Document = dict[str, Any]


class Runtime(Protocol):
    """What is known only while a deployment runs."""

    def resource(self, resource_id: str, api_version: str) -> Document:
        """A resource as a GET tells it.

        Raises:
            LanguageError: There is none.
        """

    def exists(self, resource_id: str, api_version: str) -> bool:
        """Whether there is such a resource."""

    def action(self, name: str, resource_id: str, api_version: str, body: Any) -> Any:
        """What a ``list…`` action of a resource answers.

        Raises:
            LanguageError: There is none, or it is not served.
        """


@attrs.frozen(kw_only=True)
class Context:
    """Where a template is deployed.

    Attributes:
        subscription: What ``subscription()`` answers.
        resource_group: What ``resourceGroup()`` answers.
        deployment: What ``deployment()`` answers.
        environment: What ``environment()`` answers.
        now: The moment of the deployment, which ``utcNow()`` tells.
        new_guid: Makes the GUIDs of ``newGuid()``.
        api_versions: The api-versions of a resource type, the newest first, by namespace and type.
        zones: The availability zones of a region, by its name.
        deployer: What ``deployer()`` answers.
    """

    subscription: Document
    resource_group: Document
    deployment: Document = attrs.field(repr=False)
    environment: Document
    now: datetime
    new_guid: Callable[[], str]
    api_versions: Callable[[str, str], list[str]]
    zones: Callable[[str], list[str]]
    deployer: Document = attrs.field(factory=dict)

    @property
    def subscription_id(self) -> str:
        """The id of the subscription, a GUID."""
        return str(self.subscription["subscriptionId"])

    @property
    def group_id(self) -> str:
        """The id of the resource group."""
        return f"/subscriptions/{self.subscription_id}/resourceGroups/{self.group}"

    @property
    def group(self) -> str:
        """The name of the resource group."""
        return str(self.resource_group["name"])
