"""The rehearsal that the fixtures of one test share: an emulator, an unrecorded way to it, and captured requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from vmss_sdk.client import VmssClient
from vmss_sdk.emulator.app import Emulator, EntryPoint, NoAnswerError
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode, Concurrency, Denominator, ReimageSource, Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles.emulator import EmulatorClock
from vmss_sdk.testing.captured import CapturedRequest, CapturedRequests
from vmss_sdk.testing.faults import Faults, place
from vmss_sdk.testing.models import linux_scale_set
from vmss_sdk.transport.in_process import InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmss_sdk import models
    from vmss_sdk.handles.scale_set import ScaleSet
    from vmss_sdk.records import ClockReading
    from vmss_sdk.transport.base import Request, Response

__all__ = ["LOCATION", "RESOURCE_GROUP", "MakeScaleSet", "Rehearsal", "VirtualTime", "emulator_of"]

RESOURCE_GROUP = "rg"
LOCATION = "westus2"
_CONTROL = "/_emulator/"
_EVENTS = 1000
_NOT_YET = ("/unknown", "/initializing")
_PAGE_SIZE = 120
_OPTIONS: dict[str, type] = {
    "max_instances": int,
    "overprovision": bool,
    "page_size": int,
    "reimage_source": ReimageSource,
    "catalogue": CatalogueMode,
    "concurrency": Concurrency,
    "respect_update_domains": bool,
    "seed": int,
    "timings": Timings,
    "upgraded_denominator": Denominator,
}
_NOUNS = {int: "a whole number", bool: "True or False", Timings: "Timings of vmss_sdk.emulator.engine.platform.timings"}


class MakeScaleSet(Protocol):
    """Makes scale sets: the fixture ``vmss_scale_set``."""

    def __call__(
        self,
        name: str = "web",
        *,
        capacity: int = 3,
        mode: str = "Rolling",
        resource_group: str = RESOURCE_GROUP,
        model: models.VirtualMachineScaleSet | None = None,
        **options: Any,
    ) -> ScaleSet:
        """A scale set that is complete, with instances that have reported their health.

        Args:
            name: Its name.
            capacity: How many instances, with the ids 0, 1, 2 …
            mode: ``Rolling``, ``Automatic`` or ``Manual``.
            resource_group: Made when there is none.
            model: Instead of all the others: a model of your own.
            **options: Further arguments of `linux_scale_set`: ``rolling``, ``custom_data``, ``zones`` …

        Returns:
            A handle of ``vmss_client``.
        """


class VirtualTime(EmulatorClock):
    """The emulated time of a test. It stands still but for what waits, and what is said here."""

    @property
    def now(self) -> datetime:
        """The emulated time, with a time zone; every test begins at 2026-01-01T00:00:00Z."""
        return self.read().now

    def advance(self, seconds: float | timedelta) -> ClockReading:
        """Let time pass at once; everything that is due happens.

        Args:
            seconds: Or a timedelta.
        """
        return super().advance(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)


def emulator_of(options: Mapping[str, Any], tenant_id: str | None = None) -> Emulator:
    """An emulator as the marker ``vmss`` says it.

    Args:
        options: The arguments of the marker.
        tenant_id: Of the tenant who may call.

    Raises:
        ClientUsageError: An option is none, or has a value that makes no sense.
    """
    checked = {name: _checked(name, value) for name, value in options.items()}
    page_size = checked.pop("page_size", _PAGE_SIZE)
    if tenant_id is not None:
        checked["tenant_id"] = tenant_id
    try:
        return _Recorded(settings=Settings(**checked), page_size=page_size)
    except ValueError as error:
        raise ClientUsageError(str(error)) from None


def _checked(name: str, value: Any) -> Any:
    kind = _OPTIONS.get(name)
    if kind is None:
        near = get_close_matches(name, _OPTIONS, 1)
        hint = f"did you mean {near[0]!r}? There are" if near else "there are"
        raise ClientUsageError(f"{name!r} is no option: {hint} {', '.join(sorted(_OPTIONS))}")
    if issubclass(kind, StrEnum):
        if value in list(kind):
            return kind(value)
        raise ClientUsageError(f"{name}={value!r}: expected one of {', '.join(map(repr, map(str, kind)))}")
    if type(value) is not kind:
        raise ClientUsageError(f"{name}={value!r}: expected {_NOUNS[kind]}")
    return value


class _Recorded(Emulator):
    """An emulator that writes down what it is asked, but for its control plane and what came by the back door."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.unrecorded_entry = EntryPoint(emulator=self)
        self.captured: list[CapturedRequest] = []

    def handle(self, request: Request, entrance: EntryPoint | None = None) -> Response:
        if entrance is self.unrecorded_entry or _CONTROL in request.url:
            return super().handle(request, entrance)
        response, over_http = None, entrance is not None and not entrance.skip_on_repeat
        place = len(self.captured)
        try:
            response = super().handle(request, entrance)
        except NoAnswerError:
            raise
        finally:
            self.captured.insert(place, CapturedRequest(request, response, over_http=over_http))
        return response


class _UnrecordedTransport(InProcessTransport):
    """To the emulator without being recorded."""

    emulator: _Recorded

    def send(self, request: Request) -> Response:
        return self.emulator.unrecorded_entry.handle(request)


class Rehearsal:
    """One test's emulator and everything around it.

    Attributes:
        emulator: The emulator.
        client: What the fixture ``vmss_client`` gives.
        backstage: A client of the fixtures, whose requests are not recorded.
        requests: What was sent.
        faults: What goes wrong.
        time: The emulated time.
    """

    def __init__(self, emulator: Emulator) -> None:
        assert isinstance(emulator, _Recorded)
        self.emulator = emulator
        self.client = VmssClient.in_process(emulator)
        self.backstage = VmssClient(
            self.client.subscription_id, endpoint=self.client.endpoint, transport=_UnrecordedTransport(emulator)
        )
        self.requests = CapturedRequests(lambda: emulator.captured, emulator.captured.clear)
        self.faults = Faults(self.backstage, RESOURCE_GROUP)
        self.time = VirtualTime(self.backstage._connection)

    def resource_group(self, name: str = RESOURCE_GROUP) -> str:
        """A resource group, made when there is none."""
        self.backstage.resource_groups.create_or_update(name, LOCATION)
        return name

    def scale_set(
        self,
        name: str = "web",
        *,
        capacity: int = 3,
        mode: str = "Rolling",
        resource_group: str = RESOURCE_GROUP,
        model: models.VirtualMachineScaleSet | None = None,
        **options: Any,
    ) -> ScaleSet:
        """See `MakeScaleSet`."""
        group, name = place(name, resource_group)
        made = self.backstage.scale_set(self.resource_group(group), name)
        made.create_or_update(model or linux_scale_set(capacity, mode, **options)).result()
        self._until_healthy(made)
        return self.client.scale_set(group, name)

    def _until_healthy(self, made: ScaleSet) -> None:
        """Upgrades count instances that have not reported yet as unhealthy, so let them report."""
        for _ in range(_EVENTS):
            if not _waits(list(made.instances(expand="instanceView"))) or self.time.skip().next_event is None:
                return

    def close(self) -> None:
        """The end of the test."""
        self.client.close()
        self.backstage.close()


def _waits(instances: Sequence[Any]) -> bool:
    views = (instance.instance_view for instance in instances)
    codes = (view.vm_health.status.code for view in views if view and view.vm_health and view.vm_health.status)
    return any(code.endswith(_NOT_YET) for code in codes)
