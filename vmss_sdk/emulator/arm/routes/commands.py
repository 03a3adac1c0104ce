"""Routes inside a machine: extensions, disks, run commands, boot diagnostics; of instances and machines."""

from functools import partial

from vmss_sdk.emulator.arm.compute import boot_diagnostics, data_disks, instance_extensions, run_commands
from vmss_sdk.emulator.arm.compute.places import ALONE, INSIDE, NUMBERED
from vmss_sdk.emulator.arm.routes.paths import BLOB, INSTANCE, MACHINE
from vmss_sdk.emulator.arm.routing import Route
from vmss_sdk.emulator.engine.record.run_command import CommandKind

__all__ = ["ROUTES"]

_INSIDE = {"GET": "get command", "DELETE": "delete instance", **dict.fromkeys(("PUT", "PATCH"), "act on instance")}
_ALONE = {"GET": "get machine", **dict.fromkeys(("PUT", "PATCH", "DELETE"), "act on machine")}
_DISKS = "attachDetachDataDisks"
_BOOT = "retrieveBootDiagnosticsData"

ROUTES: tuple[Route, ...] = (
    *instance_extensions.family(INSTANCE, INSIDE, _INSIDE),
    *instance_extensions.family(MACHINE, ALONE, _ALONE),
    *run_commands.family(INSTANCE, INSIDE, CommandKind.MANAGED, _INSIDE),
    *run_commands.family(INSTANCE, INSIDE, CommandKind.DIAGNOSTIC, _INSIDE),
    *run_commands.family(MACHINE, ALONE, CommandKind.MANAGED, _ALONE),
    Route("POST", f"{INSTANCE}/{_DISKS}", partial(data_disks.attach_detach_data_disks, INSIDE), "act on instance"),
    Route("POST", f"{MACHINE}/{_DISKS}", partial(data_disks.attach_detach_data_disks, ALONE), "act on machine"),
    Route("POST", f"{INSTANCE}/runCommand", partial(run_commands.invoke, NUMBERED), "act on instance"),
    Route("POST", f"{MACHINE}/runCommand", partial(run_commands.invoke, ALONE), "act on machine"),
    Route("POST", f"{INSTANCE}/{_BOOT}", partial(boot_diagnostics.retrieve, INSIDE), "touch instance"),
    Route("POST", f"{MACHINE}/{_BOOT}", partial(boot_diagnostics.retrieve, ALONE), "act on machine"),
    Route("GET", BLOB, boot_diagnostics.read_blob, versioned=False, public=True),
    Route("HEAD", BLOB, boot_diagnostics.read_blob, versioned=False, public=True),
)
