"""Exchanges recorded with Azure from 2015 to 2026 (wire.md), as conversations in the order they were held."""

import json
import lzma
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs

__all__ = ["Conversation", "Exchange", "conversations", "member_shape", "shape"]

_FILE = Path(__file__).parent / "recordings.json.xz"
_VERSION = re.compile(r"[?&]api-version=([^&]+)")
_NAMED = re.compile(
    r"/(subscriptions|resourcegroups|virtualmachinescalesets|virtualmachines|extensions|runcommands|locations"
    r"|operations)/[^/]+",
    re.IGNORECASE,
)
_COMPUTE = re.compile(r".*/providers/Microsoft\.Compute", re.IGNORECASE)


@attrs.frozen(eq=False)
class Exchange:
    """One request and Azure's answer to it.

    Attributes:
        method: GET, PUT …; DEPLOY for the scale sets of a template deployment, whose answer is not known.
        path: With the query, without scheme and host; of a DEPLOY the resource group.
        sent: The request's headers that matter.
        request: The body of the request, None without one; of a DEPLOY the resources.
        status: The HTTP status.
        headers: Those that carry meaning, in lower case.
        body: The answer's document, None without one.
    """

    method: str
    path: str
    sent: dict[str, str]
    request: Any
    status: int
    headers: dict[str, str]
    body: Any

    @property
    def version(self) -> str:
        """The api-version."""
        found = _VERSION.search(self.path)
        return found[1] if found else ""

    @property
    def plain_path(self) -> str:
        """The path without the query."""
        return self.path.partition("?")[0]

    @property
    def operation(self) -> str:
        """As in ``POST virtualMachineScaleSets/{}/reimage``."""
        group = "group " if "/resourcegroups/" in self.plain_path.lower() else ""
        path = _COMPUTE.sub("", self.plain_path)
        named = _NAMED.sub(lambda found: f"/{found[1]}/{{}}", path).lower()
        return f"{self.method} {group if named == '/virtualmachinescalesets' else ''}{named.strip('/')}"


@cache
def shape(exchange: Exchange) -> frozenset[tuple[str, str]]:
    """The shape of an answer's document."""
    return frozenset(member_shape(exchange.body))


@attrs.frozen(eq=False)
class Conversation:
    """What one recorded test said to Azure, in order.

    Attributes:
        name: Its client and test.
        exchanges: What was said.
    """

    name: str
    exchanges: tuple[Exchange, ...]


@cache
def conversations() -> tuple[Conversation, ...]:
    """All of them."""
    document = json.loads(lzma.decompress(_FILE.read_bytes()))
    return tuple(
        Conversation(found["name"], tuple(_exchange(each) for each in found["exchanges"])) for found in document
    )


def _exchange(kept: dict[str, Any]) -> Exchange:
    if "deploy" in kept:
        return Exchange("DEPLOY", kept["path"], {}, kept["deploy"], 0, {}, None)
    return Exchange(
        kept["method"],
        kept["path"],
        kept.get("sent", {}),
        kept.get("request"),
        kept["status"],
        kept["headers"],
        kept.get("body"),
    )


def member_shape(value: Any, path: str = "$") -> Iterator[tuple[str, str]]:
    """Each member's path with its type; items of an array share one path."""
    if isinstance(value, dict):
        yield path, "object"
        for name, inner in value.items():
            yield from member_shape(inner, f"{path}.{name}")
    elif isinstance(value, list):
        yield path, "array"
        for inner in value:
            yield from member_shape(inner, f"{path}[]")
    else:
        yield path, "boolean" if isinstance(value, bool) else _TYPES[type(value)]


_TYPES = {str: "string", int: "number", float: "number", type(None): "null"}
