"""The machinery of the models: typed members that read and write a wire document.

A model is an attrs class with one field, the decoded JSON document. Its members are descriptors that
structure on access and write through, so nothing the SDK does not know is ever lost, and reading a list of
1,000 instances costs what parsing its JSON costs.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform, overload

import attrs

from vmss_sdk import wire

M = TypeVar("M", bound="Model")
Convert = Callable[[Any], Any]

REDACTED = "********"


class Choice(StrEnum):
    """An open set of words: lookup ignores case, and a word that Azure adds later stays a plain ``str``."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        wanted = str(value).lower()
        return next((member for member in cls if member.value.lower() == wanted), None)

    @classmethod
    def of(cls, value: Any) -> Any:
        """The member for a wire value, or the value itself when this SDK does not know it."""
        try:
            return cls(value)
        except ValueError:
            return value


class Member:
    """One typed member of a model: where it is on the wire, and how it is read and written."""

    __slots__ = ("choice", "head", "kind", "model", "name", "path", "read", "read_only", "secret", "write")

    def __init__(
        self,
        path: str,
        kind: str,
        *,
        read: Convert | None = None,
        write: Convert | None = None,
        read_only: bool = False,
        secret: bool = False,
        choice: type[Choice] | None = None,
        model: Callable[[], type[Model]] | None = None,
    ) -> None:
        self.path = tuple(path.split("."))
        self.head = self.path[:-1]
        self.kind = kind
        self.read = read
        self.write = write
        self.read_only = read_only
        self.secret = secret
        self.choice = choice
        self.model = model
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Model | None, owner: type) -> Any:
        if instance is None:
            return self
        value: Any = instance.wire
        for key in self.path:
            value = value.get(key)
            if value is None:
                return None
        return value if self.read is None else self.read(value)

    def __set__(self, instance: Model, value: Any) -> None:
        if value is None:
            self.__delete__(instance)
            return
        holder = instance.wire
        for key in self.head:
            inner = holder.get(key)
            if inner is None:
                inner = holder[key] = {}
            holder = inner
        holder[self.path[-1]] = value if self.write is None else self.write(value)

    def __delete__(self, instance: Model) -> None:
        holder: Any = instance.wire
        for key in self.head:
            holder = holder.get(key)
            if holder is None:
                return
        holder.pop(self.path[-1], None)


class ModelList(MutableSequence[M]):
    """A list of models over a list of wire documents: what is appended or replaced here is in the document."""

    __slots__ = ("_model", "_wire")

    def __init__(self, model: type[M], documents: list[dict[str, Any]]) -> None:
        self._model = model
        self._wire = documents

    @overload
    def __getitem__(self, index: int) -> M: ...
    @overload
    def __getitem__(self, index: slice) -> ModelList[M]: ...
    def __getitem__(self, index: int | slice) -> M | ModelList[M]:
        if isinstance(index, slice):
            return ModelList(self._model, self._wire[index])
        return self._model.from_wire(self._wire[index])

    def __setitem__(self, index: Any, value: Any) -> None:
        self._wire[index] = [item.wire for item in value] if isinstance(index, slice) else value.wire

    def __delitem__(self, index: int | slice) -> None:
        del self._wire[index]

    def __len__(self) -> int:
        return len(self._wire)

    def __iter__(self) -> Iterator[M]:
        return map(self._model.from_wire, self._wire)

    def insert(self, index: int, value: M) -> None:
        """Put a model before the position; its document becomes part of this one."""
        self._wire.insert(index, value.wire)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ModelList):
            return self._wire == other._wire
        return isinstance(other, list) and list(self) == other

    __hash__ = None  # type: ignore[assignment]  # mutable, as a list is

    def __repr__(self) -> str:
        return repr(list(self))


# Every specifier takes ``default=None``, always that, because type checkers read a member without it as a
# required keyword; ``init=False`` marks what only the service sets.


def text(path: str, *, default: None = None, init: bool = True, secret: bool = False) -> Any:
    """A string."""
    return Member(path, "string", read_only=not init, secret=secret)


def texts(path: str, *, default: None = None, init: bool = True) -> Any:
    """A list of strings; the list itself, so appending to it changes the document."""
    return Member(path, "strings", write=list, read_only=not init)


def integer(path: str, *, default: None = None, init: bool = True) -> Any:
    """A whole number."""
    return Member(path, "integer", read_only=not init)


def number(path: str, *, default: None = None, init: bool = True) -> Any:
    """A number with decimals."""
    return Member(path, "number", read_only=not init)


def boolean(path: str, *, default: None = None, init: bool = True) -> Any:
    """True or false."""
    return Member(path, "boolean", read_only=not init)


def timestamp(path: str, *, default: None = None, init: bool = True) -> Any:
    """A ``datetime`` with offset, RFC 3339 on the wire."""
    return Member(path, "time", read=wire.parse_time, write=_write_time, read_only=not init)


def duration(path: str, *, default: None = None, init: bool = True) -> Any:
    """A ``timedelta``, an ISO 8601 duration on the wire; such a text may be assigned as well."""
    return Member(path, "duration", read=wire.parse_duration, write=_write_duration, read_only=not init)


def choice(path: str, words: type[Choice], *, default: None = None, init: bool = True) -> Any:
    """One word of an open set."""
    return Member(path, "choice", read=words.of, write=str, read_only=not init, choice=words)


