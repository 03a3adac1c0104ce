"""How long something took, in words that are read at a glance."""

__all__ = ["span"]


def span(seconds: float) -> str:
    """A span of time as ``0:04:45``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
