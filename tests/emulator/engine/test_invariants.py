"""What holds whatever is asked of a scale set, in whatever order."""

import contextlib
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.emulator.engine.stories import HEALTH_EXTENSION, capacity, custom_data, document, image, policy, scale_set
from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import merge
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import (
    ExtensionFailure,
    Fault,
    ProvisioningFailure,
    QuotaExhausted,
    UnhealthyAfterUpgrade,
)
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.work.repairs import set_service_state
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.emulator.store.snapshot import codec

MODES = ("Automatic", "Manual", "Rolling")
ACTIONS = (
    lifecycle.start,
    lifecycle.restart,
    lifecycle.power_off,
    lifecycle.deallocate,
    lifecycle.delete_instances,
    reimage,
)
COUNTED = (UnhealthyAfterUpgrade, ProvisioningFailure, ExtensionFailure)
STARTS = (os_image.start_os_upgrade, os_image.start_extension_upgrade, os_image.start_platform_upgrade)
BINARY = HEALTH_EXTENSION
RICH = merge(BINARY, {"properties": {"typeHandlerVersion": "2.0"}})
SLOW = merge(RICH, {"properties": {"settings": {"gracePeriod": 900}}})
ROLLING = st.fixed_dictionaries(
    {
        "maxBatchInstancePercent": st.integers(5, 100),
        "maxUnhealthyInstancePercent": st.integers(5, 100),
        "maxUnhealthyUpgradedInstancePercent": st.integers(0, 100),
        "pauseTimeBetweenBatches": st.sampled_from(["PT0S", "PT5M"]),
        "maxSurge": st.booleans(),
        "prioritizeUnhealthyInstances": st.booleans(),
        "rollbackFailedInstancesOnPolicyBreach": st.booleans(),
    }
)
LONG = 30 * 24 * 3600.0


def fingerprint(made: ScaleSet) -> list[str]:
    """All that a story consists of."""
    told = [f"{decision.at} {decision}" for decision in made.decisions]
    return told + [
        f"{i.id} {i.applied} {i.os.disk} {i.power} {i.health} {i.provisioning}" for i in made.instances.values()
    ]


