"""The emulator: one object that answers requests as Azure would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import attrs

from vmss_sdk.emulator.arm.accepted import AcceptedWrite
from vmss_sdk.emulator.arm.authorization.records import Authorization
from vmss_sdk.emulator.arm.catalogue.facts import azure
from vmss_sdk.emulator.arm.catalogue.images import known_versions
from vmss_sdk.emulator.arm.control.counts import Metrics
from vmss_sdk.emulator.arm.copied_state import copied
from vmss_sdk.emulator.arm.deployments.runner import RunningDeployments
from vmss_sdk.emulator.arm.errors import ArmError
from vmss_sdk.emulator.arm.gateway import answer, answer_internal, refusal
from vmss_sdk.emulator.arm.identity.directory import Directory
from vmss_sdk.emulator.arm.insights.records import ActivityLog
from vmss_sdk.emulator.arm.resources.store import ResourceStore
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock
from vmss_sdk.emulator.engine.platform.handlers import HandlerCatalog
from vmss_sdk.emulator.engine.platform.images import ImageCatalog
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode, Settings
from vmss_sdk.emulator.store import Store, snapshot
from vmss_sdk.emulator.store.codec import CodecError
from vmss_sdk.emulator.store.memory import MemoryStore
from vmss_sdk.transport.base import Request, Response

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.names import ServerNames

__all__ = ["Emulator", "EntryPoint", "NoAnswerError", "SideEffects"]


@attrs.frozen
class SideEffects:
    """What reads change, too.

    Attributes:
        moment: Of a virtual clock, which some reads move.
        fault_counts: How many more requests each fault of the service hits.
    """

    moment: float
    fault_counts: tuple[int | None, ...]


@attrs.frozen(kw_only=True, eq=False)
class EntryPoint:
    """An entry point of an emulator with its own authentication; one emulator may have several.

    This process is one, each server another.

    Attributes:
        emulator: Who answers.
        skip_on_poll: As of `Emulator`, for those who come this way.
        skip_on_repeat: Whether a poll or a read moves a virtual clock to the next event when the same was asked at that
            very moment already, and nothing was written since: for those who can wait in virtual time, and do not.
        directory: As of `Emulator`, for those who come this way.
        names: The names of the server that this is; None: no server, it is for this process.
        portal: Whether it serves the portal.
        replayed: The write that is carried out again, by the rights of whoever asked for it; None: it is a new one.
    """

    emulator: Emulator = attrs.field(repr=False)
    skip_on_poll: bool = False
    skip_on_repeat: bool = False
    directory: Directory | None = None
    names: ServerNames | None = None
    portal: bool = True
    replayed: AcceptedWrite | None = None

    def handle(self, request: Request) -> Response:
        """As `Emulator.handle`."""
        return self.emulator.handle(request, self)

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """As `Emulator.refusal`."""
        return self.emulator.refusal(head, error, self)


class Emulator:
    """Scale sets with real upgrade machinery behind ARM's REST interface. Threads may share one.

    Args:
        clock: What time goes by; by default a virtual one, which stands still until somebody waits.
        settings: The switches of the emulated Azure; by default all as documented.
        skip_on_poll: Whether asking for an operation's state moves a virtual clock to the next event. For clients
            that cannot wait in virtual time, such as those behind an HTTP server.
        page_size: How many instances one page of a list has. Azure's was seen to be 120 (wire.md 3.10).
        store: Where resources are kept; by default in memory.
        directory: Who may call, by tokens that it gives; by default everybody, and nobody is asked.

    Attributes:
        clock: What time goes by.
        settings: The switches of the emulated Azure.
        images: The published image versions.
        handlers: The published versions of extension handlers.

    Raises:
        ValueError: The page size is not positive.
    """

    def __init__(
        self,
        clock: VirtualClock | ScaledClock | None = None,
        settings: Settings | None = None,
        *,
        skip_on_poll: bool = False,
        page_size: int = 120,
        store: Store | None = None,
        directory: Directory | None = None,
    ) -> None:
        if page_size < 1:
            raise ValueError(f"page_size is {page_size}: expected at least 1")
        self.clock: VirtualClock | ScaledClock = clock or VirtualClock()
        self.settings = settings or Settings()
        if directory is not None:
            self.settings = attrs.evolve(self.settings, tenant_id=directory.tenant_id)
        self.images = ImageCatalog(initial=known_versions())
        self.handlers = HandlerCatalog()
        self._lock = threading.Lock()
        kept = store or MemoryStore()
        self._state = State(
            clock=self.clock,
            settings=self.settings,
            images=self.images,
            handlers=self.handlers,
            catalogue=azure() if self.settings.catalogue is CatalogueMode.COMPLETE else Catalogue(),
            groups=kept.collection("resourceGroups"),
            scale_sets=kept.collection("scaleSets"),
            machines=kept.collection("virtualMachines"),
            resources=ResourceStore(
                items=kept.collection("resources"),
                seed=self.settings.seed,
                tenant=self.settings.tenant_id,
            ),
            authorization=Authorization(
                locks=kept.collection("locks"),
                assignments=kept.collection("roleAssignments"),
                roles=kept.collection("roleDefinitions"),
            ),
            activity=ActivityLog(items=kept.collection("activity")),
            subscription_tags=kept.collection("subscriptionTags"),
            tag_names=kept.collection("tagNames"),
            parts=(RunningDeployments(items=kept.collection("deployments")),),
            internal=answer_internal,
            ended=kept.collection("endedOperations"),
            page_size=page_size,
        )
        self._entrance = EntryPoint(emulator=self, skip_on_poll=skip_on_poll, directory=directory)

    @classmethod
    def from_saved(
        cls, document: dict[str, Any], *, clock: VirtualClock | ScaledClock | None = None, **options: Any
    ) -> Self:
        """The emulator that was saved, which goes on as it would have.

        Args:
            document: What `saved` gave.
            clock: What time goes by; by default the clock that was saved, from the moment at which it stood.
            **options: As for a new one; the settings are those that were saved.

        Raises:
            vmss_sdk.emulator.store.codec.CodecError: It cannot be read.
        """
        try:
            emulator = cls(clock or snapshot.clock_of(document), snapshot.settings_of(document), **options)
            snapshot.fill(emulator._state, document)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CodecError(str(error) if isinstance(error, CodecError) else "parts of it are missing") from None
        return emulator

    def saved(self) -> dict[str, Any]:
        """All that it holds, as plain data that `from_saved` makes an emulator of."""
        with self._lock:
            return snapshot.snapshot(self._state)

    def load(self, document: dict[str, Any]) -> None:
        """Forget all that it holds, and hold what was saved; the clock and the settings stay.

        Args:
            document: What `saved` gave.

        Raises:
            vmss_sdk.emulator.store.codec.CodecError: It cannot be read.
        """
        with self._lock:
            self._state.clear()
            snapshot.fill(self._state, document)

    def use_clock(self, clock: VirtualClock | ScaledClock) -> None:
        """Go by another clock from now on."""
        with self._lock:
            self.clock = self._state.clock = clock

    @property
    def accepted(self) -> AcceptedWrite | None:
        """What was found out about the last request, when it was a write that was let in."""
        return self._state.accepted

    @property
    def metrics(self) -> Metrics:
        """What is counted of its answers, for those who operate it."""
        return self._state.metrics

    def side_effects(self) -> SideEffects:
        """What a request may change that is no accepted write."""
        with self._lock:
            items = self._state.faults.items
            moment = self.clock.now() if self.clock.kind == "virtual" else 0.0
            return SideEffects(moment, tuple(fault.count for fault in items) if items else ())

    def saved_effects(self) -> dict[str, Any]:
        """The present side effects as plain data, for `apply_effects`."""
        with self._lock:
            return snapshot.effects(self._state)

    def apply_effects(self, document: dict[str, Any]) -> None:
        """Take over side effects, at the clock's moment.

        Args:
            document: What `saved_effects` gave.

        Raises:
            vmss_sdk.emulator.store.codec.CodecError: They cannot be read.
        """
        with self._lock:
            self._state.now = self.clock.now()
            self._state.catch_up()
            snapshot.apply_effects(self._state, document)

    def catch_up(self) -> None:
        """Bring everything up to the present moment."""
        with self._lock:
            self._state.now = self.clock.now()
            self._state.catch_up()

    def trial(self) -> State:
        """A copy of the state on which requests can be tried; what is asked for is copied, and nothing changes here."""
        with self._lock:
            self._state.now = self.clock.now()
            return copied(self._state, RunningDeployments(items={}))

    def served(self, names: ServerNames, *, portal: bool = True) -> EntryPoint:
        """The way for those who come over HTTP.

        Args:
            names: Those of the server.
            portal: Whether it serves the portal.
        """
        return attrs.evolve(self._entrance, names=names, portal=portal)

    def in_process(self) -> EntryPoint:
        """The way for clients in this process, which wait in the emulator's time."""
        return attrs.evolve(self._entrance, skip_on_repeat=True)

    def handle(self, request: Request, entrance: EntryPoint | None = None) -> Response:
        """The answer to a request: an error answer for bad input, never an exception.

        Args:
            request: The request.
            entrance: The way by which it came; by default the emulator's own.

        Raises:
            NoAnswerError: A ``dropConnection`` fault is set; whoever carries the answer has to lose it.
        """
        with self._entered(entrance) as state:
            found = answer(state, request)
        return found.response()

    def refusal(
        self, head: Request, error: ArmError | None = None, entrance: EntryPoint | None = None
    ) -> Response | None:
        """The answer to a request whose body was not received, so that nobody receives one in vain; nothing changes.

        Args:
            head: The request without its body.
            error: What is wrong with the body; who may not call at all is told that in its place.
            entrance: The way by which it came; by default the emulator's own.

        Returns:
            None when the body is wanted; never when `error` is given.
        """
        with self._entered(entrance) as state:
            found = refusal(state, head, error)
        return None if found is None else found.response()

    @contextmanager
    def _entered(self, entrance: EntryPoint | None) -> Iterator[State]:
        """The state, to oneself."""
        way = entrance or self._entrance
        with self._lock:
            virtual = self.clock.kind == "virtual"
            self._state.skip_on_poll = way.skip_on_poll and virtual
            self._state.skip_on_repeat = way.skip_on_repeat and virtual
            self._state.directory = way.directory
            self._state.replayed = way.replayed
            self._state.authenticates = (
                way.directory is not None if way.replayed is None else way.replayed.authenticates
            )
            self._state.names = way.names
            self._state.portal = way.portal
            yield self._state
