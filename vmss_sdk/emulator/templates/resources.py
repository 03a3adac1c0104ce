"""The resources of a template: loops unrolled, children found, names and ids known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from vmss_sdk.emulator.templates.errors import LanguageError, NotYetError, Step, TemplateError, invalid
from vmss_sdk.emulator.templates.evaluation import Environment
from vmss_sdk.emulator.templates.identity import resource_path
from vmss_sdk.emulator.templates.profiles import profile_version
from vmss_sdk.emulator.templates.values import find, key_of, text_of

__all__ = ["DEPLOYMENT_TYPE", "PlannedResource", "check_count", "unrolled"]

Document = dict[str, Any]
Path = tuple[Step, ...]

DEPLOYMENT_TYPE = "Microsoft.Resources/deployments"
_LIMITS = {"parameters": 256, "variables": 512, "resources": 800, "outputs": 64}
"""How many a template may have (https://aka.ms/arm-template-limits; the text was reported)."""
_UNROLLED = 10_000
_RESOURCE_STEPS = 20
_SEE = "Please see https://aka.ms/arm-syntax-resources for usage details."


@attrs.define(kw_only=True, eq=False)
class PlannedResource:
    """A resource that a template deploys, or that it only looks at.

    Attributes:
        key: What tells it from the others: its symbolic name or its id in lower case.
        id: Its resource id; empty when it is only looked at and its condition is false.
        type: All of it, also of a child.
        name: All of it, with slashes, also of a child.
        active: Whether its condition is true.
        existing: Whether it is only looked at.
        symbol: Its symbolic name, with the index behind it in a loop; or empty.
        loop: The name of the loop that it comes from, or empty.
        index: Its place in the loop.
        batch: How many of the loop are deployed at a time; 0: all.
        needs: The keys of those that must be there first.
        raw: As written, expressions and all.
        path: Where it stands in the body of the deployment.
    """

    key: str
    id: str
    type: str
    name: str
    api_version: str
    active: bool
    existing: bool
    symbol: str
    loop: str
    index: int
    batch: int
    parent: str
    raw: Document = attrs.field(repr=False)
    environment: Environment = attrs.field(repr=False)
    path: Path
    needs: tuple[str, ...] = ()

    @property
    def nested(self) -> bool:
        """Whether it is a deployment itself."""
        return self.type.lower() == DEPLOYMENT_TYPE.lower()

    @property
    def only_if_missing(self) -> bool:
        """Whether one that is there already is left as it is (``@onlyIfNotExists()`` in Bicep)."""
        return self._option("onlyIfNotExists")

    @property
    def null_if_missing(self) -> bool:
        """Whether ``reference()`` to one that is not there is null (``@nullIfNotFound()`` in Bicep)."""
        return self._option("nullIfNotFound")

    def _option(self, name: str) -> bool:
        return find(find(self.raw, "@options", {}), name) is True

    @property
    def inner_scope(self) -> bool:
        """Whether the expressions of its template see its own parameters, not those of the template around."""
        options = find(find(self.raw, "properties", {}), "expressionEvaluationOptions", {})
        return str(find(options, "scope", "outer")).lower() == "inner"


_NO_LOOP = ("", 0, 0)


@attrs.frozen
class _Parent:
    key: str = ""
    type: str = ""
    name: str = ""


def unrolled(template: Document, environment: Environment) -> list[PlannedResource]:
    """Every resource of a template, in the order in which they are written.

    Raises:
        TemplateError: One is not what a resource has to be.
    """
    found: list[PlannedResource] = []
    for item in _section(template, environment, ("template",), _Parent()):
        found.append(item)
        environment.budget.charge(_RESOURCE_STEPS)
        # one more than the limit would do, but the error tells how many there are
        if len(found) > _UNROLLED:
            break
    check_count("resources", sum(not item.existing for item in found))
    return found


def check_count(section: str, count: int) -> None:
    """See whether a section has no more entries than ARM allows.

    Raises:
        TemplateError: It has.
    """
    limit = _LIMITS[section]
    if count > limit:
        raise invalid(
            f"The number of template {section} limit exceeded. Limit: '{limit}' and actual: '{count}'. Please see"
            f" https://aka.ms/arm-template/#{section} for usage details.",
            ("template", section),
        )


def _section(holder: Document, env: Environment, path: Path, parent: _Parent) -> Iterator[PlannedResource]:
    key = key_of(holder, "resources")
    section = holder[key] if key is not None else []
    inner = (*path, key or "resources")
    if isinstance(section, dict):
        entries: list[tuple[str, Step, Any]] = [(name, name, raw) for name, raw in section.items()]
    elif isinstance(section, list):
        entries = [("", at, raw) for at, raw in enumerate(section)]
    else:
        raise invalid(f"The 'resources' at {{place}} must be an array or an object. {_SEE}", inner)
    for symbol, step, raw in entries:
        if not isinstance(raw, dict):
            raise invalid(f"The template resource at {{place}} is not an object. {_SEE}", (*inner, step))
        yield from _rounds(raw, symbol, env, (*inner, step), parent)


def _rounds(raw: Document, symbol: str, env: Environment, path: Path, parent: _Parent) -> Iterator[PlannedResource]:
    loop = find(raw, "copy")
    if loop is None:
        yield from _with_children(raw, symbol, env, path, parent)
        return
    if not isinstance(loop, dict) or not isinstance(find(loop, "name"), str):
        raise invalid(f"The copy of the template resource at {{place}} must have a name and a count. {_SEE}", path)
    if parent.type:
        raise invalid(
            f"The template resource '{find(raw, 'name')}' at {{place}} is not valid. Copying nested resources is not"
            " supported. Please see https://aka.ms/arm-copy/#create-child-resources for usage details.",
            path,
        )
    name = str(find(loop, "name"))
    serial = str(find(loop, "mode", "parallel")).lower() == "serial"
    try:
        count, batch = env.count(loop), int(env.document(find(loop, "batchSize", 1))) if serial else 0
    except LanguageError as error:
        raise invalid(str(error), (*path, "copy")) from None
    except (NotYetError, ValueError, TypeError) as error:
        raise _at_resource(str(find(raw, "name", "")), path, error) from None
    for index in range(count):
        numbered = f"{symbol}[{index}]" if symbol else ""
        yield from _with_children(raw, numbered, env.in_copy(name, index), path, parent, place=(name, index, batch))


def _with_children(
    raw: Document, symbol: str, env: Environment, path: Path, parent: _Parent, *, place: tuple[str, int, int] = _NO_LOOP
) -> Iterator[PlannedResource]:
    found = _resource(raw, symbol, env, path, parent, place=place)
    yield found
    if found.active and not found.nested and key_of(raw, "resources") is not None:
        yield from _section(raw, env, path, _Parent(found.key, found.type, found.name))


def _resource(
    raw: Document, symbol: str, env: Environment, path: Path, parent: _Parent, *, place: tuple[str, int, int]
) -> PlannedResource:
    existing = find(raw, "existing") is True
    try:
        active = _condition(raw, env, path)
        if existing and not active:  # nobody looks at it: its name may be one that cannot be known
            return _not_looked_at(raw, symbol, env, path, parent, place=place)
        kind, name = _type_and_name(raw, env, path, parent)
        version = text_of(env.document(find(raw, "apiVersion", ""))) or _of_profile(env, kind)
        resource_id = _id(raw, env, kind, name)
    except (LanguageError, NotYetError) as error:
        raise _at_resource(str(find(raw, "name", "")), path, error) from None
    if not version:
        raise invalid(
            f"The template resource '{name}' at {{place}} is not valid: the api-version property is required. {_SEE}",
            path,
        )
    if kind.lower() == DEPLOYMENT_TYPE.lower() and not isinstance(find(raw, "properties"), dict | None):
        raise invalid(
            f"The template resource '{name}' at {{place}} is not valid: the properties of a deployment must be"
            f" an object. {_SEE}",
            path,
        )
    loop, index, batch = place
    return PlannedResource(
        key=symbol.lower() or resource_id.lower(), id=resource_id, type=kind, name=name, api_version=version,
        active=active, existing=existing, symbol=symbol, loop=loop, index=index, batch=batch,
        parent=parent.key, raw=raw, environment=env, path=path,
    )  # fmt: skip


def _condition(raw: Document, env: Environment, path: Path) -> bool:
    found = env.document(find(raw, "condition", True))
    if isinstance(found, str) and found.lower() in ("true", "false"):
        return found.lower() == "true"
    if not isinstance(found, bool):
        name = find(raw, "name", "")
        raise invalid(f"The condition of the template resource '{name}' at {{place}} must be a boolean. {_SEE}", path)
    return found


def _of_profile(env: Environment, kind: str) -> str:
    return profile_version(env.profile, kind, env.context.api_versions) if env.profile else ""


def _not_looked_at(
    raw: Document, symbol: str, env: Environment, path: Path, parent: _Parent, *, place: tuple[str, int, int]
) -> PlannedResource:
    loop, index, batch = place
    return PlannedResource(
        key=symbol.lower() or "/".join(map(str, (*path, index))), id="", type=str(find(raw, "type", "")), name="",
        api_version="", active=False, existing=True, symbol=symbol, loop=loop, index=index, batch=batch,
        parent=parent.key, raw=raw, environment=env, path=path,
    )  # fmt: skip


def _type_and_name(raw: Document, env: Environment, path: Path, parent: _Parent) -> tuple[str, str]:
    kind, name = env.document(find(raw, "type", "")), env.document(find(raw, "name", ""))
    if not isinstance(kind, str) or not isinstance(name, str) or not kind or not name:
        raise invalid(f"The template resource '{text_of(name)}' at {{place}} must have a type and a name. {_SEE}", path)
    if parent.type and not kind.lower().startswith(f"{parent.type.lower()}/"):
        kind = f"{parent.type}/{kind}"
    if parent.name and name.count("/") + 1 < kind.count("/"):
        name = f"{parent.name}/{name}"
    if kind.count("/") != name.count("/") + 1 or not all(name.split("/")):
        raise invalid(
            f"The template resource '{name}' for type '{kind}' at {{place}} has incorrect segment lengths. A nested"
            " resource type must have identical number of segments as its resource name. A root resource type must have"
            f" segment length one greater than its resource name. {_SEE}",
            path,
        )
    return kind, name


def _id(raw: Document, env: Environment, kind: str, name: str) -> str:
    path = resource_path(kind, name.split("/"))
    scope = find(raw, "scope")
    if scope is not None:
        base = str(env.document(scope))
        return f"{_scope_id(env, base)}/providers/{path}"
    subscription = text_of(env.document(find(raw, "subscriptionId"))) or env.context.subscription_id
    group = text_of(env.document(find(raw, "resourceGroup"))) or env.context.group
    return f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{path}"


def _scope_id(env: Environment, scope: str) -> str:
    if scope.startswith("/"):
        return scope.rstrip("/")
    context = env.context
    return f"/subscriptions/{context.subscription_id}/resourceGroups/{context.group}/providers/{scope}"


def _at_resource(name: str, path: Path, error: Exception) -> TemplateError:
    why = str(error) or (
        "The template function 'reference' is not expected at this location. Please see https://aka.ms/arm-functions"
        " for usage details."
    )
    return TemplateError(
        f"Unable to process template language expressions for resource '{name}' at {{place}}. '{why}'", path
    )