def choices(path: str, words: type[Choice], *, default: None = None, init: bool = True) -> Any:
    """Several words of an open set, read as a tuple: assign a new one to change it."""
    return Member(
        path,
        "choices",
        read=lambda values: tuple(map(words.of, values)),
        write=lambda values: list(map(str, values)),
        read_only=not init,
        choice=words,
    )


def free(path: str, *, default: None = None, init: bool = True, secret: bool = False) -> Any:
    """Any JSON value, handed through as it is (extension settings)."""
    return Member(path, "any", read_only=not init, secret=secret)


def text_map(path: str, *, default: None = None, init: bool = True) -> Any:
    """Strings by name (tags); the dictionary itself, so adding to it changes the document."""
    return Member(path, "string map", read_only=not init)


def nested(path: str, model: type[M] | Callable[[], type[M]], *, default: None = None, init: bool = True) -> Any:
    """A model inside the model: a view of the same document."""
    return Member(path, "model", read=_view_of(model), write=_document, read_only=not init, model=_late(model))


def nested_list(
    path: str, model: type[M] | Callable[[], type[M]], *, default: None = None, init: bool = True, secret: bool = False
) -> Any:
    """A list of models: a view of the same document, see `ModelList`."""
    get = _late(model)
    return Member(
        path,
        "models",
        read=lambda values: ModelList(get(), values),
        write=lambda values: [_document(value) for value in values],
        read_only=not init,
        secret=secret,
        model=get,
    )


def nested_map(path: str, model: type[M] | Callable[[], type[M]], *, default: None = None, init: bool = True) -> Any:
    """Models by name, read as a mapping that cannot be changed: assign a new one."""
    get = _late(model)
    return Member(
        path,
        "model map",
        read=lambda values: MappingProxyType({name: get().from_wire(value) for name, value in values.items()}),
        write=lambda values: {name: _document(value) for name, value in values.items()},
        read_only=not init,
        model=get,
    )


def _view_of(model: Any) -> Convert:
    if isinstance(model, type):
        view: Convert = model.from_wire  # type: ignore[attr-defined]
        return view
    return lambda value: model().from_wire(value)


def _late(model: Any) -> Callable[[], type[Any]]:
    return (lambda: model) if isinstance(model, type) else model


def _document(value: Model | dict[str, Any]) -> dict[str, Any]:
    return value.wire if isinstance(value, Model) else value


def _write_time(value: datetime | str) -> str:
    return value if isinstance(value, str) else wire.format_time(value)


def _write_duration(value: timedelta | str) -> str:
    return value if isinstance(value, str) else wire.format_duration(value)


@dataclass_transform(
    kw_only_default=True,
    field_specifiers=(
        text,
        texts,
        integer,
        number,
        boolean,
        timestamp,
        duration,
        choice,
        choices,
        free,
        text_map,
        nested,
        nested_list,
        nested_map,
    ),
)
@attrs.define(init=False, repr=False, eq=True, slots=True)
class Model:
    """A typed view of one ARM JSON document.

    Members are given by keyword; a member that was not given is absent from the document and reads as
    ``None``. Assigning ``None`` removes a member. Two models are equal when their documents are.

    Attributes:
        wire: The document itself, with every member the service sent, also those without a property here.

    Raises:
        TypeError: A keyword names no member of this model.
    """

    wire: dict[str, Any]

    _members: ClassVar[Mapping[str, Member]] = {}
    _required: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **members: Any) -> None:
        self.wire = {}
        for name, value in members.items():
            if name not in self._members:
                raise TypeError(_unknown_member(type(self), name))
            if value is not None:
                setattr(self, name, value)

    def __init_subclass__(cls, required: tuple[str, ...] = (), **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._required = required  # a PATCH has a model of its own, which needs less: so it is not passed on
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Member)}
        # as ARM writes a document: first what is beside ``properties``; what is a model's own before what it shares
        cls._members = dict(sorted({**own, **cls._members, **own}.items(), key=lambda member: len(member[1].path)))

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self._members and name != "wire":
            raise AttributeError(_unknown_member(type(self), name))
        object.__setattr__(self, name, value)

    @classmethod
    def from_wire(cls, document: dict[str, Any]) -> Self:
        """A view of this document, which is not copied."""
        view = cls.__new__(cls)
        _set_wire(view, document)
        return view

    @classmethod
    def members(cls) -> Mapping[str, Member]:
        """The typed members of this model by their Python names."""
        return cls._members

    @classmethod
    def required_members(cls) -> tuple[str, ...]:
        """What Azure refuses such a document without: dotted paths on the wire."""
        return cls._required

    def copy(self) -> Self:
        """An independent copy."""
        return self.from_wire(copy.deepcopy(self.wire))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in _shown(self))
        return f"{type(self).__name__}({shown})"


_set_wire: Callable[[Model, dict[str, Any]], None] = vars(Model)["wire"].__set__


def _shown(model: Model) -> Iterable[tuple[str, str]]:
    for name, member in model._members.items():
        value = getattr(model, name)
        if value is not None:
            yield name, REDACTED if member.secret else repr(value)


def _unknown_member(model: type[Model], name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, model._members, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"its members are {', '.join(model._members)}"
    return f"{model.__name__} has no member {name!r}; {hint}"
