"""The story as plain lines, for pipes and simple terminals: ASCII, no colour, no pause."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from vmss_sdk.cli.demo.display import Frame
from vmss_sdk.cli.durations import duration_text
from vmss_sdk.cli.watch.states import SIGNS, State, legend

__all__ = ["PlainDisplay"]

_LEGEND = legend([State.CREATING, State.OLD, State.UPDATING, State.WAITING, State.NEW], plain=True)


class PlainDisplay:
    """Prints a line for each moment when something happens, with the ten instances as ten signs."""

    def __init__(self) -> None:
        self._explained = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to do."""

    def chapter(self, title: str, text: Sequence[str]) -> None:
        """A heading, a few lines, and the first time what the signs mean."""
        print(f"\n{title}\n{'-' * len(title)}", *text, "", sep="\n")
        if not self._explained:
            print(f"instances: {_LEGEND}\n")
            self._explained = True
        print("   time   instances   healthy")

    def show(self, frame: Frame, events: Sequence[str]) -> None:
        """A line for the events of a moment; what has no words is left out."""
        signs = "".join(SIGNS[cell.state].plain for cell in frame.cells)
        if events:
            print(f"{duration_text(frame.seconds)}  {signs}  {frame.healthy:2} of {len(signs)}  {'; '.join(events)}")

    def end(self, paragraphs: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Headings and lines."""
        for heading, lines in paragraphs:
            print(f"\n{heading}", *(f"  {line}" for line in lines), sep="\n")
