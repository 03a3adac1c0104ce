"""Long stories that seeds tell: what somebody protected is never taken, and everything comes to an end."""

import contextlib
import random

import pytest

from tests.emulator.engine.stories import capacity, custom_data, document, image, scale_set
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.platform.faults import ExtensionFailure, ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.instance_model import update_instance
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

ACTIONS = (lifecycle.start, lifecycle.restart, lifecycle.power_off, lifecycle.deallocate, lifecycle.redeploy, reimage)
FAULTS = (UnhealthyAfterUpgrade, ProvisioningFailure, ExtensionFailure)
WAITS = (1, 7, 30, 61, 200)


class Walk:
    """One scale set, and what a random generator does to it."""

    def __init__(self, seed: int, *, surge: bool) -> None:
        self.random = random.Random(seed)
        batch = self.random.choice([10, 25, 50, 100])
        rolling = {
            "maxBatchInstancePercent": batch,
            "maxUnhealthyInstancePercent": 100,
            "maxUnhealthyUpgradedInstancePercent": self.random.choice([20, 100]),
            "pauseTimeBetweenBatches": "PT0S",
            "maxSurge": surge,
        }
        body = document(instances=6, mode="Rolling", rolling=rolling, properties={"overprovision": False})
        self.made: ScaleSet = scale_set(body, settings=Settings(seed=seed))
        self.seen, self.gone, self.protected = set(self.made.instances), set[str](), set[str]()
        self.version = 1

    def step(self) -> None:
        """Ask for something, which may be refused, and let some time pass."""
        with contextlib.suppress(Refused):
            self.random.choice(
                (self.upgrade, self.upgrade, self.scale, self.note, self.act, self.protect, self.protect, self.fail)
            )()
        for _ in range(self.random.choice((1, 1, 3, 6))):
            self.made.advance(self.made.now + self.random.choice(WAITS))
            present = set(self.made.instances)
            assert not present & self.gone  # no id is used again
            assert self.protected <= present
            self.gone |= self.seen - present
            self.seen |= present

    def upgrade(self) -> None:
        self.version += 1
        self.made.put(image(f"{self.version}.0.0"))

    def note(self) -> None:
        """What is no rolling upgrade of the image."""
        with contextlib.suppress(Refused):
            self.made.put(custom_data(self.random.choice("abc")))
        cancel(self.made)

    def scale(self) -> None:
        self.made.put(capacity(self.random.randint(0, 9)))

    def some(self) -> list[str]:
        there = sorted(self.made.instances)
        return self.random.sample(there, min(len(there), self.random.randint(1, 3)))

    def act(self) -> None:
        act = self.random.choice(ACTIONS)
        if self.random.random() < 0.2:
            lifecycle.delete_instances(self.made, self.some())  # refused, if one of them is protected
        elif self.random.random() < 0.3:
            upgrade_instances(self.made, self.some())
        else:
            act(self.made, self.some())

    def protect(self) -> None:
        wanted = self.random.random() < 0.6
        flags = {"protectFromScaleIn": wanted, "protectFromScaleSetActions": wanted}
        for instance_id in self.some()[:1]:
            instance = self.made.instances[instance_id]
            update_instance(self.made, instance, {"properties": {"protectionPolicy": flags}})
            (self.protected.add if wanted else self.protected.discard)(instance_id)

    def fail(self) -> None:
        self.made.faults.items.append(self.random.choice(FAULTS)(count=self.random.randint(1, 2)))


@pytest.mark.rule("2.6.44", "2.6.46")
@pytest.mark.parametrize("surge", [False, True], ids=["in place", "surge"])
@pytest.mark.parametrize("seed", range(6))
def test_a_long_story_keeps_what_is_protected_and_ends(seed: int, *, surge: bool) -> None:
    """Whatever is in flight when an instance is protected; at last the capacity is the number of instances."""
    walk = Walk(seed, surge=surge)
    for _ in range(120):
        walk.step()
    made = walk.made
    made.advance(made.now + 30 * 24 * 3600)
    assert made.schedule.next_due is None
    assert all(operation.ended_at is not None for operation in made.operations.values())
    assert made.document["sku"]["capacity"] == len(made.present) == len(made.instances)
