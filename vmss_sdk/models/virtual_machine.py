"""The virtual machines of Flexible scale sets, which are resources of their own."""

from collections.abc import MutableSequence
from datetime import datetime

from vmss_sdk.models._base import Model, choice, integer, nested, nested_list, text, text_map, texts, timestamp
from vmss_sdk.models.common import AdditionalCapabilities, Plan, SubResource, SystemData, VirtualMachineIdentity
from vmss_sdk.models.enums import VirtualMachineEvictionPolicyTypes, VirtualMachinePriorityTypes
from vmss_sdk.models.extension import VirtualMachineExtension
from vmss_sdk.models.hardware_profile import HardwareProfile
from vmss_sdk.models.instance_view import VirtualMachineScaleSetVMInstanceView
from vmss_sdk.models.network_profile import NetworkProfile
from vmss_sdk.models.os_profile import OSProfile
from vmss_sdk.models.security_profile import SecurityProfile
from vmss_sdk.models.storage_profile import StorageProfile
from vmss_sdk.models.vm_profile import CapacityReservationProfile, DiagnosticsProfile


class VirtualMachineInstanceView(VirtualMachineScaleSetVMInstanceView):
    """The state of a virtual machine while it runs: what an instance of a scale set shows as well."""


class VirtualMachine(Model):
    """A virtual machine, here one of a Flexible scale set.

    Attributes:
        id: Resource id. Read-only.
        name: Its name, which is also its instance id in the scale set (semantics 6.1). Read-only.
        type: ``Microsoft.Compute/virtualMachines``. Read-only.
        system_data: Who made and changed it. Read-only.
        location: The region.
        tags: Names and values chosen by the customer.
        plan: The marketplace plan of the image.
        resources: Its extensions. Read-only.
        identity: The managed identities.
        zones: Its availability zone.
        managed_by: Resource id of what manages it. Read-only.
        etag: The version, for ``If-Match``. Read-only.
        virtual_machine_scale_set: The scale set it belongs to.
        hardware_profile: The size.
        storage_profile: Image and disks.
        additional_capabilities: Ultra disks, hibernation.
        os_profile: Names, keys and settings of the operating system.
        security_profile: Secure boot, encryption at host.
        network_profile: The interfaces.
        diagnostics_profile: Boot diagnostics.
        priority: Regular or Spot.
        eviction_policy: What eviction does to a Spot machine.
        platform_fault_domain: The fault domain that it was put in.
        proximity_placement_group: Machines in one are near each other.
        license_type: Azure Hybrid Benefit.
        capacity_reservation: The capacity reservation group.
        user_data: Base64, up to 64 KiB. Never shown.
        vm_id: A GUID. Read-only.
        provisioning_state: Creating, Updating, Succeeded, Failed or Deleting. Read-only.
        time_created: Read-only.
        instance_view: Power, health, agent, disks; only with ``$expand=instanceView``. Read-only.
    """

    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    type: str | None = text("type", init=False)
    system_data: SystemData | None = nested("systemData", SystemData, init=False)
    location: str | None = text("location", default=None)
    tags: dict[str, str] | None = text_map("tags", default=None)
    plan: Plan | None = nested("plan", Plan, default=None)
    resources: MutableSequence[VirtualMachineExtension] | None = nested_list(
        "resources", VirtualMachineExtension, init=False
    )
    identity: VirtualMachineIdentity | None = nested("identity", VirtualMachineIdentity, default=None)
    zones: list[str] | None = texts("zones", default=None)
    managed_by: str | None = text("managedBy", init=False)
    etag: str | None = text("etag", init=False)
    virtual_machine_scale_set: SubResource | None = nested(
        "properties.virtualMachineScaleSet", SubResource, default=None
    )
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
    priority: VirtualMachinePriorityTypes | str | None = choice(
        "properties.priority", VirtualMachinePriorityTypes, default=None
    )
    eviction_policy: VirtualMachineEvictionPolicyTypes | str | None = choice(
        "properties.evictionPolicy", VirtualMachineEvictionPolicyTypes, default=None
    )
    platform_fault_domain: int | None = integer("properties.platformFaultDomain", default=None)
    proximity_placement_group: SubResource | None = nested(
        "properties.proximityPlacementGroup", SubResource, default=None
    )
    license_type: str | None = text("properties.licenseType", default=None)
    capacity_reservation: CapacityReservationProfile | None = nested(
        "properties.capacityReservation", CapacityReservationProfile, default=None
    )
    user_data: str | None = text("properties.userData", default=None, secret=True)
    vm_id: str | None = text("properties.vmId", init=False)
    provisioning_state: str | None = text("properties.provisioningState", init=False)
    time_created: datetime | None = timestamp("properties.timeCreated", init=False)
    instance_view: VirtualMachineInstanceView | None = nested(
        "properties.instanceView", VirtualMachineInstanceView, init=False
    )
