"""A virtual machine of a Flexible scale set, by its own resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk import models
from vmss_sdk.handles._machine import Machine
from vmss_sdk.handles._resource import Verb, segment
from vmss_sdk.handles.extensions import Extensions

if TYPE_CHECKING:
    from vmss_sdk._connection import Connection
    from vmss_sdk.operation import Operation

__all__ = ["FlexibleVirtualMachine"]

_PUT = Verb(method="PUT")
_REIMAGE = Verb("reimage")
_DEALLOCATE = Verb("deallocate")


class FlexibleVirtualMachine(Machine):
    """A virtual machine of a Flexible scale set.

    Attributes:
        id: Resource id.
        resource_group: Name of its resource group.
        name: Its name, which is also its instance id in the scale set.
    """

    __slots__ = ("name", "resource_group")

    def __init__(self, connection: Connection, group_id: str, resource_group: str, name: str) -> None:
        """For the SDK's own use: see ``VmssClient.virtual_machine``."""
        path = f"{group_id}/providers/Microsoft.Compute/virtualMachines/{segment(name, 'a virtual machine name')}"
        super().__init__(connection, path)
        self.resource_group = resource_group
        self.name = name

    def get(self, *, expand: str | None = None) -> models.VirtualMachine:
        """The virtual machine.

        Args:
            expand: ``instanceView`` for power and health, ``userData`` for the user data.

        Raises:
            NotFoundError: There is no such virtual machine.
        """
        return self._get(models.VirtualMachine, query={"$expand": expand})

    def create_or_update(self, model: models.VirtualMachine) -> Operation[models.VirtualMachine]:
        """Make the virtual machine in the scale set that ``virtual_machine_scale_set`` names, or change it.

        It has a name of its own choice and a model of its own; what is not sent is as the scale set's profile has it.

        Args:
            model: The whole virtual machine, or what shall be different from the profile.

        Raises:
            InvalidRequestError: The service refused a value; ``details`` lists them.
            NotFoundError: There is no such resource group or scale set.
        """
        return self._start(_PUT, models.VirtualMachine, body=model.wire)

    @property
    def extensions(self) -> Extensions[models.VirtualMachineExtension]:
        """What is installed on the virtual machine; one that is set here makes its model its own."""
        return Extensions(self._connection, self, models.VirtualMachineExtension)

    def instance_view(self) -> models.VirtualMachineInstanceView:
        """Power, health, agent and disks.

        Raises:
            NotFoundError: There is no such virtual machine.
        """
        return self._get(models.VirtualMachineInstanceView, "instanceView")

    def reimage(
        self,
        *,
        temp_disk: bool | None = None,
        exact_version: str | None = None,
        os_profile: models.OSProfileProvisioningData | None = None,
    ) -> Operation[None]:
        """Put a new OS disk under the virtual machine.

        Args:
            temp_disk: Only for ephemeral OS disks: whether the temporary disk is made new as well.
            exact_version: The image version to use.
            os_profile: Password and custom data for a persistent OS disk.
        """
        body = models.VirtualMachineReimageParameters(
            temp_disk=temp_disk, exact_version=exact_version, os_profile=os_profile
        )
        return self._start(_REIMAGE, body=body.wire or None)

    def deallocate(self, *, hibernate: bool | None = None) -> Operation[None]:
        """Stop the virtual machine and give its hardware back.

        Args:
            hibernate: Whether to keep its memory on disk.
        """
        return self._start(_DEALLOCATE, query={"hibernate": hibernate})
