"""Instance views: the state of an instance while it runs, and of a scale set in counts."""

from collections.abc import MutableSequence
from datetime import datetime

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, nested_list, text, timestamp
from vmss_sdk.models.common import InstanceViewStatus
from vmss_sdk.models.disks import DiskEncryptionSettings
from vmss_sdk.models.enums import (
    CapacityReservationType,
    HyperVGeneration,
    MaintenanceOperationResultCodeTypes,
    OrchestrationServiceNames,
    OrchestrationServiceOperationStatus,
    OrchestrationServiceState,
    StorageAlignmentStatus,
)


class VirtualMachineExtensionHandlerInstanceView(Model):
    """What the handler of an extension reports."""

    type: str | None = text("type", default=None)
    type_handler_version: str | None = text("typeHandlerVersion", default=None)
    status: InstanceViewStatus | None = nested("status", InstanceViewStatus, default=None)


class VirtualMachineAgentInstanceView(Model):
    """What the agent in the guest reports."""

    vm_agent_version: str | None = text("vmAgentVersion", default=None)
    extension_handlers: MutableSequence[VirtualMachineExtensionHandlerInstanceView] | None = nested_list(
        "extensionHandlers", VirtualMachineExtensionHandlerInstanceView, default=None
    )
    statuses: MutableSequence[InstanceViewStatus] | None = nested_list("statuses", InstanceViewStatus, default=None)


class MaintenanceRedeployStatus(Model):
    """Which maintenance is planned for an instance, and how the last one went."""

    is_customer_initiated_maintenance_allowed: bool | None = boolean(
        "isCustomerInitiatedMaintenanceAllowed", default=None
    )
    pre_maintenance_window_start_time: datetime | None = timestamp("preMaintenanceWindowStartTime", default=None)
    pre_maintenance_window_end_time: datetime | None = timestamp("preMaintenanceWindowEndTime", default=None)
    maintenance_window_start_time: datetime | None = timestamp("maintenanceWindowStartTime", default=None)
    maintenance_window_end_time: datetime | None = timestamp("maintenanceWindowEndTime", default=None)
    last_operation_result_code: MaintenanceOperationResultCodeTypes | str | None = choice(
        "lastOperationResultCode", MaintenanceOperationResultCodeTypes, default=None
    )
    last_operation_message: str | None = text("lastOperationMessage", default=None)


class DiskInstanceView(Model):
    """The state of one disk."""

    name: str | None = text("name", default=None)
    encryption_settings: MutableSequence[DiskEncryptionSettings] | None = nested_list(
        "encryptionSettings", DiskEncryptionSettings, default=None
    )
    statuses: MutableSequence[InstanceViewStatus] | None = nested_list("statuses", InstanceViewStatus, default=None)
    storage_alignment_status: StorageAlignmentStatus | str | None = choice(
        "storageAlignmentStatus", StorageAlignmentStatus, default=None
    )


class VirtualMachineExtensionInstanceView(Model):
    """The state of one extension; custom metrics are among its substatuses (semantics 3.9)."""

    name: str | None = text("name", default=None)
    type: str | None = text("type", default=None)
    type_handler_version: str | None = text("typeHandlerVersion", default=None)
    substatuses: MutableSequence[InstanceViewStatus] | None = nested_list(
        "substatuses", InstanceViewStatus, default=None
    )
    statuses: MutableSequence[InstanceViewStatus] | None = nested_list("statuses", InstanceViewStatus, default=None)


class VirtualMachineHealthStatus(Model):
    """The health of an instance as its probe or extension reports it.

    Attributes:
        status: Its code is ``HealthState/healthy``, ``/unhealthy``, ``/unknown`` or ``/initializing``
            (semantics 3.8). Read-only.
    """

    status: InstanceViewStatus | None = nested("status", InstanceViewStatus, init=False)


class BootDiagnosticsInstanceView(Model):
    """Where screenshot and serial log of the boot are."""

    console_screenshot_blob_uri: str | None = text("consoleScreenshotBlobUri", init=False)
    serial_console_log_blob_uri: str | None = text("serialConsoleLogBlobUri", init=False)
    status: InstanceViewStatus | None = nested("status", InstanceViewStatus, init=False)


class InterconnectInstanceView(Model):
    """The interconnect subgroup an instance is in."""

    interconnect_subgroup_id: str | None = text("interconnectSubgroupId", init=False)


