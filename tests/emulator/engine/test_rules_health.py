"""Rules of health and of repairs that the stories leave open (semantics 3)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import HEALTH_EXTENSION, PROBE, document, finish, image, scale_set, told
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def extension(version: str = "1.0", kind: str = "ApplicationHealthLinux", **settings: Any) -> Document:
    """A health extension over HTTP, with some settings more."""
    http = {"protocol": "http", "requestPath": "/", **settings}
    properties = {**HEALTH_EXTENSION["properties"], "type": kind, "typeHandlerVersion": version, "settings": http}
    return {**HEALTH_EXTENSION, "properties": properties}


def with_health(source: Document, **options: Any) -> ScaleSet:
    """A ready scale set of one instance in Rolling mode with this health extension."""
    return scale_set(document(instances=1, mode="Rolling", extensions=[source]), **options)


@pytest.mark.rule("3.1")
def test_without_a_source_there_is_no_health() -> None:
    """Nobody can say how the instance is."""
    made = scale_set(document(instances=1, extensions=[]))
    assert made.instances["0"].health is None


@pytest.mark.rule("3.1")
def test_a_probe_alone_is_a_source() -> None:
    """Uniform: the load balancer's probe reads the health."""
    made = scale_set(document(instances=1, extensions=[], profile={"networkProfile": {"healthProbe": PROBE}}))
    assert made.instances["0"].health is HealthState.HEALTHY


@pytest.mark.rule("3.2")
@pytest.mark.parametrize("kind", ["ApplicationHealthLinux", "ApplicationHealthWindows"])
@pytest.mark.parametrize(("version", "first"), [("1.0", HealthState.HEALTHY), ("2.0", HealthState.INITIALIZING)])
def test_the_extension_s_version_decides_about_rich_states(kind: str, version: str, first: HealthState) -> None:
    """1.0 knows healthy and unhealthy only; 2.0 begins with Initializing."""
    made = with_health(extension(version, kind), ready=False)
    seen: list[HealthState | None] = []
    while made.instances["0"].health is None:
        made.advance(made.schedule.next_due or 0)
        seen.append(made.instances["0"].health)
    assert seen[-1] is first


@pytest.mark.rule("3.3")
def test_the_interval_is_five_seconds_and_one_probe_by_default() -> None:
    """Without settings the first state is known five seconds after the instance is up."""
    made = with_health(extension(), ready=False)
    operation = finish(made, next(iter(made.operations.values())))
    assert made.schedule.next_due == (operation.ended_at or 0) + 5


@pytest.mark.rule("3.3", "3.6")
def test_without_a_grace_period_it_is_interval_times_probes() -> None:
    """An application that initializes for longer than 3 x 10 s is Unknown from then on."""
    made = with_health(extension("2.0", intervalInSeconds=10, numberOfProbes=3))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    made.put(image("2.0.0"))
    made.advance(15 + 125 + 29)
    seen = [made.instances["0"].health]
    made.advance(15 + 125 + 30)
    seen.append(made.instances["0"].health)
    assert seen == [HealthState.INITIALIZING, HealthState.UNKNOWN]


HEALTHY, UNHEALTHY = HealthState.HEALTHY, HealthState.UNHEALTHY
UNKNOWN, INITIALIZING = HealthState.UNKNOWN, HealthState.INITIALIZING
RICH_TCP = merge(extension("2.0"), {"properties": {"settings": {"protocol": "tcp", "port": 80, "gracePeriod": 60}}})


@pytest.mark.rule("3.4", "3.5")
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("source", "reported", "read"),
    [
        (extension(), UNHEALTHY, UNHEALTHY),
        (extension(), UNKNOWN, UNHEALTHY),
        (extension(), INITIALIZING, UNHEALTHY),
        (RICH_TCP, UNKNOWN, UNHEALTHY),
        (RICH_TCP, INITIALIZING, INITIALIZING),
        (extension("2.0", gracePeriod=60), UNKNOWN, UNKNOWN),
        (extension("2.0", gracePeriod=60), INITIALIZING, INITIALIZING),
    ],
)
def test_a_source_tells_only_the_states_that_it_knows(
    source: Document, reported: HealthState, read: HealthState, *, at_once: bool
) -> None:
    """A binary one healthy and unhealthy, a rich one over TCP no Unknown: anything else is unhealthy to them."""
    made = scale_set(document(instances=1, extensions=[source]))
    set_reported_health(made, made.instances["0"], reported, at_once=at_once)
    made.advance(5)
    assert made.instances["0"].health is read


@pytest.mark.rule("3.6")
@pytest.mark.parametrize("again", [False, True])
def test_an_application_that_is_made_to_initialize_has_its_grace_period(*, again: bool) -> None:
    """Sixty seconds from when it began; to say so once more gives it no more time."""
    made = scale_set(document(instances=1, extensions=[extension("2.0", gracePeriod=60)]))
    instance = made.instances["0"]
    set_reported_health(made, instance, INITIALIZING)
    made.advance(59)
    if again:
        set_reported_health(made, instance, INITIALIZING)
    seen = [instance.health]
    made.advance(60)
    assert [*seen, instance.health] == [INITIALIZING, UNKNOWN]


