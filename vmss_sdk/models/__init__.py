"""The models: typed views of ARM documents, one file per noun, ARM's own names in snake_case.

Each noun is loaded when one of its models is first asked for: a program that reads upgrade policies does not pay for
network profiles. Type checkers read the stub beside this file.
"""

from importlib import import_module
from typing import Any

_NOUNS = {
    "_base": "Choice Model ModelList",
    "actions": (
        "MigrateVMAvailabilityZoneInput OrchestrationServiceStateInput RecoveryWalkResponse "
        "RetrieveBootDiagnosticsDataResult "
        "VMScaleSetConvertToSinglePlacementGroupInput VMScaleSetScaleOutInput"
    ),
    "api_error": "ApiError ApiErrorBase CloudError InnerError",
    "common": (
        "AdditionalCapabilities ApiEntityReference ExtendedLocation InstanceViewStatus Placement Plan SubResource "
        "SystemData UserAssignedIdentitiesValue VirtualMachineIdentity VirtualMachineScaleSetIdentity"
    ),
    "disks": (
        "AdditionalDiskProperties AttachDetachDataDisksRequest DataDisk DataDisksToAttach DataDisksToDetach "
        "DiffDiskSettings DiskAvailabilityPolicy DiskEncryptionSetParameters DiskEncryptionSettings "
        "KeyVaultKeyReference KeyVaultSecretReference ManagedDiskParameters OSDisk VMDiskSecurityProfile "
        "VirtualHardDisk VirtualMachineDiskProperties VirtualMachineScaleSetDataDisk "
        "VirtualMachineScaleSetManagedDiskParameters VirtualMachineScaleSetOSDisk"
    ),
    "enums": (
        "AllocationStrategy CachingTypes CapacityReservationType ComponentNames CreatedByType DeleteOptions "
        "DiffDiskOptions DiffDiskPlacement DiskApiVersion DiskControllerTypes DiskCreateOptionTypes "
        "DiskDeleteOptionTypes DiskDetachOptionTypes DomainNameLabelScopeTypes ExecutionState ExtendedLocationTypes "
        "HighSpeedInterconnectPlacement HyperVGeneration IPVersion IPVersions LifecycleHookAction "
        "LifecycleHookActionState LinuxPatchAssessmentMode LinuxVMGuestPatchAutomaticByPlatformRebootSetting "
        "LinuxVMGuestPatchMode MaintenanceOperationResultCodeTypes Mode Modes NetworkApiVersion "
        "NetworkInterfaceAuxiliaryMode NetworkInterfaceAuxiliarySku OperatingSystemTypes OrchestrationMode "
        "OrchestrationServiceNames OrchestrationServiceOperationStatus OrchestrationServiceState "
        "OrchestrationServiceStateAction PassNames ProcessorMode ProtocolTypes PublicIPAddressSkuName "
        "PublicIPAddressSkuTier PublicIPAllocationMethod RebalanceBehavior RebalanceStrategy RepairAction "
        "ResilientVMDeletionStatus ResourceIdentityType RollingUpgradeActionType RollingUpgradeStatusCode "
        "ScriptShellTypes SecurityEncryptionTypes SecurityTypes SettingNames StatusLevelTypes StorageAccountTypes "
        "StorageAlignmentStatus StorageFaultDomainAlignmentType UpgradeMode UpgradeOperationInvoker UpgradeState "
        "VMScaleSetLifecycleHookEventState VMScaleSetLifecycleHookEventType VirtualMachineDiskDelayAction "
        "VirtualMachineDiskNetworkAccessPolicy VirtualMachineEvictionPolicyTypes VirtualMachinePriorityTypes "
        "VirtualMachineScaleSetScaleInRules VirtualMachineScaleSetSkuScaleType WindowsPatchAssessmentMode "
        "WindowsVMGuestPatchAutomaticByPlatformRebootSetting WindowsVMGuestPatchMode "
        "ZonalPlatformFaultDomainAlignMode ZonePlacementPolicyType"
    ),
    "extension": (
        "ApplicationHealthSettings VirtualMachineExtension VirtualMachineScaleSetExtension "
        "VirtualMachineScaleSetExtensionProfile VirtualMachineScaleSetVMExtension"
    ),
    "fleet": "InstanceSummary decode_summaries",
    "hardware_profile": "HardwareProfile VMSizeProperties VirtualMachineScaleSetHardwareProfile",
    "instance": (
        "VirtualMachineScaleSetVM VirtualMachineScaleSetVMInstanceIDs VirtualMachineScaleSetVMInstanceRequiredIDs "
        "VirtualMachineScaleSetVMProtectionPolicy"
    ),
    "instance_view": (
        "BootDiagnosticsInstanceView DiskInstanceView InterconnectInstanceView MaintenanceRedeployStatus "
        "OrchestrationServiceSummary VirtualMachineAgentInstanceView VirtualMachineExtensionHandlerInstanceView "
        "VirtualMachineExtensionInstanceView VirtualMachineHealthStatus VirtualMachineScaleSetInstanceView "
        "VirtualMachineScaleSetInstanceViewStatusesSummary VirtualMachineScaleSetVMExtensionsSummary "
        "VirtualMachineScaleSetVMInstanceView VirtualMachineStatusCodeCount"
    ),
    "lifecycle_hook": (
        "LifecycleHook LifecycleHooksProfile VMScaleSetLifecycleHookEvent "
        "VMScaleSetLifecycleHookEventAdditionalContext VMScaleSetLifecycleHookEventTargetResource "
        "VMScaleSetLifecycleHookEventUpdate"
    ),
    "network_profile": (
        "InterconnectGroupProfile NetworkInterfaceReference NetworkProfile PublicIPAddressSku VirtualMachineIpTag "
        "VirtualMachineNetworkInterfaceConfiguration VirtualMachineNetworkInterfaceDnsSettingsConfiguration "
        "VirtualMachineNetworkInterfaceIPConfiguration VirtualMachinePublicIPAddressConfiguration "
        "VirtualMachinePublicIPAddressDnsSettingsConfiguration VirtualMachineScaleSetIPConfiguration "
        "VirtualMachineScaleSetIpTag VirtualMachineScaleSetNetworkConfiguration "
        "VirtualMachineScaleSetNetworkConfigurationDnsSettings VirtualMachineScaleSetNetworkProfile "
        "VirtualMachineScaleSetPublicIPAddressConfiguration "
        "VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings "
        "VirtualMachineScaleSetVMNetworkProfileConfiguration"
    ),
    "os_profile": (
        "AdditionalUnattendContent LinuxConfiguration LinuxPatchSettings LinuxVMGuestPatchAutomaticByPlatformSettings "
        "OSProfile PatchSettings SshConfiguration SshPublicKey VaultCertificate VaultSecretGroup "
        "VirtualMachineScaleSetOSProfile WinRMConfiguration WinRMListener WindowsConfiguration "
        "WindowsVMGuestPatchAutomaticByPlatformSettings"
    ),
    "policies": "AutomaticRepairsPolicy ExternalHealthPolicy PriorityMixPolicy ScaleInPolicy SpotRestorePolicy",
    "reimage": (
        "OSProfileProvisioningData VirtualMachineReimageParameters VirtualMachineScaleSetReimageParameters "
        "VirtualMachineScaleSetVMReimageParameters"
    ),
    "resiliency": (
        "AutomaticZoneRebalancingPolicy MaxInstancePercentPerZonePolicy OperationRecoverySettings "
        "ReimageRecoveryPolicy ResiliencyPolicy ResilientVMCreationPolicy ResilientVMDeletionPolicy "
        "RestartRecoveryPolicy StartRecoveryPolicy ZoneAllocationPolicy"
    ),
    "resource_group": "ResourceGroup",
    "rolling_upgrade": (
        "RollbackStatusInfo RollingUpgradeProgressInfo RollingUpgradeRunningStatus RollingUpgradeStatusInfo "
        "UpgradeOperationHistoricalStatusInfo UpgradeOperationHistoryStatus"
    ),
    "run_command": (
        "RunCommandInput RunCommandInputParameter RunCommandManagedIdentity RunCommandResult "
        "VirtualMachineDiagnosticRunCommand VirtualMachineRunCommand VirtualMachineRunCommandInstanceView "
        "VirtualMachineRunCommandScriptSource VirtualMachineRunCommandUpdate"
    ),
    "scale_set": "VirtualMachineScaleSet",
    "scale_set_update": (
        "SecurityPostureReferenceUpdate VirtualMachineScaleSetUpdate VirtualMachineScaleSetUpdateIPConfiguration "
        "VirtualMachineScaleSetUpdateNetworkConfiguration VirtualMachineScaleSetUpdateNetworkProfile "
        "VirtualMachineScaleSetUpdateOSDisk VirtualMachineScaleSetUpdateOSProfile "
        "VirtualMachineScaleSetUpdatePublicIPAddressConfiguration VirtualMachineScaleSetUpdateStorageProfile "
        "VirtualMachineScaleSetUpdateVMProfile"
    ),
    "scheduled_events": (
        "AllInstancesDown EventGridAndResourceGraph OSImageNotificationProfile "
        "ScheduledEventsAdditionalPublishingTargets ScheduledEventsPolicy ScheduledEventsProfile "
        "TerminateNotificationProfile UserInitiatedReboot UserInitiatedRedeploy"
    ),
    "security_profile": "EncryptionIdentity HostEndpointSettings ProxyAgentSettings SecurityProfile UefiSettings",
    "sku": (
        "AutomaticSkuMigrationPolicy Sku SkuProfile SkuProfileVMSize VirtualMachineScaleSetSku "
        "VirtualMachineScaleSetSkuCapacity"
    ),
    "storage_profile": "ImageReference StorageProfile VirtualMachineScaleSetStorageProfile",
    "upgrade_policy": "AutomaticOSUpgradePolicy RollingUpgradePolicy UpgradePolicy",
    "virtual_machine": (
        "FlexProfile ResiliencyProfile VirtualMachine VirtualMachineInstanceView VirtualMachineUpdate ZoneMovement"
    ),
    "vm_profile": (
        "ApplicationProfile BillingProfile BootDiagnostics CapacityReservationProfile DiagnosticsProfile "
        "InterconnectBlockProfile SecurityPostureReference ServiceArtifactReference VMGalleryApplication "
        "VirtualMachineScaleSetVMProfile"
    ),
    "vm_sizes": "VirtualMachineSizeTypes",
}
_HOME = {name: noun for noun, names in _NOUNS.items() for name in names.split()}

__all__ = sorted(_HOME)  # noqa: PLE0605  # the stub has it spelled out


def __getattr__(name: str) -> Any:
    noun = _HOME.get(name)
    if noun is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{noun}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
