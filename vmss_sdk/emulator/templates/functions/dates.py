"""Times (https://aka.ms/arm-functions-date)."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function

__all__ = ["FUNCTIONS"]

_STANDARD = {
    "d": "M/d/yyyy",
    "D": "dddd, MMMM d, yyyy",
    "o": "yyyy-MM-ddTHH:mm:ss.fffffffZ",
    "O": "yyyy-MM-ddTHH:mm:ss.fffffffZ",
    "s": "yyyy-MM-ddTHH:mm:ss",
    "u": "yyyy-MM-dd HH:mm:ssZ",
    "R": "ddd, dd MMM yyyy HH:mm:ss GMT",
    "r": "ddd, dd MMM yyyy HH:mm:ss GMT",
    "t": "h:mm tt",
    "T": "h:mm:ss tt",
}
_PLAIN = "yyyyMMddTHHmmssZ"
"""How ``utcNow()`` writes a time without a format."""
_ISO = "yyyy-MM-ddTHH:mm:ssZ"
_AS_UTC_NOW = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?P<rest>[^YM]*(?:T.*)?)", re.ASCII
)
_A_PART = 1
"""The pace of what goes through a format part by part."""
_PART = re.compile(r"yyyy|yy|MMMM|MMM|MM|M|dddd|ddd|dd|d|HH|H|hh|h|mm|m|ss|s|f{1,7}|tt|zzz|'[^']*'|\\.")


def _utc_now(env: Environment, how: Any = _PLAIN) -> str:
    if not env.defaults:
        raise LanguageError(
            "The template function 'utcNow' is not expected at this location: it is allowed in the default value of a"
            f" parameter only. {SEE}"
        )
    return _written(env.context.now, ArgumentTypes("utcNow")(how, str))


def _add(_: Environment, base: Any, length: Any, how: Any = None) -> str:
    want = ArgumentTypes("dateTimeAdd")
    try:
        found = _later(_moment(want(base, str)), want(length, str))
    except (ValueError, OverflowError):
        raise LanguageError(
            f"The template language function 'dateTimeAdd' expects a time and an ISO 8601 duration. {SEE}"
        ) from None
    # CHOICE: as utcNow() writes it when the base is so written, else as ISO 8601
    default = _PLAIN if _AS_UTC_NOW.fullmatch(base) else _ISO
    return _written(found, default if how is None else want(how, str))


def _to_epoch(_: Environment, text: Any) -> int:
    try:
        return int(_moment(ArgumentTypes("dateTimeToEpoch")(text, str)).timestamp())
    except ValueError:
        raise LanguageError(f"The template language function 'dateTimeToEpoch' expects a time. {SEE}") from None


def _from_epoch(_: Environment, seconds: Any) -> str:
    try:
        found = datetime.fromtimestamp(ArgumentTypes("dateTimeFromEpoch")(seconds, int), UTC)
    except (ValueError, OverflowError, OSError):
        raise LanguageError(
            f"The template language function 'dateTimeFromEpoch' expects seconds of the years 1 to 9999. {SEE}"
        ) from None
    return _written(found, _ISO)


def _later(moment: datetime, length: str) -> datetime:
    """A moment so much later; years and months by the calendar, at the last day of a shorter month."""
    match = _DURATION.fullmatch(length)
    if match is None or (match["years"] is None and match["months"] is None):
        return moment + wire.parse_duration(length)
    months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
    years, month = divmod(moment.month - 1 + (-months if match["sign"] else months), 12)
    year = moment.year + years
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    found = moment.replace(year=year, month=month + 1, day=day)
    return found + wire.parse_duration(f"{match['sign']}P{match['rest']}") if match["rest"] else found


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.strip())
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _written(moment: datetime, how: str) -> str:
    return _PART.sub(lambda match: _part(moment, match.group()), _STANDARD.get(how, how))


def _part(moment: datetime, part: str) -> str:
    if part[0] in "'\\":
        return part.strip("'") if part[0] == "'" else part[1:]
    if part[0] == "f":
        return f"{moment.microsecond:06}0"[: len(part)]
    hour = moment.hour % 12 or 12
    found: dict[str, object] = {
        "yyyy": f"{moment.year:04}", "yy": f"{moment.year % 100:02}",
        "MMMM": f"{moment:%B}", "MMM": f"{moment:%b}", "MM": f"{moment.month:02}", "M": moment.month,
        "dddd": f"{moment:%A}", "ddd": f"{moment:%a}", "dd": f"{moment.day:02}", "d": moment.day,
        "HH": f"{moment.hour:02}", "H": moment.hour, "hh": f"{hour:02}", "h": hour,
        "mm": f"{moment.minute:02}", "m": moment.minute, "ss": f"{moment.second:02}", "s": moment.second,
        "tt": "AM" if moment.hour < 12 else "PM", "zzz": "+00:00",  # noqa: PLR2004  # noon
    }  # fmt: skip
    return str(found[part])


FUNCTIONS = (
    Function("utcNow", 0, 1, _utc_now, pace=_A_PART),
    Function("dateTimeAdd", 2, 3, _add, pace=_A_PART),
    Function("dateTimeToEpoch", 1, 1, _to_epoch),
    Function("dateTimeFromEpoch", 1, 1, _from_epoch),
)
