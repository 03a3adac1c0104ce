"""Resources of any type, as JSON: what scale sets stand on, such as networks and images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.errors import ClientUsageError, NotFoundError
from vmss_sdk.handles._resource import Resource, Verb, segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vmss_sdk._connection import Connection
    from vmss_sdk.models import Model
    from vmss_sdk.operation import Operation

__all__ = ["AnyResource"]

_START = "/subscriptions/"


class AnyResource(Resource):
    """One resource of any type; it has no model, its documents are plain JSON.

    ::

        vnet = client.resource(f"{group.id}/providers/Microsoft.Network/virtualNetworks/v", api_version="2024-05-01")
        vnet.create_or_update({"location": "westus2", "properties": {...}}).wait()

    Attributes:
        id: Resource id.
        api_version: Of its provider.
    """

    __slots__ = ("api_version",)

    def __init__(self, connection: Connection, id: str, api_version: str) -> None:
        """For the SDK's own use: see ``VmssClient.resource``.

        Raises:
            ClientUsageError: It is no resource id.
        """
        parts = id.split("/")
        if not id.lower().startswith(_START) or any(part in ("", ".", "..") or "?" in part for part in parts[1:]):
            raise ClientUsageError(f"a resource id begins with {_START} and has no empty parts, got {id!r}")
        super().__init__(connection, id)
        self.api_version = api_version

    def get(self, query: Mapping[str, str | None] | None = None) -> Any:
        """The document, or, where a path lists something, that list.

        Args:
            query: Parameters such as ``$expand``; those that are None are left out.

        Raises:
            NotFoundError: There is no such resource.
        """
        return self._connection.call("GET", self._url("", query, self.api_version)).content

    def list(self) -> Iterator[dict[str, Any]]:
        """The items, where the path lists something; pages are followed.

        Raises:
            NotFoundError: There is no such resource.
        """
        return self._connection.pages(self._url("", None, self.api_version))

    def exists(self) -> bool:
        """Whether it is there."""
        try:
            self._connection.call("GET", self._url("", None, self.api_version))
        except NotFoundError:
            return False
        return True

    def create_or_update(self, document: Mapping[str, Any]) -> Operation[None]:
        """Write the whole resource.

        Args:
            document: As ARM has it: location, tags, properties …

        Raises:
            InvalidRequestError: The service refused a value.
        """
        return self._start(Verb(method="PUT", api_version=self.api_version), body=dict(document))

    def act(self, action: str, document: Mapping[str, Any] | None = None) -> Operation[Model]:
        """Do something with it that is no write, such as ``validate`` of a deployment.

        Args:
            action: As it stands in the path.
            document: What goes along.

        Returns:
            The operation; the ``wire`` of its result is what the service answered.

        Raises:
            InvalidRequestError: The service refused a value.
        """
        from vmss_sdk.models import Model

        body = None if document is None else dict(document)
        return self._start(Verb(segment(action, "an action"), api_version=self.api_version), Model, body=body)

    def delete(self) -> Operation[None]:
        """Delete it; that it is not there is no error."""
        return self._start(Verb(method="DELETE", api_version=self.api_version))
