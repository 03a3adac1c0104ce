"""The line that changes on a terminal while something is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.status import Status
from rich.text import Text

from vmss_sdk.cli.durations import duration_text

if TYPE_CHECKING:
    from types import TracebackType

    from vmss_sdk.operation import Operation
    from vmss_sdk.transport.base import Clock

__all__ = ["Spinner"]


class Spinner:
    """Shows on standard error what is waited for, and for how long.

    Args:
        what: What it is.
        clock: The client's: by it the time is told.
    """

    def __init__(self, what: str, clock: Clock) -> None:
        self._what = what
        self._clock = clock
        self._since = clock.now()
        self._console = Console(stderr=True, highlight=False)
        self._status = Status(self._line("InProgress"), console=self._console)

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away, and bring the cursor back."""
        self._status.stop()

    def __call__(self, operation: Operation[Any]) -> None:
        """The service has said how far it is."""
        self._status.update(self._line(operation.status))

    def end(self, operation: Operation[Any]) -> None:
        """Leave one line that says how it ended."""
        self._status.stop()
        self._console.print(self._line(operation.status))

    def _line(self, status: str) -> Text:
        passed = duration_text(self._clock.now() - self._since)
        return Text.assemble(self._what, "  ", (status, "bold"), "  ", (passed, "dim"))
