"""Notes of an emulator beside its answer: members that were stored without effect.

It travels in a header, a sentence for each member, which clients of Azure pass over. Azure itself never sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar

__all__ = ["HEADER", "LISTENER", "joined", "notes", "tell"]

HEADER = "x-vmss-emulator-note"
_BETWEEN = " | "

LISTENER: ContextVar[Callable[[str], object] | None] = ContextVar("LISTENER", default=None)
"""Takes each note in place of the log, for a program that tells its user in its own way."""


def joined(sentences: Iterable[str]) -> str:
    """The value of the header: every sentence once, in their order."""
    return _BETWEEN.join(dict.fromkeys(sentences))


def notes(headers: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences in the headers of an answer; none in an answer of Azure."""
    text = headers.get(HEADER)
    return tuple(text.split(_BETWEEN)) if text else ()


def tell(headers: Mapping[str, str]) -> None:
    """Tell the notes of an answer to who listens, else as warnings of the logger ``vmss_sdk``."""
    found = notes(headers)
    if not found:
        return
    say = LISTENER.get() or _warn
    for sentence in found:
        say(sentence)


def _warn(sentence: str) -> None:
    import logging  # only an emulator that has something to say makes anybody pay for it

    logging.getLogger("vmss_sdk").warning("%s", sentence)
