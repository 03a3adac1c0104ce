"""The scale set."""

from datetime import datetime

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, text, text_map, texts, timestamp
from vmss_sdk.models.common import (
    AdditionalCapabilities,
    ExtendedLocation,
    Placement,
    Plan,
    SubResource,
    SystemData,
    VirtualMachineScaleSetIdentity,
)
from vmss_sdk.models.enums import HighSpeedInterconnectPlacement, OrchestrationMode, ZonalPlatformFaultDomainAlignMode
from vmss_sdk.models.lifecycle_hook import LifecycleHooksProfile
from vmss_sdk.models.policies import (
    AutomaticRepairsPolicy,
    ExternalHealthPolicy,
    PriorityMixPolicy,
    ScaleInPolicy,
    SpotRestorePolicy,
)
from vmss_sdk.models.resiliency import ResiliencyPolicy
from vmss_sdk.models.scheduled_events import ScheduledEventsPolicy
from vmss_sdk.models.sku import Sku, SkuProfile
from vmss_sdk.models.upgrade_policy import UpgradePolicy
from vmss_sdk.models.vm_profile import VirtualMachineScaleSetVMProfile


class ScaleSetBase(Model):
    """What a scale set has, in a PUT and in a PATCH."""

    tags: dict[str, str] | None = text_map("tags", default=None)
    sku: Sku | None = nested("sku", Sku, default=None)
    plan: Plan | None = nested("plan", Plan, default=None)
    identity: VirtualMachineScaleSetIdentity | None = nested("identity", VirtualMachineScaleSetIdentity, default=None)
    zones: list[str] | None = texts("zones", default=None)
    placement: Placement | None = nested("placement", Placement, default=None)
    upgrade_policy: UpgradePolicy | None = nested("properties.upgradePolicy", UpgradePolicy, default=None)
    automatic_repairs_policy: AutomaticRepairsPolicy | None = nested(
        "properties.automaticRepairsPolicy", AutomaticRepairsPolicy, default=None
    )
    overprovision: bool | None = boolean("properties.overprovision", default=None)
    do_not_run_extensions_on_overprovisioned_vms: bool | None = boolean(
        "properties.doNotRunExtensionsOnOverprovisionedVMs", default=None
    )
    single_placement_group: bool | None = boolean("properties.singlePlacementGroup", default=None)
    additional_capabilities: AdditionalCapabilities | None = nested(
        "properties.additionalCapabilities", AdditionalCapabilities, default=None
    )
    scale_in_policy: ScaleInPolicy | None = nested("properties.scaleInPolicy", ScaleInPolicy, default=None)
    proximity_placement_group: SubResource | None = nested(
        "properties.proximityPlacementGroup", SubResource, default=None
    )
    priority_mix_policy: PriorityMixPolicy | None = nested(
        "properties.priorityMixPolicy", PriorityMixPolicy, default=None
    )
    spot_restore_policy: SpotRestorePolicy | None = nested(
        "properties.spotRestorePolicy", SpotRestorePolicy, default=None
    )
    resiliency_policy: ResiliencyPolicy | None = nested("properties.resiliencyPolicy", ResiliencyPolicy, default=None)
    zonal_platform_fault_domain_align_mode: ZonalPlatformFaultDomainAlignMode | str | None = choice(
        "properties.zonalPlatformFaultDomainAlignMode", ZonalPlatformFaultDomainAlignMode, default=None
    )
    sku_profile: SkuProfile | None = nested("properties.skuProfile", SkuProfile, default=None)
    lifecycle_hooks_profile: LifecycleHooksProfile | None = nested(
        "properties.lifecycleHooksProfile", LifecycleHooksProfile, default=None
    )


