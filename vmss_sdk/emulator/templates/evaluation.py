"""Evaluates expressions, and documents that hold them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.context import Context, Runtime
from vmss_sdk.emulator.templates.errors import LanguageError, NotYetError
from vmss_sdk.emulator.templates.expressions import (
    Call,
    Expression,
    Index,
    Literal,
    Member,
    is_expression,
    literal_text,
    parse,
)
from vmss_sdk.emulator.templates.values import find, key_of, number_of, type_name

__all__ = ["ArgumentTypes", "Environment", "Function", "Lambda", "UserFunction"]

SEE = "Please see https://aka.ms/arm-functions for usage details."
MAX_COPIES = 800
"""How often a loop may run (ARM's limit)."""
_SCOPE_STEPS = 8
"""What the variables of a lambda or loop cost each time."""
_PARSED_A_STEP = 32
_PLAIN_A_STEP = 8


@attrs.frozen
class Function:
    """A function of the language.

    Attributes:
        name: As it is documented.
        least: How many arguments it needs.
        most: How many it takes; None: any number.
        body: What it does: with the environment and the values of the arguments, or, if `lazy`, their expressions.
        lazy: Whether it evaluates its arguments itself.
        makes: Whether its value is new; otherwise it is one that is there already.
        deep: Whether it goes through all that is in its arguments.
        pace: How many characters of a text it goes through in the time of one step.
    """

    name: str
    least: int
    most: int | None
    body: Callable[..., Any]
    lazy: bool = False
    makes: bool = True
    deep: bool = False
    pace: int = 256

    def check(self, given: int) -> None:
        """See whether the number of arguments is right.

        Raises:
            LanguageError: It is not.
        """
        if self.least <= given and (self.most is None or given <= self.most):
            return
        wanted = f"{self.least}" if self.most == self.least else f"at least {self.least}"
        if self.most is not None and self.most != self.least:
            wanted = f"{self.least} to {self.most}"
        raise LanguageError(
            f"Unable to evaluate template language function '{self.name}': it expects {wanted} argument(s), but"
            f" {given} were provided. {SEE}"
        )


@attrs.frozen
class UserFunction:
    """A function that a template defines: it sees its parameters and nothing else."""

    parameters: tuple[str, ...]
    value: Any


@attrs.frozen(eq=False)
class Lambda:
    """``lambda('name', …, expression)`` with what was known where it stands."""

    names: tuple[str, ...]
    body: Expression
    environment: Environment = attrs.field(repr=False)

    def __call__(self, *values: Any) -> Any:
        """What it gives for these values; those that it does not name are left out."""
        self.environment.budget.charge(_SCOPE_STEPS)
        known = dict(zip(self.names, values, strict=False))
        inner = attrs.evolve(self.environment, local_values={**self.environment.local_values, **known})
        return inner.evaluate(self.body)


class ArgumentTypes:
    """Says which kinds of values a function takes."""

    def __init__(self, function: str) -> None:
        self._function = function

    def __call__(self, value: Any, *kinds: type) -> Any:
        """The value, which must be of one of these kinds.

        Raises:
            LanguageError: It is not.
        """
        if type(value) in kinds:
            return value
        expected = ", ".join(type_name(kind()) for kind in kinds)
        raise LanguageError(
            f"The template language function '{self._function}' expects its parameter to be of type '{expected}'."
            f" The provided value is of type '{type_name(value)}'. {SEE}"
        )


@attrs.frozen(kw_only=True, eq=False)
class Environment:
    """What expressions can see.

    Attributes:
        functions: By name in lower case.
        parameters: The value of a parameter by its name; raises `LanguageError` for an unknown one.
        variables: The same for variables.
        copies: The index of each loop around by its name in lower case; under the empty name that of the resource's
            loop, else of the outermost.
        local_values: The variables of the lambdas around.
        user_functions: By namespace and name in lower case.
        symbols: The ids of the template's resources by symbolic name, and by name, in lower case; None: none are known.
        runtime: What is known only while the deployment runs; None: `NotYetError`.
        profile: The template's ``apiProfile``, which names the api-versions of resources that have none.
        budget: What may still be evaluated.
        defaults: Whether ``newGuid()`` and ``utcNow()`` are allowed: in the default values of parameters only.
    """

    functions: Mapping[str, Function]
    context: Context
    parameters: Callable[[str], Any]
    variables: Callable[[str], Any]
    copies: Mapping[str, int] = attrs.field(factory=dict)
    local_values: Mapping[str, Any] = attrs.field(factory=dict, repr=False)
    user_functions: Mapping[str, UserFunction] = attrs.field(factory=dict)
    symbols: Callable[[str], Any] | None = None
    runtime: Runtime | None = attrs.field(default=None, repr=False)
    profile: str = ""
    budget: Budget = attrs.field(factory=Budget, repr=False)
    defaults: bool = False

    def needs_runtime(self) -> Runtime:
        """What is known only while the deployment runs.

        Raises:
            NotYetError: It does not run yet.
        """
        if self.runtime is None:
            raise NotYetError
        return self.runtime

    def symbol(self, word: str) -> Any:
        """The resource that a word means, or None."""
        return None if self.symbols is None else self.symbols(word)

    def in_copy(self, name: str, index: int) -> Environment:
        """Within one round of a loop."""
        return attrs.evolve(self, copies={**self.copies, name.lower(): index, "": index})

    def evaluate(self, expression: Expression) -> Any:
        """The value of an expression.

        Raises:
            LanguageError: It has none.
            NotYetError: It needs what is known only while the deployment runs.
        """
        self.budget.charge()
        if isinstance(expression, Literal):
            return expression.value
        if isinstance(expression, Member):
            return self._member(self.evaluate(expression.base), expression.name)
        if isinstance(expression, Index):
            return self._item(self.evaluate(expression.base), self.evaluate(expression.key))
        return self._call(expression)

    def _call(self, call: Call) -> Any:
        if call.namespace:
            return self._user_function(call)
        function = find_function(self.functions, call.name)
        function.check(len(call.arguments))
        if function.lazy:
            return function.body(self, *call.arguments)
        values = [self.evaluate(argument) for argument in call.arguments]
        self._charge(function, values)
        found = function.body(self, *values)
        return self.budget.made(found) if function.makes else found

    def _charge(self, function: Function, values: list[Any]) -> None:
        if function.deep:
            self.budget.read_all(*values)
        for value in values:
            if isinstance(value, str):
                self.budget.read(len(value), function.pace)

    def _member(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            self.look_up(value, name)
        return _member(value, name)

    def _item(self, value: Any, key: Any) -> Any:
        if isinstance(value, dict) and isinstance(key, str):
            self.look_up(value, key)
        return _item(value, key)

    def look_up(self, value: dict[str, Any], name: str) -> None:
        """Take the steps for finding a member by a name that may be spelt otherwise.

        Raises:
            LanguageError: There are not so many left.
        """
        if name not in value:
            self.budget.charge(len(value) // 16)

    def _user_function(self, call: Call) -> Any:
        name = f"{call.namespace}.{call.name}"
        found = self.user_functions.get(name.lower())
        if found is None:
            raise LanguageError(f"The template function '{name}' is not valid. {SEE}")
        if len(found.parameters) != len(call.arguments):
            raise LanguageError(
                f"The template function '{name}' expects {len(found.parameters)} argument(s), but"
                f" {len(call.arguments)} were provided. {SEE}"
            )
        values = {key.lower(): self.evaluate(item) for key, item in zip(found.parameters, call.arguments, strict=True)}
        inner = attrs.evolve(
            self, parameters=_only(values, "parameter"), variables=_only({}, "variable"), copies={}, local_values={}
        )
        return inner.document(found.value)

    def text(self, value: str) -> Any:
        """What a string means: itself, or the value of the expression that it is."""
        if not is_expression(value):
            self.budget.reserve(len(value))
            return literal_text(value)
        self.budget.read(len(value), _PARSED_A_STEP)
        return self.budget.made(self.evaluate(parse(value)))

    def document(self, value: Any) -> Any:
        """A copy of a document in which every expression is replaced by its value, and every loop is unrolled."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            self._take(len(value))
            return [self.document(item) for item in value]
        if isinstance(value, dict):
            return self._object(value)
        return value

    def _object(self, value: dict[str, Any]) -> dict[str, Any]:
        self._take(len(value))
        found: dict[str, Any] = {}
        for key, item in value.items():
            if key.lower() == "copy" and is_loops(item):
                for loop in item:
                    found[str(self.document(loop["name"]))] = self.loop(loop)
            else:
                found[str(self.text(key)) if key.startswith("[") else key] = self.document(item)
        return found

    def _take(self, parts: int) -> None:
        self.budget.charge(1 + parts // _PLAIN_A_STEP)
        self.budget.reserve(parts * 16)

    def loop(self, loop: dict[str, Any]) -> list[Any]:
        """The values of a loop over a property, a variable or an output."""
        name, count = str(loop.get("name", "")), self.count(loop)
        self.budget.charge(count * _SCOPE_STEPS)
        return [self._in_loop(name, index).document(loop["input"]) for index in range(count)]

    def _in_loop(self, name: str, index: int) -> Environment:
        """Within one round of a loop over a property: without a name the index is that of the resource's loop."""
        unnamed = self.copies.get("", index)
        return attrs.evolve(self, copies={**self.copies, name.lower(): index, "": unnamed if name else index})

    def count(self, loop: dict[str, Any]) -> int:
        """How often a loop runs.

        Raises:
            LanguageError: That is no whole number from 0 to 800.
        """
        count = self.document(loop.get("count"))
        count = number_of(count) if isinstance(count, str) else count
        if type(count) is not int or not 0 <= count <= MAX_COPIES:
            raise LanguageError(
                "The template 'copy' definition at {place} has an invalid copy count. The copy count must be a positive"
                f" integer value and cannot exceed '{MAX_COPIES}'. Please see https://aka.ms/arm-copy for usage"
                " details."
            )
        return count


def is_loops(value: Any) -> bool:
    """Whether a member ``copy`` holds loops over properties."""
    return isinstance(value, list) and all(isinstance(item, dict) and "input" in item for item in value)


def find_function(functions: Mapping[str, Function], name: str) -> Function:
    """The function of a name; ``list`` and something is one of the actions that list.

    Raises:
        LanguageError: There is none.
    """
    found = functions.get(name.lower())
    if found is not None:
        return found
    if name.lower().startswith("list"):
        action = functions["list*"]
        return Function(name, action.least, action.most, lambda env, *values: action.body(env, name, *values))
    near = difflib.get_close_matches(name.lower(), functions, 1)
    hint = f" Did you mean '{functions[near[0]].name}'?" if near else ""
    raise LanguageError(f"The template function '{name}' is not valid.{hint} {SEE}")


def _only(values: Mapping[str, Any], kind: str) -> Callable[[str], Any]:
    def look_up(name: str) -> Any:
        if name.lower() in values:
            return values[name.lower()]
        raise LanguageError(
            f"The template {kind} '{name}' is not found. A function that a template defines sees its own parameters"
            f" only. {SEE}"
        )

    return look_up


def _member(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        raise LanguageError(
            f"The language expression property '{name}' can't be evaluated: property selection is not supported on"
            f" values of type '{type_name(value)}'. {SEE}"
        )
    key = key_of(value, name)
    if key is None:
        known = ", ".join(value)
        raise LanguageError(
            f"The language expression property '{name}' doesn't exist, available properties are '{known}'. {SEE}"
        )
    return value[key]


def _item(value: Any, key: Any) -> Any:
    if isinstance(value, dict) and isinstance(key, str):
        return _member(value, key)
    if isinstance(value, list) and type(key) is int:
        if 0 <= key < len(value):
            return value[key]
        raise LanguageError(f"The language expression property array index '{key}' is out of bounds. {SEE}")
    raise LanguageError(
        f"The language expression property can't be evaluated: an index of type '{type_name(key)}' is not supported"
        f" on values of type '{type_name(value)}'. {SEE}"
    )


def try_item(value: Any, key: Any) -> tuple[bool, Any]:
    """Whether there is such an item, and the item."""
    if isinstance(value, dict) and isinstance(key, str):
        return key_of(value, key) is not None, find(value, key)
    if isinstance(value, list) and type(key) is int and 0 <= key < len(value):
        return True, value[key]
    return False, None
