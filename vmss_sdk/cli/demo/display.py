"""A moment of the demo's story, and the protocol of its displays."""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

import attrs

from vmss_sdk.cli.watch.states import State

__all__ = ["Cell", "Display", "Frame"]


@attrs.frozen
class Cell:
    """One instance at one moment.

    Attributes:
        instance_id: Its id.
        state: Whether it is at the newest model or on the way there.
        image: The version of the image on its OS disk.
        custom_data: Which custom data it was provisioned with.
    """

    instance_id: str
    state: State
    image: str
    custom_data: str


@attrs.frozen
class Frame:
    """The scale set at one moment.

    Attributes:
        seconds: Emulated time since the story began.
        cells: Its instances.
        healthy: How many of them are healthy.
    """

    seconds: float
    cells: tuple[Cell, ...]
    healthy: int

    @property
    def up_to_date(self) -> int:
        """How many have the newest model."""
        return sum(cell.state is State.NEW for cell in self.cells)


class Display(Protocol):
    """Shows the story."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def chapter(self, title: str, text: Sequence[str]) -> None:
        """A new part of the story begins."""

    def show(self, frame: Frame, events: Sequence[str]) -> None:
        """Something has changed; `events` says what, when it is worth a line."""

    def end(self, paragraphs: Sequence[tuple[str, Sequence[str]]]) -> None:
        """The story is over: headings with lines."""
