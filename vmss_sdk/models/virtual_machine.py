"""Virtual machines: those of Flexible scale sets, and those that belong to none."""

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, text, texts
from vmss_sdk.models.common import ExtendedLocation, Placement, SubResource
from vmss_sdk.models.enums import VirtualMachineEvictionPolicyTypes, VirtualMachinePriorityTypes
from vmss_sdk.models.instance import MachineBase
from vmss_sdk.models.instance_view import VirtualMachineScaleSetVMInstanceView
from vmss_sdk.models.scheduled_events import ScheduledEventsPolicy, ScheduledEventsProfile
from vmss_sdk.models.vm_profile import ApplicationProfile, BillingProfile, InterconnectBlockProfile


class VirtualMachineInstanceView(VirtualMachineScaleSetVMInstanceView):
    """The state of a virtual machine while it runs: what an instance of a scale set shows as well."""


class FlexProfile(Model):
    """The size that is preferred for a virtual machine whose size the platform chooses."""

    preferred_vm_size: str | None = text("preferredVMSize", default=None)


class ZoneMovement(Model):
    """Whether a virtual machine may be moved to another zone."""

    is_enabled: bool | None = boolean("isEnabled", default=None)


class ResiliencyProfile(Model):
    """What a virtual machine may do about a zone that fails."""

    zone_movement: ZoneMovement | None = nested("zoneMovement", ZoneMovement, default=None)


class VirtualMachineBase(MachineBase):
    """What a virtual machine has when it is made and when it is changed."""

    zones: list[str] | None = texts("zones", default=None)
    flex_profile: FlexProfile | None = nested("properties.flexProfile", FlexProfile, default=None)
    virtual_machine_scale_set: SubResource | None = nested(
        "properties.virtualMachineScaleSet", SubResource, default=None
    )
    availability_set: SubResource | None = nested("properties.availabilitySet", SubResource, default=None)
    priority: VirtualMachinePriorityTypes | str | None = choice(
        "properties.priority", VirtualMachinePriorityTypes, default=None
    )
    eviction_policy: VirtualMachineEvictionPolicyTypes | str | None = choice(
        "properties.evictionPolicy", VirtualMachineEvictionPolicyTypes, default=None
    )
    billing_profile: BillingProfile | None = nested("properties.billingProfile", BillingProfile, default=None)
    host: SubResource | None = nested("properties.host", SubResource, default=None)
    host_group: SubResource | None = nested("properties.hostGroup", SubResource, default=None)
    platform_fault_domain: int | None = integer("properties.platformFaultDomain", default=None)
    proximity_placement_group: SubResource | None = nested(
        "properties.proximityPlacementGroup", SubResource, default=None
    )
    extensions_time_budget: str | None = text("properties.extensionsTimeBudget", default=None)
    scheduled_events_policy: ScheduledEventsPolicy | None = nested(
        "properties.scheduledEventsPolicy", ScheduledEventsPolicy, default=None
    )
    scheduled_events_profile: ScheduledEventsProfile | None = nested(
        "properties.scheduledEventsProfile", ScheduledEventsProfile, default=None
    )
    application_profile: ApplicationProfile | None = nested(
        "properties.applicationProfile", ApplicationProfile, default=None
    )
    interconnect_block_profile: InterconnectBlockProfile | None = nested(
        "properties.interconnectBlockProfile", InterconnectBlockProfile, default=None
    )
    resiliency_profile: ResiliencyProfile | None = nested(
        "properties.resiliencyProfile", ResiliencyProfile, default=None
    )
    instance_view: VirtualMachineInstanceView | None = nested(
        "properties.instanceView", VirtualMachineInstanceView, init=False
    )


class VirtualMachineUpdate(VirtualMachineBase):
    """What a PATCH changes of a virtual machine; its members are those of `VirtualMachine`, without the location."""


class VirtualMachine(VirtualMachineBase, required=("location",)):
    """A virtual machine, of a Flexible scale set or by itself.

    Attributes:
        id: Resource id. Read-only.
        name: Its name, which is also its instance id in a scale set (semantics 6.1). Read-only.
        type: ``Microsoft.Compute/virtualMachines``. Read-only.
        system_data: Who made and changed it. Read-only.
        location: The region.
        tags: Names and values chosen by the customer.
        plan: The marketplace plan of the image.
        resources: Its extensions. Read-only.
        identity: The managed identities.
        zones: Its availability zone.
        extended_location: The edge zone.
        placement: Which zones the platform may choose.
        managed_by: Resource id of what manages it. Read-only.
        etag: The version, for ``If-Match``. Read-only.
        virtual_machine_scale_set: The Flexible scale set it belongs to; None: it stands by itself.
        availability_set: The availability set; not together with a scale set.
        hardware_profile: The size.
        storage_profile: Image and disks.
        additional_capabilities: Ultra disks, hibernation.
        os_profile: Names, keys and settings of the operating system.
        security_profile: Secure boot, encryption at host.
        network_profile: The interfaces.
        diagnostics_profile: Boot diagnostics.
        priority: Regular or Spot.
        eviction_policy: What eviction does to a Spot machine.
        billing_profile: The most that a Spot machine may cost.
        host: The dedicated host that it is on.
        host_group: The dedicated host group, on one of whose hosts it is.
        platform_fault_domain: The fault domain that it was put in.
        proximity_placement_group: Machines in one are near each other.
        license_type: Azure Hybrid Benefit.
        extensions_time_budget: How long all extensions may take to start, ISO 8601; default PT1H30M.
        scheduled_events_policy: What is approved without asking.
        scheduled_events_profile: Which scheduled events it is told of.
        application_profile: The gallery applications.
        interconnect_block_profile: The interconnect block.
        resiliency_profile: Whether it may be moved to another zone.
        flex_profile: The size that is preferred when the platform chooses.
        capacity_reservation: The capacity reservation group.
        user_data: Base64, up to 64 KiB. Never shown.
        vm_id: A GUID. Read-only.
        provisioning_state: Creating, Updating, Succeeded, Failed or Deleting. Read-only.
        time_created: Read-only.
        instance_view: Power, health, agent, disks; only with ``$expand=instanceView``. Read-only.
    """

    location: str | None = text("location", default=None)
    extended_location: ExtendedLocation | None = nested("extendedLocation", ExtendedLocation, default=None)
    placement: Placement | None = nested("placement", Placement, default=None)
    managed_by: str | None = text("managedBy", init=False)
