"""Arrays and objects, and lambdas over them (https://aka.ms/arm-functions-array, -object, -lambda)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function, Lambda, try_item
from vmss_sdk.emulator.templates.expressions import Expression, Literal
from vmss_sdk.emulator.templates.values import frozen, key_of, same, text_of

__all__ = ["FUNCTIONS"]

_LONGEST = 10_000
"""How many numbers ``range`` makes (ARM's limit)."""
_LARGEST = 2**31 - 1
"""What the last number of ``range`` may be (ARM's limit)."""


def _contains(env: Environment, container: Any, item: Any) -> bool:
    want = ArgumentTypes("contains")
    if isinstance(container, str):
        return text_of(want(item, str, int)) in container
    if isinstance(container, dict):
        env.look_up(container, text_of(item))
        return key_of(container, text_of(want(item, str, int))) is not None
    return any(same(found, item) for found in want(container, list, dict, str))


def _empty(_: Environment, value: Any) -> bool:
    return value is None or not ArgumentTypes("empty")(value, str, list, dict)


def _length(_: Environment, value: Any) -> int:
    return len(ArgumentTypes("length")(value, str, list, dict))


def _first(_: Environment, value: Any) -> Any:
    found = ArgumentTypes("first")(value, str, list)
    return found[0] if found else "" if isinstance(found, str) else None


def _last(_: Environment, value: Any) -> Any:
    found = ArgumentTypes("last")(value, str, list)
    return found[-1] if found else "" if isinstance(found, str) else None


def _take(_: Environment, value: Any, count: Any) -> Any:
    want = ArgumentTypes("take")
    return want(value, str, list)[: max(0, want(count, int))]


def _skip(_: Environment, value: Any, count: Any) -> Any:
    want = ArgumentTypes("skip")
    return want(value, str, list)[max(0, want(count, int)) :]


def _index_of(_: Environment, value: Any, item: Any) -> int:
    if isinstance(value, str):
        return value.lower().find(ArgumentTypes("indexOf")(item, str).lower())
    places = [at for at, found in enumerate(ArgumentTypes("indexOf")(value, list, str)) if same(found, item)]
    return places[0] if places else -1


def _last_index_of(_: Environment, value: Any, item: Any) -> int:
    if isinstance(value, str):
        return value.lower().rfind(ArgumentTypes("lastIndexOf")(item, str).lower())
    places = [at for at, found in enumerate(ArgumentTypes("lastIndexOf")(value, list, str)) if same(found, item)]
    return places[-1] if places else -1


def _union(_: Environment, *values: Any) -> Any:
    return functools.reduce(_united, values)


def _united(one: Any, other: Any) -> Any:
    want = ArgumentTypes("union")
    if isinstance(want(one, list, dict), list):
        return _distinct([*one, *want(other, list)])
    return _merged(one, want(other, dict))


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Objects inside of objects are merged too; anything else is replaced."""
    result, spelt = dict(one), {name.lower(): name for name in one}
    for name, value in other.items():
        key = spelt.setdefault(name.lower(), name)
        there = result.get(key)
        result[key] = _merged(there, value) if isinstance(there, dict) and isinstance(value, dict) else value
    return result


def _shallow(_: Environment, objects: Any) -> dict[str, Any]:
    want, result, spelt = ArgumentTypes("shallowMerge"), dict[str, Any](), dict[str, str]()
    for item in want(objects, list):
        for name, value in want(item, dict).items():
            result[spelt.setdefault(name.lower(), name)] = value
    return result


def _intersection(_: Environment, *values: Any) -> Any:
    return functools.reduce(_common, values)


def _common(one: Any, other: Any) -> Any:
    want = ArgumentTypes("intersection")
    if isinstance(want(one, list, dict), list):
        there = set(map(frozen, want(other, list)))
        return _distinct([item for item in one if frozen(item) in there])
    others = {name.lower(): value for name, value in want(other, dict).items()}
    return {name: item for name, item in one.items() if name.lower() in others and same(item, others[name.lower()])}


def _distinct(items: list[Any]) -> list[Any]:
    first: dict[Any, Any] = {}
    for item in items:
        first.setdefault(frozen(item), item)
    return list(first.values())


def _range(_: Environment, start: Any, count: Any) -> list[int]:
    want = ArgumentTypes("range")
    if not 0 <= want(count, int) <= _LONGEST:
        raise LanguageError(f"The template language function 'range' expects a count from 0 to '{_LONGEST}'. {SEE}")
    if not want(start, int) + count <= _LARGEST:
        raise LanguageError(
            "The template language function 'range' expects a start and a count whose sum is at most"
            f" '{_LARGEST}'. {SEE}"
        )
    return list(range(start, start + count))


def _array(_: Environment, value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _create_object(_: Environment, *values: Any) -> dict[str, Any]:
    if len(values) % 2:
        raise LanguageError(
            f"The template language function 'createObject' expects an even number of parameters. {SEE}"
        )
    want = ArgumentTypes("createObject")
    return {want(name, str): value for name, value in zip(values[::2], values[1::2], strict=True)}


def _flatten(_: Environment, value: Any) -> list[Any]:
    want = ArgumentTypes("flatten")
    return [item for inner in want(value, list) for item in want(inner, list)]


def _items(_: Environment, value: Any) -> list[dict[str, Any]]:
    found = ArgumentTypes("items")(value, dict)
    return [{"key": key, "value": found[key]} for key in sorted(found, key=str.lower)]


def _object_keys(_: Environment, value: Any) -> list[str]:
    return sorted(ArgumentTypes("objectKeys")(value, dict), key=str.lower)


def _try_get(env: Environment, value: Any, *keys: Any) -> Any:
    for key in keys:
        if isinstance(value, dict):
            env.look_up(value, text_of(key))
        found, value = try_item(value, key)
        if not found:
            return None
    return value


def _index_from_end(_: Environment, value: Any, place: Any) -> Any:
    want = ArgumentTypes("indexFromEnd")
    if not 1 <= want(place, int) <= len(want(value, list)):
        raise LanguageError(f"The language expression property array index '^{place}' is out of bounds. {SEE}")
    return value[-place]


def _try_index_from_end(_: Environment, value: Any, place: Any) -> Any:
    fits = isinstance(value, list) and type(place) is int and 1 <= place <= len(value)
    return value[-place] if fits else None


def _lambda(env: Environment, *parts: Expression) -> Lambda:
    names: list[str] = []
    for part in parts[:-1]:
        if not isinstance(part, Literal) or not isinstance(part.value, str):
            raise LanguageError(f"The template language function 'lambda' expects names and an expression. {SEE}")
        names.append(part.value)
    return Lambda(tuple(names), parts[-1], env)


def _lambda_variable(env: Environment, name: Any) -> Any:
    if name not in env.local_values:
        raise LanguageError(f"The template lambda variable '{name}' is not found. {SEE}")
    return env.local_values[name]


def _over(name: str, kind: type, work: Callable[..., Any], most: int = 2) -> Function:
    """A function of an array or object and a lambda."""

    def body(_: Environment, value: Any, *rest: Any) -> Any:
        want = ArgumentTypes(name)
        if not all(isinstance(item, Lambda) for item in rest[-1:]):
            raise LanguageError(f"The template language function '{name}' expects a lambda as last parameter. {SEE}")
        return work(want(value, kind), *rest)

    return Function(name, 2, most, body)


def _map(items: list[Any], work: Lambda) -> list[Any]:
    return [work(item, at) for at, item in enumerate(items)]


def _filter(items: list[Any], work: Lambda) -> list[Any]:
    return [item for at, item in enumerate(items) if ArgumentTypes("filter")(work(item, at), bool)]


def _reduce(items: list[Any], *rest: Any) -> Any:
    if len(rest) != 2:  # noqa: PLR2004  # the first value and the lambda
        raise LanguageError(f"The template language function 'reduce' expects an array, a value and a lambda. {SEE}")
    value, work = rest
    for at, item in enumerate(items):
        value = work(value, item, at)
    return value


def _sort(items: list[Any], work: Lambda) -> list[Any]:
    def compare(one: Any, other: Any) -> int:
        if work(one, other):
            return -1
        return 1 if work(other, one) else 0

    return sorted(items, key=functools.cmp_to_key(compare))


def _to_object(_: Environment, items: Any, *work: Any) -> dict[str, Any]:
    want = ArgumentTypes("toObject")
    if not all(isinstance(item, Lambda) for item in work):
        raise LanguageError(f"The template language function 'toObject' expects an array and lambdas. {SEE}")
    value = work[1] if len(work) > 1 else lambda item: item
    return {want(work[0](item), str): value(item) for item in want(items, list)}


def _group_by(items: list[Any], work: Lambda) -> dict[str, list[Any]]:
    result: dict[str, list[Any]] = {}
    for at, item in enumerate(items):
        result.setdefault(ArgumentTypes("groupBy")(work(item, at), str), []).append(item)
    return result


def _map_values(value: dict[str, Any], work: Lambda) -> dict[str, Any]:
    return {name: work(item) for name, item in value.items()}


FUNCTIONS = (
    Function("contains", 2, 2, _contains, deep=True),
    Function("empty", 1, 1, _empty),
    Function("length", 1, 1, _length),
    Function("first", 1, 1, _first, makes=False),
    Function("last", 1, 1, _last, makes=False),
    Function("take", 2, 2, _take),
    Function("skip", 2, 2, _skip),
    Function("indexOf", 2, 2, _index_of, deep=True),
    Function("lastIndexOf", 2, 2, _last_index_of, deep=True),
    Function("union", 1, None, _union, deep=True),
    Function("intersection", 2, None, _intersection, deep=True),
    Function("shallowMerge", 1, 1, _shallow),
    Function("range", 2, 2, _range),
    Function("array", 1, 1, _array),
    Function("createArray", 0, None, lambda _, *values: list(values)),
    Function("createObject", 0, None, _create_object),
    Function("distinct", 1, 1, lambda _, value: _distinct(ArgumentTypes("distinct")(value, list)), deep=True),
    Function("flatten", 1, 1, _flatten),
    Function("items", 1, 1, _items),
    Function("objectKeys", 1, 1, _object_keys),
    Function("tryGet", 2, None, _try_get, makes=False),
    Function("indexFromEnd", 2, 2, _index_from_end, makes=False),
    Function("tryIndexFromEnd", 2, 2, _try_index_from_end, makes=False),
    Function("lambda", 1, None, _lambda, lazy=True),
    Function("lambdaVariables", 1, 1, _lambda_variable, makes=False),
    _over("map", list, _map),
    _over("filter", list, _filter),
    _over("reduce", list, _reduce, most=3),
    _over("sort", list, _sort),
    _over("groupBy", list, _group_by),
    _over("mapValues", dict, _map_values),
    Function("toObject", 2, 3, _to_object),
)
