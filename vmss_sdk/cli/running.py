"""Carrying a command out: call its handler, wait for what it began, show what came of it."""

from __future__ import annotations

import copy
import re
import sys
from collections import OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.cli.call import Call
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.transport.notes import LISTENER

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from vmss_sdk.cli.command import Command
    from vmss_sdk.operation import Operation

__all__ = ["Begun", "Exit", "Rows", "run"]

_ID = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)/resourceGroups/(?P<group>[^/]+)/providers/[^/]+/[^/]+/(?P<name>[^/]+)"
    r"(?:/[^/]+/(?P<child>[^/]+))?(?:/[^/]+/(?P<grandchild>[^/]+))?/?",
    re.IGNORECASE,
)


@attrs.frozen
class Begun:
    """A long-running operation with what is to be shown when it has ended.

    Attributes:
        operation: The operation.
        what: What it does, for whoever waits: ``reimage of 2 instances of 'web'``.
        then: Makes what is shown of its result; by default the result itself.
    """

    operation: Operation[Any]
    what: str = ""
    then: Callable[[Any], Any] = lambda result: result


@attrs.frozen
class Rows:
    """A result that has other columns than its command has otherwise.

    Attributes:
        value: JSON.
        columns: A JMESPath expression that makes the columns of ``-o table``.
    """

    value: Any
    columns: str


@attrs.frozen
class Exit:
    """A command has shown its result itself.

    Attributes:
        code: What the program ends with.
    """

    code: int


def run(command: Command, args: argparse.Namespace, handler: Callable[[Call], Any]) -> int:
    """Carry a command out and show its result.

    Returns:
        The exit code.

    Raises:
        VmssError: What went wrong.
    """
    _log(args)
    with Call(command, args) as call, _notes(call):
        targets = list(_targets(args))
        begun = [(each, handler(each)) for each in (call.to(target) for target in targets)]
        results = [_ended(each, result) for each, result in begun]
        codes = [result.code for result in results if isinstance(result, Exit)]
        if not codes:
            _show(call, results if len(targets) > 1 else results[0])
        return max(codes, default=0)


@contextmanager
def _notes(call: Call) -> Iterator[None]:
    """Say what the emulator keeps without effect, each thing once, on standard error."""
    said: set[str] = set()

    def say(sentence: str) -> None:
        if sentence not in said:
            said.add(sentence)
            call.note(f"WARNING: {sentence}")

    token = LISTENER.set(say)
    try:
        yield
    finally:
        LISTENER.reset(token)


def _log(args: argparse.Namespace) -> None:
    if not (args.debug or args.verbose):
        return
    import logging

    logging.basicConfig(stream=sys.stderr, format="%(levelname)s: %(name)s: %(message)s")
    logging.getLogger("vmss_sdk").setLevel(logging.DEBUG if args.debug else logging.INFO)


def _targets(args: argparse.Namespace) -> Iterator[argparse.Namespace]:
    """The arguments, once for each of the resources that ``--ids`` names."""
    ids = getattr(args, "ids", None)
    if not ids:
        yield args
        return
    for resource in ids:
        yield _target(args, resource)


def _target(args: argparse.Namespace, resource: str) -> argparse.Namespace:
    found = _ID.fullmatch(resource)
    if found is None:
        raise ClientUsageError(
            f"--ids: '{resource}' is no id of a scale set or of something in it: expected"
            " /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachineScaleSets/NAME"
        )
    target = copy.copy(args)
    target.subscription, target.resource_group = found["subscription"], found["group"]
    inside = [part for part in (found["child"], found["grandchild"]) if part]
    if hasattr(args, "vmss_name"):
        target.vmss_name = found["name"]
        if inside:
            target.name = inside.pop()
    else:
        target.name = found["name"]
    if inside and hasattr(args, "instance_id"):
        target.instance_id = inside[0]
    elif inside and hasattr(args, "instance_ids") and args.instance_ids is None:
        target.instance_ids = [inside[0]]
    return target


def _ended(call: Call, result: Any) -> Any:
    from vmss_sdk.operation import Operation

    if isinstance(result, list) and result and all(isinstance(each, Begun) for each in result):
        return [_ended(call, each) for each in result]
    if isinstance(result, Operation):
        result = Begun(result)
    if not isinstance(result, Begun):
        return result
    from vmss_sdk.cli.waiting import wait

    return wait(call, result.operation, result.what or f"vmss {call.command.name}", result.then)


def _show(call: Call, result: Any) -> None:
    from vmss_sdk.cli.output import shape, written

    columns = call.command.table
    if isinstance(result, Rows):
        result, columns = result.value, result.columns
    several = result if isinstance(result, list) else [result]
    shown = shape(result) if any(one is not None for one in several) or result == [] else None
    if call.args.query is not None and shown is not None:
        from jmespath import Options

        shown = call.args.query.search(shown, Options(dict_cls=OrderedDict))
    text = written(
        shown,
        call.output,
        columns=columns,
        queried=call.args.query is not None,
        colour=sys.stdout.isatty(),
    )
    sys.stdout.write(text)
