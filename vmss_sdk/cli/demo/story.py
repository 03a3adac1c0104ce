"""The story: create, change the image, change the custom data, reimage. Public client API only."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vmss_sdk.cli.demo.model import INSTANCES, custom_data_change, image_change, scale_set
from vmss_sdk.cli.demo.watcher import Watcher
from vmss_sdk.cli.durations import duration_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmss_sdk.cli.demo.display import Display
    from vmss_sdk.client import VmssClient
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["tell"]

_OLD, _NEW = "1.0.0", "2.0.0"
_FIRST, _SECOND = "v1", "v2"
_CONTENTS = {1: (_OLD, _FIRST), 2: (_NEW, _FIRST), 3: (_NEW, _SECOND)}


def tell(client: VmssClient, display: Display) -> None:
    """Tell the story on a client whose service is an emulator."""
    client.resource_groups.create_or_update("demo", "westus2")
    web = client.scale_set("demo", "web")
    watcher = Watcher(client, web, display, _CONTENTS)
    _create(client, web, watcher, display)
    took = _change_image(client, web, watcher, display)
    batches, lowest = watcher.batches, watcher.lowest
    _change_custom_data(web, watcher, display)
    _reimage(client, web, watcher)
    _end(batches, lowest, took, display)


def _create(client: VmssClient, web: ScaleSet, watcher: Watcher, display: Display) -> None:
    display.chapter(
        "1. A scale set of ten instances",
        [
            f"Image {_OLD}, Application Health extension, upgrade policy Rolling:",
            "batches of 20 %, at most 20 % unhealthy, a pause of 30 s between batches.",
        ],
    )
    watcher.begin()
    web.create_or_update(scale_set(_OLD, _FIRST)).on_progress(watcher.look).result()
    _until_healthy(client, watcher)
    watcher.say("ten instances run the newest model, all healthy")


def _change_image(client: VmssClient, web: ScaleSet, watcher: Watcher, display: Display) -> float:
    """Returns how long the roll took, in emulated seconds."""
    display.chapter(
        "2. A new image",
        [
            f"The model gets image {_NEW}. Nobody touches an instance: the policy brings it to",
            "them, two at a time, each batch only after the one before is healthy.",
        ],
    )
    began = client.clock.now()
    watcher.begin("PreCheckPassed", "BatchStarted", "BatchFinished", "Paused", "UpgradeCompleted")
    web.update(image_change(_NEW)).on_progress(watcher.look).result()
    return client.clock.now() - began


def _change_custom_data(web: ScaleSet, watcher: Watcher, display: Display) -> None:
    display.chapter(
        "3. New custom data, and a reimage",
        [
            f"Custom data '{_SECOND}' is an exception to every upgrade policy: the roll marks the",
            "model as applied, but the OS disks stay. Only new and reimaged instances get it.",
        ],
    )
    watcher.begin("PreCheckPassed", "UpgradeCompleted")
    web.update(custom_data_change(_SECOND)).on_progress(watcher.look).result()
    watcher.say(f"all have the newest model; on the disks: {_on_disks(watcher)}")


def _reimage(client: VmssClient, web: ScaleSet, watcher: Watcher) -> None:
    watcher.begin("Reimaged")
    watcher.say("reimage of instance 0")
    web.reimage(["0"]).on_progress(watcher.look).result()
    _until_healthy(client, watcher)
    watcher.say(f"instance 0 is up to date; on the disks: {_on_disks(watcher)}")


def _until_healthy(client: VmssClient, watcher: Watcher) -> None:
    """The operation ends when the instances run; their health is read a moment later."""
    while watcher.look().healthy < INSTANCES:
        client.clock.sleep(1)


def _on_disks(watcher: Watcher) -> str:
    """Which custom data is on how many disks."""
    found = [cell.custom_data for cell in watcher.look().cells]
    return ", ".join(f"'{text}' on {found.count(text)}" for text in (_FIRST, _SECOND) if text in found)


def _end(batches: Sequence[int], lowest: int, took: float, display: Display) -> None:
    happened = [
        f"The image came in {len(batches)} batches of {batches[0]}, in {duration_text(took)} of emulated time.",
        f"Never fewer than {lowest} of {INSTANCES} instances were healthy.",
        "The custom data reached nobody by itself; the reimage brought it to instance 0.",
        "The other nine start with the old one until somebody reimages them.",
    ]
    python = _as_typed("python")
    next_steps = [
        f"a bad image stops the roll         {python} samples/python/bad_image.py",
        f"what reaches whom, in each mode    {python} samples/python/reimage_exceptions.py",
        f"the same over HTTP                 {_as_typed('vmss')} emulator start",
    ]
    display.end([("What happened", happened), ("Try next", next_steps)])


def _as_typed(command: str) -> str:
    """How this environment's command is typed here: in a fresh clone it is not on the PATH."""
    own = Path(sys.executable).parent / command
    found = shutil.which(command)
    return str(own.relative_to(Path.cwd())) if found != str(own) and own.is_relative_to(Path.cwd()) else command
