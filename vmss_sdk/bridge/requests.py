"""One request that is being worked on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from vmss_sdk.bridge.failures import CANCELLED, RpcError

__all__ = ["Call"]

Send = Callable[[dict[str, Any]], None]


class Call:
    """A request until it is answered, which happens once; threads may share it.

    Attributes:
        id: Of the request; None for a notification, which gets no answer.
        method: What is asked for.
        params: By name.
        is_answered: Whether nothing more is to be done for it.
    """

    def __init__(self, id: int | str | None, method: str, params: Mapping[str, Any], send: Send) -> None:
        self.id = id
        self.method = method
        self.params = params
        self.is_answered = False
        self._send = send
        self._lock = threading.Lock()
        self.on_answered: Callable[[Call], object] = lambda _: None

    def succeed(self, result: Any) -> None:
        """Answer with a result."""
        self._answer({"result": result})

    def fail(self, error: RpcError) -> None:
        """Answer with an error."""
        self._answer({"error": error.document})

    def cancel(self) -> None:
        """Answer that nobody waits any more; what the service has begun goes on."""
        self.fail(RpcError(CANCELLED, f"{self.method} was cancelled; what the service has begun goes on"))

    def _answer(self, outcome: dict[str, Any]) -> None:
        with self._lock:
            if self.is_answered:
                return
            self.is_answered = True
            self.on_answered(self)
            if self.id is not None:
                self._send({"jsonrpc": "2.0", "id": self.id, **outcome})

    def tell(self, level: str, text: str) -> None:
        """Notify about the request: verbose, debug or warning."""
        self.notify("log", {"level": level, "text": text})

    def notify(self, kind: str, params: Mapping[str, Any]) -> None:
        """Notify about the request, unless it is answered."""
        with self._lock:
            if not self.is_answered and self.id is not None:
                self._send({"jsonrpc": "2.0", "method": kind, "params": {"id": self.id, **params}})
