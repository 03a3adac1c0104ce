"""Arithmetic (https://aka.ms/arm-functions-numeric)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function
from vmss_sdk.emulator.templates.values import number_of, type_name

__all__ = ["FUNCTIONS", "in_range"]


def _on_integers(name: str, work: Callable[[int, int], int]) -> Function:
    def body(_: Environment, one: Any, other: Any) -> int:
        want = ArgumentTypes(name)
        try:
            return in_range(name, work(want(one, int), want(other, int)))
        except ZeroDivisionError:
            raise LanguageError(f"The template language function '{name}' cannot divide by zero. {SEE}") from None

    return Function(name, 2, 2, body)


def in_range(name: str, value: int) -> int:
    """A whole number, which has 64 bits in ARM.

    Raises:
        LanguageError: It is too large or too small.
    """
    if not -(2**63) <= value < 2**63:
        raise LanguageError(
            f"Unable to evaluate template language function '{name}': the value does not fit into a 64-bit integer."
            f" {SEE}"
        )
    return value


def _quotient(one: int, other: int) -> int:
    """Towards zero, as .NET divides."""
    whole = abs(one) // abs(other)
    return whole if (one < 0) == (other < 0) else -whole


def _int(_: Environment, value: Any) -> int:
    found = number_of(value) if isinstance(value, str) else value
    if type(found) is float:
        return in_range("int", round(found))
    if type(found) is not int:
        raise LanguageError(
            "The template language function 'int' was invoked with a parameter that is not valid: a value of type"
            f" '{type_name(value)}' cannot be converted to an integer. {SEE}"
        )
    return in_range("int", found)


def _float(_: Environment, value: Any) -> float:
    try:
        found = float(ArgumentTypes("float")(value, str, int, float))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise LanguageError(f"The template language function 'float' was invoked with a text that is no number. {SEE}")
    return found


def _extreme(name: str, pick: Callable[[list[int]], int]) -> Function:
    def body(_: Environment, *values: Any) -> int:
        items = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
        if not items:
            raise LanguageError(f"The template language function '{name}' expects at least one integer. {SEE}")
        return pick([ArgumentTypes(name)(item, int) for item in items])

    return Function(name, 1, None, body, deep=True)


def _copy_index(env: Environment, *values: Any) -> int:
    name, offset = "", 0
    for value in values:
        if isinstance(value, str):
            name = value
        else:
            offset = ArgumentTypes("copyIndex")(value, int, str)
    if not env.copies:
        raise LanguageError(
            "The template function 'copyIndex' is not expected at this location. The function can only be used in a"
            " resource with copy specified. Please see https://aka.ms/arm-copy for usage details."
        )
    if name.lower() not in env.copies:
        raise LanguageError(
            f"The template function 'copyIndex' has an invalid argument. The provided copy name '{name}' doesn't exist"
            " in the resource. Please see https://aka.ms/arm-copy/#copyindex for usage details."
        )
    return in_range("copyIndex", env.copies[name.lower()] + offset)


FUNCTIONS = (
    _on_integers("add", lambda one, other: one + other),
    _on_integers("sub", lambda one, other: one - other),
    _on_integers("mul", lambda one, other: one * other),
    _on_integers("div", _quotient),
    _on_integers("mod", lambda one, other: one - other * _quotient(one, other)),
    Function("int", 1, 1, _int),
    Function("float", 1, 1, _float),
    _extreme("min", min),
    _extreme("max", max),
    Function("copyIndex", 0, 2, _copy_index),
)
