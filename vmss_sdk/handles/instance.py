"""One instance of a scale set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk import models
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._machine import Machine
from vmss_sdk.handles._resource import Resource, Verb, conditions, segment
from vmss_sdk.handles.extensions import Extensions

if TYPE_CHECKING:
    from vmss_sdk._connection import Connection
    from vmss_sdk.handles.run_command import DiagnosticRunCommands
    from vmss_sdk.operation import Operation

__all__ = ["Instance"]

_UPDATE = Verb(method="PUT")
_REIMAGE = Verb("reimage")
_REIMAGE_ALL = Verb("reimageall")
_APPROVE = Verb("approveRollingUpgrade")
_DEALLOCATE = Verb("deallocate")
_MANUAL_UPGRADE = Verb("manualupgrade", names_all=True)


class Instance(Machine):
    """One instance of a scale set. Verbs on it work also when it is protected from scale set actions.

    Attributes:
        id: Resource id.
        instance_id: A decimal number in Uniform scale sets, the name of the virtual machine in Flexible ones.
    """

    __slots__ = ("_scale_set", "instance_id")

    def __init__(self, connection: Connection, scale_set: Resource, instance_id: str) -> None:
        """For the SDK's own use: see ``ScaleSet.instance``."""
        super().__init__(connection, f"{scale_set.id}/virtualMachines/{segment(instance_id, 'an instance id')}")
        self._scale_set = scale_set
        self.instance_id = instance_id

    def get(self, *, expand: str | None = None) -> models.VirtualMachineScaleSetVM:
        """The instance.

        Args:
            expand: ``instanceView`` for power and health, ``userData`` for the user data.

        Raises:
            NotFoundError: There is no such instance.
        """
        return self._get(models.VirtualMachineScaleSetVM, query={"$expand": expand})

    @property
    def extensions(self) -> Extensions[models.VirtualMachineScaleSetVMExtension]:
        """What is installed on the instance; one that is set here makes its model its own (semantics 1.1.3)."""
        return Extensions(self._connection, self, models.VirtualMachineScaleSetVMExtension)

    def instance_view(self) -> models.VirtualMachineScaleSetVMInstanceView:
        """Power, health, agent and disks.

        Raises:
            NotFoundError: There is no such instance.
        """
        return self._get(models.VirtualMachineScaleSetVMInstanceView, "instanceView")

    def update(
        self, instance: models.VirtualMachineScaleSetVM, *, if_match: str | None = None
    ) -> Operation[models.VirtualMachineScaleSetVM]:
        """Change the instance alone, away from the scale set's model.

        An instance that differs from the model counts as outdated afterwards (semantics 1.3.11); to change only
        its protection use `protect`.

        Args:
            instance: What it shall be, for example what `get` returned, changed.
            if_match: Its ETag, to refuse the change when it was changed meanwhile.

        Raises:
            PreconditionFailedError: It was changed meanwhile.
            InvalidRequestError: The service refused a value.
        """
        return self._start(_UPDATE, models.VirtualMachineScaleSetVM, body=instance.wire, headers=conditions(if_match))

    def protect(
        self, *, from_scale_in: bool | None = None, from_scale_set_actions: bool | None = None
    ) -> Operation[models.VirtualMachineScaleSetVM]:
        """Keep the instance from scale-in, or from every action on the whole scale set; False lifts it.

        Nothing but the protection is sent, so that the instance does not become outdated by it.

        Args:
            from_scale_in: Whether scale-in passes it by; None leaves that out.
            from_scale_set_actions: Whether upgrades and other actions on the scale set pass it by; None leaves
                that out. It implies protection from scale-in.

        Raises:
            ClientUsageError: Neither was given.
            InvalidRequestError: False and True contradict each other.
        """
        policy = models.VirtualMachineScaleSetVMProtectionPolicy(
            protect_from_scale_in=from_scale_in, protect_from_scale_set_actions=from_scale_set_actions
        )
        if not policy.wire:
            raise ClientUsageError("protect needs from_scale_in or from_scale_set_actions; False lifts a protection")
        instance = models.VirtualMachineScaleSetVM(protection_policy=policy)
        return self._start(_UPDATE, models.VirtualMachineScaleSetVM, body=instance.wire)

    def reimage(
        self,
        *,
        temp_disk: bool | None = None,
        exact_version: str | None = None,
        os_profile: models.OSProfileProvisioningData | None = None,
        force_update_os_disk_for_ephemeral: bool | None = None,
    ) -> Operation[None]:
        """Put a new OS disk under the instance, with the model's OS profile and custom data.

        Args:
            temp_disk: Only for ephemeral OS disks: whether the temporary disk is made new as well.
            exact_version: The image version to use.
            os_profile: Password and custom data for a persistent OS disk.
            force_update_os_disk_for_ephemeral: Whether an ephemeral OS disk moves to the version in the model.
        """
        body = models.VirtualMachineScaleSetVMReimageParameters(
            temp_disk=temp_disk,
            exact_version=exact_version,
            os_profile=os_profile,
            force_update_os_disk_for_ephemeral=force_update_os_disk_for_ephemeral,
        )
        return self._start(_REIMAGE, body=body.wire or None)

    def reimage_all(self) -> Operation[None]:
        """Reimage all disks of the instance, data disks included."""
        return self._start(_REIMAGE_ALL)

    def upgrade(self) -> Operation[None]:
        """Bring the instance to the scale set's current model."""
        return self._scale_set._start(_MANUAL_UPGRADE, body={"instanceIds": [self.instance_id]})

    def approve_rolling_upgrade(self) -> Operation[None]:
        """Let the instance's OS upgrade go on that waits for approval (semantics 4.9).

        Raises:
            OperationNotAllowedError: A rolling upgrade is running.
        """
        return self._start(_APPROVE)

    def deallocate(self) -> Operation[None]:
        """Stop the instance and give its hardware back."""
        return self._start(_DEALLOCATE)

    @property
    def diagnostic_run_commands(self) -> DiagnosticRunCommands:
        """The scripts for diagnosis kept as resources of the instance; sends nothing."""
        from vmss_sdk.handles.run_command import DiagnosticRunCommands

        return DiagnosticRunCommands(self._connection, self)
