"""Converters of argument values: each reads one word, and says what was expected when it cannot."""

from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from typing import Any

__all__ = [
    "boolean",
    "chance",
    "clock",
    "duration",
    "duration_seconds",
    "factor",
    "lifetime",
    "minutes",
    "one_of",
    "percent",
    "port",
    "query",
    "real",
    "seconds",
    "time_range",
    "time_span",
    "upper_percent",
    "whole",
    "words",
]

_LAST_PORT = 65_535
_LONGEST_LIFE = 30 * 24 * 3600
_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}


def boolean(text: str) -> bool:
    """True or false, in the words that az takes."""
    try:
        return _BOOLEANS[text.lower()]
    except KeyError:
        raise ArgumentTypeError(f"'{text}' is neither true nor false") from None


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """One of some words, in any case as az takes them; what is none is left to be refused as a choice."""
    known = {word.lower(): word for word in words}
    return lambda text: known.get(text.lower(), text)


def whole(text: str) -> int:
    """A whole number of at least 0."""
    if text.isdecimal() and text.isascii():
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no whole number of at least 0")


def positive(text: str) -> int:
    """A whole number of at least 1."""
    if text.isdecimal() and text.isascii() and len(text) < 10 and int(text) > 0:  # noqa: PLR2004
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no whole number of at least 1")


def percent(text: str) -> int:
    """A percentage from 5 to 100."""
    return _between(text, 5)


def upper_percent(text: str) -> int:
    """A percentage from 0 to 100."""
    return _between(text, 0)


def _between(text: str, least: int) -> int:
    if text.isdecimal() and least <= int(text) <= 100:  # noqa: PLR2004
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no percentage: expected a whole number from {least} to 100")


def port(text: str) -> int:
    """A port, or 0 for a free one."""
    if text.isdecimal() and int(text) <= _LAST_PORT:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no port: expected a number from 0 to {_LAST_PORT}")


def real(text: str) -> float:
    """A number, negative ones too."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if number - number == 0:  # neither infinite nor no number
        return number
    raise ArgumentTypeError(f"'{text}' is no number")


def duration(text: str) -> str:
    """An ISO 8601 duration; a plain number means seconds."""
    from vmss_sdk import wire

    if text.isascii() and text.isdecimal():
        return f"PT{int(text)}S"
    try:
        wire.parse_duration(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is neither a number of seconds nor a duration such as PT30S") from None
    return text.upper()


def minutes(text: str) -> str:
    """Minutes, as a duration."""
    return f"PT{whole(text)}M"


def words(*known: str) -> dict[str, Any]:
    """What argparse is told of an enumeration: its words, in any case."""
    return {"type": one_of(known), "choices": known, "metavar": "{" + ",".join(known) + "}"}


def chance(text: str) -> float:
    """A chance from 0 to 1, or in percent."""
    number = real(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if 0 <= number <= 1:
        return number
    raise ArgumentTypeError(f"'{text}' is no chance: expected a number from 0 to 1, or a percentage such as 5%")


def time_span(text: str) -> float:
    """A number of seconds: ``90``, ``90s``, ``4m``, ``2h`` or ``PT4M``."""
    unit = {"s": 1, "m": 60, "h": 3600}.get(text[-1:].lower())
    number = text[:-1] if unit else text
    if unit and number.replace(".", "", 1).isdecimal() and number.isascii():
        return float(number) * unit
    try:
        return duration_seconds(text)
    except ArgumentTypeError:
        raise ArgumentTypeError(f"'{text}' is no time: expected such as 90s, 4m, 2h or PT4M") from None


def time_range(text: str) -> tuple[float, float]:
    """Two times, from and to: ``90s..4m``; one alone is both."""
    first, found, last = text.partition("..")
    low, high = time_span(first), time_span(last if found else first)
    if not 0 < low <= high:
        raise ArgumentTypeError(f"'{text}' is no range of times: expected such as 90s..4m")
    return low, high


def factor(text: str) -> float:
    """A number of at least 0."""
    return _number(text, "factor")


def seconds(text: str) -> float:
    """A number of seconds of at least 0."""
    return _number(text, "number of seconds")


def duration_seconds(text: str) -> float:
    """A duration in seconds: a number of them, or an ISO 8601 duration."""
    if text[:1].upper() != "P":
        return seconds(text)
    from vmss_sdk.wire import parse_duration

    try:
        return parse_duration(text.upper()).total_seconds()
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _number(text: str, what: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 <= number < float("inf"):
        return number
    raise ArgumentTypeError(f"'{text}' is no {what}: expected a number >= 0")


def lifetime(text: str) -> int:
    """How long a token lives, in seconds."""
    if text.isdecimal() and 0 < int(text) <= _LONGEST_LIFE:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no lifetime: expected a whole number of seconds from 1 to {_LONGEST_LIFE}")


def clock(text: str) -> str:
    """The word for a clock of the emulator."""
    from vmss_sdk.emulator.engine.platform.clock import clock_from

    try:
        clock_from(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
    return text


def query(text: str) -> object:
    """A compiled JMESPath expression."""
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return jmespath.compile(text)
    except JMESPathError as error:
        raise ArgumentTypeError(f"'{text}' is no JMESPath expression: {error}") from None
