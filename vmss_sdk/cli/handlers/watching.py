"""A roll while it goes on, what is pending, and why things went as they did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.running import Exit
from vmss_sdk.errors import NotAnEmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vmss_sdk.cli.call import Call
    from vmss_sdk.cli.watch.display import Display
    from vmss_sdk.records import Decision, InstancePending

__all__ = ["log", "pending", "watch"]

_AT_ONCE = ("upgrade", "reimage", "upgrade, then reimage")


def watch(call: Call) -> Exit:
    """Show the scale set until nothing goes on in it."""
    from vmss_sdk.cli.watch.loop import Options
    from vmss_sdk.cli.watch.loop import watch as watch_it

    args = call.args
    options = Options(args.interval, args.timeout, args.wait_for_start, call.place)
    return Exit(watch_it(call.client, call.scale_set, options, _display(call)).exit_code)


def _display(call: Call) -> Display:
    from vmss_sdk.cli.watch.display import Silent
    from vmss_sdk.cli.watch.plain import JsonLines, PlainLines

    if call.output == "none":
        return Silent()
    if call.args.output in ("json", "jsonc"):
        return JsonLines()
    if sys.stdout.isatty():
        from vmss_sdk.cli.watch.live import LiveDisplay

        live = LiveDisplay(call.args.speed)
        if live.fits:
            return live
    return PlainLines()


def pending(call: Call) -> list[dict[str, Any]]:
    """What each instance lacks; on Azure only whether it lacks anything, as nothing there tells more."""
    web = call.scale_set
    try:
        found = web.pending()
    except NotAnEmulatorError:
        call.note(
            "What an instance lacks is known to an emulator alone; Azure says only whether it is at the latest model."
        )
        return [_row(call, one.instance_id, one.latest_model_applied) for one in web.instance_summaries()]
    used = f"{found.models_in_use} of {found.model_limit} models in use"
    call.note(f"{found.summary or 'nothing is pending'} (model {found.latest_model}; {used})")
    for action, lost in found.losses.items():
        call.note(f"{action}: {', '.join(lost)}")
    emulated = call.client.emulator.scale_set(web.resource_group, web.name)
    latest = {one.instance_id: one.latest_model_applied for one in emulated.instances()}
    return [_row(call, one.instance_id, latest.get(one.instance_id), one) for one in found.instances]


def _row(call: Call, instance_id: str, latest: bool | None, known: InstancePending | None = None) -> dict[str, Any]:
    """One instance; `known` is what an emulator tells of it."""
    remedy = ("upgrade" if latest is False else None) if known is None else _remedy(known)
    return {
        "instanceId": instance_id,
        "latestModelApplied": latest,
        "remedy": remedy,
        "commands": [_command(call, action, instance_id) for action in (remedy or "").split(", then ") if action],
        "pending": [
            {"path": change.path, "effect": change.effect, "remedy": change.remedy, "loses": list(change.loses)}
            for change in (known.changes if known else ())
        ],
    }


def _remedy(instance: InstancePending) -> str | None:
    needed = [remedy for remedy in instance.remedies if remedy in _AT_ONCE]
    return "upgrade, then reimage" if len(needed) > 1 else next(iter(needed), None)


def _command(call: Call, action: str, instance_id: str) -> str:
    verb = {"upgrade": "update-instances", "reimage": "reimage"}[action]
    web = call.scale_set
    return f"vmss {verb} -g {web.resource_group} -n {web.name} --instance-ids {instance_id}{call.place}"


def log(call: Call) -> Any:
    """The decision log: lines for people, JSON when a format or a query is asked for."""
    wanted = _selected(call)
    if call.args.follow:
        return _follow(call)
    if call.args.output or call.args.query is not None:
        from vmss_sdk.cli.watch.changes import decision_document

        return [decision_document(decision) for decision in wanted]
    for decision in wanted:
        print(_line(decision))
    return None


def _selected(call: Call, since: int | None = None) -> list[Decision]:
    kinds = _kinds(call.args.kind or ())
    after = call.args.since if since is None else since
    found = call.scale_set.decision_log(since=after)
    gone = found[0].seq - after - 1 if found else 0
    if gone > 0:
        call.note(f"{gone} older entr{'y is' if gone == 1 else 'ies are'} not kept any more: see --keep-decisions.")
    return [decision for decision in found if not kinds or decision.kind.lower() in kinds]


def _kinds(named: Sequence[str]) -> set[str]:
    """The kinds in small letters.

    Raises:
        CommandError: There is no such kind.
    """
    if not named:
        return set()
    from vmss_sdk.emulator.engine.record.decisions import DecisionKind

    known = {kind.value.lower(): kind.value for kind in DecisionKind}
    for kind in named:
        if kind.lower() not in known:
            raise CommandError(_no_kind(kind, list(known.values())), 2)
    return {kind.lower() for kind in named}


def _no_kind(kind: str, known: Sequence[str]) -> str:
    from vmss_sdk.cli.parser import meant

    hint = meant(kind, known) or f"; they are {', '.join(known)}"
    return f"argument --kind: '{kind}' is no kind of decision{hint}"


def _follow(call: Call) -> None:
    """Print what comes, until Ctrl-C; time that stands still moves on to the next event."""
    as_json = call.args.output in ("json", "jsonc")
    for decision in _follow_decisions(call):
        print(_json(decision) if as_json else _line(decision), flush=True)


def _json(decision: Decision) -> str:
    from vmss_sdk import wire
    from vmss_sdk.cli.watch.changes import decision_document

    return wire.encode(decision_document(decision)).decode()


def _follow_decisions(call: Call) -> Iterator[Decision]:
    clock = call.client.emulator.clock
    last = call.args.since
    while True:
        for decision in _selected(call, last):
            last = decision.seq
            yield decision
        reading = clock.read()
        if reading.kind != "virtual":
            call.client.clock.sleep(1.0)
        elif reading.next_event is None:
            return
        else:
            clock.skip()


def _line(decision: Decision) -> str:
    batch = "" if decision.batch is None else f"batch {decision.batch}"
    return f"{decision.seq:4}  {decision.time:%Y-%m-%d %H:%M:%S}  {batch:8}  {decision.kind:18}  {decision.text}"
