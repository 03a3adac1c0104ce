"""Asking an emulator what only an emulator can answer: its control plane under ``/_emulator/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from vmss_sdk import wire
from vmss_sdk._answers import document, service_error
from vmss_sdk.errors import DecodeError, NotAnEmulatorError
from vmss_sdk.transport.base import Request

if TYPE_CHECKING:
    from vmss_sdk._connection import Connection
    from vmss_sdk.records import Document

__all__ = ["ask", "decoded", "place_of"]

R = TypeVar("R")

_MARK = "x-vmss-emulator"
_NO_SUCCESS = 300
_NO_CONTENT = 204


def ask(connection: Connection, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Send one request to the control plane, with a token where the client has one.

    Returns:
        The document of the answer; empty when there is none.

    Raises:
        NotAnEmulatorError: Whoever answered is none.
        ServiceError: It refused.
        TransportError: No answer came.
    """
    fields = {"Accept": "application/json", **({} if body is None else {"Content-Type": "application/json"})}
    if connection.tokens is not None:
        fields["Authorization"] = connection.tokens.header()
    content = b"" if body is None else wire.encode(dict(body))
    request = Request(method, f"{connection.endpoint}/_emulator/{path}", fields, content)
    response = connection.transport.send(request)
    if _MARK not in response.headers:
        raise NotAnEmulatorError(
            f"{connection.endpoint} is no emulator (it answered {response.status}): faults, the decision log, the"
            " clock and what is pending exist only there; use VmssClient.in_process() or the endpoint of"
            " 'vmss emulator start'"
        )
    if response.status >= _NO_SUCCESS:
        raise service_error(request, response, connection.clock.now())
    return {} if response.status == _NO_CONTENT else document(request, response)


def decoded(make: Callable[[Document], R], found: Mapping[str, Any]) -> R:
    """A record of a document.

    Raises:
        DecodeError: The document is another one than this version of the SDK knows.
    """
    try:
        return make(found)
    except (KeyError, TypeError, ValueError) as error:
        raise DecodeError(
            f"the emulator answered what this version of the SDK cannot read: {type(error).__name__}: {error}"
        ) from None


def place_of(scale_set_id: str) -> str:
    """Where the control plane has a scale set, by its resource id."""
    group, _, name = scale_set_id.lstrip("/").partition("/providers/Microsoft.Compute/virtualMachineScaleSets/")
    return f"{group}/scaleSets/{name}"
