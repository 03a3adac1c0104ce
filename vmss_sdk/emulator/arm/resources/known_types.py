"""Known resource types: canonical names, api-versions, members set by the service, and actions.

All of it is data, in the table ``resource_types.json``; `facts` says what its templates may name.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from vmss_sdk.emulator.arm import data

__all__ = ["Answer", "KnownType", "NameRule", "canonical_type", "known_type", "provider_names", "provider_types"]

_CREATED = 201


@attrs.frozen
class Answer:
    """What an action answers.

    Attributes:
        answer: A template.
        before: Only to api-versions older than this one; empty: to all.
    """

    answer: Any
    before: str = ""


@attrs.frozen
class NameRule:
    """What a name must be that is unique in all of Azure.

    Attributes:
        pattern: A regular expression for all of it.
        invalid: Of a name that is none: the code of the error, the reason that a check tells, and the text.
        taken: The same of a name that another resource has.
    """

    pattern: str
    invalid: tuple[str, str, str]
    taken: tuple[str, str, str]


@attrs.frozen
class KnownType:
    """A resource type of the table ``resource_types.json``.

    Attributes:
        name: As Azure spells it, such as ``Microsoft.Network/virtualNetworks``.
        api_versions: Newest first, in lower case.
        complete: Until when these are all that there are; empty: not all are known.
        created: The status of the answer to the PUT that makes one.
        children: The arrays in ``properties`` whose items are resources of their own, such as subnets.
        implicit: The names of children that Azure makes with it, by their type.
        defaults: What the service sets where nothing was given, a template.
        computed: What only the service sets, whatever was given, a template.
        items: What it sets in the items of an array of children where nothing was given, by the array's name.
        attached: Members of ``properties`` that tell who is attached to it, which are never written; those of the items
            of an array of children by the array's name, its own by the empty one.
        write_only: Members of ``properties`` that are never shown.
        names: What its names must be; None: anything.
        note: What of its effect on scale sets there is not, said when one is written; empty: nothing.
        actions: What POST answers, by the action's name in lower case.
    """

    name: str
    api_versions: tuple[str, ...]
    complete: str = ""
    created: int = _CREATED
    children: tuple[str, ...] = ()
    implicit: dict[str, list[str]] = attrs.field(factory=dict)
    defaults: dict[str, Any] = attrs.field(factory=dict)
    computed: dict[str, Any] = attrs.field(factory=dict)
    items: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    attached: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    write_only: tuple[str, ...] = ()
    names: NameRule | None = None
    note: str = ""
    actions: dict[str, tuple[Answer, ...]] = attrs.field(factory=dict)

    @property
    def namespace(self) -> str:
        """The resource provider."""
        return self.name.partition("/")[0]

    def action(self, name: str, api_version: str) -> Any:
        """The template of an action's answer; None: it has no such action."""
        answers = self.actions.get(name.lower(), ())
        return next((found.answer for found in answers if not found.before or api_version < found.before), None)


def known_type(name: str) -> KnownType | None:
    """A type by its name in any case, or None."""
    return _types().get(name.lower())


def provider_names() -> list[str]:
    """The namespaces of the table."""
    return list(_providers())


def provider_types(namespace: str) -> list[KnownType]:
    """The types of a namespace in any case; none when it is not in the table."""
    wanted = f"{namespace.lower()}/"
    return [found for name, found in _types().items() if name.startswith(wanted)]


def canonical_type(name: str) -> str:
    """A type as Azure spells it; one that is not in the table stays as it is, behind a namespace that is."""
    found = known_type(name)
    if found is not None:
        return found.name
    namespace, _, rest = name.partition("/")
    known = next((one for one in _providers() if one.lower() == namespace.lower()), namespace)
    return f"{known}/{rest}"


@cache
def _providers() -> dict[str, Any]:
    providers: dict[str, Any] = data.load("resource_types")
    return providers


@cache
def _types() -> dict[str, KnownType]:
    found = {}
    for namespace, provider in _providers().items():
        for name, entry in provider["types"].items():
            full = f"{namespace}/{name}"
            found[full.lower()] = _type(full, entry, _versions_of(name, provider))
    return found


def _versions_of(name: str, provider: dict[str, Any]) -> dict[str, Any]:
    """Whose api-versions count: the type's own ones, else those of what it is a child of, else the provider's."""
    parts = name.split("/")
    above = (provider["types"].get("/".join(parts[:end]), {}) for end in range(len(parts), 0, -1))
    return next((entry for entry in above if "apiVersions" in entry), provider)


def _type(name: str, entry: dict[str, Any], versions: dict[str, Any]) -> KnownType:
    actions = {
        action.lower(): tuple(Answer(one["answer"], one.get("before", "")) for one in answers)
        for action, answers in entry.get("actions", {}).items()
    }
    rule = entry.get("names")
    return KnownType(
        name,
        tuple(found for found in versions["apiVersions"] if found >= entry.get("since", "")),
        complete=versions.get("complete", ""),
        created=entry.get("created", _CREATED),
        children=tuple(entry.get("children", ())),
        implicit=entry.get("implicit", {}),
        defaults=entry.get("defaults", {}),
        computed=entry.get("computed", {}),
        items=entry.get("items", {}),
        attached={name: tuple(members) for name, members in entry.get("attached", {}).items()},
        write_only=tuple(entry.get("writeOnly", ())),
        note=entry.get("note", ""),
        names=rule and NameRule(rule["pattern"], tuple(rule["invalid"]), tuple(rule["taken"])),
        actions=actions,
    )
