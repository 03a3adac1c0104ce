"""The instances of a scale set."""

from collections.abc import MutableSequence
from datetime import datetime

from vmss_sdk.models._base import Model, boolean, choice, nested, nested_list, text, text_map, texts, timestamp
from vmss_sdk.models.common import AdditionalCapabilities, Plan, SubResource, SystemData, VirtualMachineIdentity
from vmss_sdk.models.enums import ResilientVMDeletionStatus
from vmss_sdk.models.extension import VirtualMachineExtension
from vmss_sdk.models.hardware_profile import HardwareProfile
from vmss_sdk.models.instance_view import VirtualMachineScaleSetVMInstanceView
from vmss_sdk.models.network_profile import NetworkProfile, VirtualMachineScaleSetVMNetworkProfileConfiguration
from vmss_sdk.models.os_profile import OSProfile
from vmss_sdk.models.security_profile import SecurityProfile
from vmss_sdk.models.sku import Sku
from vmss_sdk.models.storage_profile import StorageProfile
from vmss_sdk.models.vm_profile import CapacityReservationProfile, DiagnosticsProfile, InterconnectBlockProfile


class VirtualMachineScaleSetVMProtectionPolicy(Model):
    """What an instance is kept from (semantics 5).

    Attributes:
        protect_from_scale_in: Whether scale-in passes it by; default false.
        protect_from_scale_set_actions: Whether upgrades and other actions on the whole scale set pass it by;
            default false. Implies the other: true here with ``protect_from_scale_in`` false is refused. What is
            asked of the instance itself is still done.
    """

    protect_from_scale_in: bool | None = boolean("protectFromScaleIn", default=None)
    protect_from_scale_set_actions: bool | None = boolean("protectFromScaleSetActions", default=None)


class MachineBase(Model):
    """What every machine has: an instance of a scale set, and a virtual machine of its own."""

    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    type: str | None = text("type", init=False)
    system_data: SystemData | None = nested("systemData", SystemData, init=False)
    tags: dict[str, str] | None = text_map("tags", default=None)
    plan: Plan | None = nested("plan", Plan, default=None)
    resources: MutableSequence[VirtualMachineExtension] | None = nested_list(
        "resources", VirtualMachineExtension, init=False
    )
    identity: VirtualMachineIdentity | None = nested("identity", VirtualMachineIdentity, default=None)
    etag: str | None = text("etag", init=False)
    vm_id: str | None = text("properties.vmId", init=False)
    hardware_profile: HardwareProfile | None = nested("properties.hardwareProfile", HardwareProfile, default=None)
    storage_profile: StorageProfile | None = nested("properties.storageProfile", StorageProfile, default=None)
    additional_capabilities: AdditionalCapabilities | None = nested(
        "properties.additionalCapabilities", AdditionalCapabilities, default=None
    )
    os_profile: OSProfile | None = nested("properties.osProfile", OSProfile, default=None)
    security_profile: SecurityProfile | None = nested("properties.securityProfile", SecurityProfile, default=None)
    network_profile: NetworkProfile | None = nested("properties.networkProfile", NetworkProfile, default=None)
    diagnostics_profile: DiagnosticsProfile | None = nested(
        "properties.diagnosticsProfile", DiagnosticsProfile, default=None
    )
    provisioning_state: str | None = text("properties.provisioningState", init=False)
    license_type: str | None = text("properties.licenseType", default=None)
    user_data: str | None = text("properties.userData", default=None, secret=True)
    time_created: datetime | None = timestamp("properties.timeCreated", init=False)
    capacity_reservation: CapacityReservationProfile | None = nested(
        "properties.capacityReservation", CapacityReservationProfile, default=None
    )


