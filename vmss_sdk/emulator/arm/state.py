"""The state of the emulated Azure: resource groups, scale sets, and operations whose scale set is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from vmss_sdk.emulator.arm.accepted import AcceptedWrite
from vmss_sdk.emulator.arm.authorization.records import Authorization
from vmss_sdk.emulator.arm.control.changes import Changes
from vmss_sdk.emulator.arm.control.counts import Metrics
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.directory import Directory
from vmss_sdk.emulator.arm.identity.principal import Principal
from vmss_sdk.emulator.arm.insights.records import ActivityLog
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.machine_disks import release
from vmss_sdk.emulator.arm.resources.store import ResourceStore
from vmss_sdk.emulator.arm.resources.tag_records import SubscriptionTags, TagName
from vmss_sdk.emulator.arm.service_fault_records import ServiceFaults
from vmss_sdk.emulator.arm.views.texts import InstanceTexts
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock
from vmss_sdk.emulator.engine.platform.handlers import HandlerCatalog
from vmss_sdk.emulator.engine.platform.images import ImageCatalog
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.emulator.engine.writing.virtual_machine import StandaloneVirtualMachine

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.names import ServerNames

__all__ = ["MACHINE_TYPE", "SCALE_SET_TYPE", "InternalAnswer", "OngoingPart", "ResourceGroup", "State"]

SCALE_SET_TYPE = "Microsoft.Compute/virtualMachineScaleSets"
MACHINE_TYPE = "Microsoft.Compute/virtualMachines"

Key = tuple[str, ...]

P = TypeVar("P")
T = TypeVar("T")

_MOST_READS = 1000  # a bound, so that reads that never come again cannot fill the memory


@attrs.define(kw_only=True)
class ResourceGroup:
    """A resource group.

    Attributes:
        deletion: The id of the operation that deletes it, or None.
        ends_at: When that is over.
    """

    subscription_id: str
    name: str
    location: str
    tags: dict[str, str] | None = None
    deletion: str | None = None
    ends_at: float = 0.0

    @property
    def id(self) -> str:
        """The ARM resource id."""
        return f"/subscriptions/{self.subscription_id}/resourceGroups/{self.name}"


class InternalAnswer(Protocol):
    """Answers a request that the emulator makes of itself, by the handlers that answer clients too."""

    def __call__(
        self,
        state: State,
        method: str,
        path: str,
        body: bytes,
        caller: Principal | None,
        *,
        headers: Mapping[str, str],
    ) -> Reply:
        """The answer.

        Raises:
            ArmError: It is refused.
        """


class OngoingPart(Protocol):
    """A part of the state that has things to do at moments of its own."""

    def run(self, state: State) -> None:
        """Do all that is due until the state's moment, each thing at its own moment."""

    def next_due(self, state: State) -> float | None:
        """When it next has something to do; None when nothing goes on."""

    def forget_group(self, subscription_id: str, group: str) -> None:
        """A resource group is gone, and with it what belongs to it."""

    def clear(self) -> None:
        """Forget everything."""


