"""The composite formats of .NET that ``format()`` takes: ``{0}``, ``{1,5}``, ``{2:N0}``."""

from __future__ import annotations

import re
from typing import Any

from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.values import text_of

__all__ = ["formatted"]

_PART = re.compile(r"\{\{|\}\}|\{(?P<at>\d{1,4})(?:,(?P<width>-?\d{1,4}))?(?::(?P<how>[^{}]*))?\}|[{}]")
_STANDARD = re.compile(r"(?P<kind>[DdNnXxFfGgPp])(?P<digits>\d{0,2})")
_ZEROS = re.compile(r"0+")


def formatted(text: str, values: tuple[Any, ...], budget: Budget) -> str:
    """The text with the values in it.

    Raises:
        LanguageError: The text is no format, names a value that was not given, or becomes too long.
    """

    def part(match: re.Match[str]) -> str:
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        if match["at"] is None or int(match["at"]) >= len(values):
            raise LanguageError(
                "Unable to evaluate template language function 'format': the format is not valid: a place must be the"
                " index, from 0, of an argument behind the format, in braces."
            )
        budget.charge()
        shown = _shown(values[int(match["at"])], match["how"] or "")
        width = int(match["width"] or 0)
        budget.reserve(max(len(shown), abs(width)))
        return shown.ljust(-width) if width < 0 else shown.rjust(width)

    return _PART.sub(part, text)


def _shown(value: Any, how: str) -> str:
    if not how or type(value) not in (int, float):
        return text_of(value)
    if _ZEROS.fullmatch(how):
        return _digits(value, len(how))
    match = _STANDARD.fullmatch(how)
    if match is None:
        raise LanguageError(
            f"Unable to evaluate template language function 'format': the format '{how}' is not known here. Use one"
            " of D, F, G, N, P and X with the number of digits, or zeros."
        )
    kind, digits = match["kind"], int(match["digits"]) if match["digits"] else None
    return _standard(value, kind, digits)


def _standard(value: float, kind: str, digits: int | None) -> str:
    places = 2 if digits is None else digits
    if kind in "Dd":
        return _digits(value, digits or 1)
    if kind in "Xx":
        return f"{int(value) & (2**64 - 1) if value < 0 else int(value):0{digits or 1}{kind}}"
    if kind in "Pp":
        return f"{value * 100:,.{places}f} %"
    if kind in "Gg":
        return text_of(value)
    return f"{value:,.{places}f}" if kind in "Nn" else f"{value:.{places}f}"


def _digits(value: float, count: int) -> str:
    number = round(value)
    return f"{'-' if number < 0 else ''}{abs(number):0{count}}"
