"""The decision log for people: each decision as one English sentence with its figures and the rule behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vmss_sdk.emulator.engine.common.refusals import Reason
from vmss_sdk.emulator.engine.record.decisions import Decision, DecisionKind, Figure
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeKind

__all__ = ["explain"]

_NAMED = 10
"""So many instances are named one by one; of more only the number is told beyond that."""

_EFFECTS = {
    "hot": "in place",
    "restart": "with a restart",
    "swap": "with a new OS disk",
    "reimage": "on paper only; its OS disk keeps the old content until a reimage",
    "new_only": "on paper only; just new instances have the change",
}
_WHY_SKIPPED = {
    "protected": "protected from scale set actions (rule 5.2)",
    "deallocated": "deallocated (rule 1.5.21)",
    "SkipUpgrade": "asking for that by the custom metric SkipUpgrade (rule 2.4.19)",
}
_WHY_FAILED = {
    Reason.INSTANCE_UNHEALTHY.value: "it did not become healthy in time",
    Reason.PROVISIONING_FAILED.value: "it could not be provisioned",
    Reason.EXTENSION_FAILED.value: "one of its extensions failed",
}
_WHY_FAULTED = {
    Reason.UNHEALTHY_BEFORE_UPGRADE.value: "too many instances were unhealthy before it began",
    Reason.UNHEALTHY_IN_UPGRADE.value: "too many instances became unhealthy while it ran",
    Reason.UNHEALTHY_UPGRADED.value: "too many of the upgraded instances failed",
    Reason.UPGRADE_TIMED_OUT.value: "it took longer than a rolling upgrade may",
}
_AGAIN = {
    UpgradeKind.OS_IMAGE.value: "osRollingUpgrade starts it again",
    UpgradeKind.EXTENSIONS.value: "extensionRollingUpgrade starts it again",
    UpgradeKind.PLATFORM.value: "the platform starts it again by itself",
}


def explain(decision: Decision) -> str:
    """One sentence that tells a decision; its plain record when there is no sentence for its kind."""
    words = _SENTENCES.get(decision.kind)
    return str(decision) if words is None else words(decision, decision.figures)


def _kept_without_effect(_: Decision, figures: Mapping[str, Figure]) -> str:
    return str(figures["says"]).removesuffix(".")


def _model_changed(_: Decision, figures: Mapping[str, Figure]) -> str:
    brought = _EFFECTS[str(figures["effect"])]
    return f"The model changed, this is version {figures['version']}: an upgrade brings it {brought} (rule 1.4)"


def _upgrade_started(decision: Decision, figures: Mapping[str, Figure]) -> str:
    count = len(decision.instance_ids)
    if figures["mode"] == "Automatic":
        return f"{_count(count)} upgraded at once, in no order and whatever their health (rule 2.1.7)"
    what = f" of the {figures['kind']}" if "kind" in figures else ""
    who = ", started by the platform," if figures.get("started_by") == "Platform" else ""
    most = figures["batch_size"]
    return f"A rolling upgrade{what}{who} of {_instances(count)} begins, at most {most} at a time (rule 2.4.22)"


def _pre_check_passed(_: Decision, figures: Mapping[str, Figure]) -> str:
    return f"{_unhealthy(figures, more=False)}, so the upgrade may begin (rule 2.4.18)"


def _pre_check_failed(_: Decision, figures: Mapping[str, Figure]) -> str:
    return f"{_unhealthy(figures, more=True)}, so no batch begins (rule 2.4.18)"


def _batch_started(decision: Decision, _: Mapping[str, Figure]) -> str:
    return f"Batch {decision.batch} begins: {_ids(decision.instance_ids)} (rule 2.4.22)"


def _batch_finished(decision: Decision, figures: Mapping[str, Figure]) -> str:
    good, bad = figures["succeeded"], figures["failed"]
    return f"Batch {decision.batch} is over: {good} upgraded and healthy, {bad} failed (rule 2.4.25)"


def _upgraded_gate_failed(_: Decision, figures: Mapping[str, Figure]) -> str:
    failed, upgraded = int(figures["failed"]), int(figures["upgraded"])
    limit = f"the {figures['limit']} % that maxUnhealthyUpgradedInstancePercent allows"
    are = "is" if failed == 1 else "are"
    part = f"{failed} of {upgraded} upgraded instances {are} unhealthy: {_share(failed, upgraded)} is more than"
    return f"{part} {limit}, so the upgrade stops (rule 2.4.26)"


def _health_gate_failed(_: Decision, figures: Mapping[str, Figure]) -> str:
    return f"{_unhealthy(figures, more=True)}, so no further batch begins (rule 2.4.27)"


def _paused(_: Decision, figures: Mapping[str, Figure]) -> str:
    return f"Pause of {_time(figures['seconds'])} before the next batch (rule 2.4.29)"


def _skipped(decision: Decision, figures: Mapping[str, Figure]) -> str:
    why = str(figures["why"])
    return f"{_ids(decision.instance_ids, 'is')} passed over: {_WHY_SKIPPED.get(why, why)}"


def _instance_upgraded(decision: Decision, figures: Mapping[str, Figure]) -> str:
    how = _EFFECTS[str(figures["effect"])]
    return f"{_ids(decision.instance_ids, 'got')} model version {figures['version']} {how} (rule 1.4)"


def _instance_failed(decision: Decision, figures: Mapping[str, Figure]) -> str:
    why = str(figures["why"])
    where = "" if decision.batch is None else f" in batch {decision.batch}"
    return f"{_ids(decision.instance_ids, 'failed')}{where}: {_WHY_FAILED.get(why, why)} (rule 2.4.25)"


def _reimaged(decision: Decision, figures: Mapping[str, Figure]) -> str:
    made = f"image {figures['image_version']}, made from model version {figures['from_model']}"
    disks = f"data disks were {figures['data_disks']}"
    return f"{_ids(decision.instance_ids, 'has')} a fresh OS disk with {made}; {disks} (rule 1.5.15)"


def _reimage_differs(decision: Decision, figures: Mapping[str, Figure]) -> str:
    taken = f"model version {figures['taken_model']} ({str(figures['taken_from']).replace('_', ' ')})"
    other = f"the other reading takes version {figures['other_model']}"
    return f"{_ids(decision.instance_ids, 'is')} reimaged from {taken}; {other} (rule 1.5.16)"


def _still_outdated(decision: Decision, figures: Mapping[str, Figure]) -> str:
    return (
        f"{_ids(decision.instance_ids, 'is')} still outdated after the reimage:"
        f" only an upgrade brings {figures['changes']} (rule 1.5.16)"
    )


def _upgrade_completed(_: Decision, figures: Mapping[str, Figure]) -> str:
    return f"The upgrade is complete: {figures['succeeded']} upgraded, {figures['failed']} failed (rule 2.4.31)"


def _upgrade_faulted(_: Decision, figures: Mapping[str, Figure]) -> str:
    why = str(figures["reason"])
    first = f"; instance {figures['first_failed']} failed first" if "first_failed" in figures else ""
    return f"The upgrade stops: {_WHY_FAULTED.get(why, why)}{first}. {_next_step(figures)} (rule 2.5.35)"


def _next_step(figures: Mapping[str, Figure]) -> str:
    """What to do about an upgrade that stopped: what went wrong, then how the rest is reached."""
    unhealthy, instances, limit = (int(figures[name]) for name in ("unhealthy", "instances", "limit"))
    again = _restart(figures, int(figures["left"]))
    if unhealthy * 100 > limit * instances:
        now = f"{unhealthy} of {instances} instances are unhealthy now, {_share(unhealthy, instances)}"
        how = "reimage them, or fix the model and upgrade them by hand"
        return f"First make instances healthy ({how}): {now}, and above {limit} % no upgrade begins. Then {again}"
    if figures["reason"] == Reason.UPGRADE_TIMED_OUT.value:
        return again[0].upper() + again[1:]
    if "kind" in figures:
        return f"Find out what failed on the instances, then {again}"
    return f"Fix the image or the model, then update the model again; {again}"


def _restart(figures: Mapping[str, Figure], left: int) -> str:
    if "kind" in figures:
        return f"{_AGAIN[str(figures['kind'])]} over the {_remaining_text(left)} without it"
    return f"an empty update restarts the upgrade over the {_remaining_text(left)} outdated"


def _cancel_requested(decision: Decision, _: Mapping[str, Figure]) -> str:
    rest = f"{_ids(decision.instance_ids, 'is')} finished first" if decision.instance_ids else "Nothing is in flight"
    return f"The upgrade is cancelled and no further batch begins. {rest} (rule 2.5.34)"


def _upgrade_cancelled(_: Decision, figures: Mapping[str, Figure]) -> str:
    left = int(figures["pending"])
    over = f"The cancelled upgrade is over: {figures['succeeded']} upgraded, {left} not reached"
    again = _AGAIN[str(figures["kind"])] if "kind" in figures else "an empty update starts one over those outdated"
    return f"{over}, nothing is put back; {again} (rule 2.5.35)"


def _batch_shrunk(decision: Decision, figures: Mapping[str, Figure]) -> str:
    kept = f"The next batch shrinks from {figures['size']} to {figures['to']}: {_ids(decision.instance_ids)}"
    return f"{kept}, because others are unhealthy (rule 2.4.23)"


def _rolled_back(decision: Decision, figures: Mapping[str, Figure]) -> str:
    model = f"model version {figures['version']}"
    return f"{_ids(decision.instance_ids, 'has')} back what was there before, {model} (rule 2.4.30)"


def _surged(decision: Decision, figures: Mapping[str, Figure]) -> str:
    old = _ids(str(figures["for"]).split(","))
    return f"{_ids(decision.instance_ids, 'is')} created to replace {old} (rule 2.6.41)"


def _surge_fell_back(_: Decision, figures: Mapping[str, Figure]) -> str:
    short = f"The batch needs quota for {figures['wanted']} new instances and {figures['left']} are left"
    return f"{short}, so it and all later ones are upgraded in place (rule 2.6.43)"


def _image_upgraded(decision: Decision, figures: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'has')} a fresh OS disk with image {figures['image_version']} (rule 4.4)"


def _extensions_upgraded(decision: Decision, figures: Mapping[str, Figure]) -> str:
    names = str(figures["extensions"]).replace(",", ", ")
    return f"{_ids(decision.instance_ids, 'has')} the newest version of {names} (rule 4.7)"


def _os_upgrade_due(decision: Decision, figures: Mapping[str, Figure]) -> str:
    wait = _time(max(0.0, float(figures["at"]) - decision.at))
    return f"Image {figures['image_version']} is newer: the platform starts the OS upgrade in {wait} (rule 4.4)"


def _os_upgrade_deferred(decision: Decision, _: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'waits')} for approveRollingUpgrade (rule 4.9)"


def _approved(decision: Decision, _: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'may')} be upgraded: approved (rule 4.9)"


def _rejected(decision: Decision, _: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'stays')} out of the upgrade: rejected (rule 4.10)"


def _repaired(decision: Decision, figures: Mapping[str, Figure]) -> str:
    return (
        f"{_ids(decision.instance_ids, 'was')} unhealthy for the whole grace period:"
        f" automatic repair by {figures['action']} (rule 3.11)"
    )


def _repairs_suspended(_: Decision, figures: Mapping[str, Figure]) -> str:
    return f"Automatic repairs are suspended until setOrchestrationServiceState: {figures['why']} (rule 3.11)"


def _evicted(decision: Decision, figures: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'lost')} its Spot capacity; evictionPolicy {figures['policy']} (section 7)"


def _zone_changed(decision: Decision, figures: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'was')} moved from zone {figures['before']} to zone {figures['zone']}"


def _scaled_out(decision: Decision, figures: Mapping[str, Figure]) -> str:
    extra = f", {figures['extra']} of them as spares" if "extra" in figures else ""
    made = f"created from model version {figures['version']}{extra}"
    return f"{_ids(decision.instance_ids, 'is')} {made} (rule 1.1.4)"


def _extra_removed(decision: Decision, _: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'goes')} again: enough others are up (rule 7.5)"


def _scaled_in(decision: Decision, _: Mapping[str, Figure]) -> str:
    return f"{_ids(decision.instance_ids, 'goes')}: the capacity is lower, and the scale-in policy chose (rule 7.6)"


_SENTENCES: dict[DecisionKind, Callable[[Decision, Mapping[str, Figure]], str]] = {
    DecisionKind.KEPT_WITHOUT_EFFECT: _kept_without_effect,
    DecisionKind.MODEL_CHANGED: _model_changed,
    DecisionKind.UPGRADE_STARTED: _upgrade_started,
    DecisionKind.PRE_CHECK_PASSED: _pre_check_passed,
    DecisionKind.PRE_CHECK_FAILED: _pre_check_failed,
    DecisionKind.BATCH_STARTED: _batch_started,
    DecisionKind.BATCH_FINISHED: _batch_finished,
    DecisionKind.UPGRADED_GATE_FAILED: _upgraded_gate_failed,
    DecisionKind.HEALTH_GATE_FAILED: _health_gate_failed,
    DecisionKind.PAUSED: _paused,
    DecisionKind.SKIPPED: _skipped,
    DecisionKind.INSTANCE_UPGRADED: _instance_upgraded,
    DecisionKind.INSTANCE_FAILED: _instance_failed,
    DecisionKind.REIMAGED: _reimaged,
    DecisionKind.REIMAGE_DIFFERS: _reimage_differs,
    DecisionKind.STILL_OUTDATED: _still_outdated,
    DecisionKind.UPGRADE_COMPLETED: _upgrade_completed,
    DecisionKind.UPGRADE_FAULTED: _upgrade_faulted,
    DecisionKind.CANCEL_REQUESTED: _cancel_requested,
    DecisionKind.UPGRADE_CANCELLED: _upgrade_cancelled,
    DecisionKind.BATCH_SHRUNK: _batch_shrunk,
    DecisionKind.ROLLED_BACK: _rolled_back,
    DecisionKind.SURGED: _surged,
    DecisionKind.SURGE_FELL_BACK: _surge_fell_back,
    DecisionKind.IMAGE_UPGRADED: _image_upgraded,
    DecisionKind.EXTENSIONS_UPGRADED: _extensions_upgraded,
    DecisionKind.OS_UPGRADE_DUE: _os_upgrade_due,
    DecisionKind.OS_UPGRADE_DEFERRED: _os_upgrade_deferred,
    DecisionKind.APPROVED: _approved,
    DecisionKind.REJECTED: _rejected,
    DecisionKind.REPAIRED: _repaired,
    DecisionKind.REPAIRS_SUSPENDED: _repairs_suspended,
    DecisionKind.EVICTED: _evicted,
    DecisionKind.ZONE_CHANGED: _zone_changed,
    DecisionKind.SCALED_OUT: _scaled_out,
    DecisionKind.EXTRA_REMOVED: _extra_removed,
    DecisionKind.SCALED_IN: _scaled_in,
}

_PLURALS = {"is": "are", "has": "have", "was": "were", "goes": "go", "waits": "wait", "stays": "stay"}


def _ids(ids: Sequence[str], verb: str = "") -> str:
    """As in ``instances 0, 1 and 2 are``; the beginning of a sentence when there is a verb."""
    if not ids:
        return f"No instance {verb}".rstrip() if verb else "no instance"
    one = len(ids) == 1
    named = list(ids[:_NAMED])
    last = named.pop() if len(ids) <= _NAMED else f"{len(ids) - _NAMED} more"
    listed = f"{', '.join(named)} and {last}" if named else last
    noun = "instance" if one else "instances"
    if not verb:
        return f"{noun} {listed}"
    return f"{noun.capitalize()} {listed} {verb if one else _PLURALS.get(verb, verb)}"


def _instances(count: int) -> str:
    return "1 instance" if count == 1 else f"{count} instances"


def _count(count: int) -> str:
    return f"{_instances(count)} {'is' if count == 1 else 'are'}"


def _remaining_text(left: int) -> str:
    return f"{_instances(left)} still"


def _unhealthy(figures: Mapping[str, Figure], *, more: bool) -> str:
    unhealthy, instances = int(figures["unhealthy"]), int(figures["instances"])
    are = "is" if unhealthy == 1 else "are"
    share = f"{unhealthy} of {instances} instances {are} unhealthy: {_share(unhealthy, instances)} is"
    limit = f"the {figures['limit']} % that maxUnhealthyInstancePercent allows"
    return f"{share} {'more' if more else 'not more'} than {limit}"


def _share(part: int, whole: int) -> str:
    """A share that still differs from a limit that it just exceeds, which whole percents might not."""
    percent = f"{100 * part / whole if whole else 0:.2f}"
    return f"{percent.rstrip('0').rstrip('.')} %"


def _time(seconds: Figure) -> str:
    """As in ``2 h 13 min``: the two largest units."""
    left = round(float(seconds))
    parts = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        number, left = divmod(left, size)
        if number:
            parts.append(f"{number} {unit}")
    return " ".join(parts[:2]) or "0 s"
