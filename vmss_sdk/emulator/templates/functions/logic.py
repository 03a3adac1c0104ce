"""Conditions and comparisons (https://aka.ms/arm-functions-logical, https://aka.ms/arm-functions-comparison)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function
from vmss_sdk.emulator.templates.expressions import Expression
from vmss_sdk.emulator.templates.values import same, type_name

__all__ = ["FUNCTIONS"]


def _if(env: Environment, condition: Expression, yes: Expression, no: Expression) -> Any:
    chosen = yes if ArgumentTypes("if")(env.evaluate(condition), bool) else no
    return env.evaluate(chosen)


def _and(env: Environment, *conditions: Expression) -> bool:
    return all(ArgumentTypes("and")(env.evaluate(condition), bool) for condition in conditions)


def _or(env: Environment, *conditions: Expression) -> bool:
    return any(ArgumentTypes("or")(env.evaluate(condition), bool) for condition in conditions)


def _bool(_: Environment, value: Any) -> bool:
    if isinstance(value, str) and value.lower() in ("true", "false", "1", "0"):
        return value.lower() in ("true", "1")
    if isinstance(value, bool | int):
        return bool(value)
    raise LanguageError(
        f"The template language function 'bool' was invoked with a parameter that is not valid: a value of type"
        f" '{type_name(value)}' cannot be converted to a boolean. {SEE}"
    )


def _coalesce(env: Environment, *values: Expression) -> Any:
    for value in values:
        found = env.evaluate(value)
        if found is not None:
            return found
    return None


def _fail(_: Environment, message: Any) -> Any:
    raise LanguageError(str(ArgumentTypes("fail")(message, str)))


def _ordered(name: str, one: Any, other: Any) -> tuple[Any, Any]:
    if type(one) is not type(other) or type(one) not in (int, float, str):
        raise LanguageError(
            f"The template language function '{name}' expects two integers or two strings. The provided values are of"
            f" types '{type_name(one)}' and '{type_name(other)}'. {SEE}"
        )
    return one, other


def _less(_: Environment, one: Any, other: Any) -> bool:
    first, second = _ordered("less", one, other)
    return bool(first < second)


def _less_or_equals(_: Environment, one: Any, other: Any) -> bool:
    first, second = _ordered("lessOrEquals", one, other)
    return bool(first <= second)


def _greater(_: Environment, one: Any, other: Any) -> bool:
    first, second = _ordered("greater", one, other)
    return bool(first > second)


def _greater_or_equals(_: Environment, one: Any, other: Any) -> bool:
    first, second = _ordered("greaterOrEquals", one, other)
    return bool(first >= second)


FUNCTIONS = (
    Function("if", 3, 3, _if, lazy=True),
    Function("and", 2, None, _and, lazy=True),
    Function("or", 2, None, _or, lazy=True),
    Function("not", 1, 1, lambda _, value: not ArgumentTypes("not")(value, bool)),
    Function(
        "xor", 2, 2, lambda _, one, other: ArgumentTypes("xor")(one, bool) is not ArgumentTypes("xor")(other, bool)
    ),
    Function("bool", 1, 1, _bool),
    Function("true", 0, 0, lambda _: True),
    Function("false", 0, 0, lambda _: False),
    Function("null", 0, 0, lambda _: None),
    Function("coalesce", 1, None, _coalesce, lazy=True),
    Function("equals", 2, 2, lambda _, one, other: same(one, other), deep=True),
    Function("less", 2, 2, _less),
    Function("lessOrEquals", 2, 2, _less_or_equals),
    Function("greater", 2, 2, _greater),
    Function("greaterOrEquals", 2, 2, _greater_or_equals),
    Function("fail", 1, 1, _fail),
)
