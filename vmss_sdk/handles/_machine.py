"""The verbs that an instance and a virtual machine of a Flexible scale set share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk import models
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._resource import Resource, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmss_sdk.handles.run_command import RunCommands
    from vmss_sdk.operation import Operation

__all__ = ["Machine"]

_DELETE = Verb(method="DELETE")
_START = Verb("start")
_RESTART = Verb("restart")
_REDEPLOY = Verb("redeploy")
_PERFORM_MAINTENANCE = Verb("performMaintenance")
_POWER_OFF = Verb("powerOff")
_RUN_COMMAND = Verb("runCommand")
_ATTACH_DETACH = Verb("attachDetachDataDisks")


class Machine(Resource):
    """A machine that runs, whichever resource it is addressed by."""

    __slots__ = ()

    def start(self) -> Operation[None]:
        """Start the machine."""
        return self._start(_START)

    def restart(self) -> Operation[None]:
        """Restart the machine."""
        return self._start(_RESTART)

    def redeploy(self) -> Operation[None]:
        """Move the machine to another host; what is on its temporary disk is lost.

        Raises:
            OperationNotAllowedError: It is deallocated.
        """
        return self._start(_REDEPLOY)

    def perform_maintenance(self) -> Operation[None]:
        """Do planned maintenance of the machine now instead of when Azure would.

        Raises:
            OperationNotAllowedError: No maintenance is planned, or the subscription may not; in the emulator always.
        """
        return self._start(_PERFORM_MAINTENANCE)

    def simulate_eviction(self) -> None:
        """Evict the machine as Azure evicts Spot machines: by its policy it is deallocated or deleted.

        It goes by itself after this has returned.

        Raises:
            InvalidRequestError: The scale set has no such instance.
            NotFoundError: There is no such virtual machine.
            OperationNotAllowedError: It is no Spot machine.
        """
        self._connection.call("POST", self._url("simulateEviction", None))

    def power_off(self, *, skip_shutdown: bool | None = None) -> Operation[None]:
        """Stop the machine; it goes on costing money.

        Args:
            skip_shutdown: Whether to switch it off without a graceful shutdown.
        """
        return self._start(_POWER_OFF, query={"skipShutdown": skip_shutdown})

    def delete(self, *, force: bool | None = None) -> Operation[None]:
        """Delete the machine; the capacity of its scale set goes down by one.

        Args:
            force: Whether to delete it without waiting for its shutdown.
        """
        return self._start(_DELETE, query={"forceDeletion": force})

    @property
    def run_commands(self) -> RunCommands:
        """The scripts kept as resources of the machine; sends nothing."""
        from vmss_sdk.handles.run_command import RunCommands

        return RunCommands(self._connection, self)

    def run_command(self, command: models.RunCommandInput) -> Operation[models.RunCommandResult]:
        """Run a script at once; the result has the last 4 KB of what it wrote.

        On Linux one status has both streams in its message, on Windows there is one for each. A script that fails
        does not fail the operation, and its exit code shows nowhere: for that use `run_commands`.

        Args:
            command: ``command_id`` is ``RunShellScript`` on Linux and ``RunPowerShellScript`` on Windows, or a
                built-in command.

        Raises:
            ConflictError: Another script of this action runs on the machine.
            InvalidRequestError: The service refused a value.
            NotFoundError: There is no such built-in command, or no such machine.
            OperationNotAllowedError: The machine is not running, or allows no extensions.
        """
        return self._start(_RUN_COMMAND, models.RunCommandResult, body=command.wire)

    def boot_diagnostics(self, *, expiration_minutes: int | None = None) -> models.RetrieveBootDiagnosticsDataResult:
        """Signed addresses of the console's screenshot and of the serial log: whoever has one can read it.

        Args:
            expiration_minutes: How long they can be read: 1 to 1440, by default 120.

        Raises:
            InvalidRequestError: The number of minutes is out of range.
            NotFoundError: There is no such machine.
            OperationNotAllowedError: Boot diagnostics are not enabled in the machine's model.
        """
        url = self._url("retrieveBootDiagnosticsData", {"sasUriExpirationTimeInMinutes": expiration_minutes})
        return models.RetrieveBootDiagnosticsDataResult.from_wire(self._connection.call("POST", url).document)

    def attach_detach_data_disks(
        self,
        attach: Sequence[models.DataDisksToAttach | str] = (),
        detach: Sequence[models.DataDisksToDetach | str] = (),
    ) -> Operation[models.StorageProfile]:
        """Attach managed disks to the machine and detach others, as one change; it keeps running.

        Args:
            attach: Disks, or their resource ids; one without ``lun`` gets the lowest free one.
            detach: Disks, or their resource ids.

        Raises:
            ClientUsageError: Neither was given.
            ConflictError: A disk belongs to another machine, or is being detached.
            InvalidRequestError: A LUN is taken, or a disk is not attached here.
            NotFoundError: There is no such machine.
            OperationNotAllowedError: The machine's size takes no more disks.
        """
        if not (attach or detach):
            raise ClientUsageError("attach_detach_data_disks needs disks to attach or to detach")
        coming = [models.DataDisksToAttach(disk_id=disk) if isinstance(disk, str) else disk for disk in attach]
        going = [models.DataDisksToDetach(disk_id=disk) if isinstance(disk, str) else disk for disk in detach]
        body = models.AttachDetachDataDisksRequest(
            data_disks_to_attach=coming or None, data_disks_to_detach=going or None
        )
        return self._start(_ATTACH_DETACH, models.StorageProfile, body=body.wire)
