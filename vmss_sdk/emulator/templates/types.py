"""The types of parameters and outputs, those that a template defines too, and whether a value is of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from vmss_sdk.emulator.templates.errors import LanguageError, Step, invalid
from vmss_sdk.emulator.templates.values import find, frozen, key_of, text_of, type_name

__all__ = ["KINDS", "Subject", "check", "is_secure", "resolved", "title_of", "without_secrets"]

Document = dict[str, Any]

KINDS: dict[str, tuple[str, str]] = {
    "string": ("String", "String"),
    "securestring": ("SecureString", "String"),
    "int": ("Int", "Integer"),
    "bool": ("Bool", "Boolean"),
    "object": ("Object", "Object"),
    "secureobject": ("SecureObject", "Object"),
    "array": ("Array", "Array"),
}
"""What ARM calls a type in answers, and the values that are of it, by its name in lower case."""
_SECURE = ("securestring", "secureobject")
_REFERENCES = 16
"""CHOICE: how many types may refer to each other in a row."""


@attrs.frozen
class Subject:
    """What a value is of.

    Attributes:
        noun: ``parameter`` or ``output``.
        name: Its name; of a part of it with the way to it, such as ``disks[0].size``.
        path: Where it is defined in the body of the deployment.
        secure: Whether its value must not be in an error.
    """

    noun: str
    name: str
    path: tuple[Step, ...]
    secure: bool = False

    def part(self, step: Step) -> Subject:
        """A member or item of it."""
        return attrs.evolve(self, name=f"{self.name}[{step}]" if isinstance(step, int) else f"{self.name}.{step}")

    @property
    def see(self) -> str:
        """Where Azure explains it."""
        page = "arm-create-parameter-file" if self.noun == "parameter" else "arm-template/#outputs"
        return f"Please see https://aka.ms/{page} for usage details."

    def wrong(self, why: str, what: str = "") -> ValueError:
        """The value is not valid."""
        return self.refusal(
            f"The provided value{what} for the template {self.noun} '{self.name}' at {{place}} is not valid. {why}"
        )

    def refusal(self, text: str) -> ValueError:
        """A parameter is refused with the whole template; an output only when it is evaluated."""
        return invalid(text, self.path) if self.noun == "parameter" else LanguageError(text)


def title_of(kind: str) -> str:
    """What ARM calls a type in answers."""
    return KINDS.get(kind.lower(), (kind, ""))[0]


def is_secure(kind: str) -> bool:
    """Whether values of a type are never shown."""
    return kind.lower() in _SECURE


def resolved(template: Document, item: Document) -> Document:
    """A definition with the type that it refers to (``$ref: '#/definitions/name'``) filled in.

    Raises:
        TemplateError: There is no such type, or it refers to itself.
    """
    definitions = find(template, "definitions", {})
    for _ in range(_REFERENCES):
        target = item.get("$ref")
        if not isinstance(target, str):
            return item
        inner = find(definitions, target.removeprefix("#/definitions/"))
        if not isinstance(inner, dict):
            raise invalid(f"The type definition '{target}' is not found in the template.", ("template", "definitions"))
        item = {**inner, **{key: value for key, value in item.items() if key != "$ref"}}
    raise invalid(f"The type definition '{item.get('$ref')}' refers to itself.", ("template", "definitions"))


def check(template: Document, schema: Document, value: Any, subject: Subject) -> None:
    """See whether a value is of a type, with all that is in it.

    Args:
        template: Which has the definitions that the type may refer to.
        schema: The type as the template writes it.
        value: The value.
        subject: What it is of.

    Raises:
        TemplateError: A parameter is not.
        LanguageError: An output is not.
    """
    schema = resolved(template, schema)
    kind = str(find(schema, "type", "")).lower()
    subject = attrs.evolve(subject, secure=subject.secure or is_secure(kind))
    if value is None and find(schema, "nullable") is True:
        return
    _check_kind(kind, value, subject)
    _check_allowed(schema, value, subject)
    _check_range(schema, value, subject)
    if isinstance(value, dict):
        _check_members(template, _variant(template, schema, value, subject), value, subject)
    elif isinstance(value, list):
        _check_items(template, schema, value, subject)


def without_secrets(template: Document, schema: Document, value: Any) -> Any:
    """A value without the parts of it whose types are secure: those are null."""
    schema = resolved(template, schema)
    if is_secure(str(find(schema, "type", ""))):
        return None
    if isinstance(value, dict):
        members = find(schema, "properties", {})
        return {name: without_secrets(template, find(members, name) or {}, item) for name, item in value.items()}
    inner = find(schema, "items")
    if isinstance(value, list) and isinstance(inner, dict):
        return [without_secrets(template, inner, item) for item in value]
    return value


def _check_kind(kind: str, value: Any, subject: Subject) -> None:
    if kind not in KINDS or type_name(value) == KINDS[kind][1]:
        return
    expected = "String, Uri" if KINDS[kind][1] == "String" else KINDS[kind][1]
    raise subject.refusal(
        f"Template {subject.noun} JToken type is not valid. Expected '{expected}'. Actual '{type_name(value)}'."
        f" The {subject.noun} is '{subject.name}' at {{place}}. {subject.see}"
    )


def _check_allowed(schema: Document, value: Any, subject: Subject) -> None:
    allowed = find(schema, "allowedValues")
    if not isinstance(allowed, list):
        return
    known = set(map(frozen, allowed))
    if frozen(value) in known or (isinstance(value, list) and all(frozen(part) in known for part in value)):
        return
    if subject.secure:
        raise subject.wrong("")
    choices = ",".join(map(text_of, allowed))
    raise subject.wrong(
        f"The {subject.noun} value is not part of the allowed value(s): '{choices}'.", f" '{text_of(value)}'"
    )


def _check_range(schema: Document, value: Any, subject: Subject) -> None:
    measured, what = (value, "Value") if isinstance(value, int) else (None, "Length of the value")
    if isinstance(value, str | list):
        measured = len(value)
    if measured is None or isinstance(value, bool):
        return
    least, most = ("minValue", "maxValue") if what == "Value" else ("minLength", "maxLength")
    low, high = find(schema, least), find(schema, most)
    if low is not None and measured < low:
        raise subject.wrong(f"{what} should be greater than or equal to '{low}'. {subject.see}")
    if high is not None and measured > high:
        raise subject.wrong(f"{what} should be less than or equal to '{high}'. {subject.see}")


def _variant(template: Document, schema: Document, value: Document, subject: Subject) -> Document:
    """Of a type that is one of several by the value of a member: that one."""
    discriminator = find(schema, "discriminator")
    if not isinstance(discriminator, dict):
        return schema
    name, choices = str(find(discriminator, "propertyName", "")), find(discriminator, "mapping", {})
    wanted = find(value, name)
    chosen = find(choices, wanted) if isinstance(wanted, str) else None
    if not isinstance(chosen, dict):
        raise subject.part(name).wrong(f"Expected one of '{','.join(choices)}'. {subject.see}")
    return resolved(template, chosen)


def _check_members(template: Document, schema: Document, value: Document, subject: Subject) -> None:
    members = find(schema, "properties", {})
    for name, inner in members.items():
        key = key_of(value, name)
        if key is not None:
            check(template, inner, value[key], subject.part(name))
        elif find(resolved(template, inner), "nullable") is not True:
            raise subject.wrong(f"The property '{name}' is required. {subject.see}")
    others = find(schema, "additionalProperties", True)
    for name in _unknown(members, value):
        if others is False:
            raise subject.wrong(f"The property '{name}' is not allowed. {subject.see}")
        if isinstance(others, dict):
            check(template, others, value[name], subject.part(name))


def _unknown(members: Document, value: Document) -> Iterator[str]:
    known = {name.lower() for name in members}
    return (name for name in value if name.lower() not in known)


def _check_items(template: Document, schema: Document, value: list[Any], subject: Subject) -> None:
    first, others = find(schema, "prefixItems") or [], find(schema, "items", True)
    if len(value) < len(first):
        raise subject.wrong(f"Expected at least '{len(first)}' items. {subject.see}")
    if others is False and len(value) > len(first):
        raise subject.wrong(f"Expected at most '{len(first)}' items. {subject.see}")
    for at, item in enumerate(value):
        inner = first[at] if at < len(first) else others
        if isinstance(inner, dict):
            check(template, inner, item, subject.part(at))
