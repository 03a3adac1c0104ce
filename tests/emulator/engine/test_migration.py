"""Moving instances to another zone (all of it CHOICE: only the shapes of the call are published)."""

import pytest

from tests.emulator.engine.stories import document, finish, image, scale_set
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import PowerState, ProvisioningState
from vmss_sdk.emulator.engine.fleet.migration import migrate
from vmss_sdk.emulator.engine.platform.faults import ZoneDown
from vmss_sdk.emulator.engine.reading.explain import explain
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import OS_DISK, TEMP_DISK
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def zonal(instances: int = 3, *zones: str) -> ScaleSet:
    """A scale set over zones, by default three."""
    return scale_set(document(instances=instances, zones=list(zones or ("1", "2", "3"))))


def zones(made: ScaleSet) -> list[str | None]:
    """The zones of the instances."""
    return [instance.zone for instance in made.instances.values()]


def moved(made: ScaleSet, ids: list[str], zone: str | None = None) -> Operation:
    """Move, and let it be done."""
    operation = migrate(made, ids, zone)
    assert operation is not None
    return finish(made, operation)


def test_it_is_moved_as_by_a_redeploy() -> None:
    """It is down meanwhile, keeps what is persistent, loses its temporary disk, and is at the latest model."""
    made = zonal()
    first = made.instances["0"]
    first.data.update({OS_DISK: "os", TEMP_DISK: "temp", "lun 0": "data"})
    operation = moved(made, ["0"], "3")
    assert zones(made) == ["3", "2", "3"]
    assert (made.now, operation.instance_count, first.power) == (100, 1, PowerState.RUNNING)
    assert first.data == {OS_DISK: "os", "lun 0": "data"}
    assert (first.os.disk, made.outdated(first)) == (1, False)
    [decision] = [entry for entry in made.decisions if entry.kind is DecisionKind.ZONE_CHANGED]
    assert (decision.at, explain(decision)) == (100, "Instance 0 was moved from zone 1 to zone 3")


def test_who_is_there_already_stays() -> None:
    """Only the others move; when there are none there is no operation."""
    made = zonal()
    assert moved(made, ["0", "2"], "3").instance_count == 1
    assert migrate(made, ["0", "2"], "3") is None


def test_the_platform_chooses_the_emptiest_other_zone() -> None:
    """Without a target each goes where the fewest are, and never stays."""
    made = zonal(4)
    assert zones(made) == ["1", "2", "3", "1"]
    moved(made, ["0"])
    assert zones(made) == ["2", "2", "3", "1"]
    moved(made, ["0", "1"])
    assert zones(made) == ["1", "3", "3", "1"]
    assert migrate(zonal(1, "1"), ["0"]) is None


def test_what_is_down_stays_down() -> None:
    """A deallocated instance is moved without being started."""
    made = zonal()
    finish(made, lifecycle.deallocate(made, ["0"]))
    before = made.now
    moved(made, ["0"], "2")
    first = made.instances["0"]
    assert (first.zone, first.power, made.now - before) == ("2", PowerState.DEALLOCATED, 2)
    assert first.provisioning is ProvisioningState.SUCCEEDED


def test_a_zone_that_is_down() -> None:
    """There is no room: the operation fails, and the instance runs on where it was."""
    made = zonal()
    made.faults.items.append(ZoneDown(zone="3"))
    operation = moved(made, ["0"], "3")
    assert operation.failure is not None
    assert operation.failure.facts["code"] == "ZonalAllocationFailed"
    first = made.instances["0"]
    assert (first.zone, first.power, first.provisioning) == ("1", PowerState.RUNNING, ProvisioningState.FAILED)


def test_it_is_healthy_again_afterwards() -> None:
    """Its health is read anew once it is up."""
    made = zonal()
    moved(made, ["0"], "2")
    made.advance(made.now + 60)
    assert not made.instances["0"].unhealthy


@pytest.mark.parametrize(
    ("made", "ids", "zone", "reason"),
    [
        (zonal(1), ["0"], "4", Reason.INVALID),
        (scale_set(document(instances=1)), ["0"], "1", Reason.INVALID),
        (scale_set(document(instances=1)), ["0"], None, Reason.INVALID),
        (zonal(1), ["9"], "2", Reason.UNKNOWN_INSTANCE),
    ],
)
def test_refusals(made: ScaleSet, ids: list[str], zone: str | None, reason: Reason) -> None:
    """A zone that the scale set is not in, a scale set without zones, an unknown instance."""
    with pytest.raises(Refused) as caught:
        migrate(made, ids, zone)
    assert caught.value.failures[0].reason is reason


def test_not_while_a_rolling_upgrade_runs() -> None:
    """Its batches keep to zones."""
    made = scale_set(document(instances=3, mode="Rolling", zones=["1", "2"]))
    made.put(image("2.0.0"))
    with pytest.raises(Refused) as caught:
        migrate(made, ["0"], "2")
    assert caught.value.failures[0].reason is Reason.ROLLING_UPGRADE_RUNNING
