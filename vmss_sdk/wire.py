"""Values on the wire: JSON text, times and ISO 8601 durations as Azure writes them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

__all__ = ["decode", "encode", "format_duration", "format_time", "parse_duration", "parse_time"]

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()
_DURATION = re.compile(
    r"^(?P<sign>-)?P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?$",
    re.IGNORECASE,
)
_TIME = re.compile(r"^(?P<head>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d+))?(?P<zone>Z|[+-]\d\d:?\d\d)?$")


def encode(document: Any) -> bytes:
    """JSON text (UTF-8) of a document of plain Python values."""
    return _encoder.encode(document)


def decode(text: bytes | str) -> Any:
    """The plain Python values of a JSON text.

    Raises:
        ValueError: The text is no JSON (the message names the position), or it is nested too deeply.
    """
    try:
        return _decoder.decode(text)
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None


def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration such as ``PT1M30S`` or ``P1DT2H``; years and months have no fixed length.

    Raises:
        ValueError: The text is no duration of weeks, days, hours, minutes and seconds.
    """
    match = _DURATION.match(text)
    if match is None or text[-1] in "PpTt":
        raise ValueError(f"{text!r} is no ISO 8601 duration: expected for example 'PT30S' or 'PT1M30S'")
    parts = {name: float(value) for name, value in match.groupdict().items() if name != "sign" and value}
    try:
        length = timedelta(**parts)
    except OverflowError:
        raise ValueError(f"{text!r} is too long a duration") from None
    return -length if match["sign"] else length


def format_duration(length: timedelta) -> str:
    """The ISO 8601 text that Azure uses for a length of time: ``PT0S``, ``PT1M30S``, ``P1DT2H``."""
    if length < timedelta(0):
        return "-" + format_duration(-length)
    days, rest = divmod(length, timedelta(days=1))
    hours, rest = divmod(rest, timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    seconds = f"{rest.total_seconds():.6f}".rstrip("0").rstrip(".")
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if str(n) != "0")
    date = f"{days}D" if days else ""
    return f"P{date}T{clock}" if clock else (f"P{date}" if date else "PT0S")


def parse_time(text: str) -> datetime:
    """A time with offset; Azure writes up to seven decimals, of which Python keeps six.

    Raises:
        ValueError: The text is no RFC 3339 time.
    """
    match = _TIME.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no RFC 3339 time: expected for example '2024-02-06T21:58:37.7191873+00:00'")
    fraction = (match["fraction"] or "0")[:6].ljust(6, "0")
    zone = match["zone"] or "+00:00"
    return datetime.fromisoformat(f"{match['head']}.{fraction}{'+00:00' if zone == 'Z' else zone}")


def format_time(moment: datetime) -> str:
    """A time as Azure writes it: UTC, decimals without trailing zeros, ``+00:00``."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".")
    return text + "+00:00"
