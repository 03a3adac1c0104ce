"""Counts and lists of instances as English text."""

from collections.abc import Sequence

__all__ = ["count_text", "ids_text"]

_NAMED = 10
"""So many instances are named one by one; of more only the number is told beyond that."""


def ids_text(ids: Sequence[str]) -> str:
    """As in ``instances 0, 1 and 2``."""
    if len(ids) == 1:
        return f"instance {ids[0]}"
    named = list(ids[:_NAMED])
    last = named.pop() if len(ids) <= _NAMED else f"{len(ids) - _NAMED} more"
    return f"instances {', '.join(named)} and {last}"


def count_text(count: int, noun: str = "instance") -> str:
    """As in ``1 instance``, ``2 instances``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
