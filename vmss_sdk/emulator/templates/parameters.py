"""Parameters: what a template asks for, what a deployment gives, and whether that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from vmss_sdk.emulator.templates.errors import LanguageError, Step, TemplateError, invalid
from vmss_sdk.emulator.templates.types import KINDS, Subject, check, is_secure, resolved, title_of, without_secrets
from vmss_sdk.emulator.templates.values import find, key_of

__all__ = ["Definition", "Lazy", "definitions_of", "shown", "values_of"]

Document = dict[str, Any]

_SEE = "Please see https://aka.ms/arm-create-parameter-file for usage details."


@attrs.frozen
class Definition:
    """One parameter of a template, with what its type refers to filled in."""

    name: str
    kind: str
    document: Document

    @property
    def secure(self) -> bool:
        """Whether its value must never be shown."""
        return is_secure(self.kind)

    @property
    def title(self) -> str:
        """What ARM calls its type in answers."""
        return title_of(self.kind)


def _by_lower_name(names: Iterable[str]) -> dict[str, str]:
    return {name.lower(): name for name in names}


@attrs.define(eq=False)
class Lazy:
    """Values by name in any case, each evaluated when it is first asked for.

    Attributes:
        kind: What they are, for errors: parameter or variable.
        evaluate: Makes the value of a name; None once all are known.
    """

    kind: str
    _names: dict[str, str] = attrs.field(converter=_by_lower_name)
    evaluate: Callable[[str], Any] | None = attrs.field(default=None, repr=False)
    _known: dict[str, Any] = attrs.field(factory=dict, init=False, repr=False)
    _pending: list[str] = attrs.field(factory=list, init=False, repr=False)

    def __call__(self, name: str) -> Any:
        """The value.

        Raises:
            LanguageError: There is none of this name, or it needs itself.
        """
        key = name.lower()
        if key in self._known:
            return self._known[key]
        if key not in self._names or self.evaluate is None:
            raise LanguageError(
                f"The template {self.kind} '{name}' is not found. Please see https://aka.ms/arm-syntax-{self.kind}s"
                " for usage details."
            )
        if key in self._pending:
            raise LanguageError(
                f"Circular dependency detected in template {self.kind} '{name}'. Please see"
                f" https://aka.ms/arm-syntax-{self.kind}s for usage details."
            )
        self._pending.append(key)
        try:
            self._known[key] = self.evaluate(self._names[key])
        finally:
            self._pending.pop()
        return self._known[key]

    def __contains__(self, name: str) -> bool:
        """Whether there is such a name, in any case."""
        return name.lower() in self._names

    @property
    def names(self) -> list[str]:
        """All names, as they are written."""
        return list(self._names.values())


def definitions_of(template: Document) -> list[Definition]:
    """The parameters of a template.

    Raises:
        TemplateError: A definition has no type that is known.
    """
    return [_definition(template, name, item) for name, item in _members(template, "parameters").items()]


def values_of(
    template: Document,
    wanted: list[Definition],
    given: Document,
    evaluate: Callable[[Any, Lazy], Any],
    *,
    given_at: tuple[Step, ...],
) -> Lazy:
    """The value of each parameter: what is given, else its default.

    Args:
        template: Which defines types.
        wanted: The definitions.
        given: ``{"name": {"value": …}}``.
        evaluate: Makes a value of a default, which may be an expression over the other parameters.
        given_at: Where `given` stands in the body, for errors.

    Raises:
        TemplateError: One is missing, unknown, or its value does not fit.
    """
    _refuse_unknown(wanted, given, given_at)
    by_name = {item.name: item for item in wanted}
    values: dict[str, Any] = {}
    for item in wanted:
        found = key_of(given, item.name)
        if found is not None:
            values[item.name] = _given(item, given[found], (*given_at, found))
        elif find(item.document, "nullable") is True and "defaultValue" not in item.document:
            values[item.name] = None
        elif key_of(item.document, "defaultValue") is None:
            where = ("template", "parameters", item.name)
            raise invalid(
                f"The value for the template parameter '{item.name}' at {{place}} is not provided. {_SEE}", where
            )

    def value(name: str) -> Any:
        if name in values:
            return values[name]
        return evaluate(find(by_name[name].document, "defaultValue"), lazy)

    lazy = Lazy("parameter", list(by_name), value)
    for item in wanted:
        subject = Subject("parameter", item.name, ("template", "parameters", item.name))
        check(template, item.document, _default(lazy, item), subject)
    lazy.evaluate = None  # what is left is plain data
    return lazy


def shown(template: Document, wanted: list[Definition], values: Callable[[str], Any]) -> Document:
    """The parameters as answers show them: of a secure one the type alone; secure parts of others are null."""
    return {
        item.name: {"type": item.title}
        if item.secure
        else {"type": item.title, "value": without_secrets(template, item.document, values(item.name))}
        for item in wanted
    }


def _members(template: Document, name: str) -> Document:
    found = find(template, name)
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(item, dict) for item in found.values()):
        raise invalid(f"The template section '{name}' must be an object of objects.", ("template", name))
    return found


def _definition(template: Document, name: str, item: Document) -> Definition:
    document = resolved(template, item)
    kind = str(find(document, "type", "")).lower()
    if kind not in KINDS:
        raise invalid(
            f"The type of the template parameter '{name}' at {{place}} is not valid: expected one of"
            f" {', '.join(title for title, _ in KINDS.values())}. Please see https://aka.ms/arm-syntax-parameters for"
            " usage details.",
            ("template", "parameters", name),
        )
    return Definition(name, kind, document)


def _refuse_unknown(wanted: list[Definition], given: Document, path: tuple[Step, ...]) -> None:
    known = {item.name.lower() for item in wanted}
    unknown = [name for name in given if name.lower() not in known]
    if unknown:
        supported = ", ".join(item.name for item in wanted)
        raise invalid(
            f"The template parameters '{', '.join(unknown)}' in the parameters file are not valid; they are not"
            " present in the original template and can therefore not be provided at deployment time. The only supported"
            f" parameters for this template are '{supported}'. Please see https://aka.ms/arm-pass-parameter-values"
            " for usage details.",
            path,
        )


def _given(item: Definition, value: Any, path: tuple[Step, ...]) -> Any:
    if isinstance(value, dict) and "reference" in value:
        raise TemplateError(
            f"The parameter '{item.name}' at {{place}} refers to a key vault, which is not emulated: give its 'value'.",
            path,
            "KeyVaultParameterReferenceNotFound",
        )
    if not isinstance(value, dict) or "value" not in value:
        raise invalid(f"The value for the template parameter '{item.name}' at {{place}} is not provided. {_SEE}", path)
    found = value["value"]
    if item.kind == "int" and isinstance(found, float) and found.is_integer():
        return int(found)
    return found


def _default(values: Lazy, item: Definition) -> Any:
    try:
        return values(item.name)
    except LanguageError as error:
        where = ("template", "parameters", item.name)
        raise TemplateError(
            f"Unable to process template language expressions for parameter '{item.name}' at {{place}}. '{error}'",
            where,
        ) from None
