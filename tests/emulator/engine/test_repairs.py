"""Automatic instance repairs (semantics 3.11)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import document, finish, image, scale_set, told
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.work import repairs
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def repairing(instances: int = 3, **policy: Any) -> ScaleSet:
    """A ready scale set with repairs enabled."""
    enabled = {"automaticRepairsPolicy": {"enabled": True, **policy}}
    return scale_set(document(instances=instances, properties=enabled))


def sicken(made: ScaleSet, *ids: str) -> None:
    """The applications on these instances turn unhealthy."""
    for instance_id in ids:
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)


@pytest.mark.rule("3.11")
@pytest.mark.parametrize(
    ("action", "expected"), [("Replace", ["0", "2", "3"]), ("Reimage", ["0", "1", "2"]), ("Restart", ["0", "1", "2"])]
)
def test_an_unhealthy_instance_is_repaired_after_the_grace_period(action: str, expected: list[str]) -> None:
    """Ten minutes unhealthy, then the action: replace, which is the default, reimage or restart."""
    made = repairing(repairAction=action)
    sicken(made, "1")
    made.advance(599)
    assert told(made, DecisionKind.REPAIRED) == []
    made.advance(1200)
    assert told(made, DecisionKind.REPAIRED)[0] == (600, f"Repaired 1 action={action}")
    assert list(made.instances) == expected


@pytest.mark.rule("3.11")
def test_replace_is_the_default() -> None:
    """Without an action named the instance is replaced."""
    made = repairing()
    sicken(made, "1")
    made.advance(1000)
    assert told(made, DecisionKind.REPAIRED) == [(600, "Repaired 1 action=Replace")]


@pytest.mark.rule("3.11")
def test_an_instance_that_recovers_in_time_is_left_alone() -> None:
    """Healthy again within the grace period: no repair."""
    made = repairing()
    sicken(made, "1")
    made.advance(300)
    set_reported_health(made, made.instances["1"], None)
    made.advance(2000)
    assert told(made, DecisionKind.REPAIRED) == []


@pytest.mark.rule("3.11")
def test_one_at_a_time_in_small_sets() -> None:
    """Fewer than twenty instances: the second waits until the first is healthy again."""
    made = repairing(repairAction="Reimage")
    sicken(made, "0", "1")
    made.advance(3000)
    assert told(made, DecisionKind.REPAIRED) == [(600, "Repaired 0 action=Reimage"), (780, "Repaired 1 action=Reimage")]


@pytest.mark.rule("3.11", "5.repairs")
@pytest.mark.parametrize("flags", [Protection(from_scale_in=True), Protection(from_scale_set_actions=True)])
def test_protected_instances_are_not_repaired(flags: Protection) -> None:
    """Both kinds of protection keep the platform's hands off (section 5)."""
    made = repairing()
    made.instances["1"].protection = flags
    sicken(made, "1")
    made.advance(5000)
    assert told(made, DecisionKind.REPAIRED) == []


@pytest.mark.rule("3.11")
def test_repairs_are_suspended_when_they_do_not_help() -> None:
    """Three in a row without effect: suspended, and the service state says so."""
    made = repairing(repairAction="Restart")
    sicken(made, "1")
    made.advance(10000)
    assert repairs.service_state(made) == "Suspended"
    assert len(told(made, DecisionKind.REPAIRED)) == 3
    assert len(told(made, DecisionKind.REPAIRS_SUSPENDED)) == 1


@pytest.mark.rule("3.11")
def test_suspend_and_resume_by_hand() -> None:
    """While suspended nothing is repaired; resuming looks at what is unhealthy."""
    made = repairing(repairAction="Reimage")
    finish(made, repairs.set_service_state(made, suspended=True))
    sicken(made, "1")
    made.advance(2000)
    assert (repairs.service_state(made), told(made, DecisionKind.REPAIRED)) == ("Suspended", [])
    finish(made, repairs.set_service_state(made, suspended=False))
    made.advance(4000)
    assert repairs.service_state(made) == "Running"
    assert len(told(made, DecisionKind.REPAIRED)) == 1


@pytest.mark.rule("3.11")
def test_the_service_state_without_repairs() -> None:
    """Disabled: NotRunning. Never heard of: none."""
    disabled = scale_set(document(instances=1, properties={"automaticRepairsPolicy": {"enabled": False}}))
    assert repairs.service_state(disabled) == "NotRunning"
    assert repairs.service_state(scale_set(document(instances=1))) is None


@pytest.mark.rule("1.1.4")
def test_a_replacement_has_the_newest_model() -> None:
    """Whatever the mode (rule 1.1.4)."""
    made = repairing()
    finish(made, made.put(image("2.0.0")))
    sicken(made, "1")
    made.advance(2000)
    assert [made.outdated(i) for i in made.instances.values()] == [True, True, False]
