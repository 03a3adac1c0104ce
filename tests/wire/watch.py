"""Every answer of an emulator is held against Azure's models while the tests run."""

import sys
from collections.abc import Callable

import pytest

from tests.wire.answers import faults_of
from vmss_sdk.emulator.app import Emulator, EntryPoint
from vmss_sdk.transport.base import Request, Response

__all__ = ["MARK", "watched", "watched_server"]

MARK = "not an answer of Azure"


def _told(request: Request, response: Response, faults: list[str]) -> str:
    route = f"{request.method} {request.url.partition('?')[0]} {response.status}"
    return f"{MARK}: {route}\n" + "\n".join(f"  {fault}" for fault in faults)


def watched(patch: pytest.MonkeyPatch) -> None:
    """From now on an answer that Azure would not give is an error where it was asked for."""
    original = Emulator.handle

    def handle(self: Emulator, request: Request, entrance: EntryPoint | None = None) -> Response:
        response = original(self, request, entrance)
        if faults := faults_of(request, response):
            raise AssertionError(_told(request, response, faults))
        return response

    patch.setattr(Emulator, "handle", handle)


def watched_server(tell: Callable[[str], object] = sys.stderr.write) -> None:
    """The same in a server's process: the client gets an error in its place, and the server's output tells."""
    original = Emulator.handle

    def handle(self: Emulator, request: Request, entrance: EntryPoint | None = None) -> Response:
        response = original(self, request, entrance)
        if not (faults := faults_of(request, response)):
            return response
        text = _told(request, response, faults)
        tell(text + "\n")
        return Response(400, {"Content-Type": "text/plain"}, text.encode())

    Emulator.handle = handle  # type: ignore[method-assign]  # what the test is about
