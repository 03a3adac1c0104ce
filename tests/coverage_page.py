"""The page that says which operation of scale sets is there, and where.

``python -m tests.coverage_page`` writes ``docs/coverage.md`` from the code: the server's table of routes, the requests
that the client's verbs send, the command line's table of commands, and the PowerShell functions.

A command names what it calls in its `operations`, and a PowerShell function in comment lines inside it, as in
``# Operation: virtual_machine_scale_sets.get``; that is all that is needed to have them here.
"""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from vmss_sdk import ALL_INSTANCES, Request, Response, VmssClient, models
from vmss_sdk.cli.table import COMMANDS
from vmss_sdk.emulator.arm.path import path_of
from vmss_sdk.emulator.arm.routes import ROUTES
from vmss_sdk.emulator.arm.routing import MethodNotRoutedError, PathNotRoutedError, Router
from vmss_sdk.emulator.engine.platform.clock import VirtualClock
from vmss_sdk.errors import VmssError
from vmss_sdk.handles._resource import Resource

__all__ = ["PAGE", "Operation", "cmdlets", "operations", "page", "powershell", "server", "verbs"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/coverage.md"
TABLE = ROOT / "tests/operations.json"
NONE = "—"
COLUMNS = ("server", "client", "PowerShell", "`vmss`")
INTRODUCTION = """\
# Coverage

Every operation that Azure has for scale sets and their instances, and where it is here: whether the emulator's server
answers it, and which verb of the client, which PowerShell command and which command of `vmss` sends it. The names are
those of azure-mgmt-compute; a path begins at the resource group.
"""
_CMDLETS = ROOT / "tests" / "powershell" / "cmdlets.txt"
_EXPORTED = re.compile(r"^\s*'([A-Za-z]+-\w+)'$", re.MULTILINE)
_BASE = "/subscriptions/{subscriptionId}"
_GROUP = f"{_BASE}/resourceGroups/{{resourceGroupName}}/providers/Microsoft.Compute/"
_SENDS_NOTHING_OF_ITS_OWN = {"close", "resume", "wait_all", "emulator", "pending", "decision_log"}
_FUNCTION = re.compile(r"^\s*function\s+([A-Za-z]+-\w+)", re.IGNORECASE)
_MARK = re.compile(r"^\s*#\s*Operation:\s*([\w.]+)\s*$", re.IGNORECASE)


@attrs.frozen
class Operation:
    """One operation of Azure.

    Attributes:
        group: The group of azure-mgmt-compute that has it.
        name: Its name there.
        method: The HTTP method.
        path: The path, with names in braces.
    """

    group: str
    name: str
    method: str
    path: str

    @property
    def id(self) -> str:
        """How commands name it."""
        return f"{self.group}.{self.name}"

    def is_request(self, method: str, path: str) -> bool:
        """Whether a request is one of it."""
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(self.path))
        return method == self.method and re.fullmatch(pattern, path, re.IGNORECASE) is not None


@functools.cache
def operations() -> tuple[Operation, ...]:
    """The table of operations."""
    table: dict[str, dict[str, str]] = json.loads(TABLE.read_text())
    return tuple(
        Operation(group, name, *request.split(" ")) for group, named in table.items() for name, request in named.items()
    )


@functools.cache
def server() -> frozenset[str]:
    """The operations that the server has a route for."""
    router = Router(ROUTES)
    return frozenset(operation.id for operation in operations() if _is_routed(router, operation))


@functools.cache
def verbs() -> dict[str, tuple[str, ...]]:
    """The verbs of the client by the operation that they end with, in the order of their names."""
    found: dict[str, list[str]] = {}
    for verb, sent in _all_sent():
        for operation in operations():
            if operation.is_request(*sent) and verb not in found.setdefault(operation.id, []):
                found[operation.id].append(verb)
    return {name: tuple(each) for name, each in found.items() if each}


def commands() -> dict[str, tuple[str, ...]]:
    """The commands of ``vmss`` by operation."""
    named = [(name, f"vmss {' '.join(command.path)}") for command in COMMANDS for name in command.operations]
    return _grouped(named)


def powershell(texts: Iterator[str] | None = None) -> dict[str, tuple[str, ...]]:
    """The PowerShell functions by operation.

    Args:
        texts: The scripts; by default those in the folder ``powershell``.
    """
    found, function = [], ""
    files = sorted((ROOT / "powershell").rglob("*.ps*1"))
    for text in texts or (path.read_text() for path in files):
        for line in text.splitlines():
            if named := _FUNCTION.match(line):
                function = named[1]
            elif mark := _MARK.match(line):
                found.append((mark[1], function))
    return _grouped(found)


def cmdlets() -> dict[str, bool]:
    """Az.Compute's scale set cmdlets, of Az 16.2.0, and whether the module exports each."""
    exported = set(_EXPORTED.findall((ROOT / "powershell" / "VmssSdk" / "VmssSdk.psd1").read_text()))
    return {name: name in exported for name in _CMDLETS.read_text().split()}