class VirtualMachineScaleSetVMInstanceView(Model):
    """The state of an instance while it runs (semantics 8).

    Attributes:
        platform_update_domain: 0 to 4 in Uniform scale sets, absent in Flexible ones.
        platform_fault_domain: The fault domain.
        rdp_thumb_print: The certificate of Remote Desktop.
        vm_agent: What the agent in the guest reports.
        maintenance_redeploy_status: Planned maintenance.
        disks: The state of each disk.
        extensions: The state of each extension.
        vm_health: Healthy or not; absent without a health source. Read-only.
        boot_diagnostics: Where screenshot and serial log are.
        statuses: Provisioning state and power state.
        assigned_host: The dedicated host. Read-only.
        placement_group_id: The placement group; absent when deallocated.
        computer_name: The host name.
        os_name: The name of the operating system.
        os_version: Its version.
        hyper_v_generation: V1 or V2.
        interconnect_instance_view: The interconnect subgroup. Read-only.
        capacity_reservation_type: How it relates to reserved capacity. Read-only.
    """

    platform_update_domain: int | None = integer("platformUpdateDomain", default=None)
    platform_fault_domain: int | None = integer("platformFaultDomain", default=None)
    rdp_thumb_print: str | None = text("rdpThumbPrint", default=None)
    vm_agent: VirtualMachineAgentInstanceView | None = nested("vmAgent", VirtualMachineAgentInstanceView, default=None)
    maintenance_redeploy_status: MaintenanceRedeployStatus | None = nested(
        "maintenanceRedeployStatus", MaintenanceRedeployStatus, default=None
    )
    disks: MutableSequence[DiskInstanceView] | None = nested_list("disks", DiskInstanceView, default=None)
    extensions: MutableSequence[VirtualMachineExtensionInstanceView] | None = nested_list(
        "extensions", VirtualMachineExtensionInstanceView, default=None
    )
    vm_health: VirtualMachineHealthStatus | None = nested("vmHealth", VirtualMachineHealthStatus, init=False)
    boot_diagnostics: BootDiagnosticsInstanceView | None = nested(
        "bootDiagnostics", BootDiagnosticsInstanceView, default=None
    )
    statuses: MutableSequence[InstanceViewStatus] | None = nested_list("statuses", InstanceViewStatus, default=None)
    assigned_host: str | None = text("assignedHost", init=False)
    placement_group_id: str | None = text("placementGroupId", default=None)
    computer_name: str | None = text("computerName", default=None)
    os_name: str | None = text("osName", default=None)
    os_version: str | None = text("osVersion", default=None)
    hyper_v_generation: HyperVGeneration | str | None = choice("hyperVGeneration", HyperVGeneration, default=None)
    interconnect_instance_view: InterconnectInstanceView | None = nested(
        "interconnectInstanceView", InterconnectInstanceView, init=False
    )
    capacity_reservation_type: CapacityReservationType | str | None = choice(
        "capacityReservationType", CapacityReservationType, init=False
    )


class VirtualMachineStatusCodeCount(Model):
    """How many instances have a status."""

    code: str | None = text("code", init=False)
    count: int | None = integer("count", init=False)


class VirtualMachineScaleSetInstanceViewStatusesSummary(Model):
    """How many instances have which status."""

    statuses_summary: MutableSequence[VirtualMachineStatusCodeCount] | None = nested_list(
        "statusesSummary", VirtualMachineStatusCodeCount, init=False
    )


class VirtualMachineScaleSetVMExtensionsSummary(Model):
    """How many instances have which status of one extension."""

    name: str | None = text("name", init=False)
    statuses_summary: MutableSequence[VirtualMachineStatusCodeCount] | None = nested_list(
        "statusesSummary", VirtualMachineStatusCodeCount, init=False
    )


class OrchestrationServiceSummary(Model):
    """The state of automatic repairs or of zone rebalancing."""

    service_name: OrchestrationServiceNames | str | None = choice("serviceName", OrchestrationServiceNames, init=False)
    service_state: OrchestrationServiceState | str | None = choice(
        "serviceState", OrchestrationServiceState, init=False
    )
    latest_operation_status: OrchestrationServiceOperationStatus | str | None = choice(
        "latestOperationStatus", OrchestrationServiceOperationStatus, init=False
    )
    last_status_change_time: datetime | None = timestamp("lastStatusChangeTime", init=False)


class VirtualMachineScaleSetInstanceView(Model):
    """The state of a scale set in counts (semantics 8.2).

    Attributes:
        virtual_machine: How many instances have which status. Read-only.
        extensions: The same for each extension. Read-only.
        statuses: The state of the scale set itself.
        orchestration_services: The state of automatic repairs and zone rebalancing. Read-only.
    """

    virtual_machine: VirtualMachineScaleSetInstanceViewStatusesSummary | None = nested(
        "virtualMachine", VirtualMachineScaleSetInstanceViewStatusesSummary, init=False
    )
    extensions: MutableSequence[VirtualMachineScaleSetVMExtensionsSummary] | None = nested_list(
        "extensions", VirtualMachineScaleSetVMExtensionsSummary, init=False
    )
    statuses: MutableSequence[InstanceViewStatus] | None = nested_list("statuses", InstanceViewStatus, default=None)
    orchestration_services: MutableSequence[OrchestrationServiceSummary] | None = nested_list(
        "orchestrationServices", OrchestrationServiceSummary, init=False
    )
