"""One run of one script on an instance."""

from __future__ import annotations

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.platform.faults import ScriptAnswer
from vmss_sdk.emulator.engine.record.schedule import AnyAggregate

__all__ = ["LONGEST", "Execution", "ExecutionState"]

LONGEST = 90 * 60.0
"""How many seconds a script may run unless it says otherwise (documented for the action)."""


class ExecutionState(StrEnum):
    """Where a script stands, in the API's words."""

    PENDING = "Pending"
    RUNNING = "Running"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    TIMED_OUT = "TimedOut"
    CANCELED = "Canceled"


@attrs.define(eq=False, kw_only=True)
class Execution:
    """One run of one script: sent to the instance, run there, reported back.

    Attributes:
        instance_id: Where it runs.
        operation_id: The operation that waits for it.
        name: What ran it: a run command's name, or the id of a built-in command.
        script: Its text, or where the text is.
        handler: Publisher and type of the extension that runs it on the instance.
        overhead: Seconds that sending and reporting take together.
        timeout: After how many seconds of running it is stopped.
        exclusive: Whether no other exclusive one may run on the instance meanwhile: the action's.
        detached: Whether the operation does not wait for its end (``asyncExecution``).
        strict: Whether the operation fails when the script does (``treatFailureAsDeploymentFailure``); that of the
            action fails only when the time is up, and says nothing of exit codes (reported: azure-cli#14425).
        answer: What it answers; set when it starts.
        started_at: When, in seconds since 1970-01-01 UTC.
        ended_at: When it ended.
    """

    instance_id: str
    operation_id: str
    name: str
    script: str = attrs.field(repr=False)
    handler: tuple[str, str]
    overhead: float
    timeout: float = LONGEST
    exclusive: bool = False
    detached: bool = False
    strict: bool = False
    state: ExecutionState = ExecutionState.PENDING
    answer: ScriptAnswer = attrs.field(factory=ScriptAnswer, repr=False)
    started_at: float | None = None
    ended_at: float | None = None
    settled: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more happens to the script itself."""
        return self.state not in (ExecutionState.PENDING, ExecutionState.RUNNING)

    @property
    def succeeded(self) -> bool:
        """Whether it ended well."""
        return self.state is ExecutionState.SUCCEEDED

    def step(self, scale_set: AnyAggregate) -> None:
        """It arrived, it ended, or its end was reported."""
        raise NotImplementedError

    def cut_off(self, scale_set: AnyAggregate) -> None:
        """The guest goes down, or something newer takes its place: the script is stopped where it is."""
        raise NotImplementedError
