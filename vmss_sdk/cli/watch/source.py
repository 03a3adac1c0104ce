"""Observations of one scale set; of an emulator with its time and its decision log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.cli.watch.batches import Batches
from vmss_sdk.cli.watch.frame import Cell, Frame, Roll
from vmss_sdk.cli.watch.states import HEALTHY, state_of
from vmss_sdk.cloud import Cloud
from vmss_sdk.errors import NotAnEmulatorError, NotFoundError, OperationNotAllowedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmss_sdk.client import VmssClient
    from vmss_sdk.handles.scale_set import ScaleSet
    from vmss_sdk.models import InstanceSummary, VirtualMachineScaleSet
    from vmss_sdk.records import ClockReading, Decision

__all__ = ["Observation", "Source", "is_emulator"]


def is_emulator(client: VmssClient) -> bool:
    """Whether an emulator answers; the clouds of Azure are known and not asked."""
    if Cloud.at(client.endpoint) is not None:
        return False
    try:
        client.emulator.clock.read()
    except NotAnEmulatorError:
        return False
    return True


@attrs.frozen
class Observation:
    """What was seen at one moment.

    Attributes:
        frame: The scale set.
        decisions: What the decision log has had since the look before; at the first one of the upgrade that runs.
        clock: The emulator's; None where there is none.
    """

    frame: Frame
    decisions: tuple[Decision, ...]
    clock: ClockReading | None


class Source:
    """Looks at one scale set.

    Args:
        client: For the time, and to see whether it speaks to an emulator.
        scale_set: What is looked at.

    Attributes:
        emulated: Whether an emulator answers.
        ended_before: The rolling upgrade that was over at the first look; None when there was none.
    """

    def __init__(self, client: VmssClient, scale_set: ScaleSet) -> None:
        self._client = client
        self._scale_set = scale_set
        self.emulated = is_emulator(client)
        self.ended_before: Roll | None = None
        self._batches = Batches()
        self._seen: int | None = None
        self._began: datetime | None = None

    def observe(self) -> Observation:
        """See what there is now.

        Raises:
            NotFoundError: There is no such scale set.
            TransportError: No answer came.
        """
        model = self._scale_set.get()
        cells = _cells(self._instances(model))
        roll = self._latest()
        decisions = self._decisions()
        clock = self._client.emulator.clock.read() if self.emulated else None
        time = clock.now if clock else datetime.fromtimestamp(self._client.clock.now(), UTC)
        return Observation(self._frame(model, cells, roll, time), decisions, clock)

    def _frame(
        self, model: VirtualMachineScaleSet, cells: tuple[Cell, ...], roll: Roll | None, time: datetime
    ) -> Frame:
        if self._began is None:  # the first look: an upgrade that is over already is nobody's concern
            self._began = time
            self.ended_before = roll if roll and not roll.running else None
        if roll and self.ended_before and roll.started == self.ended_before.started:
            roll = None
        batches = self._batches
        policy, sku = model.upgrade_policy, model.sku
        return Frame(
            time=time,
            name=self._scale_set.name,
            mode=str(policy.mode) if policy and policy.mode else "",
            provisioning_state=model.provisioning_state or "",
            capacity=(sku.capacity if sku else None) or 0,
            cells=cells,
            began=(roll and roll.started) or self._began,
            image=_image(model),
            roll=roll,
            batch=batches.batch if roll else None,
            gate=(batches.gate or roll.error) if roll else "",
            end=batches.end if roll else "",
        )

    def _instances(self, model: VirtualMachineScaleSet) -> list[InstanceSummary]:
        if model.orchestration_mode != "Flexible":
            return self._scale_set.instance_summaries()
        found = self._scale_set.machine_summaries()
        if not self.emulated:
            return found
        emulated = self._client.emulator.scale_set(self._scale_set.resource_group, self._scale_set.name)
        latest = {instance.name: instance.latest_model_applied for instance in emulated.instances()}
        return [
            attrs.evolve(one, properties=attrs.evolve(one.properties, latestModelApplied=latest.get(one.name or "")))
            for one in found
        ]

    def _latest(self) -> Roll | None:
        try:
            status = self._scale_set.rolling_upgrade.latest()
        except (NotFoundError, OperationNotAllowedError):  # there never was one
            return None
        running, progress, error = status.running_status, status.progress, status.error
        return Roll(
            code=str(running.code) if running and running.code else "",
            started=running.start_time if running else None,
            successful=(progress and progress.successful_instance_count) or 0,
            failed=(progress and progress.failed_instance_count) or 0,
            in_progress=(progress and progress.in_progress_instance_count) or 0,
            pending=(progress and progress.pending_instance_count) or 0,
            error=": ".join(filter(None, [error.code, error.message])) if error else "",
        )

    def _decisions(self) -> tuple[Decision, ...]:
        if not self.emulated:
            return ()
        found = self._scale_set.decision_log(since=self._seen or 0)
        for decision in found:
            self._batches.learn(decision)
        first, self._seen = self._seen is None, found[-1].seq if found else self._seen or 0
        return tuple(_of_running_upgrade(found) if first else found)


def _of_running_upgrade(decisions: Sequence[Decision]) -> Sequence[Decision]:
    """Those since the upgrade that runs began, and the change that began it; none when none runs."""
    for index in range(len(decisions) - 1, -1, -1):
        kind = decisions[index].kind
        if kind in ("UpgradeCompleted", "UpgradeFaulted", "UpgradeCancelled"):
            break
        if kind == "UpgradeStarted":
            before = index - 1
            changed = before >= 0 and decisions[before].kind == "ModelChanged"
            return decisions[before if changed else index :]
    return ()


def _cells(instances: Sequence[InstanceSummary]) -> tuple[Cell, ...]:
    zones = len({instance.zone for instance in instances}) > 1
    domains = not zones and len({instance.fault_domain for instance in instances}) > 1
    return tuple(
        Cell(
            instance.instance_id,
            state_of(instance),
            None if instance.health_state is None else instance.health_state == HEALTHY,
            _place(instance, zones=zones, domains=domains),
            instance.image_version,
            bool(instance.latest_model_applied),
        )
        for instance in instances
    )


def _place(instance: InstanceSummary, *, zones: bool, domains: bool) -> str:
    if zones:
        return "no zone" if instance.zone is None else f"zone {instance.zone}"
    if domains:
        return "no fault domain" if instance.fault_domain is None else f"fault domain {instance.fault_domain}"
    return ""


def _image(model: VirtualMachineScaleSet) -> str | None:
    profile = model.virtual_machine_profile
    storage = profile.storage_profile if profile else None
    reference = storage.image_reference if storage else None
    return reference.version if reference else None