class VirtualMachineScaleSetVM(MachineBase, required=("location",)):
    """An instance of a scale set.

    Attributes:
        id: Resource id. Read-only.
        name: ``{scale set}_{instance id}`` in Uniform scale sets (semantics 7.4). Read-only.
        type: ``Microsoft.Compute/virtualMachineScaleSets/virtualMachines``. Read-only.
        system_data: Who made and changed it. Read-only.
        tags: Names and values chosen by the customer.
        location: The region.
        instance_id: A decimal number in Uniform scale sets, the name of the virtual machine in Flexible ones
            (semantics 6.1). Read-only.
        sku: The size. Read-only.
        plan: The marketplace plan of the image.
        resources: Its extensions. Read-only.
        zones: Its availability zone. Read-only.
        identity: The managed identities.
        etag: The version, for ``If-Match``. Read-only.
        latest_model_applied: Whether the scale set's current model was applied to it. It says nothing about the
            content of the OS disk (semantics 1.2.6). Read-only.
        vm_id: A GUID. Read-only.
        instance_view: Power, health, agent, disks; only with ``$expand=instanceView``. Read-only.
        hardware_profile: The size.
        resilient_vm_deletion_status: How far a resilient deletion has come.
        storage_profile: Image and disks.
        additional_capabilities: Ultra disks, hibernation.
        os_profile: Names, keys and settings of the operating system.
        security_profile: Secure boot, encryption at host.
        network_profile: The interfaces by reference.
        network_profile_configuration: The interfaces as the model made them.
        diagnostics_profile: Boot diagnostics.
        availability_set: The availability set.
        provisioning_state: Creating, Updating, Succeeded, Failed or Deleting. Read-only.
        license_type: Azure Hybrid Benefit.
        model_definition_applied: ``VirtualMachineScaleSet``, or ``VirtualMachine`` once the instance was changed
            by itself (semantics 1.1.3). Read-only.
        protection_policy: What the instance is kept from.
        user_data: Base64, up to 64 KiB. Never shown.
        time_created: Read-only.
        virtual_machine_resource_id: Resource id of the virtual machine, in Flexible scale sets. Read-only.
        interconnect_block_profile: The interconnect block.
        capacity_reservation: The capacity reservation group.
    """

    location: str | None = text("location", default=None)
    instance_id: str | None = text("instanceId", init=False)
    sku: Sku | None = nested("sku", Sku, init=False)
    zones: list[str] | None = texts("zones", init=False)
    latest_model_applied: bool | None = boolean("properties.latestModelApplied", init=False)
    instance_view: VirtualMachineScaleSetVMInstanceView | None = nested(
        "properties.instanceView", VirtualMachineScaleSetVMInstanceView, init=False
    )
    resilient_vm_deletion_status: ResilientVMDeletionStatus | str | None = choice(
        "properties.resilientVMDeletionStatus", ResilientVMDeletionStatus, default=None
    )
    network_profile_configuration: VirtualMachineScaleSetVMNetworkProfileConfiguration | None = nested(
        "properties.networkProfileConfiguration", VirtualMachineScaleSetVMNetworkProfileConfiguration, default=None
    )
    availability_set: SubResource | None = nested("properties.availabilitySet", SubResource, default=None)
    model_definition_applied: str | None = text("properties.modelDefinitionApplied", init=False)
    protection_policy: VirtualMachineScaleSetVMProtectionPolicy | None = nested(
        "properties.protectionPolicy", VirtualMachineScaleSetVMProtectionPolicy, default=None
    )
    virtual_machine_resource_id: str | None = text("properties.virtualMachineResourceId", init=False)
    interconnect_block_profile: InterconnectBlockProfile | None = nested(
        "properties.interconnectBlockProfile", InterconnectBlockProfile, default=None
    )


class VirtualMachineScaleSetVMInstanceIDs(Model):
    """The instances of an action; without ids it is done to ALL instances.

    Attributes:
        instance_ids: Decimal numbers in Uniform scale sets, names of virtual machines in Flexible ones.
    """

    instance_ids: list[str] | None = texts("instanceIds", default=None)


class VirtualMachineScaleSetVMInstanceRequiredIDs(Model, required=("instanceIds",)):
    """The instances of an action that must be named.

    Attributes:
        instance_ids: Required. Decimal numbers or names; ``["*"]`` means all (semantics 2.2.11).
    """

    instance_ids: list[str] | None = texts("instanceIds", default=None)
