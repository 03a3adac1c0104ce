"""The stories that the drawings of the documentation tell, as they happen on the emulator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from tests.drawings.recording import Recording, record
from vmss_sdk import RollingUpgradePolicy, ScaleSet, VirtualMachineScaleSet, VirtualMachineScaleSetUpdate, VmssClient
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.testing import linux_scale_set

__all__ = ["STORIES", "Story", "told"]

Act = tuple[float, str, Callable[[], object]]
IMAGE = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server"}
ROLLING = {"pauseTimeBetweenBatches": "PT1M"}


@attrs.frozen
class Story:
    """One drawing.

    Attributes:
        name: The name of its file.
        title: What it shows, in a line.
        mode: The upgrade policy's mode.
        acts: What is done in it.
        capacity: How many instances there are.
        rolling: Members of the rolling upgrade policy.
        zones: In which it is.
        prepare: What is done before it begins.
        notes: What is written on the rows of some instances.
        apart: Whether model, OS disk and running are drawn one below the other.
        rest: For how many seconds more it is shown at the end.
    """

    name: str
    title: str
    mode: str
    acts: Callable[[VmssClient, ScaleSet], Sequence[Act]]
    capacity: int = 10
    rolling: dict[str, Any] = attrs.field(factory=dict)
    zones: Sequence[str] | None = None
    prepare: Callable[[VmssClient, ScaleSet], object] | None = None
    notes: dict[str, str] = attrs.field(factory=dict)
    apart: bool = False
    rest: float = 60


def told(story: Story) -> Recording:
    """Have it happen."""
    emulator = Emulator(settings=Settings(timings=Timings(jitter=0.15)))
    with VmssClient.in_process(emulator) as client:
        client.resource_groups.create_or_update("rg", "westeurope")
        web = client.scale_set("rg", "web")
        web.create_or_update(_model(story)).result()
        client.emulator.clock.settle()
        if story.prepare:
            story.prepare(client, web)
            client.emulator.clock.settle()
        return record(client, web, list(story.acts(client, web)), story.rest)


def _model(story: Story) -> VirtualMachineScaleSet:
    policy = RollingUpgradePolicy.from_wire(story.rolling)
    return linux_scale_set(story.capacity, story.mode, rolling=policy, custom_data="v1", zones=story.zones)


def _image(web: ScaleSet, version: str) -> Callable[[], object]:
    return lambda: _change(web, {"storageProfile": {"imageReference": {**IMAGE, "version": version}}})


def _change(web: ScaleSet, profile: dict[str, Any]) -> object:
    document = {"properties": {"virtualMachineProfile": profile}}
    return web.update(VirtualMachineScaleSetUpdate.from_wire(document))


def _automatic(_: VmssClient, web: ScaleSet) -> Sequence[Act]:
    return [(60, "new image", _image(web, "2.0.0"))]


def _manual(_: VmssClient, web: ScaleSet) -> Sequence[Act]:
    return [
        (60, "new image", _image(web, "2.0.0")),
        (180, "upgrade 0, 1, 2", lambda: web.upgrade_instances(["0", "1", "2"])),
        (480, "upgrade 3 to 7", lambda: web.upgrade_instances([str(number) for number in range(3, 8)])),
    ]


def _gate(client: VmssClient, web: ScaleSet) -> Sequence[Act]:
    client.emulator.scale_set("rg", "web").faults.unhealthy_after_upgrade(count=2)
    return [(60, "bad image", _image(web, "2.0.0")), (-420, "repaired image", _image(web, "2.0.1"))]


def _protect(_: VmssClient, web: ScaleSet) -> None:
    web.instance("4").protect(from_scale_set_actions=True).result()


def _reimage(_: VmssClient, web: ScaleSet) -> Sequence[Act]:
    return [
        (60, "new custom data", lambda: _change(web, {"osProfile": {"customData": "djI="}})),
        (-60, "one more instance", lambda: web.set_capacity(4)),
        (-60, "reimage 0 and 2", lambda: web.reimage(["0", "2"])),
    ]


STORIES = (
    Story("automatic", "Automatic: all outdated instances at once", "Automatic", _automatic),
    Story("manual", "Manual: nobody, until somebody names them", "Manual", _manual),
    Story("rolling", "Rolling: 20 % in a batch, a minute between batches", "Rolling", _automatic, rolling=ROLLING),
    Story(
        "gate",
        "Rolling: a bad image stops at the first batch, a repaired one goes on",
        "Rolling",
        _gate,
        rolling=ROLLING,
    ),
    Story(
        "zones",
        "Rolling: nine instances in three zones, batches of at most 40 %",
        "Rolling",
        _automatic,
        capacity=9,
        rolling={**ROLLING, "maxBatchInstancePercent": 40, "maxUnhealthyInstancePercent": 40},
        zones=["1", "2", "3"],
        prepare=_protect,
        notes={"4": "protected from scale set actions"},
    ),
    Story(
        "surge",
        "Rolling with MaxSurge: new instances first",
        "Rolling",
        _automatic,
        capacity=4,
        rolling={**ROLLING, "maxBatchInstancePercent": 25, "maxSurge": True},
    ),
    Story(
        "reimage",
        "Rolling, and new custom data: only a reimage changes the OS disk",
        "Rolling",
        _reimage,
        capacity=3,
        apart=True,
    ),
)
