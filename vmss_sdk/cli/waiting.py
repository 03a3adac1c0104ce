"""Waiting for a long-running operation: what is said meanwhile, and how to go on when it is interrupted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from vmss_sdk.cli.durations import duration_text
from vmss_sdk.errors import OperationFailedError, VmssError

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call
    from vmss_sdk.operation import Operation

__all__ = ["resume_line", "wait"]

_LINE_EVERY = 60.0  # seconds: in a pipe a line now and then says that it still goes on


def wait(call: Call, operation: Operation[Any], what: str, then: Callable[[Any], Any]) -> Any:
    """Wait until an operation has ended, unless that is not wanted.

    Args:
        call: The call that began it.
        operation: The operation.
        what: What it does.
        then: Makes what is shown of its result.

    Returns:
        What is to be shown; None when it is not waited for.

    Raises:
        VmssError: It failed, did not end in time, or cannot be asked; where it goes on, it says how to wait again.
    """
    if getattr(call.args, "no_wait", None):
        if not operation.has_ended:
            call.note(f"Not waited for: {what}. To wait for it:\n  {resume_line(call, operation)}")
        return None
    try:
        with _report_progress(call, operation, what):
            result = operation.result(getattr(call.args, "timeout", None))
    except KeyboardInterrupt:
        print(_goes_on(call, what, operation), file=sys.stderr)
        raise
    except VmssError as error:
        if error.resume_token and not isinstance(error, OperationFailedError) and not operation.has_ended:
            error.add_note(_goes_on(call, what, operation))
        raise
    return then(result)


def resume_line(call: Call, operation: Operation[Any]) -> str:
    """The command that goes on waiting; what it needs is kept for it."""
    from vmss_sdk.cli.saved_operations import save_operation

    return f"vmss resume{call.place} {save_operation(operation)}"


def _goes_on(call: Call, what: str, operation: Operation[Any]) -> str:
    return f"It goes on at the service: {what}. To wait for it again:\n  {resume_line(call, operation)}"


class _Progress(Protocol):
    def __call__(self, operation: Operation[Any]) -> object: ...


@contextmanager
def _report_progress(call: Call, operation: Operation[Any], what: str) -> Iterator[None]:
    """Say how far it is: a line that changes on a terminal, plain lines in a pipe, nothing when that is wanted."""
    if call.quiet or operation.has_ended:
        yield
        return
    clock = call.client.clock
    if sys.stderr.isatty():
        from vmss_sdk.cli.spinner import Spinner

        with Spinner(what, clock) as spinner:
            operation.on_progress(spinner)
            yield
            spinner.end(operation)
        return
    lines = _PlainLines(what, clock.now)
    operation.on_progress(lines)
    yield
    lines.end(operation)


class _PlainLines:
    """Plain lines on standard error: the beginning, now and then, the end."""

    def __init__(self, what: str, now: Callable[[], float]) -> None:
        self._what = what
        self._now = now
        self._since = self._said = now()

    def __call__(self, operation: Operation[Any]) -> None:
        if not operation.has_ended and self._now() - self._said >= _LINE_EVERY:
            self._said = self._now()
            self._print_line(f"{operation.status} for {duration_text(self._said - self._since)}")

    def end(self, operation: Operation[Any]) -> None:
        """It has ended."""
        self._print_line(f"{operation.status} after {duration_text(self._now() - self._since)}")

    def _print_line(self, text: str) -> None:
        print(f"{self._what}: {text}", file=sys.stderr, flush=True)
