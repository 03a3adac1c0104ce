"""The base of all handles: verbs on the wire, and the reading of their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload
from urllib.parse import quote

import attrs

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vmss_sdk._connection import Connection, Query
    from vmss_sdk.models import Model

__all__ = ["Resource", "Verb", "conditions", "is_name", "segment"]

M = TypeVar("M", bound="Model")


@attrs.frozen
class Verb:
    """How one operation is written on the wire.

    Attributes:
        path: Below the resource, in the service's own casing; empty for the resource itself.
        method: Upper case.
        names_all: Whether "all instances" must be said, as ``{"instanceIds": ["*"]}``, because a body is
            required; without that it is said by sending no body.
        api_version: Where it differs from the client's.
    """

    path: str = ""
    method: str = "POST"
    names_all: bool = False
    api_version: str | None = None


def is_name(value: object) -> bool:
    """Whether this is text that can name something: callers without a type checker pass numbers and None."""
    return isinstance(value, str) and bool(value.strip())


def segment(value: str, what: str) -> str:
    """A name or id as one segment of a path.

    Raises:
        ClientUsageError: It is no str, or empty, or could not be one segment.
    """
    if not (is_name(value) and "/" not in value and value not in (".", "..")):
        raise ClientUsageError(f"{what} must be a non-empty str without '/', got {value!r}")
    return quote(value, safe="()")


def conditions(if_match: str | None = None, if_none_match: str | None = None) -> dict[str, str]:
    """The headers that make a request conditional.

    Raises:
        ClientUsageError: A value cannot be a header.
    """
    given = {"If-Match": if_match, "If-None-Match": if_none_match}
    for name, value in given.items():
        if value is not None and not (value and value.isascii() and value.isprintable()):
            raise ClientUsageError(f"{name} must be an ETag such as '\"1\"', or '*', got {value!r}")
    return {name: value for name, value in given.items() if value is not None}


class Resource:
    """The address of a resource.

    Attributes:
        id: The resource id.
    """

    __slots__ = ("_connection", "id")

    def __init__(self, connection: Connection, id: str) -> None:
        """For the SDK's own use: handles come from a client or from another handle."""
        self._connection = connection
        self.id = id

    def _url(self, path: str, query: Query | None, api_version: str | None = None) -> str:
        return self._connection.url(f"{self.id}/{path}" if path else self.id, query, api_version)

    def _get(self, model: type[M], path: str = "", query: Query | None = None) -> M:
        return model.from_wire(self._connection.call("GET", self._url(path, query)).document)

    def _list(self, model: type[M], path: str, query: Query | None = None) -> Iterator[M]:
        return map(model.from_wire, self._connection.pages(self._url(path, query)))

    @overload
    def _start(
        self,
        verb: Verb,
        *,
        body: Any = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Operation[None]: ...
    @overload
    def _start(
        self,
        verb: Verb,
        model: type[M],
        *,
        body: Any = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Operation[M]: ...
    def _start(
        self,
        verb: Verb,
        model: type[Model] | None = None,
        *,
        body: Any = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Operation[Any]:
        """Begin a long-running operation."""
        url = self._url(verb.path, query, verb.api_version)
        answer = self._connection.call(verb.method, url, body=body, headers=headers)
        return Operation.begin(self._connection, answer, model)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resource) and self.id == other.id and self._connection is other._connection

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r})"
