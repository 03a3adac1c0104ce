"""Scripts kept as resources of a machine: run commands, and those for diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from vmss_sdk import models
from vmss_sdk.handles._resource import Resource, Verb, segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vmss_sdk._connection import Connection
    from vmss_sdk.operation import Operation

__all__ = ["DiagnosticRunCommands", "RunCommands"]

M = TypeVar("M", bound=models.VirtualMachineRunCommand)


class _Commands(Resource, Generic[M]):
    """The scripts of one family."""

    __slots__ = ()

    _model: type[M]
    _family: str

    def __init__(self, connection: Connection, machine: Resource) -> None:
        """For the SDK's own use: see `Instance` and `FlexibleVirtualMachine`."""
        super().__init__(connection, f"{machine.id}/{self._family}")

    def list(self, *, expand: str | None = None) -> Iterator[M]:
        """All of them, page by page as they are asked for.

        Args:
            expand: ``instanceView`` for how each script fares.

        Raises:
            NotFoundError: There is no such machine.
        """
        return self._list(self._model, "", {"$expand": expand})

    def get(self, name: str, *, expand: str | None = None) -> M:
        """One of them.

        Args:
            name: Its name.
            expand: ``instanceView`` for how its script fares: state, exit code and output.

        Raises:
            NotFoundError: There is no such command or machine.
        """
        return self._get(self._model, segment(name, "a run command name"), {"$expand": expand})

    def delete(self, name: str) -> Operation[None]:
        """Take one away; a script of it that still runs is stopped. Nothing happens when there is none.

        Args:
            name: Its name.

        Raises:
            NotFoundError: There is no such machine.
            OperationNotAllowedError: The machine is not running.
        """
        return self._start(self._verb("DELETE", name))

    @staticmethod
    def _verb(method: str, name: str) -> Verb:
        return Verb(segment(name, "a run command name"), method)


class RunCommands(_Commands[models.VirtualMachineRunCommand]):
    """The run commands of a machine.

    Attributes:
        id: Resource id of the collection.
    """

    __slots__ = ()
    _model = models.VirtualMachineRunCommand
    _family = "runCommands"

    def create_or_update(
        self, name: str, command: models.VirtualMachineRunCommand
    ) -> Operation[models.VirtualMachineRunCommand]:
        """Write one, which runs its script.

        The operation succeeds when the platform has run the script, however that ended, unless the command has
        ``treat_failure_as_deployment_failure``; with ``async_execution`` as soon as it has started. Exit code and
        output are told by ``get(name, expand="instanceView")``.

        Args:
            name: Its name; one that exists is replaced.
            command: Location, which has to be the scale set's, and the script.

        Raises:
            InvalidRequestError: The service refused a value.
            NotFoundError: There is no such machine, or no such built-in command.
            OperationNotAllowedError: The machine is not running, or allows no extensions.
        """
        return self._start(self._verb("PUT", name), self._model, body=command.wire)

    def update(
        self, name: str, change: models.VirtualMachineRunCommandUpdate
    ) -> Operation[models.VirtualMachineRunCommand]:
        """Change one, which runs its script again; what is not named stays.

        Args:
            name: Its name.
            change: What shall be different; a source is replaced whole.

        Raises:
            InvalidRequestError: The service refused a value.
            NotFoundError: There is no such command or machine.
            OperationNotAllowedError: The machine is not running.
        """
        return self._start(self._verb("PATCH", name), self._model, body=change.wire)


class DiagnosticRunCommands(_Commands[models.VirtualMachineDiagnosticRunCommand]):
    """The run commands of a machine that serve diagnosis (added 2026-04-01).

    Attributes:
        id: Resource id of the collection.
    """

    __slots__ = ()
    _model = models.VirtualMachineDiagnosticRunCommand
    _family = "diagnosticRunCommands"

    def create_or_update(self, name: str, command: models.VirtualMachineDiagnosticRunCommand) -> Operation[None]:
        """Write one, which runs its script, as `RunCommands.create_or_update` does; it brings no result.

        Args:
            name: Its name; one that exists is replaced.
            command: Location, which has to be the scale set's, and the script.

        Raises:
            InvalidRequestError: The service refused a value.
            NotFoundError: There is no such machine, or no such built-in command.
            OperationNotAllowedError: The machine is not running, or allows no extensions.
        """
        return self._start(self._verb("PUT", name), body=command.wire)

    def update(self, name: str, change: models.VirtualMachineRunCommandUpdate) -> Operation[None]:
        """Change one, which runs its script again; what is not named stays. It brings no result.

        Args:
            name: Its name.
            change: What shall be different; a source is replaced whole.

        Raises:
            InvalidRequestError: The service refused a value.
            NotFoundError: There is no such command or machine.
            OperationNotAllowedError: The machine is not running.
        """
        return self._start(self._verb("PATCH", name), body=change.wire)
