"""Telling all the stories, here or by an executor, in any number of processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk import models, wire
from vmss_sdk._answers import details_of
from vmss_sdk.client import VmssClient
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.control.instances import pending_document
from vmss_sdk.emulator.arm.errors import ArmError
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.platform.clock import VirtualClock
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet as EngineScaleSet
from vmss_sdk.errors import ClientUsageError, ErrorDetail
from vmss_sdk.forecast.assumptions import Assumptions
from vmss_sdk.forecast.result import Forecast
from vmss_sdk.forecast.start import Start
from vmss_sdk.forecast.story import Story, tell
from vmss_sdk.handles._trial import request_of
from vmss_sdk.transport.base import Request
from vmss_sdk.twin import Twin

if TYPE_CHECKING:
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["forecast"]

Change = Any
_MODELS: dict[str, type[models.Model]] = {
    "PUT": models.VirtualMachineScaleSet,
    "PATCH": models.VirtualMachineScaleSetUpdate,
}
_MANY = 20_000
"""CHOICE: from so many stories times instances on processes are worth their start, which takes about a second."""


def forecast(
    twin: Twin | ScaleSet,
    change: models.VirtualMachineScaleSetUpdate | models.VirtualMachineScaleSet | Callable[[ScaleSet], object],
    *,
    stories: int = 200,
    seed: int = 0,
    assume: Assumptions | None = None,
    executor: Executor | None = None,
    settings: Settings | None = None,
) -> Forecast:
    """What a change will do to a scale set.

    The change is made by the very code that answers requests to the emulator, on a twin of the scale set; nothing is
    changed. The same seed tells the same forecast, whatever the executor.

    ::

        found = forecast(client.scale_set("rg", "web"), VirtualMachineScaleSetUpdate(sku=Sku(name="Standard_D4s_v5")))
        print(found.duration(90), found.min_capacity, found.stop_chance)

    Args:
        twin: The scale set: a twin, or a handle, of which one is captured by read-only calls.
        change: What `ScaleSet.update` or `create_or_update` would be given; or a function that makes any other call
            with the handle that it is given, of which the first call that changes something counts.
        stories: How many are told.
        seed: Of the first story; the next one has the next number.
        assume: How long things take, and what goes wrong; by default the emulator's table and nothing.
        executor: Who tells them: anything with the interface of ``concurrent.futures``. By default this process, and
            a process for each core when they are many. Threads would gain nothing.
        settings: The switches of the emulated Azure; its timings and seed are not used.

    Raises:
        ClientUsageError: An argument can never work, or the function makes no call that changes something.
        ServiceError: The scale set could not be read.
    """
    if stories < 1:
        raise ClientUsageError(f"stories is {stories}: expected at least 1")
    whole, assumed = twin if isinstance(twin, Twin) else Twin.capture(twin), assume or Assumptions()
    chosen = attrs.evolve(settings or Settings(), timings=assumed.timings(), seed=seed)
    emulator = Emulator(VirtualClock(whole.captured_at.timestamp()), chosen)
    with VmssClient.in_process(emulator, whole.subscription_id) as client:
        notes = [*whole.document.get("notCaptured", ()), *client.emulator.load(whole)]
        handle = client.scale_set(whole.resource_group, whole.name)
        request = request_of(handle._connection, handle._beginning(change))
    plan = _planned(emulator, whole, request, assumed)
    if isinstance(plan, ErrorDetail):
        return Forecast(scale_set=whole.id, instances=len(whole.document["instances"]), error=plan, notes=tuple(notes))
    notes += plan.notes
    told = tuple(_told(plan, seed, stories, executor))
    found = Forecast(scale_set=whole.id, instances=plan.instances, stories=told, notes=tuple(notes))
    typical = found.typical
    assert typical is not None  # there is at least one story
    return attrs.evolve(found, pending=plan.pending_after(typical.seed))


def change_document(twin: Twin, change: Change) -> dict[str, Any]:
    """The body of the update that a change is.

    Raises:
        ClientUsageError: It is another call.
    """
    with VmssClient.in_process(twin=twin) as client:
        handle = client.scale_set(twin.resource_group, twin.name)
        request = request_of(handle._connection, handle._beginning(change))
    if request.method != "PATCH" or _path(request).partition("?")[0].lower() != twin.id.lower():
        raise ClientUsageError(f"policies are compared for an update, not for {request.method} {_path(request)}")
    found: dict[str, Any] = wire.decode(request.body)
    return found


@attrs.frozen
class _Plan:
    """What every story needs to know; it can be sent to another process.

    Attributes:
        start: The scale set, with the change committed where it is a write to the model.
        assumed: What goes wrong by chance.
        instances: How many there are before.
        notes: What has no effect here.
        capacity: Of a write to the model: the capacity that is wanted; else None.
        name: Of that write's operation.
        request: Of any other change: the request.
        saved: Of any other change: the emulator around the scale set.
    """

    start: Start
    assumed: Assumptions
    instances: int
    notes: tuple[str, ...] = ()
    capacity: int | None = None
    name: str = "update"
    request: Request | None = None
    saved: dict[str, Any] | None = None

    def tell(self, seeds: range) -> list[Story]:
        """The stories with these seeds."""
        state = None if self.saved is None else Emulator.from_saved(self.saved).trial()
        return [self._tell(seed, state)[0] for seed in seeds]

    def pending_after(self, seed: int) -> str:
        """What stays to be done after this story."""
        state = None if self.saved is None else Emulator.from_saved(self.saved).trial()
        return str(pending_document(self._tell(seed, state)[1])["summary"])

    def _tell(self, seed: int, state: State | None) -> tuple[Story, EngineScaleSet]:
        scale_set = self.start.copy()
        scale_set.settings = attrs.evolve(scale_set.settings, seed=seed)
        self.assumed.set_chances(scale_set)
        return tell(scale_set, partial(self._begin, state)), scale_set

    def _begin(self, state: State | None, scale_set: EngineScaleSet) -> None:
        if self.capacity is not None:
            scale_set.act(self.name, self.capacity)
            return
        assert state is not None
        assert self.request is not None
        key = tuple(map(str.lower, (scale_set.subscription_id, scale_set.resource_group, scale_set.name)))
        state.scale_sets[key] = scale_set
        state.request(self.request.method, _path(self.request), self.request.body, headers=_headers(self.request))


def _planned(emulator: Emulator, twin: Twin, request: Request, assumed: Assumptions) -> _Plan | ErrorDetail:
    """How the stories begin; the error when the change is refused."""
    place = twin.subscription_id, twin.resource_group, twin.name
    tried = emulator.trial()
    scale_set = tried.scale_set(*place)
    count = len(scale_set.present)
    notes = tuple(assumed.set_up(scale_set))
    try:
        tried.request(request.method, _path(request), request.body, headers=_headers(request))
    except ArmError as error:
        found = error.error
        return ErrorDetail(found["code"], found["message"], found.get("target"), details_of(found))
    state = emulator.trial()
    scale_set = state.scale_set(*place)
    assumed.set_up(scale_set)
    model = _MODELS.get(request.method) if _path(request).partition("?")[0].lower() == twin.id.lower() else None
    if model is None:
        return _Plan(Start.of(scale_set), assumed, count, notes, request=attrs.evolve(request), saved=emulator.saved())
    body = request_body.read(request, model, "vmss")
    body.pop("location", None)
    capacity = scale_set.commit(body)
    return _Plan(Start.of(scale_set), assumed, count, notes, capacity=capacity)


def _path(request: Request) -> str:
    """Path and query."""
    return "/" + request.url.split("/", 3)[3]


def _headers(request: Request) -> dict[str, str]:
    return {"Content-Type": "application/json"} if request.body else {}


def _told(plan: _Plan, seed: int, stories: int, executor: Executor | None) -> Iterator[Story]:
    """All stories in the order of their seeds."""
    cores = os.cpu_count() or 1
    if executor is None and (cores == 1 or stories * plan.instances < _MANY):
        yield from plan.tell(range(seed, seed + stories))
        return
    own = ProcessPoolExecutor(cores) if executor is None else None
    try:
        chosen = own or executor
        assert chosen is not None
        parts = [chosen.submit(plan.tell, part) for part in _parts(seed, stories, 4 * cores)]
        for part in parts:
            yield from part.result()
    finally:
        if own is not None:
            own.shutdown(cancel_futures=True)


def _parts(seed: int, stories: int, count: int) -> Iterator[range]:
    size = max(1, -(-stories // count))
    for first in range(seed, seed + stories, size):
        yield range(first, min(first + size, seed + stories))
