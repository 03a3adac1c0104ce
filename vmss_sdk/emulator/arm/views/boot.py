"""Boot diagnostics: a screenshot of the console, and the serial log, made from the machine's history."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.views.common import moment_of
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.guest.scripts import os_of
from vmss_sdk.emulator.engine.work.instance_model import instance_document

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["BLOBS", "account", "blob_of", "content", "diagnostics", "own_storage"]

Document = dict[str, Any]

_SCREENSHOT, _LOG = "screenshot.bmp", "serialconsole.log"
BLOBS = {"consoleScreenshotBlobUri": _SCREENSHOT, "serialConsoleLogBlobUri": _LOG}
"""The members of the answers, and the ends of the blobs' names."""

_WIDTH, _HEIGHT, _LINE = 320, 200, 12
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


def diagnostics(scale_set: ScaleSet, instance: Instance) -> Document:
    """The ``bootDiagnostics`` in an instance's model; empty when there are none."""
    profile = scale_set.version(instance.applied).profile
    if instance.overrides:
        profile = instance_document(scale_set, instance)["properties"]
    found: Document = get_path(profile, "diagnosticsProfile.bootDiagnostics", {})
    return found


def own_storage(scale_set: ScaleSet, instance: Instance) -> Document | None:
    """Where they are in the user's storage account; None where Azure keeps them (documented: it is not told then)."""
    settings = diagnostics(scale_set, instance)
    if not (settings.get("enabled") and settings.get("storageUri")):
        return None
    base = str(settings["storageUri"]).rstrip("/")
    return {member: "/".join([base, *blob_of(instance, name)]) for member, name in BLOBS.items()}


def account(scale_set: ScaleSet, instance: Instance) -> str:
    """The name of the storage account; CHOICE: of Azure's own where the user gave none."""
    uri = str(diagnostics(scale_set, instance).get("storageUri") or "")
    host = uri.partition("://")[2].partition("/")[0].partition(".")[0]
    return host or f"md{instance.vm_id.replace('-', '')[:12]}"


def blob_of(instance: Instance, name: str) -> tuple[str, str]:
    """The container and the name of a blob."""
    letters = _NOT_LETTERS.sub("", instance.name.lower())[:9]
    return f"bootdiagnostics-{letters}-{instance.vm_id}", f"{instance.name}.{instance.vm_id}.{name}"


def content(scale_set: ScaleSet, instance: Instance, name: str) -> tuple[str, bytes]:
    """The type and the content of a blob."""
    lines = list(_log(scale_set, instance))
    if name == _LOG:
        return "text/plain; charset=utf-8", "\r\n".join([*lines, ""]).encode()
    return "image/bmp", _bitmap(lines if instance.running else [])


def _log(scale_set: ScaleSet, instance: Instance) -> Iterator[str]:
    """What the machine would have said since its OS disk was made; CHOICE: earlier disks had logs of their own."""
    content, started = instance.os.content, instance.os.written_at
    windows = os_of(scale_set, instance) == "Windows"
    image = content.image
    reference = ":".join(str(image[key]) for key in ("publisher", "offer", "sku") if key in image) or image.get("id")
    yield f"[    0.000000] Booting {'Windows' if windows else 'Linux'} on {instance.computer_name}"
    yield f"[    0.000000] OS disk {instance.os.disk}: {reference}, version {content.image_version}"
    yield f"[    1.204113] {_kernel_time(started)} provisioning agent: started on VM {instance.vm_id}"
    if not windows and content.custom_data is not None:
        yield f"[   12.370021] {_kernel_time(started)} cloud-init: custom data of model {content.model} applied"
    for run in instance.extension_runs:
        if run.at >= started:
            how = "succeeded" if run.succeeded else "failed"
            yield f"{_kernel_time(run.at)} agent: extension {run.name} ({run.reason.value}) {how}"
    for command in instance.commands.values():
        if command.execution is not None and (command.execution.started_at or 0.0) >= started:
            yield f"{_kernel_time(command.execution.started_at)} agent: {command.name} {command.execution.state.value}"
    if instance.running:
        yield f"{instance.computer_name} login: " if not windows else "SAC>"
    else:
        yield f"{_kernel_time(instance.changed_at)} system: power {instance.power.value}"


def _kernel_time(seconds: float | None) -> str:
    return moment_of(seconds or 0.0).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bitmap(lines: list[str]) -> bytes:
    """A black console, with a bar as long as each line of the log: one bit for each point, the lowest row first."""
    stride = _WIDTH // 8
    rows = [bytes(stride)] * _HEIGHT
    for at, line in enumerate(lines[: _HEIGHT // _LINE]):
        filled = min(stride, max(1, len(line) // 4))
        bar = b"\xff" * filled + bytes(stride - filled)
        rows[at * _LINE + 2 : at * _LINE + 8] = [bar] * 6
    pixels = b"".join(reversed(rows))
    palette = b"\x00\x00\x00\x00\xc0\xc0\xc0\x00"
    offset = 14 + 40 + len(palette)
    header = struct.pack("<2sIHHI", b"BM", offset + len(pixels), 0, 0, offset)
    info = struct.pack("<IiiHHIIiiII", 40, _WIDTH, _HEIGHT, 1, 1, 0, len(pixels), 2835, 2835, 2, 2)
    return header + info + palette + pixels
