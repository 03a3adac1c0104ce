"""The verbs that an instance and a virtual machine of a Flexible scale set share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.handles._resource import Resource, Verb

if TYPE_CHECKING:
    from vmss_sdk.operation import Operation

__all__ = ["Machine"]

_DELETE = Verb(method="DELETE")
_START = Verb("start")
_RESTART = Verb("restart")
_REDEPLOY = Verb("redeploy")
_PERFORM_MAINTENANCE = Verb("performMaintenance")
_POWER_OFF = Verb("powerOff")


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