class VirtualMachineScaleSet(ScaleSetBase, required=("location",)):
    """A scale set: the model its instances are made from, and the policies by which it is kept.

    Attributes:
        id: Resource id. Read-only.
        name: Resource name. Read-only.
        type: ``Microsoft.Compute/virtualMachineScaleSets``. Read-only.
        system_data: Who made and changed it. Read-only.
        tags: Names and values chosen by the customer.
        location: The region; required, fixed at creation.
        sku: The size and number of instances.
        plan: The marketplace plan of the image.
        identity: The managed identities.
        zones: The availability zones, for example ``["1", "2", "3"]``. May be added to, and only new instances
            use what was added (semantics 1.4).
        extended_location: An edge zone.
        etag: The version, for ``If-Match`` (semantics 1.6.31). Read-only.
        placement: Which zones the platform may choose.
        upgrade_policy: How a change reaches existing instances.
        automatic_repairs_policy: Whether unhealthy instances are repaired.
        virtual_machine_profile: What every new instance is made from.
        overprovision: Whether more instances than asked for are made at first; Uniform only, default true
            (semantics 7.5).
        do_not_run_extensions_on_overprovisioned_vms: Whether the surplus instances go without extensions.
        single_placement_group: Whether at most 100 instances share one placement group. May be changed from true to
            false only (semantics 1.6.29).
        provisioning_state: Creating, Updating, Succeeded, Failed or Deleting. Read-only.
        unique_id: A GUID that is never used again. Read-only.
        zone_balance: Whether instances must be spread evenly over the zones; default false, best effort
            (semantics 7.7).
        platform_fault_domain_count: Fault domains per placement group; fixed at creation (semantics 7.8).
        host_group: The dedicated host group.
        orchestration_mode: Uniform or Flexible; fixed at creation.
        time_created: Read-only.
        constrained_maximum_capacity: True or absent, nothing else.
        high_speed_interconnect_placement: Placement on a high-speed interconnect.
        scheduled_events_policy: Which events are announced and approved.
        external_health_policy: Health that is reported from outside.
        proximity_placement_group: Keeps instances close to each other.
        additional_capabilities: Ultra disks, hibernation.
        scale_in_policy: Which instances go first.
        spot_restore_policy: Whether evicted Spot instances are tried again.
        priority_mix_policy: How regular and Spot instances are mixed.
        resiliency_policy: What is tried again when it fails, and zone balance.
        zonal_platform_fault_domain_align_mode: How strictly fault domains are aligned within a zone.
        sku_profile: Several sizes; Flexible only.
        lifecycle_hooks_profile: Where the customer is asked during upgrades.
    """

    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    type: str | None = text("type", init=False)
    system_data: SystemData | None = nested("systemData", SystemData, init=False)
    location: str | None = text("location", default=None)
    extended_location: ExtendedLocation | None = nested("extendedLocation", ExtendedLocation, default=None)
    etag: str | None = text("etag", init=False)
    scheduled_events_policy: ScheduledEventsPolicy | None = nested(
        "properties.scheduledEventsPolicy", ScheduledEventsPolicy, default=None
    )
    virtual_machine_profile: VirtualMachineScaleSetVMProfile | None = nested(
        "properties.virtualMachineProfile", VirtualMachineScaleSetVMProfile, default=None
    )
    provisioning_state: str | None = text("properties.provisioningState", init=False)
    unique_id: str | None = text("properties.uniqueId", init=False)
    zone_balance: bool | None = boolean("properties.zoneBalance", default=None)
    platform_fault_domain_count: int | None = integer("properties.platformFaultDomainCount", default=None)
    host_group: SubResource | None = nested("properties.hostGroup", SubResource, default=None)
    orchestration_mode: OrchestrationMode | str | None = choice(
        "properties.orchestrationMode", OrchestrationMode, default=None
    )
    time_created: datetime | None = timestamp("properties.timeCreated", init=False)
    constrained_maximum_capacity: bool | None = boolean("properties.constrainedMaximumCapacity", default=None)
    high_speed_interconnect_placement: HighSpeedInterconnectPlacement | str | None = choice(
        "properties.highSpeedInterconnectPlacement", HighSpeedInterconnectPlacement, default=None
    )
    external_health_policy: ExternalHealthPolicy | None = nested(
        "properties.externalHealthPolicy", ExternalHealthPolicy, default=None
    )
