"""What holds whatever is asked of a scale set, in whatever order."""

import contextlib
import copy
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.emulator.engine.stories import capacity, custom_data, document, image, policy, scale_set
from vmss_sdk.emulator.engine import lifecycle
from vmss_sdk.emulator.engine.decisions import DecisionKind
from vmss_sdk.emulator.engine.faults import Fault, ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.health import force
from vmss_sdk.emulator.engine.instance import HealthState, Protection
from vmss_sdk.emulator.engine.refusals import Refused
from vmss_sdk.emulator.engine.reimage import reimage
from vmss_sdk.emulator.engine.scale_set import ScaleSet
from vmss_sdk.emulator.engine.selection import Scope
from vmss_sdk.emulator.engine.settings import Settings
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel

MODES = ("Automatic", "Manual", "Rolling")
ACTIONS = (
    lifecycle.start,
    lifecycle.restart,
    lifecycle.power_off,
    lifecycle.deallocate,
    lifecycle.delete_instances,
    reimage,
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
        percent=st.integers(5, 100),
        seed=st.integers(0, 99),
    )
    def create(self, mode: str, flexible: bool, zones: list[str] | None, percent: int, seed: int) -> None:
        orchestration = {"orchestrationMode": "Flexible" if flexible else "Uniform"}
        rolling = {"maxBatchInstancePercent": percent}
        body = document(instances=6, mode=mode, rolling=rolling, zones=zones, properties=orchestration)
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

    @rule(fault=st.sampled_from([UnhealthyAfterUpgrade, ProvisioningFailure]), count=st.integers(1, 3))
    def fault(self, fault: type[Fault], count: int) -> None:
        self.made.faults.items.append(fault(count=count))

    @rule(state=st.sampled_from([None, *HealthState]), data=st.data())
    def force_health(self, state: HealthState | None, data: st.DataObject) -> None:
        if self.made.instances:
            force(self.made, self.made.instances[data.draw(st.sampled_from(list(self.made.instances)))], state)

    @rule(seconds=st.floats(0, 400))
    def wait(self, seconds: float) -> None:
        self.made.advance(self.made.now + seconds)

    @rule()
    def a_copy_continues_alike(self) -> None:
        """A saved state goes on exactly as the original would."""
        twin = copy.deepcopy(self.made)
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
            # the set was never larger than 9 + 3 that are on their way out
            assert len(upgrade.batch) <= upgrade.policy.batch_size(12)
            assert sum(upgrade.progress.values()) <= len(self.seen)

    @invariant()
    def protected_instances_are_in_no_batch(self) -> None:
        for decision in self.made.decisions:
            if decision.at == self.made.now and decision.kind is DecisionKind.BATCH_STARTED:
                present = [self.made.instances[i] for i in decision.instance_ids if i in self.made.instances]
                # one that was protected at this very moment, after its batch began, is upgraded
                assert all(i.jobs for i in present if i.protection.from_scale_set_actions)

    def teardown(self) -> None:
        if hasattr(self, "made"):
            self.made.advance(self.made.now + LONG)
            assert self.made.agenda.next_due is None
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
