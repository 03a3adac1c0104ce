"""From a template and its parameters to a plan: what is deployed, in which order, and with which bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.context import Context, Runtime
from vmss_sdk.emulator.templates.dependencies import Index, Symbols, connect, expressions_in, own_parts
from vmss_sdk.emulator.templates.errors import LanguageError, NotYetError, TemplateError, invalid
from vmss_sdk.emulator.templates.evaluation import Environment, UserFunction, find_function, is_loops
from vmss_sdk.emulator.templates.expressions import Call, Literal
from vmss_sdk.emulator.templates.functions import FUNCTIONS
from vmss_sdk.emulator.templates.parameters import Definition, Lazy, definitions_of, shown, values_of
from vmss_sdk.emulator.templates.resources import PlannedResource, check_count, unrolled
from vmss_sdk.emulator.templates.types import Subject, check, is_secure, resolved, title_of
from vmss_sdk.emulator.templates.values import find, key_of

__all__ = ["Plan", "make_plan"]

Document = dict[str, Any]

_NOT_IN_BODY = (
    "@options", "apiversion", "comments", "condition", "copy", "dependson", "existing", "metadata", "name",
    "resourcegroup", "resources", "scope", "subscriptionid", "type",
)  # fmt: skip


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """What a deployment is going to do.

    Attributes:
        resources: In the order in which they are written, those that are left out and those that only exist too.
    """

    resources: tuple[PlannedResource, ...]
    _template: Document = attrs.field(repr=False)
    _environment: Environment = attrs.field(repr=False)
    _definitions: list[Definition] = attrs.field(repr=False)

    @property
    def deployed(self) -> list[PlannedResource]:
        """Those that are created or changed."""
        return [item for item in self.resources if item.active and not item.existing]

    @property
    def budget(self) -> Budget:
        """What may still be evaluated; deployments inside of this one share it."""
        return self._environment.budget

    @property
    def parameters(self) -> Document:
        """The parameters with their values, of secure ones without."""
        return shown(self._template, self._definitions, self._environment.parameters)

    def body(self, item: PlannedResource, runtime: Runtime | None) -> Document:
        """What is written to a resource.

        Args:
            item: One of `resources`.
            runtime: What is known while the deployment runs; None: it does not run yet.

        Raises:
            TemplateError: An expression has no value.
            NotYetError: There is no runtime, but it is needed.
        """
        parts = {key: value for key, value in item.raw.items() if key.lower() not in _NOT_IN_BODY}
        template = None
        if item.nested:
            properties = dict(find(parts, "properties") or {})
            key = key_of(properties, "template")
            template = properties.pop(key) if key is not None else None
            parts[key_of(parts, "properties") or "properties"] = properties
        env = attrs.evolve(item.environment, runtime=runtime)
        try:
            found: Document = env.document(parts)
        except LanguageError as error:
            raise _at(item, error) from None
        except RecursionError:
            raise _at(item, LanguageError("The expressions are nested too deeply.")) from None
        if template is not None:
            found["properties"]["template"] = template
        return found

    def scope_for(self, item: PlannedResource, runtime: Runtime | None) -> Environment | None:
        """What the template of a nested deployment sees of the template around it; None: nothing."""
        return None if item.inner_scope else attrs.evolve(item.environment, runtime=runtime)

    def outputs(self, runtime: Runtime | None) -> Document:
        """The outputs with type and value; of a secure one without value.

        Raises:
            TemplateError: One has no value.
            NotYetError: There is no runtime, but it is needed.
        """
        env = attrs.evolve(self._environment, runtime=runtime)
        found: Document = {}
        for name, raw in (find(self._template, "outputs") or {}).items():
            try:
                item = resolved(self._template, raw)
                if env.document(find(item, "condition", True)) is not False:
                    found[name] = _output(item, env)
                    if "value" in found[name]:
                        check(self._template, item, found[name]["value"], Subject("output", name, ()))
            except (LanguageError, RecursionError) as error:
                why = str(error) if isinstance(error, LanguageError) else "The expressions are nested too deeply."
                raise TemplateError(
                    f"Unable to evaluate template outputs: '{name}'. {why}",
                    ("template", "outputs", name),
                    "DeploymentOutputEvaluationFailed",
                ) from None
        return found

    def check(self) -> None:
        """Evaluate all that needs no runtime, so that what is wrong shows before anything is created.

        Raises:
            TemplateError: Something is wrong.
        """
        for item in self.deployed:
            try:
                self.body(item, None)
            except NotYetError:
                continue
        try:
            self.outputs(None)
        except NotYetError:
            return


@attrs.frozen
class NoVariables:
    """The variables that the default value of a parameter sees: none."""

    def __call__(self, name: str) -> Any:
        """Nothing.

        Raises:
            LanguageError: Always.
        """
        raise LanguageError(
            f"The template variable '{name}' is not found: the default value of a parameter cannot use variables."
        )


@attrs.define(kw_only=True, eq=False)
class VariableSection:
    """The variables of a template as they are written.

    Attributes:
        base: What they see, but for themselves.
        plain: Those that are no loops.
        loops: Those that are.
        variables: Their values.
    """

    base: Environment = attrs.field(repr=False)
    plain: Document = attrs.field(repr=False)
    loops: dict[str, Document] = attrs.field(repr=False)
    variables: Lazy | None = attrs.field(default=None, repr=False)

    def __call__(self, name: str) -> Any:
        """The value of one.

        Raises:
            LanguageError: It has none.
        """
        env = self.base if self.variables is None else attrs.evolve(self.base, variables=self.variables)
        return env.loop(self.loops[name]) if name in self.loops else env.document(self.plain[name])


def make_plan(
    template: Any,
    given: Document,
    context: Context,
    *,
    outer: Environment | None = None,
    budget: Budget | None = None,
    check: bool = True,
) -> Plan:
    """Read a template.

    Args:
        template: The decoded template.
        given: The values of its parameters, ``{"name": {"value": …}}``.
        context: Where it is deployed.
        outer: What its expressions see instead of its own parameters and variables, when it stands inside of
            another template whose scope it shares.
        budget: What may be evaluated; None: as much as one deployment may.
        check: Whether to evaluate all that can be evaluated beforehand.

    Raises:
        TemplateError: It is no template, or a deployment of it cannot succeed.
    """
    _check_sections(template)
    for section in ("parameters", "variables", "outputs"):
        check_count(section, _entries(template, section))
    definitions = definitions_of(template)
    environment = _environment(template, definitions, given, context, budget or Budget())
    if outer is not None:
        environment = attrs.evolve(outer, context=context)
    symbols = Symbols()
    profile = str(find(template, "apiProfile", "") or environment.profile)
    environment = attrs.evolve(environment, symbols=symbols, profile=profile)
    resources = unrolled(template, environment)
    symbols.index = index = Index.of(resources)
    _check_loops(template, environment)
    plan = Plan(resources=tuple(resources), template=template, environment=environment, definitions=definitions)
    _check_resources(plan, environment)
    _check_outputs(template, environment)
    connect(resources, index)
    if check:
        plan.check()
    return plan


def _entries(template: Document, section: str) -> int:
    found = find(template, section)
    loops = find(found, "copy") if section == "variables" else None
    return (len(found) if isinstance(found, dict) else 0) + (len(loops) - 1 if isinstance(loops, list) else 0)


def _environment(
    template: Document, definitions: list[Definition], given: Document, context: Context, budget: Budget
) -> Environment:
    def default(value: Any, others: Lazy) -> Any:
        return attrs.evolve(start, parameters=others).document(value)

    start = Environment(
        functions=FUNCTIONS, context=context, parameters=lambda _: None, variables=NoVariables(), defaults=True,
        user_functions=_user_functions(template), budget=budget,
    )  # fmt: skip
    values = values_of(template, definitions, given, default, given_at=("parameters",))
    base = attrs.evolve(start, parameters=values, defaults=False)
    variables = _variables(template, base)
    return attrs.evolve(base, variables=variables)


def _variables(template: Document, base: Environment) -> Lazy:
    section = {} if (found := find(template, "variables")) is None else found
    if not isinstance(section, dict):
        raise invalid("The template section 'variables' must be an object.", ("template", "variables"))
    copies = find(section, "copy")
    if not isinstance(copies, list | None):
        raise invalid("The 'copy' of the template section 'variables' must be an array.", ("template", "variables"))
    loops = {str(loop["name"]): loop for loop in copies or [] if isinstance(loop, dict) and "name" in loop}
    plain = {name: value for name, value in section.items() if name.lower() != "copy"}
    written = VariableSection(base=base, plain=plain, loops=loops)
    written.variables = Lazy("variable", [*plain, *loops], written)
    return written.variables


def _check_loops(template: Document, environment: Environment) -> None:
    """The loops of variables are checked also where nobody reads the variable."""
    section = find(template, "variables") or {}
    loops = find(section, "copy")
    try:
        for loop in loops if isinstance(loops, list) else []:
            if isinstance(loop, dict):
                environment.count(loop)
        for loop in _loops_in(section):
            if isinstance(loop["count"], int):  # an expression may need the index of a loop around
                environment.count(loop)
    except LanguageError as error:
        raise invalid(str(error), ("template", "variables")) from None


def _loops_in(value: Any) -> Iterator[Document]:
    if isinstance(value, list):
        for item in value:
            yield from _loops_in(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name.lower() == "copy" and is_loops(item):
                yield from (loop for loop in item if "count" in loop)
            yield from _loops_in(item)


def _user_functions(template: Document) -> dict[str, UserFunction]:
    found: dict[str, UserFunction] = {}
    for group in _list_of(find(template, "functions"), "functions"):
        namespace, members = str(find(group, "namespace", "")), find(group, "members")
        if not isinstance(members, dict | None):
            raise _no_functions("members")
        for name, member in (members or {}).items():
            names = tuple(str(find(item, "name")) for item in _list_of(find(member, "parameters"), "parameters"))
            found[f"{namespace}.{name}".lower()] = UserFunction(names, find(find(member, "output", {}), "value"))
    return found


def _list_of(section: Any, name: str) -> list[Any]:
    if not isinstance(section, list | None):
        raise _no_functions(name)
    return section or []


def _no_functions(name: str) -> TemplateError:
    return invalid(f"The '{name}' of the template section 'functions' are not valid.", ("template", "functions"))


def _check_sections(template: Any) -> None:
    if not isinstance(template, dict):
        raise TemplateError(
            "The request content was invalid and could not be deserialized: 'The template must be an object.'.",
            ("template",),
            "InvalidRequestContent",
        )
    for name in ("contentVersion", "resources"):
        if key_of(template, name) is None:
            raise TemplateError(
                "The request content was invalid and could not be deserialized: 'Required property"
                f" '{name}' not found in JSON. Path 'properties.template', {{place}}.'.",
                ("template",),
                "InvalidRequestContent",
            )
    outputs = find(template, "outputs")
    if outputs is not None and not (
        isinstance(outputs, dict) and all(isinstance(item, dict) for item in outputs.values())
    ):
        raise invalid("The template section 'outputs' must be an object of objects.", ("template", "outputs"))
    if find(template, "imports") or find(template, "extensions"):
        raise invalid("Extensions of the template language are not emulated.", ("template",))


def _check_resources(plan: Plan, environment: Environment) -> None:
    known: dict[str, PlannedResource] = {}
    checked: set[int] = set()
    for item in plan.resources:
        try:
            if id(item.raw) not in checked:  # all rounds of a loop are written once
                _check_functions(own_parts(item), environment)
        except LanguageError as error:
            raise _at(item, error) from None
        checked.add(id(item.raw))
        if not item.active or item.existing:
            continue
        if item.id.lower() in known:
            raise invalid(
                f"The resource '{item.id}' at {{place}} is defined multiple times in a template. Please see"
                " https://aka.ms/arm-syntax-resources for usage details.",
                item.path,
            )
        known[item.id.lower()] = item


def _check_outputs(template: Document, environment: Environment) -> None:
    try:
        _check_functions(find(template, "outputs") or {}, environment)
        _check_functions(find(template, "variables") or {}, environment)
    except LanguageError as error:
        raise invalid(str(error), ("template",)) from None


def _check_functions(value: Any, environment: Environment) -> None:
    """Functions, parameters and variables that are not there are refused even where nothing is evaluated."""
    for part in expressions_in(value, environment.budget):
        if isinstance(part, Call) and not part.namespace:
            find_function(environment.functions, part.name).check(len(part.arguments))
            _check_name(part, environment)


def _check_name(call: Call, environment: Environment) -> None:
    first = call.arguments[0] if call.arguments else None
    if isinstance(first, Literal) and isinstance(first.value, str):
        look_up = {"parameters": environment.parameters, "variables": environment.variables}.get(call.name.lower())
        if isinstance(look_up, Lazy) and first.value not in look_up:
            look_up(first.value)


def _output(item: Document, env: Environment) -> Document:
    kind = str(find(item, "type", ""))
    if is_secure(kind):
        return {"type": title_of(kind)}
    loop = find(item, "copy")
    value = env.loop(loop) if isinstance(loop, dict) else env.document(find(item, "value"))
    return {"type": title_of(kind), "value": value}


def _at(item: PlannedResource, error: LanguageError) -> TemplateError:
    return TemplateError(
        f"Unable to process template language expressions for resource '{item.id}' at {{place}}. '{error}'", item.path
    )
