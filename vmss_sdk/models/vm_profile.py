"""The virtual machine profile: what every new instance is made from."""

from collections.abc import MutableSequence
from datetime import datetime

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, nested_list, number, text, texts, timestamp
from vmss_sdk.models.common import ApiEntityReference, SubResource
from vmss_sdk.models.enums import VirtualMachineEvictionPolicyTypes, VirtualMachinePriorityTypes
from vmss_sdk.models.extension import VirtualMachineScaleSetExtensionProfile
from vmss_sdk.models.hardware_profile import VirtualMachineScaleSetHardwareProfile
from vmss_sdk.models.network_profile import VirtualMachineScaleSetNetworkProfile
from vmss_sdk.models.os_profile import VirtualMachineScaleSetOSProfile
from vmss_sdk.models.scheduled_events import ScheduledEventsProfile
from vmss_sdk.models.security_profile import SecurityProfile
from vmss_sdk.models.storage_profile import VirtualMachineScaleSetStorageProfile


class BillingProfile(Model):
    """The highest price of a Spot instance.

    Attributes:
        max_price: US dollars per hour; -1 (default) never evicts for price.
    """

    max_price: float | None = number("maxPrice", default=None)


class VMGalleryApplication(Model, required=("packageReferenceId",)):
    """A version of a gallery application, and how it is installed."""

    tags: str | None = text("tags", default=None)
    order: int | None = integer("order", default=None)
    package_reference_id: str | None = text("packageReferenceId", default=None)
    configuration_reference: str | None = text("configurationReference", default=None)
    treat_failure_as_deployment_failure: bool | None = boolean("treatFailureAsDeploymentFailure", default=None)
    enable_automatic_upgrade: bool | None = boolean("enableAutomaticUpgrade", default=None)


class ApplicationProfile(Model):
    """The gallery applications that instances get."""

    gallery_applications: MutableSequence[VMGalleryApplication] | None = nested_list(
        "galleryApplications", VMGalleryApplication, default=None
    )


class ServiceArtifactReference(Model):
    """The service artifact that keeps image version ``latest`` the same for all instances."""

    id: str | None = text("id", default=None)


class SecurityPostureReferenceBase(Model):
    """The security posture, in a PUT and in a PATCH."""

    id: str | None = text("id", default=None)
    exclude_extensions: list[str] | None = texts("excludeExtensions", default=None)
    is_overridable: bool | None = boolean("isOverridable", default=None)


class SecurityPostureReference(SecurityPostureReferenceBase, required=("id",)):
    """The security posture that adds extensions to instances."""


class CapacityReservationProfile(Model):
    """The capacity reservation group that instances use."""

    capacity_reservation_group: SubResource | None = nested("capacityReservationGroup", SubResource, default=None)
    disable_capacity_reservation_assignment: bool | None = boolean("disableCapacityReservationAssignment", default=None)


class InterconnectBlockProfile(Model):
    """The interconnect block in which instances are placed."""

    interconnect_block: ApiEntityReference | None = nested("interconnectBlock", ApiEntityReference, default=None)


class BootDiagnostics(Model):
    """Screenshot and serial log of the boot.

    Attributes:
        enabled: Whether they are kept.
        storage_uri: The storage account; without it managed storage is used.
    """

    enabled: bool | None = boolean("enabled", default=None)
    storage_uri: str | None = text("storageUri", default=None)


class DiagnosticsProfile(Model):
    """Whether screenshot and serial log of the boot are kept."""

    boot_diagnostics: BootDiagnostics | None = nested("bootDiagnostics", BootDiagnostics, default=None)


class ScaleSetVMProfileBase(Model):
    """What a scale set's model has, in a PUT and in a PATCH."""

    security_profile: SecurityProfile | None = nested("securityProfile", SecurityProfile, default=None)
    diagnostics_profile: DiagnosticsProfile | None = nested("diagnosticsProfile", DiagnosticsProfile, default=None)
    extension_profile: VirtualMachineScaleSetExtensionProfile | None = nested(
        "extensionProfile", VirtualMachineScaleSetExtensionProfile, default=None
    )
    license_type: str | None = text("licenseType", default=None)
    billing_profile: BillingProfile | None = nested("billingProfile", BillingProfile, default=None)
    scheduled_events_profile: ScheduledEventsProfile | None = nested(
        "scheduledEventsProfile", ScheduledEventsProfile, default=None
    )
    user_data: str | None = text("userData", default=None, secret=True)
    hardware_profile: VirtualMachineScaleSetHardwareProfile | None = nested(
        "hardwareProfile", VirtualMachineScaleSetHardwareProfile, default=None
    )
    interconnect_block_profile: InterconnectBlockProfile | None = nested(
        "interconnectBlockProfile", InterconnectBlockProfile, default=None
    )


class VirtualMachineScaleSetVMProfile(ScaleSetVMProfileBase):
    """What every new instance of a scale set is made from: the model, apart from size and capacity.

    Attributes:
        os_profile: Names, passwords, keys, custom data.
        storage_profile: Image and disks.
        network_profile: Interfaces and health probe.
        security_profile: Secure boot, encryption at host.
        diagnostics_profile: Boot diagnostics.
        extension_profile: Extensions, the health extension among them.
        license_type: Azure Hybrid Benefit, for example ``Windows_Server`` or ``RHEL_BYOS``.
        priority: Regular or Spot.
        eviction_policy: What an evicted Spot instance becomes: Deallocate (default) or Delete.
        billing_profile: The highest price for Spot instances.
        scheduled_events_profile: Notice before deletion or a new OS image.
        user_data: Base64, up to 64 KiB; reaches running instances without a reimage (semantics 1.4). Never
            shown.
        capacity_reservation: The capacity reservation group.
        interconnect_block_profile: The interconnect block.
        application_profile: Gallery applications.
        hardware_profile: What is changed about the size.
        service_artifact_reference: Keeps image version ``latest`` the same for all instances.
        security_posture_reference: The security posture.
        time_created: When this profile was made. Read-only.
    """

    os_profile: VirtualMachineScaleSetOSProfile | None = nested(
        "osProfile", VirtualMachineScaleSetOSProfile, default=None
    )
    storage_profile: VirtualMachineScaleSetStorageProfile | None = nested(
        "storageProfile", VirtualMachineScaleSetStorageProfile, default=None
    )
    network_profile: VirtualMachineScaleSetNetworkProfile | None = nested(
        "networkProfile", VirtualMachineScaleSetNetworkProfile, default=None
    )
    priority: VirtualMachinePriorityTypes | str | None = choice("priority", VirtualMachinePriorityTypes, default=None)
    eviction_policy: VirtualMachineEvictionPolicyTypes | str | None = choice(
        "evictionPolicy", VirtualMachineEvictionPolicyTypes, default=None
    )
    capacity_reservation: CapacityReservationProfile | None = nested(
        "capacityReservation", CapacityReservationProfile, default=None
    )
    application_profile: ApplicationProfile | None = nested("applicationProfile", ApplicationProfile, default=None)
    service_artifact_reference: ServiceArtifactReference | None = nested(
        "serviceArtifactReference", ServiceArtifactReference, default=None
    )
    security_posture_reference: SecurityPostureReference | None = nested(
        "securityPostureReference", SecurityPostureReference, default=None
    )
    time_created: datetime | None = timestamp("timeCreated", init=False)
