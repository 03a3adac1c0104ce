"""Objects as plain JSON values and back: only of classes that are allowed, and one object stays one object.

What is written is data alone: reading it makes objects of the given classes and runs nothing of what is written. An
object that is referred to twice is written once. Written is ``[tag, value]`` for whatever is no null, boolean, number
or text; the tag is a number for what every program has (list, tuple …) and else the name of a class.

Members that are empty (None, False, 0, no text, nothing in it) where that is their default are left out. So a class may
get new members, which have their default when something older is read; **but** a member whose default was empty must
not get another default: give the member another name instead. A member may say of itself that it is recomputed
(``metadata={"cache": True}``): it is not written; or what it is called where it is written, when it has another name
by now (``metadata={"written": "..."}``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

import attrs

__all__ = ["Codec", "CodecError"]

_LIST, _TUPLE, _SET, _FROZENSET, _DICT, _PAIRS, _AGAIN, _OUTSIDE, _FLOAT, _TIME = range(10)

_ATOMS = frozenset({type(None), bool, int, str})
_ITEMS: dict[type, int] = {list: _LIST, tuple: _TUPLE, set: _SET, frozenset: _FROZENSET}
_COLLECTIONS: dict[type, int] = {list: _LIST, set: _SET, dict: _DICT}
_ABSENT: Any = object()

Node = list[Any]


class CodecError(ValueError):
    """What was written cannot be read: it is damaged, or of another release. Or: an object is of no allowed class."""


@attrs.frozen
class _Member:
    """A member of a class: how it is left out, and what it is when it is not there."""

    name: str
    written: str
    set: Callable[[Any, Any], None]
    empty: Any
    collection: int | None
    default: Any
    cache: bool

    @classmethod
    def of(cls, kind: type, field: attrs.Attribute[Any]) -> _Member:
        default, factory = field.default, getattr(field.default, "factory", None)
        empty = default if factory is None and default in (None, False, 0, "", ()) else _ABSENT
        collection, cache = _COLLECTIONS.get(factory or object), bool(field.metadata.get("cache"))
        written = field.metadata.get("written", field.name)
        return cls(field.name, written, _setter(kind, field.name), empty, collection, default, cache)

    def fill(self, made: Any) -> None:
        """Give it its default."""
        value = self.default
        if value is attrs.NOTHING:
            raise CodecError(f"a {type(made).__name__} has no '{self.written}'")
        if isinstance(value, attrs.Factory):  # type: ignore[arg-type]  # to type checkers it is a function
            value = value.factory(made) if value.takes_self else value.factory()
        self.set(made, value)


class Codec:
    """Writes and reads objects of some classes.

    Args:
        classes: The attrs classes and enumerations that are allowed, by the names that stand for them where they are
            written.
    """

    def __init__(self, classes: Mapping[str, type]) -> None:
        self._kinds = dict(classes)
        fields = {kind: attrs.fields(kind) for kind in self._kinds.values() if attrs.has(kind)}
        self._members = {kind: tuple(_Member.of(kind, field) for field in fields[kind]) for kind in fields}
        self._written = {
            kind: (name, tuple(one for one in self._members[kind] if not one.cache))
            for name, kind in self._kinds.items()
            if kind in fields
        }
        enums = {name: kind for name, kind in self._kinds.items() if issubclass(kind, Enum)}
        # by the member's name too: members of two classes may be equal to each other, as texts are
        self._words = {kind: {one.name: [name, one.value] for one in kind} for name, kind in enums.items()}

    def encode(self, thing: Any, outside: Mapping[str, Any] | None = None) -> Any:
        """An object and all that it refers to, as JSON values.

        Args:
            thing: What to write.
            outside: Objects that are not written but referred to by name; `decode` must be given them too.

        Raises:
            CodecError: Something is of a class that is not allowed.
        """
        writer = _Writer(self._written, self._words, outside or {})
        root = writer.write(thing)
        return {"root": root, "shared": writer.shared} if writer.shared else {"root": root}

    def decode(self, written: Any, outside: Mapping[str, Any] | None = None) -> Any:
        """The object that was written.

        Raises:
            CodecError: It cannot be read.
        """
        try:
            return _Reader(self._kinds, self._members, written.get("shared", []), outside or {}).read(written["root"])
        except CodecError:
            raise
        except (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as error:
            raise CodecError(f"what was written makes no sense ({type(error).__name__})") from None


class _Writer:
    """Writes one object with all that it refers to."""

    def __init__(
        self,
        members: Mapping[type, tuple[str, tuple[_Member, ...]]],
        words: Mapping[type, Mapping[str, Node]],
        outside: Mapping[str, Any],
    ) -> None:
        self.shared: list[Node] = []
        self._members, self._words = members, words
        # By identity: what was written so far, or where something empty was left out. All of it stays alive meanwhile.
        self._seen: dict[int, Any] = {id(thing): [_OUTSIDE, name] for name, thing in outside.items()}

    def write(self, thing: Any) -> Any:
        kind = type(thing)
        if kind in _ATOMS:
            return thing
        if kind is float:
            return thing if math.isfinite(thing) else [_FLOAT, repr(thing)]
        if kind in self._words:
            return self._words[kind][thing.name]
        if kind is tuple and not thing:
            return [_TUPLE, []]
        found = self._seen.get(id(thing))
        return self._new(kind, thing) if found is None else self._back_reference(thing, found)

    def _new(self, kind: type, thing: Any) -> Node:
        # The value is made before what is in it is written: so it can be referred to from within.
        members = self._members.get(kind)
        if members is not None:
            return self._object(thing, *members)
        tag = _ITEMS.get(kind)
        if tag is not None:
            return self._items(tag, thing)
        if kind is dict:
            return self._dict(thing)
        if kind is datetime:
            return [_TIME, thing.isoformat()]
        raise CodecError(f"an object of {kind.__module__}.{kind.__qualname__} cannot be kept")

    def _node(self, thing: Any, tag: Any, value: Any) -> Node:
        node = self._seen[id(thing)] = [tag, value]
        return node

    def _items(self, tag: int, things: Iterable[Any]) -> Node:
        items: list[Any] = []
        node = self._node(things, tag, items)
        items.extend(map(self.write, things))
        if tag in (_SET, _FROZENSET):
            items.sort(key=repr)  # the same state gives the same text
        return node

    def _dict(self, things: dict[Any, Any]) -> Node:
        write = self.write
        if all(type(key) is str for key in things):
            value: dict[str, Any] = {}
            node = self._node(things, _DICT, value)
            for key, item in things.items():
                value[key] = write(item)
            return node
        pairs: list[Any] = []
        node = self._node(things, _PAIRS, pairs)
        pairs.extend([write(key), write(item)] for key, item in things.items())
        return node

    def _object(self, thing: Any, class_name: str, members: tuple[_Member, ...]) -> Node:
        value: dict[str, Any] = {}
        node = self._node(thing, class_name, value)
        for member in members:
            name, empty = member.written, member.empty
            item = getattr(thing, member.name)
            if item is empty or (type(item) is type(empty) and item == empty):
                continue
            left_out = member.collection is not None and not item and id(item) not in self._seen
            if left_out and _COLLECTIONS.get(type(item)) == member.collection:
                self._seen[id(item)] = (value, name, member.collection)
                continue
            value[name] = item if type(item) in _ATOMS else self.write(item)
        return node

    def _back_reference(self, thing: Any, found: Any) -> Node:
        """Refer to what was written before; it moves to where all that is referred to twice is."""
        if type(found) is tuple:  # it was left out, as it is empty
            value, name, tag = found
            found = value[name] = self._node(thing, tag, {} if tag == _DICT else [])
        if found[0] not in (_AGAIN, _OUTSIDE):
            self.shared.append(found.copy())
            found[:] = [_AGAIN, len(self.shared) - 1]
        return list(found)


class _Reader:
    """Reads one object with all that it refers to."""

    def __init__(
        self,
        kinds: Mapping[str, type],
        members: Mapping[type, tuple[_Member, ...]],
        shared: list[Node],
        outside: Mapping[str, Any],
    ) -> None:
        self._kinds, self._members, self._shared, self._outside = kinds, members, shared, outside
        self._made: dict[int, Any] = {}
        self._begun: set[int] = set()
        self._readers: dict[int, Callable[[Any, int | None], Any]] = {
            _LIST: self._list,
            _TUPLE: partial(self._fixed, tuple),
            _SET: self._set,
            _FROZENSET: partial(self._fixed, frozenset),
            _DICT: self._dict,
            _PAIRS: self._pairs,
            _AGAIN: self._back_reference,
            _OUTSIDE: lambda name, _: outside[name],
            _FLOAT: lambda text, _: float(text),
            _TIME: lambda text, _: datetime.fromisoformat(text),
        }

    def read(self, written: Any, number: int | None = None) -> Any:
        """The value; `number`: under which it is referred to."""
        if type(written) is not list:
            return written
        tag, value = written
        if type(tag) is str:
            return self._object(tag, value, number)
        return self._readers[tag](value, number)

    def _keep(self, thing: Any, number: int | None) -> Any:
        if number is not None:
            self._made[number] = thing
        return thing

    def _back_reference(self, number: int, _: int | None) -> Any:
        if number in self._made:
            return self._made[number]
        if number in self._begun:
            raise CodecError("a tuple holds itself")
        self._begun.add(number)
        return self._keep(self.read(self._shared[number], number), number)

    def _fixed(self, kind: type, value: list[Any], _: int | None) -> Any:
        return kind(map(self.read, value))

    def _list(self, value: list[Any], number: int | None) -> list[Any]:
        made: list[Any] = self._keep([], number)
        made.extend(map(self.read, value))
        return made

    def _set(self, value: list[Any], number: int | None) -> set[Any]:
        made: set[Any] = self._keep(set(), number)
        made.update(map(self.read, value))
        return made

    def _dict(self, value: dict[str, Any], number: int | None) -> dict[str, Any]:
        made: dict[str, Any] = self._keep({}, number)
        for key, item in value.items():
            made[key] = self.read(item) if type(item) is list else item
        return made

    def _pairs(self, value: list[Any], number: int | None) -> dict[Any, Any]:
        made: dict[Any, Any] = self._keep({}, number)
        for key, item in value:
            made[self.read(key)] = self.read(item)
        return made

    def _object(self, name: str, value: Any, number: int | None) -> Any:
        kind = self._kinds.get(name)
        if kind is None:
            raise CodecError(f"there is no '{name}' in this release")
        if kind not in self._members:
            return kind(value)
        made: Any = self._keep(object.__new__(kind), number)
        read = 0
        for member in self._members[kind]:
            item = value.get(member.written, _ABSENT)
            if item is _ABSENT:
                member.fill(made)
            else:
                member.set(made, self.read(item) if type(item) is list else item)
                read += 1
        if read != len(value):
            unknown = set(value) - {member.written for member in self._members[kind]}
            raise CodecError(f"a {name} has no '{min(unknown)}' in this release")
        return made


def _setter(kind: type, name: str) -> Callable[[Any, Any], None]:
    """Sets a member, also of a frozen class, without converters and validators: what was written was right."""
    slot: Any = getattr(kind, name, None)
    if hasattr(slot, "__set__"):
        setter: Callable[[Any, Any], None] = slot.__set__
        return setter

    def set_one(made: Any, value: Any) -> None:
        object.__setattr__(made, name, value)

    return set_one
