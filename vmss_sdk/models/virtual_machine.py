"""The virtual machines of Flexible scale sets, which are resources of their own."""

from vmss_sdk.models._base import choice, integer, nested, text, texts
from vmss_sdk.models.common import SubResource
from vmss_sdk.models.enums import VirtualMachineEvictionPolicyTypes, VirtualMachinePriorityTypes
from vmss_sdk.models.instance import MachineBase
from vmss_sdk.models.instance_view import VirtualMachineScaleSetVMInstanceView


class VirtualMachineInstanceView(VirtualMachineScaleSetVMInstanceView):
    """The state of a virtual machine while it runs: what an instance of a scale set shows as well."""


class VirtualMachine(MachineBase):
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

    zones: list[str] | None = texts("zones", default=None)
    managed_by: str | None = text("managedBy", init=False)
    virtual_machine_scale_set: SubResource | None = nested(
        "properties.virtualMachineScaleSet", SubResource, default=None
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
    instance_view: VirtualMachineInstanceView | None = nested(
        "properties.instanceView", VirtualMachineInstanceView, init=False
    )
