"""The moments in a twin's documents."""

from __future__ import annotations

from vmss_sdk import wire

__all__ = ["moment"]


def moment(text: object, otherwise: float) -> float:
    """A moment in seconds since 1970-01-01 UTC; `otherwise` when the text is none."""
    try:
        return wire.parse_time(str(text)).timestamp()
    except ValueError:
        return otherwise
