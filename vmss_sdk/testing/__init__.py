"""Help for tests of what one has automated: pytest fixtures, faults, time that stands still, and what was sent.

The fixtures come with the installed package, see `vmss_sdk.testing.plugin`::

    def test_rotation_reaches_every_instance(vmss_client, vmss_scale_set):
        web = vmss_scale_set("web", capacity=3)
        rotate_password(vmss_client, "rg", "web", "Another-Horse-8")
        assert web.pending().summary == "nothing pending"

Without pytest::

    client = VmssClient.in_process()
    with client.emulator.scale_set("rg", "web").faults as faults:
        faults.unhealthy_after_upgrade(["0"])
        ...  # and afterwards nothing is wrong any more

Names are imported when they are asked for: pytest imports this package at every start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vmss_sdk.handles.emulator import (
        EmulatedScaleSet,
        EmulatorClock,
        EmulatorControl,
        ScaleSetFaults,
        ServiceFaults,
    )
    from vmss_sdk.previews import Preview, PreviewedInstance, PreviewedOperation
    from vmss_sdk.records import (
        ClockReading,
        Decision,
        ExtensionRun,
        Fault,
        InstancePending,
        InstanceState,
        OsDisk,
        PendingChange,
        PendingChanges,
    )
    from vmss_sdk.testing.captured import CapturedRequest, CapturedRequests
    from vmss_sdk.testing.exchanges import Exchange, captured_requests, frozen
    from vmss_sdk.testing.faults import Faults
    from vmss_sdk.testing.models import linux_scale_set
    from vmss_sdk.testing.rehearsal import MakeScaleSet, VirtualTime
    from vmss_sdk.testing.secure import SecureServer
    from vmss_sdk.testing.server import EmulatorServer

__all__ = [
    "CapturedRequest",
    "CapturedRequests",
    "ClockReading",
    "Decision",
    "EmulatedScaleSet",
    "EmulatorClock",
    "EmulatorControl",
    "EmulatorServer",
    "Exchange",
    "ExtensionRun",
    "Fault",
    "Faults",
    "InstancePending",
    "InstanceState",
    "MakeScaleSet",
    "OsDisk",
    "PendingChange",
    "PendingChanges",
    "Preview",
    "PreviewedInstance",
    "PreviewedOperation",
    "ScaleSetFaults",
    "SecureServer",
    "ServiceFaults",
    "VirtualTime",
    "captured_requests",
    "frozen",
    "linux_scale_set",
]

if not TYPE_CHECKING:
    _PARTS = {
        "handles.emulator": "EmulatedScaleSet EmulatorClock EmulatorControl ScaleSetFaults ServiceFaults",
        "previews": "Preview PreviewedInstance PreviewedOperation",
        "records": (
            "ClockReading Decision ExtensionRun Fault InstancePending InstanceState OsDisk PendingChange PendingChanges"
        ),
        "testing.captured": "CapturedRequest CapturedRequests",
        "testing.exchanges": "Exchange captured_requests frozen",
        "testing.faults": "Faults",
        "testing.models": "linux_scale_set",
        "testing.rehearsal": "MakeScaleSet VirtualTime",
        "testing.secure": "SecureServer",
        "testing.server": "EmulatorServer",
    }
    _HOME = {name: part for part, names in _PARTS.items() for name in names.split()}

    def __getattr__(name: str) -> Any:
        part = _HOME.get(name)
        if part is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"vmss_sdk.{part}"), name)
        return value