def _cmdlet_part() -> str:
    """The section on Az.Compute's cmdlets."""
    known = cmdlets()
    absent = [f"`{name}`" for name, there in known.items() if not there]
    here = f"{sum(known.values())} of Az.Compute's {len(known)} scale set cmdlets are in the PowerShell module."
    return f"## Cmdlets of Az.Compute\n\n{here}\n" + (f"\nNot there: {', '.join(absent)}.\n" if absent else "")


def page() -> str:
    """The text of the page."""
    routed = dict.fromkeys(server(), ("yes",))
    columns: list[Mapping[str, tuple[str, ...]]] = [routed, verbs(), powershell(), commands()]
    counts = [f"{name} {len(column)}" for name, column in zip(COLUMNS, columns, strict=True)]
    parts = [INTRODUCTION, f"{len(operations())} operations: {', '.join(counts)}.\n"]
    for group in dict.fromkeys(operation.group for operation in operations()):
        rows = [_row(operation, columns) for operation in operations() if operation.group == group]
        head = [f"| operation | request | {' | '.join(COLUMNS)} |", "|---|---|---|---|---|---|"]
        parts.append("\n".join([f"## {group}", "", *head, *rows]) + "\n")
    parts.append(_cmdlet_part())
    return "\n".join(parts)


def _row(operation: Operation, columns: Sequence[Mapping[str, tuple[str, ...]]]) -> str:
    path = operation.path.removeprefix(_GROUP).removeprefix(_BASE)
    cells = [f"`{operation.name}`", f"`{operation.method} {path}`"]
    for at, column in enumerate(columns):
        found = column.get(operation.id, ())
        cells.append(NONE if not found else found[0] if at == 0 else ", ".join(f"`{name}`" for name in found))
    return f"| {' | '.join(cells)} |"


def _grouped(named: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for operation, name in named:
        if name not in found.get(operation, ()):
            found[operation] = (*found.get(operation, ()), name)
    return found


def _is_routed(router: Router, operation: Operation) -> bool:
    try:
        router.match(operation.method, path_of(re.sub(r"\{\w+\}", "0", operation.path)))
    except (PathNotRoutedError, MethodNotRoutedError):
        return False
    return True


class _Recorder:
    """A transport that succeeds with next to nothing, and remembers."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.sent: list[tuple[str, str]] = []

    def send(self, request: Request) -> Response:
        path = "/" + request.url.partition("?")[0].partition("://")[2].partition("/")[2]
        self.sent.append((request.method, path))
        return Response(200, {}, b'{"value": [], "properties": {}}')

    def close(self) -> None:
        """Nothing is open."""


def _all_sent() -> Iterator[tuple[str, tuple[str, str]]]:
    """Every verb of the client with the last request that it sends, in each way it can be called."""
    recorder = _Recorder()
    client = VmssClient("subscription", endpoint="https://management.azure.com", transport=recorder)
    seen: set[str] = set()
    waiting: list[tuple[str, Any]] = [("client", client)]
    while waiting:
        name, handle = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        for verb, arguments in _calls(handle):
            result = _call(recorder, handle, verb, arguments)
            if recorder.sent:
                yield f"{name}.{verb}", recorder.sent[-1]
            elif isinstance(result, Resource):
                waiting.append((f"{name}.{verb}".removeprefix("client."), result))


def _calls(handle: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every way to call what a handle has: with what it needs, and with each option besides."""
    for name in dir(type(handle)):
        if name.startswith("_") or name in _SENDS_NOTHING_OF_ITS_OWN:
            continue
        member = inspect.getattr_static(type(handle), name)
        if isinstance(member, property):
            yield name, {}
        elif inspect.isfunction(member):
            parameters = list(inspect.signature(member).parameters.values())[1:]
            needed = {p.name: _sample(p, handle) for p in parameters if p.default is p.empty}
            yield name, needed
            for option in (p for p in parameters if p.default is not p.empty):
                yield name, {**needed, option.name: _sample(option, handle)}


def _call(recorder: _Recorder, handle: Any, name: str, arguments: dict[str, Any]) -> Any:
    recorder.sent.clear()
    try:
        found = getattr(handle, name)
        result = found(**arguments) if inspect.ismethod(found) else found
        return list(result) if isinstance(result, Iterator) else result
    except (VmssError, TypeError, ValueError, AttributeError):
        return None  # these arguments do not go together; what was sent counts


def _sample(parameter: inspect.Parameter, handle: Any) -> Any:
    """Something that fits a parameter's annotation."""
    from datetime import UTC, datetime

    words = str(parameter.annotation)
    if "Instances" in words:
        return ALL_INSTANCES
    if words.startswith("Sequence["):
        return ["0"]
    if named := re.search(r"models\.(\w+)", words):
        return _model(getattr(models, named[1]))
    if re.search(r"\bM\b", words):
        return models.Model()
    samples = {"bool": True, "int": 1, "datetime": datetime(2030, 1, 1, tzinfo=UTC)}
    return next((sample for kind, sample in samples.items() if re.search(rf"\b{kind}\b", words)), "0")


def _model(model: Any) -> Any:
    if issubclass(model, models.Model):
        return model()
    return next(iter(model))


if __name__ == "__main__":
    PAGE.write_text(page())
