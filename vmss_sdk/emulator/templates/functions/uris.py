"""Addresses on the web: put together and taken apart (https://aka.ms/arm-functions-string)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function
from vmss_sdk.emulator.templates.values import find

__all__ = ["FUNCTIONS"]

_BY_CHARACTER = 8
"""The pace of functions that go through a text character by character."""
_PORTS = {"http": 80, "https": 443, "ftp": 21, "ws": 80, "wss": 443}


def _uri(_: Environment, base: Any, rest: Any) -> str:
    want = ArgumentTypes("uri")
    return str(urljoin(want(base, str), want(rest, str)))


def _uri_component(_: Environment, text: Any) -> str:
    return quote(ArgumentTypes("uriComponent")(text, str), safe="~-_.")


def _parse(_: Environment, text: Any) -> dict[str, Any]:
    """CHOICE: as .NET's Uri takes it apart: the scheme's own port when none is said, the query with its mark."""
    try:
        found = urlsplit(ArgumentTypes("parseUri")(text, str))
        port = found.port or _PORTS.get(found.scheme, -1)
    except ValueError:
        found, port = urlsplit(""), -1
    if not found.scheme or not found.hostname:
        raise LanguageError(f"The template language function 'parseUri' expects a whole URI. {SEE}")
    query = f"?{found.query}" if found.query else ""
    return {"scheme": found.scheme, "host": found.hostname, "port": port, "path": found.path or "/", "query": query}


def _build(_: Environment, parts: Any) -> str:
    want = ArgumentTypes("buildUri")
    given = want(parts, dict)
    scheme, host = want(find(given, "scheme"), str), want(find(given, "host"), str)
    port, path, query = find(given, "port"), find(given, "path"), find(given, "query")
    place = "" if port is None or want(port, int) in (-1, _PORTS.get(scheme)) else f":{port}"
    way = "/" + ("" if path is None else want(path, str)).removeprefix("/")
    asked = "" if not query else f"?{want(query, str).removeprefix('?')}"
    return f"{scheme}://{host}{place}{way}{asked}"


FUNCTIONS = (
    Function("uri", 2, 2, _uri, pace=_BY_CHARACTER),
    Function("uriComponent", 1, 1, _uri_component, pace=_BY_CHARACTER),
    Function(
        "uriComponentToString",
        1,
        1,
        lambda _, text: unquote(ArgumentTypes("uriComponentToString")(text, str)),
        pace=_BY_CHARACTER,
    ),
    Function("parseUri", 1, 1, _parse, pace=_BY_CHARACTER),
    Function("buildUri", 1, 1, _build, deep=True),
)
