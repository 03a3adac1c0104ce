"""A plugin for pytest: every emulator is written and read again after every request, as if each had its own process.

``python -m pytest -p tests.emulator.store.shuttle tests/emulator/arm``
"""

from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator, EntryPoint
from vmss_sdk.emulator.store import snapshot
from vmss_sdk.transport.base import Request, Response

__all__ = ["handle"]

_plain = Emulator.handle


def handle(self: Emulator, request: Request, entrance: EntryPoint | None = None) -> Response:
    """The answer; afterwards all that the emulator held is what was written of it."""
    try:
        return _plain(self, request, entrance)
    finally:
        written = wire.decode(wire.encode(self.saved()))
        state = self._state
        for collection in snapshot.collections(state).values():
            collection.clear()
        state.faults.items.clear()
        snapshot.fill(state, written)


Emulator.handle = handle  # type: ignore[method-assign]  # that is what the plugin is for
