"""Upgrade mode Rolling: batches, gates, cancelling, and starting again (semantics 2.4, 2.5; wire 5)."""

from itertools import pairwise
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import (
    HEALTH_EXTENSION,
    HEALTH_PROBE,
    applied,
    error_of,
    os_disks,
    patch,
    power_states,
    scale_set,
    some,
)

pytestmark = pytest.mark.conformance


def _create(compute: Any, group: str, capacity: int = 10, **options: Any) -> None:
    parameters = scale_set(capacity, "Rolling", extension=HEALTH_EXTENSION, **options)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()


def _start(compute: Any, group: str) -> None:
    """Send the change and do not wait for its end, as one does who wants to watch or to cancel it."""
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0"), polling=False)


def _counters(compute: Any, group: str) -> tuple[int, int, int, int]:
    progress = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web").progress
    return (
        progress.successful_instance_count,
        progress.failed_instance_count,
        progress.in_progress_instance_count,
        progress.pending_instance_count,
    )


def _into_first_batch(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Let time pass until instances are being upgraded."""
    for _ in range(60):
        if _counters(compute, group)[2]:
            return
        backdoor.advance(1)
    raise AssertionError("no batch began within a minute")


def _watched(compute: Any, group: str, backdoor: Backdoor) -> list[tuple[int, int, int, int]]:
    """Every different state of the counters, from the start of an upgrade to its end."""
    _start(compute, group)
    seen = [_counters(compute, group)]
    while seen[-1][2:] != (0, 0):
        backdoor.advance(5)
        if (now := _counters(compute, group)) != seen[-1]:
            seen.append(now)
    return seen


def _batches(seen: list[tuple[int, int, int, int]]) -> list[int]:
    """The sizes of the batches: by how much the number of those that wait goes down."""
    waiting = [pending for _, _, _, pending in seen]
    return [before - after for before, after in pairwise(waiting) if before != after]


@pytest.mark.rule("2.4.22")
def test_ten_instances_go_in_five_batches_of_two(compute: Any, group: str, backdoor: Backdoor) -> None:
    """20 % of 10: two at a time, and never fewer than eight untouched or done (golden scenario 3)."""
    _create(compute, group)
    seen = _watched(compute, group, backdoor)
    assert _batches(seen) == [2, 2, 2, 2, 2]
    assert max(running for _, _, running, _ in seen) == 2
    assert seen[-1] == (10, 0, 0, 0)
    assert set(applied(compute, group).values()) == {True}


@pytest.mark.rule("2.4.21", "2.4.22")
@pytest.mark.parametrize(
    ("share", "batches"),
    [((20, 10), [2, 2, 2, 2, 2]), ((34, 7), [2, 2, 2, 1]), ((33, 3), [1, 1, 1]), ((100, 4), [4])],
    ids=lambda value: f"{value[0]} percent of {value[1]}" if isinstance(value, tuple) else "",
)
def test_batches_are_a_share_of_the_set(
    compute: Any, group: str, backdoor: Backdoor, share: tuple[int, int], batches: list[int]
) -> None:
    """Rounded down, at least one; a Flexible set has no update domains to stay inside (golden scenario 3)."""
    percent, capacity = share
    rolling = models.RollingUpgradePolicy(max_batch_instance_percent=percent)
    _create(compute, group, capacity, rolling=rolling, orchestration_mode="Flexible", platform_fault_domain_count=1)
    assert _batches(_watched(compute, group, backdoor)) == batches


@pytest.mark.rule("2.4.20", "2.4.21", "S7")
def test_batches_stay_inside_update_domains(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Uniform, 7 at 34 %: update domains {0,5}, {1,6}, {2}, {3}, {4} one after the other (golden scenario 3)."""
    _create(compute, group, 7, rolling=models.RollingUpgradePolicy(max_batch_instance_percent=34))
    assert _batches(_watched(compute, group, backdoor)) == [2, 2, 1, 1, 1]


@pytest.mark.rule("2.4.22")
def test_small_batches_split_an_update_domain(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Uniform, 10 at 10 %: one at a time, though each update domain has two."""
    _create(compute, group, rolling=models.RollingUpgradePolicy(max_batch_instance_percent=10))
    assert _batches(_watched(compute, group, backdoor)) == [1] * 10


@pytest.mark.rule("2.4.17", "2.7.48", "2.7.49", "6.rolling")
def test_running_upgrade_is_shown(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Status RollingForward since Start, the policy's snapshot, no id and no name (wire 3.22)."""
    _create(compute, group, rolling=models.RollingUpgradePolicy(max_batch_instance_percent=30))
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert (latest.running_status.code, latest.running_status.last_action) == ("RollingForward", "Start")
    assert latest.running_status.start_time >= latest.running_status.last_action_time
    assert latest.policy.max_batch_instance_percent == 30
    assert latest.policy.max_unhealthy_instance_percent == 20
    assert latest.type == "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades"
    assert latest.location == "westus2"
    assert (latest.id, latest.name, latest.error) == (None, None, None)


@pytest.mark.rule("2.0.4", "2.4.24")
def test_scale_set_is_updating_while_it_rolls(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Its provisioningState is Updating as long as the upgrade goes on (semantics 2.0.4)."""
    _create(compute, group)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    assert compute.virtual_machine_scale_sets.get(group, "web").provisioning_state == "Updating"
    instances = {
        vm.instance_id: vm.provisioning_state for vm in compute.virtual_machine_scale_set_vms.list(group, "web")
    }
    assert sorted(instances.values()) == ["Succeeded"] * 8 + ["Updating"] * 2


@pytest.mark.rule("2.0.4", "2.7.49")
def test_completed_upgrade_is_shown(compute: Any, group: str) -> None:
    """The PATCH's own operation ends with the upgrade: Completed, all successful."""
    _create(compute, group, 5)
    updated = compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert updated.provisioning_state == "Succeeded"
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert (latest.running_status.code, latest.running_status.last_action) == ("Completed", "Start")
    assert _counters(compute, group) == (5, 0, 0, 0)
    assert set(applied(compute, group).values()) == {True}


@pytest.mark.rule("2.3.16b", "3.1")
def test_health_probe_serves_as_well(compute: Any, group: str) -> None:
    """A load balancer's probe named in the network profile is a health source for a Uniform set."""
    parameters = scale_set(2, "Rolling", probe=HEALTH_PROBE)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert _counters(compute, group) == (2, 0, 0, 0)


@pytest.mark.rule("2.7.50")
def test_latest_of_a_set_never_upgraded_is_not_found(compute: Any, group: str) -> None:
    """404 NotFound (semantics 2.7.50)."""
    _create(compute, group, 2)
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert error_of(caught).code == "NotFound"


@pytest.mark.rule("2.0.4", "2.4.26", "2.7.51", "C4")
def test_bad_image_stops_after_the_first_batch(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Two of two upgraded are unhealthy: the PATCH fails with Azure's code, eight are untouched (golden scenario 5)."""
    _create(compute, group)
    backdoor.unhealthy_after_upgrade(group, "web")
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert error_of(caught).code == "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    assert error_of(caught).message == (
        "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the "
        "RollingUpgradePolicy. 100% of instances are in an unhealthy state after being upgraded - more than the "
        "threshold of 20%. The most impactful error is: Instance found to be unhealthy or unreachable.. First failed "
        "instance ID is: 0."
    )
    assert [number for number, latest in applied(compute, group).items() if latest] == ["0", "5"]


@pytest.mark.rule("2.0.4", "2.7.49", "2.7.51")
def test_faulted_upgrade_is_shown(compute: Any, group: str, backdoor: Backdoor) -> None:
    """The status is Faulted, with its error and one detail per failed instance; the scale set has Failed."""
    _create(compute, group)
    backdoor.unhealthy_after_upgrade(group, "web")
    with pytest.raises(HttpResponseError):
        compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert latest.running_status.code == "Faulted"
    assert _counters(compute, group) == (0, 2, 0, 8)
    assert latest.error.code == "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    assert [(detail.code, detail.target) for detail in latest.error.details] == [
        ("RollingUpgradeInstanceUnhealthyError", "web/virtualMachines/0"),
        ("RollingUpgradeInstanceUnhealthyError", "web/virtualMachines/5"),
    ]
    assert compute.virtual_machine_scale_sets.get(group, "web").provisioning_state == "Failed"


@pytest.mark.rule("2.4.18", "2.7.51")
def test_unhealthy_fleet_is_not_upgraded(compute: Any, group: str, backdoor: Backdoor) -> None:
    """3 of 10 unhealthy, limit 20 %: the pre-check fails and nothing is touched (golden scenario 4)."""
    _create(compute, group)
    backdoor.make_unhealthy(group, "web", "1", "4", "7")
    disks = os_disks(compute, group)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert error_of(caught).code == "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade"
    assert "30% of instances are in an unhealthy state, more than the threshold of 20%" in error_of(caught).message
    assert os_disks(compute, group) == disks
    assert set(applied(compute, group).values()) == {False}
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert latest.running_status.code == "Faulted"
    assert _counters(compute, group) == (0, 0, 0, 0)
    assert [detail.target for detail in latest.error.details] == [f"web/virtualMachines/{n}" for n in (1, 4, 7)]


@pytest.mark.rule("2.4.18")
def test_share_at_the_limit_is_upgraded(compute: Any, group: str, backdoor: Backdoor) -> None:
    """2 of 10 unhealthy, limit 20 %: strictly more is too many, so the upgrade runs and heals them."""
    _create(compute, group)
    backdoor.make_unhealthy(group, "web", "1", "4")
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert _counters(compute, group) == (10, 0, 0, 0)


@pytest.mark.rule("2.5.33")
def test_cancel_when_idle_is_refused(compute: Any, group: str) -> None:
    """409 OperationNotAllowed in Azure's words."""
    _create(compute, group, 2)
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_set_rolling_upgrades.begin_cancel(group, "web")
    assert caught.value.status_code == 409
    assert error_of(caught).code == "OperationNotAllowed"
    assert error_of(caught).message == "There is no ongoing Rolling Upgrade to cancel."


@pytest.mark.rule("2.5.34", "S1", "6.rolling")
def test_cancel_leaves_the_rest_outdated(compute: Any, group: str, backdoor: Backdoor) -> None:
    """The batch in flight is finished, the others are not begun: Cancelled by Cancel (golden scenario 9)."""
    _create(compute, group)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    compute.virtual_machine_scale_set_rolling_upgrades.begin_cancel(group, "web").result()
    backdoor.advance(3600)
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert (latest.running_status.code, latest.running_status.last_action) == ("Cancelled", "Cancel")
    assert sum(applied(compute, group).values()) == 2


@pytest.mark.rule("2.0.3", "2.5.35")
def test_empty_update_starts_again_after_cancel(compute: Any, group: str, backdoor: Backdoor) -> None:
    """An update without a change rolls over what is still outdated (semantics 2.5.35)."""
    _create(compute, group)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    compute.virtual_machine_scale_set_rolling_upgrades.begin_cancel(group, "web").result()
    backdoor.advance(3600)
    compute.virtual_machine_scale_sets.begin_update(group, "web", models.VirtualMachineScaleSetUpdate()).result()
    assert _counters(compute, group) == (8, 0, 0, 0)
    assert set(applied(compute, group).values()) == {True}


def test_empty_update_starts_again_after_a_fault(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Once the image is good again, the same model rolls over those that are still outdated."""
    _create(compute, group)
    backdoor.unhealthy_after_upgrade(group, "web")
    with pytest.raises(HttpResponseError):
        compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    backdoor.remove_faults(group, "web")
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.1")).result()
    assert _counters(compute, group) == (10, 0, 0, 0)


@pytest.mark.rule("2.5.36")
def test_model_change_while_rolling_is_refused(compute: Any, group: str, backdoor: Backdoor) -> None:
    """409 OperationNotAllowed until the running upgrade has ended (semantics 2.5.36)."""
    _create(compute, group)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="3.0.0"))
    assert error_of(caught).code == "OperationNotAllowed"
    model = compute.virtual_machine_scale_sets.get(group, "web")
    assert model.virtual_machine_profile.storage_profile.image_reference.version == "2.0.0"


@pytest.mark.rule("2.5.37", "2.5.38")
def test_capacity_change_while_rolling_is_allowed(compute: Any, group: str, backdoor: Backdoor) -> None:
    """New instances come with the new model and do not disturb the upgrade (semantics 2.5.37, 38)."""
    _create(compute, group, 5)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    compute.virtual_machine_scale_sets.begin_update(
        group, "web", models.VirtualMachineScaleSetUpdate(sku=models.Sku(name="Standard_D2s_v5", capacity=6))
    ).result()
    backdoor.advance(3600)
    assert _counters(compute, group) == (5, 0, 0, 0)
    assert set(applied(compute, group).values()) == {True}
    assert len(applied(compute, group)) == 6


@pytest.mark.rule("2.5.39")
def test_deallocated_instance_is_upgraded_without_being_started(compute: Any, group: str) -> None:
    """It gets the model, counts as successful, and stays deallocated (semantics 2.5.39)."""
    _create(compute, group, 5)
    compute.virtual_machine_scale_sets.begin_deallocate(group, "web", some("1")).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert _counters(compute, group) == (5, 0, 0, 0)
    assert set(applied(compute, group).values()) == {True}
    assert power_states(compute, group)["1"] == "PowerState/deallocated"


@pytest.mark.rule("2.5.37")
def test_instance_level_actions_are_allowed_while_rolling(compute: Any, group: str, backdoor: Backdoor) -> None:
    """A reimage of an instance does not disturb the upgrade (semantics 2.5.37)."""
    _create(compute, group, 5)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    compute.virtual_machine_scale_set_vms.begin_reimage(group, "web", "4").result()
    backdoor.advance(3600)
    assert _counters(compute, group) == (5, 0, 0, 0)


@pytest.mark.rule("2.5.36")
def test_delete_while_rolling_is_refused(compute: Any, group: str, backdoor: Backdoor) -> None:
    """409 OperationNotAllowed, the scale set stays (semantics 2.5.36)."""
    _create(compute, group)
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_delete(group, "web")
    assert error_of(caught).code == "OperationNotAllowed"
    assert compute.virtual_machine_scale_sets.get(group, "web").name == "web"


@pytest.mark.rule("2.0.3", "6.policy")
def test_switch_from_manual_to_rolling_rolls_the_outdated(compute: Any, group: str) -> None:
    """Changing the mode starts a rolling upgrade over what is outdated (semantics 2.0.3)."""
    parameters = scale_set(3, "Manual", extension=HEALTH_EXTENSION)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(mode="Rolling")).result()
    assert _counters(compute, group) == (3, 0, 0, 0)
    assert set(applied(compute, group).values()) == {True}


@pytest.mark.rule("2.4.29")
def test_pause_between_batches_is_kept(compute: Any, group: str, backdoor: Backdoor) -> None:
    """With a pause of ten minutes the second batch has not begun five minutes after the first ended."""
    _create(compute, group, 2, rolling=models.RollingUpgradePolicy(pause_time_between_batches="PT10M"))
    _start(compute, group)
    _into_first_batch(compute, group, backdoor)
    while _counters(compute, group) != (1, 0, 0, 1):
        backdoor.advance(5)
    backdoor.advance(300)
    assert _counters(compute, group) == (1, 0, 0, 1)
    backdoor.advance(600)
    assert _counters(compute, group)[3] == 0
