"""Requests and answers traced for whoever asked for it, without tokens and secrets."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from typing import Any

from vmss_sdk import models, wire
from vmss_sdk.bridge.shapes import MODELS
from vmss_sdk.client import VmssClient
from vmss_sdk.models._base import REDACTED
from vmss_sdk.transport.base import Clock, Request, Response, Transport, WallClock
from vmss_sdk.transport.origin import without_query
from vmss_sdk.transport.retry import RetryingTransport

__all__ = ["TELL", "trace"]

Tell = Callable[[str, str], None]

TELL: ContextVar[Tell | None] = ContextVar("TELL", default=None)
"""Takes a level (verbose, debug) and a text, while a request runs that wants to be told."""

_MORE_SECRETS = frozenset(
    {"accesssas", "access_token", "client_secret", "clientsecret", "identitysecret", "password", "primarykey"}
    | {"refresh_token", "secondarykey", "secret", "storageaccountkey", "token"}
)
"""In lower case."""


def trace(client: VmssClient) -> None:
    """From now on every request of the client is told, attempt by attempt."""
    retrying = client._connection.transport
    if isinstance(retrying, RetryingTransport):
        retrying.inner = _TracingTransport(retrying.inner)


class _TracingTransport:
    """A transport that tells what another one carries."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self._watch = WallClock()

    @property
    def clock(self) -> Clock:
        return self._inner.clock

    def send(self, request: Request) -> Response:
        tell = TELL.get()
        if tell is None:
            return self._inner.send(request)
        place, start = f"{request.method} {without_query(request.url)}", self._watch.now()
        if request.body:
            tell("debug", f"{place} {_shown(request.body)}")
        try:
            response = self._inner.send(request)
        except Exception as error:
            tell("verbose", f"{place}: {type(error).__name__}")
            raise
        tell("verbose", f"{place}: {response.status} after {1000 * (self._watch.now() - start):.0f} ms")
        if response.body:
            tell("debug", f"{response.status} {_shown(response.body)}")
        return response

    def close(self) -> None:
        self._inner.close()


def _shown(body: bytes) -> str:
    try:
        return wire.encode(_without_secrets(wire.decode(body))).decode()
    except ValueError:
        return f"({len(body)} bytes that are no JSON)"


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        # ARM reads names in any case, so a secret may be sent under any spelling
        return {name: REDACTED if name.lower() in _secrets() else _without_secrets(one) for name, one in value.items()}
    return [_without_secrets(one) for one in value] if isinstance(value, list) else value


@cache
def _secrets() -> frozenset[str]:
    """The names on the wire of all members that are never shown, in lower case."""
    members = (member for name in MODELS for member in getattr(models, name).members().values())
    return frozenset({member.path[-1].lower() for member in members if member.secret} | _MORE_SECRETS)