class AnyStory(RuleBasedStateMachine):
    """Random requests, faults and steps of the clock."""

    made: ScaleSet

    @initialize(
        mode=st.sampled_from(MODES),
        flexible=st.booleans(),
        zones=st.sampled_from([None, ["1", "2", "3"]]),
        rolling=ROLLING,
        automatic=st.booleans(),
        repairs=st.sampled_from([None, "Replace", "Reimage", "Restart"]),
        source=st.sampled_from([BINARY, RICH, SLOW]),
        overprovision=st.booleans(),
        seed=st.integers(0, 99),
    )
    def create(
        self,
        *,
        mode: str,
        flexible: bool,
        zones: list[str] | None,
        rolling: dict[str, Any],
        automatic: bool,
        repairs: str | None,
        source: dict[str, Any],
        overprovision: bool,
        seed: int,
    ) -> None:
        surge = rolling["maxSurge"]
        properties: dict[str, Any] = {
            "orchestrationMode": "Flexible" if flexible else "Uniform",
            "upgradePolicy": {
                "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": automatic and not (flexible and surge)}
            },
        }
        if not flexible:
            properties["overprovision"] = overprovision and not surge
        if repairs:
            properties["automaticRepairsPolicy"] = {"enabled": True, "repairAction": repairs}
        body = document(
            instances=6,
            mode=mode,
            rolling=rolling,
            zones=zones,
            properties=properties,
            extensions=[source],
            profile={"storageProfile": {"imageReference": {"version": "latest"}}},
        )
        self.made = scale_set(body, settings=Settings(seed=seed))
        self.seen = set(self.made.instances)
        self.gone: set[str] = set()
        self.version = 1

    def _try(self, request: Any) -> None:
        before = fingerprint(self.made), self.made.etag, len(self.made.operations)
        try:
            request()
        except Refused:
            assert (fingerprint(self.made), self.made.etag, len(self.made.operations)) == before

    @rule()
    def publish_image(self) -> None:
        self.version += 1
        self.made.images.publish("Canonical:ubuntu:server", f"{self.version}.0.0")
        os_image.check_for_new_image(self.made)

    @rule()
    def publish_handler(self) -> None:
        self.version += 1
        self.made.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", f"1.{self.version}")

    @rule(start=st.sampled_from(STARTS))
    def start_upgrade(self, start: Any) -> None:
        self._try(lambda: start(self.made))

    @rule(suspended=st.booleans())
    def repairs_service(self, suspended: bool) -> None:
        self._try(lambda: set_service_state(self.made, suspended=suspended))

    @rule(left=st.sampled_from([None, 0, 1]))
    def quota(self, left: int | None) -> None:
        self.made.faults.items = [f for f in self.made.faults.items if not isinstance(f, QuotaExhausted)]
        if left is not None:
            self.made.faults.items.append(QuotaExhausted(left=left))

    def _ids(self, data: st.DataObject) -> list[str] | None:
        some = st.lists(st.sampled_from([*self.made.instances, "99"]), min_size=1, max_size=3)
        return data.draw(st.none() | some)

    @rule()
    def change_image(self) -> None:
        self.version += 1
        self._try(lambda: self.made.put(image(f"{self.version}.0.0")))

    @rule(text=st.sampled_from(["a", "b"]))
    def change_custom_data(self, text: str) -> None:
        self._try(lambda: self.made.put(custom_data(text)))

    @rule(instances=st.integers(0, 9))
    def change_capacity(self, instances: int) -> None:
        self._try(lambda: self.made.put(capacity(instances)))

    @rule(mode=st.sampled_from(MODES), percent=st.integers(5, 100))
    def change_policy(self, mode: str, percent: int) -> None:
        self._try(lambda: self.made.put(policy(mode, maxBatchInstancePercent=percent)))

    @rule()
    def empty_update(self) -> None:
        self._try(lambda: self.made.put({}))

    @rule(act=st.sampled_from(ACTIONS), scope=st.sampled_from(Scope), data=st.data())
    def act(self, act: Any, scope: Scope, data: st.DataObject) -> None:
        ids = self._ids(data)
        self._try(lambda: act(self.made, ids, scope=scope))

    @rule(data=st.data())
    def upgrade(self, data: st.DataObject) -> None:
        ids = self._ids(data) or ["*"]
        self._try(lambda: upgrade_instances(self.made, ids))

    @rule()
    def cancel(self) -> None:
        self._try(lambda: cancel(self.made))

    @rule(scale_in=st.booleans(), actions=st.booleans(), data=st.data())
    def protect(self, scale_in: bool, actions: bool, data: st.DataObject) -> None:
        if self.made.instances:
            chosen = self.made.instances[data.draw(st.sampled_from(list(self.made.instances)))]
            chosen.protection = Protection(scale_in or actions, actions)

    @rule(
        fault=st.sampled_from([UnhealthyAfterUpgrade, ProvisioningFailure, ExtensionFailure]), count=st.integers(1, 3)
    )
    def fault(self, fault: type[Fault], count: int) -> None:
        self.made.faults.items.append(fault(count=count))

    @rule(state=st.sampled_from(HealthState), count=st.integers(1, 3))
    def health_after_upgrade(self, state: HealthState, count: int) -> None:
        self.made.faults.items.append(UnhealthyAfterUpgrade(count=count, state=state))

    @rule(state=st.sampled_from([None, *HealthState]), data=st.data())
    def force_health(self, state: HealthState | None, data: st.DataObject) -> None:
        if self.made.instances:
            set_reported_health(
                self.made, self.made.instances[data.draw(st.sampled_from(list(self.made.instances)))], state
            )

    @rule(seconds=st.floats(0, 400))
    def wait(self, seconds: float) -> None:
        self._advance(self.made.now + seconds)

    def _advance(self, to: float) -> None:
        """Time passes, and no operation ends before the moment that was told of it at any event until then."""
        earliest: dict[str, float] = {}
        while (due := self.made.schedule.next_due) is not None and due <= to:
            for operation in [operation for operation in self.made.operations.values() if operation.ended_at is None]:
                told = self.made.earliest_end(operation)
                assert told is not None
                assert told >= due
                earliest[operation.id] = max(told, earliest.get(operation.id, told))
            self.made.advance(due)
            for operation_id in list(earliest):
                if (ended := self.made.operations[operation_id].ended_at) is not None:
                    assert ended >= earliest.pop(operation_id)
        self.made.advance(to)

    @rule()
    def a_copy_continues_alike(self) -> None:
        """A saved state goes on exactly as the original would."""
        twin: ScaleSet = codec().decode(wire.decode(wire.encode(codec().encode(self.made))))
        for each in (twin, self.made):
            each.advance(each.now + 500)
        assert fingerprint(twin) == fingerprint(self.made)

    @invariant()
    def ids_are_never_used_again(self) -> None:
        present = set(self.made.instances)
        assert not present & self.gone
        self.gone |= self.seen - present
        self.seen |= present

    @invariant()
    def batches_keep_to_the_policy(self) -> None:
        upgrade = self.made.rolling_upgrade
        if upgrade is not None:
            # never more than the wanted nine at once, whatever else comes and goes
            assert len(upgrade.batch) <= upgrade.policy.batch_size(9)
            assert sum(upgrade.progress.values()) <= len(self.seen)

    @invariant()
    def protected_instances_are_in_no_batch(self) -> None:
        for decision in self.made.decisions:
            if decision.at == self.made.now and decision.kind is DecisionKind.BATCH_STARTED:
                present = [self.made.instances[i] for i in decision.instance_ids if i in self.made.instances]
                # one that was protected at this very moment, after its batch began, is upgraded
                assert all(i.jobs for i in present if i.protection.from_scale_set_actions)

    @invariant()
    def surge_takes_an_old_one_only_for_a_new_one(self) -> None:
        upgrade = self.made.rolling_upgrade
        if upgrade is not None and upgrade.active and upgrade.surges:
            for new, old in upgrade.replaces.items():
                assert new in self.made.instances or new in self.gone
                assert old != new

    @invariant()
    def what_initializes_will_be_read(self) -> None:
        initializing = [i for i in self.made.instances.values() if i.health is HealthState.INITIALIZING]
        assert all(instance.awaits_health for instance in initializing)

    @invariant()
    def a_failed_gate_is_never_passed(self) -> None:
        upgrade = self.made.rolling_upgrade
        if upgrade is not None and upgrade.error is not None:
            failed = [d.kind for d in self.made.decisions if d.upgrade == upgrade.number]
            assert failed.count(DecisionKind.UPGRADE_FAULTED) <= 1
            if DecisionKind.UPGRADED_GATE_FAILED in failed:
                assert DecisionKind.BATCH_STARTED not in failed[failed.index(DecisionKind.UPGRADED_GATE_FAILED) :]

    def teardown(self) -> None:
        if hasattr(self, "made"):
            self._advance(self.made.now + LONG)
            assert self.made.schedule.next_due is None
            assert all(operation.ended_at is not None for operation in self.made.operations.values())
            assert all(not instance.jobs for instance in self.made.instances.values())
            upgrade = self.made.rolling_upgrade
            assert upgrade is None or not upgrade.active
            with contextlib.suppress(Refused):
                self.made.delete(force=True)
                self.made.advance(self.made.now + LONG)
                assert self.made.deleted


TestAnyStory = AnyStory.TestCase
TestAnyStory.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
