"""Durations as text."""

__all__ = ["duration_text"]


def duration_text(seconds: float) -> str:
    """A duration as ``0:04:45``: hours, minutes, seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
