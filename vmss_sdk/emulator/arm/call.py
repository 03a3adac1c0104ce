"""One request, taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_plus

import attrs

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.path import Path, path_of
from vmss_sdk.transport.base import Request

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.routing import Route
    from vmss_sdk.emulator.arm.state import State
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["Call", "Url"]


@attrs.frozen
class Url:
    """A URL's parts.

    Attributes:
        base: Scheme and host, to which links in the answer are made.
        path: In its one reading; how it was spelled is not kept.
        query: Decoded values by names in lower case; of a name given twice the last counts.
        query_text: The query as it came.
    """

    base: str
    path: Path
    query: dict[str, str]
    query_text: str = ""

    @classmethod
    def of(cls, request: Request) -> Url:
        """The parts of a request's URL; a URL without host takes it from the Host header."""
        url = request.url if request.url.isascii() else request.url.encode(errors="replace").decode()
        rest, _, query = url.partition("#")[0].partition("?")
        scheme, found, address = rest.partition("://")
        if not found:
            base, path = f"http://{request.headers.get('Host', 'localhost')}", rest
        else:
            host, _, path = address.partition("/")
            base, path = f"{scheme}://{host}", f"/{path}"
        return cls(base, path_of(path), _query(query), query)

    @property
    def text(self) -> str:
        """The whole URL."""
        return f"{self.base}{self.path.text}{'?' if self.query_text else ''}{self.query_text}"


def _query(text: str) -> dict[str, str]:
    values = {}
    for part in text.split("&") if text else ():
        name, _, value = part.partition("=")
        values[unquote_plus(name).lower()] = unquote_plus(value)
    return values


def _with_canonical_path(request: Request, url: Url) -> Request:
    text = url.text
    return request if request.url == text else attrs.evolve(request, url=text)


@attrs.define(eq=False)
class Call:
    """A request on its way to its handler.

    Attributes:
        state: What it acts on.
        request: As it came, but for its URL, which is spelled as `url` reads it.
        url: Its parts.
        values: The values in its path, by the names in the route's template.
        request_id: The id that the answer tells.
        route: The line of the table of routes that it is on; None as long as that is not known.
        caller: Who calls; None where nobody is asked.
        is_foreign: Whether a web page of another site sent it.
    """

    state: State
    request: Request
    url: Url
    request_id: str
    values: dict[str, str] = attrs.field(factory=dict)
    route: Route | None = None
    caller: Principal | None = None
    is_foreign: bool = False

    @classmethod
    def of(cls, state: State, request: Request, request_id: str, caller: Principal | None = None) -> Call:
        """A request that has come in; from here on nobody sees how its path was spelled."""
        url = Url.of(request)
        return cls(state, _with_canonical_path(request, url), url, request_id, caller=caller)

    def use_path(self, path: Path) -> None:
        """Take the path with its fixed parts as Azure spells them, now that its route is known."""
        if path is not self.url.path:
            self.url = attrs.evolve(self.url, path=path)
            self.request = _with_canonical_path(self.request, self.url)

    @property
    def query(self) -> dict[str, str]:
        """The query's values by names in lower case."""
        return self.url.query

    @property
    def subscription_id(self) -> str:
        """The subscription in the path."""
        return self.values["subscriptionId"]

    @property
    def api_version(self) -> str:
        """The version asked for."""
        return self.query.get("api-version", "")

    def link(self, *path: str) -> str:
        """The start of a URL of this service: each part is a path segment."""
        return "/".join([self.url.base, *(quote(part, safe="") for part in path)])

    def flag(self, name: str) -> bool:
        """Whether a switch in the query is on.

        Raises:
            ArmError: It is neither true nor false.
        """
        text = self.query.get(name.lower(), "").lower()
        if text not in ("true", "false", ""):
            raise ArmError.of(ErrorReason.QUERY_INVALID, parameter=name, why="expected true or false.")
        return text == "true"

    def scale_set(self, *, parent: bool = False) -> ScaleSet:
        """The scale set in the path.

        Raises:
            ArmError: It or its resource group does not exist.
        """
        values = self.values
        return self.state.scale_set(
            values["subscriptionId"], values["resourceGroupName"], values["vmScaleSetName"], parent=parent
        )
