"""The extensions of a scale set, of an instance, or of a virtual machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from vmss_sdk.handles._resource import Resource, Verb, segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vmss_sdk._connection import Connection
    from vmss_sdk.models import Model
    from vmss_sdk.operation import Operation

__all__ = ["Extensions"]

M = TypeVar("M", bound="Model")


class Extensions(Resource, Generic[M]):
    """The extensions of one resource, known by their names; iterating lists them.

    Those of a scale set are part of its model: a change reaches the instances as the upgrade policy says. Those of an
    instance or a virtual machine are what runs there, the ones of the model and the ones that were set on it alone.

    ::

        web.extensions.create_or_update(
            "script",
            VirtualMachineScaleSetExtension(
                publisher="Microsoft.Azure.Extensions",
                type="CustomScript",
                type_handler_version="2.1",
                settings={"commandToExecute": "true"},
            ),
        ).result()
        print([extension.name for extension in web.extensions])

    Attributes:
        id: Resource id of the list.
    """

    __slots__ = ("_model",)

    def __init__(self, connection: Connection, owner: Resource, model: type[M]) -> None:
        """For the SDK's own use: see ``ScaleSet.extensions`` and ``Instance.extensions``."""
        super().__init__(connection, f"{owner.id}/extensions")
        self._model = model

    def __iter__(self) -> Iterator[M]:
        """All of them, see `list`."""
        return self.list()

    def list(self, *, expand: str | None = None) -> Iterator[M]:
        """All of them; pages are followed.

        Args:
            expand: ``instanceView`` for how each is doing, on instances and virtual machines.

        Raises:
            NotFoundError: There is no such scale set, instance or virtual machine.
        """
        return self._list(self._model, "", {"$expand": expand})

    def get(self, name: str, *, expand: str | None = None) -> M:
        """One of them.

        Args:
            name: Its name.
            expand: ``instanceView`` for how it is doing, on instances and virtual machines.

        Raises:
            ClientUsageError: The name is empty or holds a slash.
            NotFoundError: There is none of this name.
        """
        return self._get(self._model, _part(name), {"$expand": expand})

    def create_or_update(self, name: str, extension: M) -> Operation[M]:
        """Add an extension, or change the one of this name; the operation ends when it has run where it shall.

        Args:
            name: Its name, unique in the resource.
            extension: It needs a publisher, a type and a handler version. Protected settings that are not given stay.

        Raises:
            ClientUsageError: The name is empty or holds a slash.
            InvalidRequestError: The service refused a value; ``details`` lists them.
            NotFoundError: There is no such scale set, instance or virtual machine.
            OperationNotAllowedError: A rolling upgrade is running, or the machine is not.
        """
        return self._start(Verb(_part(name), "PUT"), self._model, body=extension.wire)

    def update(self, name: str, change: M) -> Operation[M]:
        """Change only the members that are given.

        Args:
            name: Its name.
            change: What to change.

        Raises:
            ClientUsageError: The name is empty or holds a slash.
            InvalidRequestError: The service refused a value; ``details`` lists them.
            NotFoundError: There is none of this name.
            OperationNotAllowedError: A rolling upgrade is running, or the machine is not.
        """
        return self._start(Verb(_part(name), "PATCH"), self._model, body=change.wire)

    def delete(self, name: str) -> Operation[None]:
        """Remove an extension; one that does not exist is no error.

        Args:
            name: Its name.

        Raises:
            ClientUsageError: The name is empty or holds a slash.
            InvalidRequestError: The model needs it, for example the health extension in Rolling mode.
            OperationNotAllowedError: A rolling upgrade is running, or the machine is not.
        """
        return self._start(Verb(_part(name), "DELETE"))


def _part(name: str) -> str:
    return segment(name, "an extension name")
