"""The protocol of displays of a watched scale set, and the outcome of watching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from vmss_sdk.cli.watch.changes import Change
    from vmss_sdk.cli.watch.source import Observation

__all__ = ["Display", "Outcome", "Silent"]


@attrs.frozen
class Outcome:
    """How the watching ended.

    Attributes:
        word: ``completed``, ``unhealthy``, ``failed``, ``cancelled``, ``nothing``, ``deleted``, ``gone``,
            ``timeout`` or ``interrupted``.
        exit_code: For the shell.
        lines: What to tell.
    """

    word: str
    exit_code: int
    lines: tuple[str, ...]


class Display(Protocol):
    """Shows a scale set that is watched."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, observation: Observation, changes: Sequence[Change]) -> None:
        """What was seen, and what is new in it; nothing new is no reason not to call."""

    def tick(self, seconds: float) -> None:
        """So many of the service's seconds have passed since the last look, and nobody has asked it again."""

    def trouble(self, text: str) -> None:
        """The service cannot be reached; empty when it can again."""

    def pause(self, *, eventful: bool) -> None:
        """Let a person see a moment of virtual time."""

    def end(self, outcome: Outcome) -> None:
        """It is over."""


class Silent:
    """Shows nothing: for the exit code alone."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to do."""

    def show(self, observation: Observation, changes: Sequence[Change]) -> None:
        """Nothing."""

    def tick(self, seconds: float) -> None:
        """Nothing."""

    def trouble(self, text: str) -> None:
        """Nothing."""

    def pause(self, *, eventful: bool) -> None:
        """Nothing: nobody looks."""

    def end(self, outcome: Outcome) -> None:
        """Nothing."""
