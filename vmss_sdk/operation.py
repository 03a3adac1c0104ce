"""Long-running operations: something the service goes on doing after it has answered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast, overload

from vmss_sdk._answers import details_of
from vmss_sdk._polling import CANCELED, FAILED, SUCCEEDED, Progress
from vmss_sdk._waiting import watch
from vmss_sdk.errors import (
    ROLLING_UPGRADE_CODES,
    ClientUsageError,
    OperationCanceledError,
    OperationFailedError,
    OperationTimeoutError,
    RollingUpgradeFailedError,
    ServiceError,
    UnexpectedAnswerError,
    VmssError,
)
from vmss_sdk.transport import log
from vmss_sdk.transport.base import WallClock
from vmss_sdk.transport.notes import notes
from vmss_sdk.transport.origin import without_query
from vmss_sdk.transport.retry import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vmss_sdk._connection import Answer, Connection
    from vmss_sdk.models import Model
    from vmss_sdk.transport.base import Clock

__all__ = ["Operation", "wait_all"]

T = TypeVar("T")
M = TypeVar("M", bound="Model")

_LONG = 10.0  # seconds until the next poll, from which on the log says that somebody waits


class Operation(Generic[T]):
    """A long-running operation of the service: wait for it, watch it, or leave it and come back.

    Nothing runs in the background: the service works on by itself, and it is asked only by `done`, `poll`,
    `wait`, `result` and `wait_all`. All waiting goes by the transport's clock. Threads may share an operation.

    Between two polls it waits as long as the service asks (``Retry-After``, 0 included), else the client's
    polling interval. When the first answer asks for no pause, the first poll comes at once.
    """

    def __init__(
        self, connection: Connection, progress: Progress, model: type[Model] | None, first_poll: float
    ) -> None:
        """For the SDK's own use: operations come from the verbs of a client, or from ``client.resume``."""
        self._connection = connection
        self._progress = progress
        self._model = model
        self._next_poll = first_poll
        self._asked_at: float | None = None
        self._lock = threading.Lock()
        self._notes: tuple[str, ...] = ()
        self._watchers: list[Callable[[Operation[T]], object]] = []

    @overload
    @classmethod
    def begin(cls, connection: Connection, answer: Answer, model: None) -> Operation[None]: ...
    @overload
    @classmethod
    def begin(cls, connection: Connection, answer: Answer, model: type[M]) -> Operation[M]: ...
    @classmethod
    def begin(cls, connection: Connection, answer: Answer, model: type[Model] | None) -> Operation[Any]:
        """The operation that the service began with this answer. For the SDK's own use."""
        now = connection.clock.now()
        progress = Progress.begin(answer, "" if model is None else model.__name__)
        begun = Operation[Any](connection, progress, model, now + (retry_after(answer.response.headers, now) or 0.0))
        begun._notes = notes(answer.response.headers)
        return begun

    @classmethod
    def resume(cls, connection: Connection, token: str) -> Operation[Any]:
        """The operation of a resume token. For the SDK's own use: see ``VmssClient.resume``."""
        progress = Progress.from_token(token, connection.origin)
        return Operation[Any](connection, progress, _model_named(progress.result), connection.clock.now())

    @property
    def status(self) -> str:
        """What the service said last: ``InProgress``, ``Succeeded``, ``Failed``, ``Canceled`` … Asks nothing."""
        return self._progress.status

    @property
    def has_ended(self) -> bool:
        """Whether the last answer was a final one. Asks nothing."""
        return self._progress.has_ended

    @property
    def cancelled(self) -> bool:
        """Whether it ended as Canceled. Asks nothing."""
        return self._progress.status == CANCELED

    @property
    def operation_id(self) -> str | None:
        """The service's id of the operation; None when it began and ended in one answer."""
        return self._progress.name or without_query(self.url or "").rpartition("/")[2] or None

    @property
    def url(self) -> str | None:
        """Where it is polled; None when it began and ended in one answer."""
        return self._progress.poll_url or None

    @property
    def emulator_notes(self) -> tuple[str, ...]:
        """What the emulator said of the request: a sentence for each member that it keeps without effect.

        Empty on Azure, and of an operation that was resumed. The sentences were logged as warnings of ``vmss_sdk``.
        """
        return self._notes

    @property
    def next_poll(self) -> float:
        """When the service wants to be asked again, seconds since 1970-01-01 UTC by the client's clock."""
        return self._next_poll

    @property
    def resume_token(self) -> str:
        """A text with which ``client.resume`` goes on watching, in this or another process.

        It names the subscription, the resource and the operation, but holds no credential: whoever resumes
        needs one of their own.
        """
        return self._progress.token()

    def on_progress(self, callback: Callable[[Operation[T]], object]) -> Self:
        """Call back after every answer of the service, in the thread that asked.

        Returns:
            This operation, so that ``.on_progress(show).result()`` reads in one line.
        """
        self._watchers.append(callback)
        return self

    def done(self) -> bool:
        """Whether it has ended. Asks the service if a poll is due, but never waits.

        On a virtual clock, which stands still while nobody waits, asking again at one moment is waiting: the service
        is asked then, and moves the clock on. So a loop that asks until it has ended does end.
        """
        if not self.has_ended and (self._is_due() or self._is_waited_for()):
            self.poll()
        return self.has_ended

    def _is_due(self) -> bool:
        return self._clock.now() >= self._next_poll

    def _is_waited_for(self) -> bool:
        if isinstance(self._clock, WallClock):
            return False
        before, self._asked_at = self._asked_at, self._clock.now()
        return before == self._asked_at

    def poll(self) -> None:
        """Ask the service now, due or not; nothing happens when the operation has ended.

        Raises:
            ServiceError: The service refused to say (``operation_url`` is set). The operation may still run.
            TransportError: No answer came. The operation may still run.
        """
        with self._lock:
            if self.has_ended:
                return
            self._ask()
        for callback in self._watchers:
            callback(self)

    def _ask(self) -> None:
        progress, clock = self._progress, self._connection.clock
        pause: float | None = None
        try:
            answer = self._connection.call("GET", progress.poll_url, request_id=progress.request_id)
            pause = retry_after(answer.response.headers, clock.now())
            progress.read(answer)
        except VmssError as error:
            error.resume_token = self.resume_token
            if isinstance(error, ServiceError):
                error.operation_url, pause = progress.poll_url, error.retry_after
            raise
        finally:
            pause = self._connection.polling_interval if pause is None else pause
            self._next_poll = clock.now() + pause
        if not progress.has_ended and pause >= _LONG:
            self._log_pause(pause)

    def _log_pause(self, pause: float) -> None:
        if logger := log.listener(log.INFO):
            logger.info("%s: %s; asked again in %.0f s", self._request_line(), self.status, pause)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it has ended, however it ended.

        Args:
            timeout: Seconds by the client's clock; None waits without end.

        Raises:
            OperationTimeoutError: It has not ended in time; it goes on, and so can the waiting.
            ServiceError: The service refused to say how far it is.
            TransportError: No answer came.
        """
        wait_all([self], timeout)

    def result(self, timeout: float | None = None) -> T:
        """Wait until it has ended and return what it brought.

        Args:
            timeout: Seconds by the client's clock; None waits without end.

        Raises:
            OperationFailedError: It failed; `RollingUpgradeFailedError` for an upgrade stopped by bad health.
            OperationCanceledError: It was canceled.
            OperationTimeoutError: It has not ended in time; its ``resume_token`` goes on.
            ServiceError: The service refused to say how far it is, or to give the result.
            TransportError: No answer came.
        """
        self.wait(timeout)
        if self.status != SUCCEEDED:
            raise self._failure()
        return cast("T", None if self._model is None else self._model.from_wire(self._document()))

    def _document(self) -> dict[str, Any]:
        progress = self._progress
        with self._lock:
            if (url := progress.final_url) is not None:
                progress.body = self._connection.call("GET", url, request_id=progress.request_id).document
        if progress.body is None:
            raise UnexpectedAnswerError(
                f"{self._request_line()}: it succeeded, but the service does not say where the result is"
            )
        return progress.body

    def _failure(self) -> OperationFailedError | OperationCanceledError:
        error = self._progress.error
        code, message = str(error.get("code") or ""), str(error.get("message") or "")
        details = details_of(error)
        reason = f" with {code}: {message}" if code or message else "; the service gave no reason"
        lines = [f"{self._request_line()}: the operation ended as {self.status}{reason}"]
        return _failure_class(self.status, code)(
            "\n".join([*lines, *(line for detail in details for line in detail.lines())]),
            status=self.status,
            code=code,
            message=message,
            target=error.get("target"),
            details=details,
            operation_id=self.operation_id,
            operation_url=self.url,
            resume_tokens=[self.resume_token],
        )

    def _request_line(self) -> str:
        return f"{self._progress.method} {without_query(self._progress.url)}"

    @property
    def _clock(self) -> Clock:
        return self._connection.clock

    def __repr__(self) -> str:
        return f"<Operation {self.operation_id or ''} {self._request_line()}: {self.status}>"


def wait_all(operations: Iterable[Operation[Any]], timeout: float | None = None) -> None:
    """Wait until all these operations have ended, however each ended; then ask each for its ``result()``.

    They share this thread and, in real time, at most sixteen workers; on a virtual clock only this thread.

    Args:
        operations: Of clients that share one clock.
        timeout: Seconds by that clock for all of them together; None waits without end.

    Raises:
        OperationTimeoutError: Some have not ended in time; ``resume_tokens`` has one text for each of them.
        ClientUsageError: The timeout is negative, or the operations go by different clocks.
        VmssError: An operation could not be polled; the others were waited for all the same.
    """
    watched = list(operations)
    if timeout is not None and not timeout >= 0:
        raise ClientUsageError(f"timeout must be None or a number of seconds >= 0, got {timeout!r}")
    if not watched:
        return
    clock = watched[0]._clock
    if any(operation._clock is not clock for operation in watched):
        raise ClientUsageError("operations that go by different clocks cannot be waited for together")
    errors = watch(watched, timeout, clock)
    if errors:
        for other in errors[1:]:
            errors[0].add_note(f"also: {other}")
        raise errors[0]
    pending = [operation for operation in watched if not operation.has_ended]
    if pending:
        raise _timeout_error(pending, len(watched), timeout)


def _timeout_error(pending: list[Operation[Any]], total: int, timeout: float | None) -> OperationTimeoutError:
    first = pending[0]
    what = repr(first) if total == 1 else f"{len(pending)} of {total} operations"
    return OperationTimeoutError(
        f"{what} did not end within {timeout:g} s; the service goes on: wait again,"
        " or give the resume token of this error to client.resume",
        status=first.status,
        operation_id=first.operation_id,
        operation_url=first.url,
        resume_tokens=[operation.resume_token for operation in pending],
    )


def _failure_class(status: str, code: str) -> type[OperationFailedError] | type[OperationCanceledError]:
    if status != FAILED:
        return OperationCanceledError
    return RollingUpgradeFailedError if code in ROLLING_UPGRADE_CODES else OperationFailedError


def _model_named(name: str) -> type[Model] | None:
    from vmss_sdk import models

    if not name:
        return None
    model = getattr(models, name, None)
    if not (isinstance(model, type) and issubclass(model, models.Model)):
        raise ClientUsageError(f"this resume token promises a {name}, which this version of the SDK does not know")
    return model
