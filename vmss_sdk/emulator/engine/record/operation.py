"""The long-running operation, as the engine keeps it."""

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure

__all__ = ["Operation", "OperationStatus"]


class OperationStatus(StrEnum):
    """The states of an asynchronous operation on the wire."""

    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"


@attrs.define(eq=False)
class Operation:
    """One request's work, from its acceptance until all that it started has ended.

    Attributes:
        id: A GUID.
        name: What was asked for, e.g. ``reimage``.
        started_at: Seconds since 1970-01-01 UTC.
        instance_count: How many instances it touches.
        writes: Whether it is a write to the scale set, which then is ``Updating`` meanwhile.
        outstanding: How many pieces of work are not done.
        failure: The first failure among them.
        result: What it brings beside its end, for the REST face to show; None: nothing.
    """

    id: str
    name: str
    started_at: float
    instance_count: int = 0
    writes: bool = False
    outstanding: int = 0
    failure: Failure | None = None
    result: object | None = attrs.field(default=None, repr=False)
    ended_at: float | None = None

    @property
    def status(self) -> OperationStatus:
        """Where it stands."""
        if self.ended_at is None:
            return OperationStatus.IN_PROGRESS
        return OperationStatus.FAILED if self.failure else OperationStatus.SUCCEEDED

    def settle(self, now: float, failure: Failure | None = None) -> None:
        """One piece of its work is done; with the last one it ends."""
        self.outstanding -= 1
        self.failure = self.failure or failure
        if self.outstanding <= 0 and self.ended_at is None:
            self.ended_at = now
