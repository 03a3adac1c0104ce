"""Automatic upgrade policy: all outdated instances at once, in no order, with no regard to health (semantics 2.1)."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.model.extensions import is_service_fabric
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeKind
from vmss_sdk.emulator.engine.upgrades.apply import Upgrade
from vmss_sdk.emulator.engine.upgrades.kinds import candidates

__all__ = ["upgrade_all"]


@attrs.define(eq=False)
class DomainWalk:
    """A Service Fabric cluster is upgraded one update domain after the other (semantics 2.0.5)."""

    operation_id: str
    domains: list[list[str]]
    working: set[str] = attrs.field(factory=set)

    def start_next_domain(self, scale_set: Aggregate) -> None:
        """Begin the next domain; after the last one the walk is over."""
        operation = scale_set.operations[self.operation_id]
        while self.domains and not self.working:
            present = [i for i in self.domains.pop(0) if i in scale_set.instances]
            self.working = set(present)
            for instance_id in present:
                scale_set.submit(WalkedUpgrade(instance_id=instance_id, walk=self), operation)
        if not self.working:
            scale_set.settle(self.operation_id)

    def instance_done(self, scale_set: Aggregate, instance_id: str) -> None:
        """An instance of the domain is upgraded, or gone."""
        self.working.discard(instance_id)
        if not self.working:
            self.start_next_domain(scale_set)


@attrs.define(kw_only=True, eq=False)
class WalkedUpgrade(Upgrade):
    """The upgrade of one instance in a walk."""

    walk: DomainWalk

    def on_finished(self, scale_set: Aggregate) -> None:
        """It is over: so may its domain be."""
        self.walk.instance_done(scale_set, self.instance_id)


def upgrade_all(scale_set: Aggregate, operation: Operation) -> None:
    """Upgrade every outdated, unprotected instance; one that fails stops no other (rules 7, 8)."""
    found = candidates(scale_set, UpgradeKind.MODEL)
    if not found:
        return
    operation.instance_count += len(found)  # recorded: the charge of a write in this mode (wire.md 3.30)
    seed, version = scale_set.settings.seed, scale_set.latest.number
    found.sort(key=lambda instance: seeded_random.fraction(seed, "automatic order", version, instance.id))
    scale_set.log(DecisionKind.UPGRADE_STARTED, [instance.id for instance in found], {"mode": "Automatic"})
    if is_service_fabric(scale_set.latest.profile):
        _walk(scale_set, found, operation)
        return
    for instance in found:
        scale_set.submit(Upgrade(instance_id=instance.id), operation)


def _walk(scale_set: Aggregate, found: list[Instance], operation: Operation) -> None:
    by_domain: dict[int, list[str]] = {}
    for instance in found:
        by_domain.setdefault(instance.update_domain or 0, []).append(instance.id)
    operation.outstanding += 1
    DomainWalk(operation.id, [by_domain[domain] for domain in sorted(by_domain)]).start_next_domain(scale_set)
