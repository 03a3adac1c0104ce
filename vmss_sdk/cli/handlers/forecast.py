"""Twins of scale sets: captured, and brought up."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmss_sdk import models, wire
from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.running import Exit, Rows
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.twin import Twin

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.forecast import Assumptions
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["capture", "forecast", "load"]

_GATE = 3
"""The exit code of a forecast that fails its gate."""


def capture(call: Call) -> Any:
    """The twin of a scale set, as JSON."""
    twin = _captured(call)
    for sentence in twin.document["notCaptured"]:
        call.note(f"WARNING: not captured: {sentence}")
    if call.output != "json" or call.args.query is not None:
        return twin.document
    sys.stdout.write(twin.text)  # as it is in a file: the outputs of commands have their ids' groups beside them
    return Exit(0)


def load(call: Call) -> Any:
    """Bring a twin up; where nothing says whose subscription it is, its own."""
    twin = Twin.read(call.args.twin)
    call.args.subscription = call.args.subscription or twin.subscription_id
    for sentence in call.client.emulator.load(twin):
        call.note(f"WARNING: {sentence}")
    return call.client.scale_set(twin.resource_group, twin.name).get()


def _captured(call: Call) -> Twin:
    if call.args.from_json is None:
        if call.args.instances_json is not None:
            raise ClientUsageError("--instances-json needs --from-json")
        return Twin.capture(call.scale_set)
    instances = [] if call.args.instances_json is None else _json(call.args.instances_json, list)
    return Twin.of(_json(call.args.from_json, dict), instances)


def _json(path: str, kind: type[Any]) -> Any:
    """The JSON of a file, or of standard input.

    Raises:
        ClientUsageError: It cannot be read, or is something else.
    """
    try:
        found = wire.decode(sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise ClientUsageError(f"cannot read '{path}': {error}") from None
    if not isinstance(found, kind):
        raise ClientUsageError(f"'{path}' holds {type(found).__name__}, expected {kind.__name__}")
    return found


def forecast(call: Call) -> Any:
    """What a change will do."""
    from vmss_sdk.forecast import Assumptions, report
    from vmss_sdk.forecast import forecast as told
    from vmss_sdk.forecast.conditions import Condition

    args = call.args
    condition = None if args.fail_if is None else Condition.parse(args.fail_if)
    assume = Assumptions(
        boot=args.boot,
        jitter=args.jitter,
        unhealthy_rate=args.unhealthy_rate,
        failure_rate=args.failure_rate,
        bad_image=args.bad_image,
        zone_lost=args.zone_lost,
        quota_left=args.quota_left,
    )
    twin = Twin.capture(call.scale_set) if args.twin is None else Twin.read(args.twin)
    if args.compare is not None:
        return _compared(call, twin, assume)
    _refuse_limits(args)
    found = told(twin, _change(call, twin), stories=args.stories, seed=args.seed, assume=assume)
    for line in report.summary(found):
        call.note(line)
    if sys.stderr.isatty():
        call.note(report.chart(found))
    if args.plot is not None:
        from vmss_sdk.forecast.plot import plot

        plot(found, args.plot)
    verdict = None if condition is None else condition.met(found)
    _write(args.markdown, lambda: report.markdown(found, verdict))
    _write(args.junit, lambda: report.junit(found, args.fail_if or "", verdict))
    if verdict is not None:
        raise CommandError(f"--fail-if: {verdict}", _GATE)
    return found.to_dict()


def _change(call: Call, twin: Twin) -> Callable[[ScaleSet], object]:
    """The call that the flags describe, for the twin."""
    if call.args.patch is not None:
        body = _json(call.args.patch, dict)
        return lambda web: web.update(models.VirtualMachineScaleSetUpdate.from_wire(body))
    from vmss_sdk.cli.handlers.update import planned
    from vmss_sdk.client import VmssClient

    here = copy.copy(call.args)
    here.resource_group, here.name, here.subscription = twin.resource_group, twin.name, twin.subscription_id
    with VmssClient.in_process(twin=twin) as client:
        inside = call.to(here)
        inside._clients = {twin.subscription_id: client}
        change = planned(inside)
    # without a change it is another look at the model, which lets a rolling upgrade go on
    return change or (lambda web: web.apply_model())


_LIMITS = ("at_least", "within", "bad_image_hits_at_most")
_COLUMNS = (
    "[].{Policy:name, P50:p50, P90:p90, MinCapacity:minCapacity, StopChance:stopChance, BadImageHits:badImageHits,"
    " Pareto:pareto, Chosen:chosen, Refused:reason}"
)


def _refuse_limits(args: argparse.Namespace) -> None:
    for name in _LIMITS:
        if getattr(args, name) is not None:
            raise ClientUsageError(f"--{name.replace('_', '-')} needs --compare")


def _compared(call: Call, twin: Twin, assume: Assumptions) -> Rows:
    """Policies beside each other, and the one that the limits choose."""
    from vmss_sdk.forecast import Limits, compare

    args = call.args
    for flag in ("fail_if", "junit", "markdown", "plot"):
        if getattr(args, flag) is not None:
            raise ClientUsageError(f"--{flag.replace('_', '-')} and --compare cannot be had at once")
    policies = _policies(args.compare)
    stories = args.stories
    found = compare(twin, _change(call, twin), policies, stories=stories, seed=args.seed, assume=assume)
    share = None if args.at_least is None else 100 * args.at_least
    limits = Limits(at_least=share, within=args.within, bad_image_hits_at_most=args.bad_image_hits_at_most)
    wanted = any(getattr(args, name) is not None for name in _LIMITS)
    chosen = found.choose(limits) if wanted else None
    if wanted and chosen is None:
        binding = " and ".join(f"--{name.replace('_', '-')}" for name in found.binding(limits))
        why = f"{binding} binds" if binding else "all policies are refused"
        raise CommandError(f"no policy keeps all limits: {why}", _GATE)
    if chosen is not None:
        call.note(f"Chosen: {chosen.name}\n{chosen.command(twin.resource_group, twin.name)}")
    best = found.pareto
    rows = [
        {"name": one.name, **one.to_dict(), "pareto": one in best, "chosen": one is chosen} for one in found.choices
    ]
    return Rows(rows, _COLUMNS)


def _policies(words: list[str]) -> list[dict[str, Any]]:
    """The policies that a file or words name."""
    import yaml

    from vmss_sdk.forecast import grid

    if len(words) == 1 and "=" not in words[0]:
        try:
            found = yaml.safe_load(Path(words[0]).read_text(encoding="utf-8"))
        except (OSError, ValueError, yaml.YAMLError) as error:
            raise ClientUsageError(f"cannot read '{words[0]}': {error}") from None
    else:
        found = {}
        for word in words:
            name, _, listed = word.partition("=")
            found[name] = [yaml.safe_load(value) for value in listed.split(",")]
    if isinstance(found, dict):
        return grid(**{name: value if isinstance(value, list) else [value] for name, value in found.items()})
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ClientUsageError("--compare wants a list of policies, or lists of values such as batch=10,20")
    return found


def _write(path: str | None, make: Callable[[], str]) -> None:
    if path is None:
        return
    try:
        Path(path).write_text(make(), encoding="utf-8")
    except OSError as error:
        raise ClientUsageError(f"cannot write '{path}': {error}") from None
