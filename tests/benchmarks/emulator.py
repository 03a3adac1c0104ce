"""The emulator: a rolling upgrade in virtual time, and a call in process beside the same call over loopback HTTP."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

from tests.benchmarks.bodies import SUBSCRIPTION, new_scale_set
from tests.benchmarks.measure import Row, compare, cpu, server, wall
from vmss_sdk import InProcessTransport, Request, VirtualMachineScaleSet, VmssClient
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.handles.scale_set import ScaleSet


def rows() -> Iterator[Row]:
    """Rolling upgrades of 1,000 and 2,000 instances, and GETs of one instance."""
    yield from _rolling()
    yield from _calls()


def _model(capacity: int, image_version: str) -> VirtualMachineScaleSet:
    document = new_scale_set(capacity)
    model: Any = VirtualMachineScaleSet.from_wire(document)
    model.virtual_machine_profile.storage_profile.image_reference.version = image_version
    return VirtualMachineScaleSet.from_wire(document)


def _created(client: VmssClient, capacity: int) -> ScaleSet:
    client.resource_groups.create_or_update("rg", "westeurope")
    web = client.scale_set("rg", "web")
    web.create_or_update(_model(capacity, "24.04.1")).result()
    return web


def _upgrade(capacity: int) -> Callable[[], float]:
    """The CPU of one upgrade in 20 % batches: the request, everything that happens, every poll."""
    settings = Settings(max_instances=2000)  # Azure's limit is 1,000; how the work grows shows beyond it

    def measured() -> float:
        web = _created(VmssClient.in_process(Emulator(settings=settings)), capacity)
        model = _model(capacity, "24.04.2")
        taken = cpu(lambda: web.create_or_update(model).result())
        assert all(vm.latest_model_applied for vm in web.instances())
        return taken

    return measured


def _rolling() -> Iterator[Row]:
    taken = compare(5, {"1,000": _upgrade(1000), "2,000": _upgrade(2000)})
    what = "rolling upgrade in virtual time, {} instances"
    yield Row(what.format("1,000"), "", taken["1,000"], reach=0.150)
    yield Row(what.format("2,000"), "1,000 instances", taken["2,000"], taken["1,000"], 2.3)


def _calls() -> Iterator[Row]:
    emulator = Emulator()
    inside = _created(VmssClient.in_process(emulator), 10).instance("3")
    with server("--clock", "virtual") as endpoint:
        outside = _created(VmssClient(SUBSCRIPTION, endpoint=endpoint), 10).instance("3")
        times = 200
        taken = compare(9, {"in process": partial(wall, inside.get, times), "http": partial(wall, outside.get, times)})
    yield Row("GET an instance, in process (time)", "loopback HTTP", taken["in process"], taken["http"], 1 / 10)
    request = _captured(inside.get)
    taken = compare(9, {"ours": partial(cpu, lambda: emulator.handle(request), times)})
    yield Row("GET an instance, engine and view alone", "", taken["ours"], reach=100e-6)


def _captured(call: Callable[[], object]) -> Request:
    """The request that a call sends."""
    send = InProcessTransport.send
    with patch.object(InProcessTransport, "send", autospec=True, side_effect=send) as sent:
        call()
    request: Request = sent.call_args.args[1]
    return request