@pytest.mark.rule("3.6")
def test_over_tcp_an_application_that_never_gets_ready_is_unhealthy() -> None:
    """At the end of the grace period; TCP knows no Unknown."""
    settings = {"protocol": "tcp", "port": 80, "gracePeriod": 60}
    tcp = {**HEALTH_EXTENSION, "properties": {**extension("2.0")["properties"], "settings": settings}}
    made = scale_set(document(instances=1, mode="Automatic", extensions=[tcp]))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 60)
    assert made.instances["0"].health is HealthState.UNHEALTHY


@pytest.mark.rule("3.6")
def test_a_state_changes_after_number_of_probes_equal_readings() -> None:
    """Four probes every ten seconds: unhealthy shows after forty, healthy again after forty more."""
    made = with_health(extension(intervalInSeconds=10, numberOfProbes=4))
    instance = made.instances["0"]
    shown = []
    for state in (HealthState.UNHEALTHY, None):
        set_reported_health(made, instance, state, at_once=False)
        made.advance(made.now + 39)
        shown.append(instance.health)
        made.advance(made.now + 1)
        shown.append(instance.health)
    healthy, unhealthy = HealthState.HEALTHY, HealthState.UNHEALTHY
    assert shown == [healthy, unhealthy, unhealthy, healthy]


@pytest.mark.rule("3.6")
def test_initializing_is_at_the_start_of_the_extension_only() -> None:
    """A later change of the application's state goes from healthy to unhealthy without it."""
    made = with_health(extension("2.0", numberOfProbes=2))
    set_reported_health(made, made.instances["0"], HealthState.UNHEALTHY, at_once=False)
    seen = set()
    while made.schedule.next_due is not None:
        made.advance(made.schedule.next_due)
        seen.add(made.instances["0"].health)
    assert HealthState.INITIALIZING not in seen
    assert made.instances["0"].health is HealthState.UNHEALTHY


@pytest.mark.rule("3.7", "C10")
@pytest.mark.parametrize("state", [HealthState.UNHEALTHY, HealthState.UNKNOWN])
def test_unknown_counts_as_unhealthy(state: HealthState) -> None:
    """The pre-check of a rolling upgrade fails on Unknown as on Unhealthy."""
    made = with_health(extension("2.0"))
    set_reported_health(made, made.instances["0"], state)
    operation = finish(made, made.put(image("2.0.0")))
    assert operation.failure is not None
    assert operation.failure.reason is Reason.UNHEALTHY_BEFORE_UPGRADE


@pytest.mark.rule("3.7")
def test_initializing_counts_as_neither() -> None:
    """It is waited for: the pre-check passes."""
    made = with_health(extension("2.0", gracePeriod=60))
    set_reported_health(made, made.instances["0"], HealthState.INITIALIZING)
    made.put(image("2.0.0"))
    made.advance(16)
    assert len(told(made, DecisionKind.PRE_CHECK_PASSED)) == 1


def repairing(instances: int, **policy: Any) -> ScaleSet:
    """A ready scale set with repairs enabled."""
    enabled = {"automaticRepairsPolicy": {"enabled": True, "repairAction": "Reimage", **policy}}
    return scale_set(document(instances=instances, properties=enabled))


@pytest.mark.rule("3.11")
def test_five_percent_are_repaired_at_once() -> None:
    """Of forty instances two, the third when one of them is healthy again."""
    made = repairing(40)
    for instance_id in "123":
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    made.advance(601)
    assert len(told(made, DecisionKind.REPAIRED)) == 2
    made.advance(1200)
    assert len(told(made, DecisionKind.REPAIRED)) == 3


@pytest.mark.rule("3.11")
def test_the_grace_period_can_be_chosen() -> None:
    """Half an hour: nothing is repaired before."""
    made = repairing(2, gracePeriod="PT30M")
    set_reported_health(made, made.instances["1"], HealthState.UNHEALTHY)
    made.advance(1799)
    assert told(made, DecisionKind.REPAIRED) == []
    made.advance(1800)
    assert told(made, DecisionKind.REPAIRED) == [(1800, "Repaired 1 action=Reimage")]


@pytest.mark.rule("3.11")
def test_an_instance_whose_provisioning_failed_is_not_repaired() -> None:
    """However long it is unhealthy."""
    made = repairing(2)
    made.faults.items.append(ProvisioningFailure(instance_ids=("1",), count=1))
    finish(made, reimage(made, ["1"]))
    set_reported_health(made, made.instances["1"], HealthState.UNHEALTHY)
    made.advance(24 * 3600)
    assert told(made, DecisionKind.REPAIRED) == []


@pytest.mark.rule("3.11")
def test_the_repair_action_changes_only_while_repairs_are_off() -> None:
    """Changing it at once is refused; disable, then enable with the other one."""
    made = repairing(1)
    with pytest.raises(Refused) as refused:
        made.put({"properties": {"automaticRepairsPolicy": {"repairAction": "Restart"}}})
    assert refused.value.failures[0].reason is Reason.NOT_CHANGEABLE
    finish(made, made.put({"properties": {"automaticRepairsPolicy": {"enabled": False}}}))
    finish(made, made.put({"properties": {"automaticRepairsPolicy": {"enabled": True, "repairAction": "Restart"}}}))
    assert made.document["properties"]["automaticRepairsPolicy"]["repairAction"] == "Restart"
