"""Resource groups: where scale sets live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk import models
from vmss_sdk.errors import NotFoundError
from vmss_sdk.handles._resource import segment
from vmss_sdk.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vmss_sdk._connection import Connection

__all__ = ["ResourceGroups"]

_API_VERSION = "2021-04-01"


class ResourceGroups:
    """The resource groups of the subscription."""

    __slots__ = ("_connection", "_path")

    def __init__(self, connection: Connection, subscription_path: str) -> None:
        """For the SDK's own use: see ``VmssClient.resource_groups``."""
        self._connection = connection
        self._path = f"{subscription_path}/resourcegroups"

    def _url(self, name: str) -> str:
        path = f"{self._path}/{segment(name, 'a resource group name')}"
        return self._connection.url(path, api_version=_API_VERSION)

    def create_or_update(
        self, name: str, location: str, *, tags: Mapping[str, str] | None = None
    ) -> models.ResourceGroup:
        """Create a resource group, or change its tags.

        Args:
            name: Its name.
            location: The region; that of an existing group cannot be changed.
            tags: Names and values of your choice.
        """
        group = models.ResourceGroup(location=location, tags=None if tags is None else dict(tags))
        return models.ResourceGroup.from_wire(self._connection.call("PUT", self._url(name), body=group.wire).document)

    def get(self, name: str) -> models.ResourceGroup:
        """A resource group.

        Raises:
            NotFoundError: There is no such group.
        """
        return models.ResourceGroup.from_wire(self._connection.call("GET", self._url(name)).document)

    def exists(self, name: str) -> bool:
        """Whether there is such a resource group."""
        try:
            self._connection.call("HEAD", self._url(name))
        except NotFoundError:
            return False
        return True

    def list(self) -> Iterator[models.ResourceGroup]:
        """All resource groups; pages are followed."""
        url = self._connection.url(self._path, api_version=_API_VERSION)
        return map(models.ResourceGroup.from_wire, self._connection.pages(url))

    def delete(self, name: str) -> Operation[None]:
        """Delete a resource group with all that is in it.

        Raises:
            NotFoundError: There is no such group.
        """
        return Operation.begin(self._connection, self._connection.call("DELETE", self._url(name)), None)