@attrs.define(kw_only=True, eq=False)
class State:
    """All that requests act on. What is read from it has been brought up to the present moment.

    Attributes:
        groups: Resource groups by subscription and name.
        scale_sets: Scale sets by subscription, group and name.
        machines: Virtual machines that belong to no scale set, in the same way.
        resources: Resources of the providers that are not emulated.
        authorization: Locks, role assignments and custom roles.
        activity: Who did what.
        subscription_tags: The tags of subscriptions, by their ids.
        tag_names: Names of tags that were made by themselves, by subscription and name.
        parts: What else is part of it, and goes on by itself; `part` finds one by its class.
        internal: Answers the requests that the emulator makes of itself.
        ended: Operations by id of scale sets and groups that are gone.
        faults: What is wrong with the service as a whole.
        page_size: How many instances one page of a list has.
        skip_on_poll: Whether a poll, or the same read again, moves a virtual clock to the next event.
        skip_on_repeat: Whether a poll or a read does so when the same was asked at this very moment already.
        handlers: The published versions of extension handlers.
        catalogue: The regions and sizes by which models are judged.
        names: The names of the server by which the request came; None: it came from this process.
        directory: Who may call; None: everybody, and nobody is asked.
        authenticates: Whether those who come this way are asked who they are.
        now: The moment of the request in hand, seconds since 1970-01-01 UTC.
        requests: How many requests there were that are no accepted writes; their request ids count on it.
        writes: How many writes were accepted, those that the emulator makes of itself included; ids count on it, so
            they do not depend on who read what in between.
        accepted: The request in hand, when it is an accepted write; of a finished one what was found out about it.
        replayed: The request in hand is this write, carried out again: nobody is asked who it is.
        instance_texts: What instances were last told as.
        portal: Whether the portal is served to those who come by the request's way.
        changes: What changed since somebody looked.
        metrics: What the server counts of itself.
    """

    clock: VirtualClock | ScaledClock
    settings: Settings
    images: ImageCatalog
    groups: MutableMapping[Key, ResourceGroup]
    scale_sets: MutableMapping[Key, ScaleSet]
    machines: MutableMapping[Key, StandaloneVirtualMachine]
    resources: ResourceStore
    authorization: Authorization
    activity: ActivityLog
    subscription_tags: MutableMapping[Key, SubscriptionTags]
    tag_names: MutableMapping[Key, TagName]
    parts: tuple[OngoingPart, ...]
    internal: InternalAnswer
    ended: MutableMapping[Key, Operation]
    page_size: int
    faults: ServiceFaults = attrs.field(factory=ServiceFaults)
    skip_on_poll: bool = False
    skip_on_repeat: bool = False
    handlers: HandlerCatalog = attrs.field(factory=HandlerCatalog)
    catalogue: Catalogue = attrs.field(factory=Catalogue, repr=False)
    names: ServerNames | None = None
    directory: Directory | None = None
    now: float = 0.0
    requests: int = 0
    writes: int = 0
    accepted: AcceptedWrite | None = None
    replayed: AcceptedWrite | None = None
    authenticates: bool = False
    instance_texts: InstanceTexts = attrs.field(factory=InstanceTexts, repr=False)
    portal: bool = True
    changes: Changes = attrs.field(factory=Changes, repr=False)
    metrics: Metrics = attrs.field(factory=Metrics, repr=False)
    _reads: set[str] = attrs.field(factory=set)
    _reads_at: float = 0.0
    _polled: set[str] = attrs.field(factory=set)

    def begin(self) -> None:
        """A request begins: this is its moment."""
        self.accepted = None
        self.now = self.clock.now()
        self._run_parts()

    def accept(self, caller: Principal | None) -> None:
        """The request in hand is a write that is let in.

        Args:
            caller: Who calls; None where nobody is asked.
        """
        self.writes += 1
        self.accepted = self.replayed or AcceptedWrite(
            moment=self.now,
            caller=caller,
            authenticates=self.authenticates,
            served=self.names is not None,
            skip_on_poll=self.skip_on_poll,
            skip_on_repeat=self.skip_on_repeat,
        )

    def draw(self, make: Callable[[], T]) -> T:
        """What chance gives; the same again when the write in hand is carried out again, see `AcceptedWrite.draw`."""
        return make() if self.accepted is None else self.accepted.draw(make)

    def part(self, kind: type[P]) -> P:
        """The part of this class.

        Raises:
            LookupError: There is none.
        """
        for found in self.parts:
            if isinstance(found, kind):
                return found
        raise LookupError(f"the state has no part of class {kind.__name__}")

    def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        caller: Principal | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer to a request that the emulator makes of itself.

        Args:
            method: ``GET``, ``PUT`` …
            path: With its query.
            body: JSON, or nothing.
            caller: By whose rights; None: nobody is asked.
            headers: Conditions such as ``If-Match``.

        Raises:
            ArmError: It is refused.
        """
        return self.internal(self, method, path, body, caller, headers=headers or {})

    def group(self, subscription_id: str, name: str) -> ResourceGroup:
        """A resource group.

        Raises:
            ArmError: There is none of this name.
        """
        found = self.find_group(subscription_id, name)
        if found is None:
            raise ArmError.of(ErrorReason.GROUP_NOT_FOUND, group=name)
        return found

    def find_group(self, subscription_id: str, name: str) -> ResourceGroup | None:
        """A resource group, or None."""
        found = self.groups.get((subscription_id.lower(), name.lower()))
        return found if found is not None and self._group_exists(found) else None

    def groups_of(self, subscription_id: str) -> list[ResourceGroup]:
        """The resource groups of a subscription."""
        mine = [group for key, group in self.groups.items() if key[0] == subscription_id.lower()]
        return [group for group in mine if self._group_exists(group)]

    def delete_group(self, group: ResourceGroup) -> None:
        """Begin to delete a resource group with everything in it.

        CHOICE: it takes as long as one deletion, and not even a rolling upgrade keeps it from ending.
        """
        inside = list(self.aggregates_of(group.subscription_id, group.name))
        for scale_set in inside:
            if scale_set.deletion is None:
                self._delete_without_operation(scale_set)
        times = self.settings.timings
        empty = not inside and next(self.resources.of(group.subscription_id, group.name), None) is None
        group.deletion = seeded_random.guid(self.settings.seed, group.id, "deletion", self.writes)
        group.ends_at = self.now + (times.write if empty else times.delete)

    def scale_set(self, subscription_id: str, group: str, name: str, *, parent: bool = False) -> ScaleSet:
        """A scale set.

        Args:
            subscription_id: Where it lives.
            group: Where it lives.
            name: Its name.
            parent: Whether it is asked for as the parent of what the request is about; changes the error.

        Raises:
            ArmError: It or its resource group does not exist.
        """
        self.group(subscription_id, group)
        found = self.find_scale_set(subscription_id, group, name)
        if found is not None:
            return found
        if parent:
            raise ArmError.of(ErrorReason.PARENT_NOT_FOUND, name=name)
        raise ArmError.of(ErrorReason.RESOURCE_NOT_FOUND, type=SCALE_SET_TYPE, name=name, group=group)

    def find_scale_set(self, subscription_id: str, group: str, name: str) -> ScaleSet | None:
        """A scale set, or None."""
        key = subscription_id.lower(), group.lower(), name.lower()
        found = self.scale_sets.get(key)
        return found if found is not None and self._exists(key, found) else None

    def add_scale_set(self, scale_set: ScaleSet) -> None:
        """Take a new scale set in."""
        key = scale_set.subscription_id, scale_set.resource_group, scale_set.name
        self.scale_sets[tuple(map(str.lower, key))] = scale_set

    def scale_sets_of(self, subscription_id: str | None = None, group: str | None = None) -> Iterator[ScaleSet]:
        """The scale sets of a resource group, of a subscription, or all."""
        wanted = tuple(part.lower() for part in (subscription_id, group) if part is not None)
        for key, scale_set in list(self.scale_sets.items()):
            if key[: len(wanted)] == wanted and self._exists(key, scale_set):
                yield scale_set

    def add_machine(self, machine: StandaloneVirtualMachine) -> None:
        """Take a new virtual machine in that belongs to no scale set."""
        key = machine.subscription_id, machine.resource_group, machine.name
        self.machines[tuple(map(str.lower, key))] = machine

    def machines_of(
        self, subscription_id: str | None = None, group: str | None = None
    ) -> Iterator[StandaloneVirtualMachine]:
        """The virtual machines of a resource group, of a subscription, or all, that belong to no scale set."""
        wanted = tuple(part.lower() for part in (subscription_id, group) if part is not None)
        for key, machine in list(self.machines.items()):
            if key[: len(wanted)] == wanted and self._exists(key, machine):
                yield machine

    def aggregates_of(self, subscription_id: str | None = None, group: str | None = None) -> Iterator[ScaleSet]:
        """All that has instances: the scale sets, and the virtual machines that belong to none."""
        yield from self.scale_sets_of(subscription_id, group)
        yield from self.machines_of(subscription_id, group)

    def operation(self, subscription_id: str, operation_id: str) -> Operation | None:
        """An operation of the subscription, brought up to the present moment, or None."""
        found = self._with_operation(subscription_id, operation_id)
        if found is None:
            return self.ended.get((subscription_id.lower(), operation_id))
        self._exists(*found)
        return found[1].operations[operation_id]

    def operation_due(self, subscription_id: str, operation_id: str) -> float | None:
        """When an operation ended, or when something next happens that may end it; None when nothing does.

        Other than `operation` it moves nothing on.
        """
        owner = self._with_operation(subscription_id, operation_id)
        if owner is not None:
            ended = owner[1].operations[operation_id].ended_at
            return owner[1].schedule.next_due if ended is None else ended
        found = self.ended.get((subscription_id.lower(), operation_id))
        return self.now if found is None else found.ended_at

    def _with_operation(self, subscription_id: str, operation_id: str) -> tuple[Key, ScaleSet] | None:
        """What has an operation, with its key."""
        for key, scale_set in self._aggregates():
            if key[0] == subscription_id.lower() and operation_id in scale_set.operations:
                return key, scale_set
        return None

    def resource_ids(self, subscription_id: str, group: str) -> list[tuple[str, str]]:
        """The resources of a group that stand for themselves, with their types."""
        found = [(item.id, SCALE_SET_TYPE) for item in self.scale_sets_of(subscription_id, group)]
        found += [(item.id, MACHINE_TYPE) for item in self.machines_of(subscription_id, group)]
        kept = ((item.id, item.type) for item in self.resources.of(subscription_id, group))
        return found + [(resource_id, kind) for resource_id, kind in kept if kind.count("/") == 1]

    def next_event(self) -> float | None:
        """When the next thing happens anywhere; None when nothing goes on."""
        self.catch_up()
        return self._first([scale_set.schedule.next_due for _, scale_set in self._aggregates()])

    def next_end(self, subscription_id: str, operation: Operation) -> float | None:
        """When to ask for an operation again; None when nothing goes on.

        CHOICE: who asks for it again, while nobody asks for anything else, waits for its end alone. So what happens
        before it can end is not waited for one by one; who reads something at each step is told of each.
        """
        waits_for_its_end = operation.id in self._polled
        self._polled.add(operation.id)
        if not waits_for_its_end:
            return self.next_event()
        self.catch_up()
        found = self._with_operation(subscription_id, operation.id)
        return self._first([None if found is None else found[1].earliest_end(operation)])

    def _first(self, due: list[float | None]) -> float | None:
        """The first of these moments, and of those at which what is no scale set goes on."""
        due += [part.next_due(self) for part in self.parts]
        due += [group.ends_at for group in self.groups.values() if group.deletion is not None]
        return min((moment for moment in due if moment is not None), default=None)

    def mark_changed(self, values: Mapping[str, str]) -> None:
        """A request that may change something: a scale set alone, if it is in the path, or else any.

        Args:
            values: Those in its path, by the names in the route's template.
        """
        names = ("subscriptionId", "resourceGroupName", "vmScaleSetName")
        if all(name in values for name in names):
            found = self.scale_sets.get(tuple(values[name].lower() for name in names))
            changed = [] if found is None else [found]
        else:
            changed = [scale_set for _, scale_set in self._aggregates()]
        for scale_set in changed:
            scale_set.revision += 1

    def note(self, method: str, url: str, *, may_wait: bool = True) -> None:
        """A request that is no poll: moves a virtual clock when it is waiting, see `skip_on_poll`, `skip_on_repeat`.

        CHOICE: who reads the same again at one moment, and nothing was written in between, waits for something to
        happen. So a loop that reads until a state is reached ends, and reads of different things see one moment.

        Args:
            method: ``GET``, ``PUT`` …
            url: Of the request.
            may_wait: Whether it is a request that clients wait with.
        """
        self._polled.clear()
        if method != "GET":
            self._reads.clear()
        elif may_wait and (self.skip_on_poll or self.skip_on_repeat) and self._repeats(url):
            self._skip_for(url)

    def note_poll(self, url: str) -> bool:
        """A poll of what has not ended: moves a virtual clock where asking is waiting.

        Returns:
            Whether it did, so that what is asked for has to be looked at again.
        """
        if self.skip_on_poll:
            return self.skip()
        return self.skip_on_repeat and self._repeats(url) and self._skip_for(url)

    @property
    def reads(self) -> list[str]:
        """What was read at this moment since the last write: reading it again is waiting."""
        return sorted(self._reads) if self._reads_at == self.now else []

    @reads.setter
    def reads(self, urls: list[str]) -> None:
        self._reads, self._reads_at = set(urls), self.clock.now()
        self._polled.clear()

    def _repeats(self, url: str) -> bool:
        if self.now != self._reads_at or len(self._reads) >= _MOST_READS:
            self._reads.clear()
            self._reads_at = self.now
        again = url in self._reads
        self._reads.add(url)
        return again

    def _skip_for(self, url: str) -> bool:
        skipped = self.skip()
        if skipped:
            self._reads, self._reads_at = {url}, self.now
        return skipped

    def skip(self) -> bool:
        """Move the clock to the next event; false when there is none."""
        moment = self.next_event()
        if moment is None:
            return False
        self.clock.advance(max(0.0, moment - self.clock.now()))
        self.now = max(moment, self.clock.now())
        self.catch_up()
        return True

    def clear(self) -> None:
        """Forget everything but the time."""
        for kept in (self.groups, self.scale_sets, self.machines, self.ended, self.resources.items):
            kept.clear()
        for tags in (self.subscription_tags, self.tag_names, self.activity.items):
            tags.clear()
        self.authorization.clear()
        for part in self.parts:
            part.clear()
        self.images.clear()
        self.handlers.newest.clear()
        self.faults.items.clear()

    def remember(self, subscription_id: str, operation: Operation) -> None:
        """Keep an operation that has ended and that no scale set has, up to the limit of the settings."""
        self.ended[subscription_id.lower(), operation.id] = operation
        while len(self.ended) > self.settings.kept_operations:
            del self.ended[next(iter(self.ended))]

    def catch_up(self) -> None:
        """Bring everything up to the present moment."""
        self._run_parts()
        for group in list(self.groups.values()):
            self._group_exists(group)
        for key, scale_set in list(self._aggregates()):
            self._exists(key, scale_set)

    def _aggregates(self) -> Iterator[tuple[Key, ScaleSet]]:
        """As they are, not brought up to the present moment."""
        yield from self.scale_sets.items()
        yield from self.machines.items()

    def _run_parts(self) -> None:
        for part in self.parts:
            part.run(self)

    def _exists(self, key: Key, scale_set: ScaleSet) -> bool:
        scale_set.advance(self.now)
        if not scale_set.deleted:
            return True
        self._archive(key, scale_set)
        return False

    def _archive(self, key: Key, scale_set: ScaleSet) -> None:
        """It is gone, but who waits for its operations must still learn how they ended."""
        holder = self.machines if scale_set.standalone else self.scale_sets
        if holder.get(key) is scale_set:
            del holder[key]
            self.authorization.forget(scale_set.id)
        if isinstance(scale_set, StandaloneVirtualMachine) and scale_set.removed and key[:2] in self.groups:
            release(scale_set, scale_set.removed, self.resources)
        for operation in scale_set.operations.values():
            if operation.ended_at is None:
                operation.ended_at = self.now
            self.remember(key[0], operation)

    def _group_exists(self, group: ResourceGroup) -> bool:
        if group.deletion is None or self.now < group.ends_at:
            return True
        key = group.subscription_id.lower(), group.name.lower()
        if self.groups.pop(key, None) is not None:
            self.resources.forget_group(*key)
            for part in self.parts:
                part.forget_group(*key)
            self.authorization.forget(group.id)
            for inner, scale_set in [entry for entry in self._aggregates() if entry[0][:2] == key]:
                self._archive(inner, scale_set)
        return False

    @staticmethod
    def _delete_without_operation(scale_set: ScaleSet) -> None:
        try:
            scale_set.delete(force=True)
        except Refused:
            return
