"""The words of the API. All sets are open, see `Choice`."""

from typing import Self

from vmss_sdk.models._base import Choice


class OrchestrationMode(Choice):
    """How a scale set manages its instances; chosen at creation, never changed."""

    UNIFORM = "Uniform"
    FLEXIBLE = "Flexible"


class ZonalPlatformFaultDomainAlignMode(Choice):
    """How strictly compute and storage fault domains are aligned within a zone."""

    ALIGNED = "Aligned"
    UNALIGNED = "Unaligned"
    BEST_EFFORT_ALIGNED = "BestEffortAligned"


class HighSpeedInterconnectPlacement(Choice):
    """Whether instances are placed on hardware that shares a high-speed interconnect."""

    NONE = "None"
    TRUNK = "Trunk"


class UpgradeMode(Choice):
    """How a change of the scale set's model reaches existing instances (semantics 2.0 to 2.4)."""

    AUTOMATIC = "Automatic"
    MANUAL = "Manual"
    ROLLING = "Rolling"


class ResilientVMDeletionStatus(Choice):
    """How far the resilient deletion of an instance has come."""

    ENABLED = "Enabled"
    DISABLED = "Disabled"
    IN_PROGRESS = "InProgress"
    FAILED = "Failed"


class HyperVGeneration(Choice):
    """The hypervisor generation of a virtual machine."""

    V1 = "V1"
    V2 = "V2"


class CapacityReservationType(Choice):
    """How a virtual machine relates to reserved capacity."""

    NOT_ELIGIBLE = "NotEligible"
    TARGETED = "Targeted"
    OPEN = "Open"
    DISABLED = "Disabled"
    BLOCK = "Block"


class OrchestrationServiceNames(Choice):
    """The services that work on a scale set by themselves."""

    AUTOMATIC_REPAIRS = "AutomaticRepairs"
    AUTOMATIC_ZONE_REBALANCING = "AutomaticZoneRebalancing"


class OrchestrationServiceState(Choice):
    """Whether such a service is at work."""

    NOT_RUNNING = "NotRunning"
    RUNNING = "Running"
    SUSPENDED = "Suspended"


class OrchestrationServiceOperationStatus(Choice):
    """How far the latest operation of such a service has come."""

    IN_PROGRESS = "InProgress"
    COMPLETED = "Completed"


class RollingUpgradeStatusCode(Choice):
    """How a rolling upgrade stands."""

    ROLLING_FORWARD = "RollingForward"
    ROLLING_BACK = "RollingBack"
    CANCELLED = "Cancelled"
    COMPLETED = "Completed"
    FAULTED = "Faulted"


class RollingUpgradeActionType(Choice):
    """The last thing that was asked of a rolling upgrade."""

    START = "Start"
    CANCEL = "Cancel"


class UpgradeOperationInvoker(Choice):
    """Who started an operating system upgrade."""

    UNKNOWN = "Unknown"
    USER = "User"
    PLATFORM = "Platform"


class UpgradeState(Choice):
    """How an operating system upgrade of the past ended, or stands."""

    ROLLING_FORWARD = "RollingForward"
    ROLLING_BACK = "RollingBack"
    CANCELLED = "Cancelled"
    COMPLETED = "Completed"
    FAULTED = "Faulted"


class OrchestrationServiceStateAction(Choice):
    """What may be asked of such a service."""

    RESUME = "Resume"
    SUSPEND = "Suspend"


class VirtualMachineScaleSetScaleInRules(Choice):
    """Which instances go first on scale-in (semantics 7.6)."""

    DEFAULT = "Default"
    OLDEST_VM = "OldestVM"
    NEWEST_VM = "NewestVM"


class RepairAction(Choice):
    """What an automatic repair does to an unhealthy instance."""

    REPLACE = "Replace"
    RESTART = "Restart"
    REIMAGE = "Reimage"


class VirtualMachineScaleSetSkuScaleType(Choice):
    """Whether a size can be scaled."""

    AUTOMATIC = "Automatic"
    NONE = "None"


class VMScaleSetLifecycleHookEventType(Choice):
    """The moments of an automatic OS upgrade at which the customer is asked."""

    UPGRADE_AUTO_OS_SCHEDULING = "UpgradeAutoOSScheduling"
    UPGRADE_AUTO_OS_ROLLING_BATCH_STARTING = "UpgradeAutoOSRollingBatchStarting"


class LifecycleHookAction(Choice):
    """The answer that the platform assumes when the customer gives none."""

    APPROVE = "Approve"
    REJECT = "Reject"


class VMScaleSetLifecycleHookEventState(Choice):
    """Whether a lifecycle hook event still waits."""

    ACTIVE = "Active"
    COMPLETED = "Completed"


class StatusLevelTypes(Choice):
    """How grave a status is."""

    INFO = "Info"
    WARNING = "Warning"
    ERROR = "Error"


class CreatedByType(Choice):
    """What kind of identity made or changed a resource."""

    USER = "User"
    APPLICATION = "Application"
    MANAGED_IDENTITY = "ManagedIdentity"
    KEY = "Key"


class ResourceIdentityType(Choice):
    """Which managed identities a resource has."""

    SYSTEM_ASSIGNED = "SystemAssigned"
    USER_ASSIGNED = "UserAssigned"
    SYSTEM_ASSIGNED_USER_ASSIGNED = "SystemAssigned, UserAssigned"
    NONE = "None"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The two names in any case, with or without a blank between them (az sends none). CHOICE: in any order."""
        wanted = _parts(str(value))
        return next((member for member in cls if _parts(member.value) == wanted), None)


def _parts(words: str) -> list[str]:
    return sorted(part.strip().lower() for part in words.split(","))


class ExtendedLocationTypes(Choice):
    """The kinds of location beyond a region."""

    EDGE_ZONE = "EdgeZone"


class ZonePlacementPolicyType(Choice):
    """Who picks the zones of a resource."""

    ANY = "Any"
    AUTO = "Auto"


class VirtualMachinePriorityTypes(Choice):
    """The priority at which capacity is allotted; ``Low`` is the old word for ``Spot``."""

    REGULAR = "Regular"
    LOW = "Low"
    SPOT = "Spot"
    SPOT_PLUS = "SpotPlus"


class VirtualMachineEvictionPolicyTypes(Choice):
    """What happens to a Spot instance when it is evicted."""

    DEALLOCATE = "Deallocate"
    DELETE = "Delete"


class AllocationStrategy(Choice):
    """How the sizes of a SKU profile are chosen."""

    LOWEST_PRICE = "LowestPrice"
    CAPACITY_OPTIMIZED = "CapacityOptimized"
    PRIORITIZED = "Prioritized"


class ProcessorMode(Choice):
    """How the processor speed of a virtual machine is managed."""

    DETERMINISTIC = "Deterministic"
    OPPORTUNISTIC = "Opportunistic"


class DiskControllerTypes(Choice):
    """The interface through which disks are attached."""

    SCSI = "SCSI"
    NVME = "NVMe"


class DiskApiVersion(Choice):
    """The version of the disk API with which disks are made."""

    V2025_01_02 = "2025-01-02"
    V2026_03_02 = "2026-03-02"


class SecurityTypes(Choice):
    """The security type of a virtual machine; anything else than ``Standard`` needs UEFI settings."""

    STANDARD = "Standard"
    TRUSTED_LAUNCH = "TrustedLaunch"
    CONFIDENTIAL_VM = "ConfidentialVM"


class NetworkApiVersion(Choice):
    """The version of the network API with which a Flexible scale set makes its interfaces."""

    V2020_11_01 = "2020-11-01"
    V2022_11_01 = "2022-11-01"


class MaintenanceOperationResultCodeTypes(Choice):
    """How the last maintenance operation ended."""

    NONE = "None"
    RETRY_LATER = "RetryLater"
    MAINTENANCE_ABORTED = "MaintenanceAborted"
    MAINTENANCE_COMPLETED = "MaintenanceCompleted"


class StorageAlignmentStatus(Choice):
    """Whether a disk is in the fault domain of its virtual machine."""

    UNALIGNED = "Unaligned"
    ALIGNED = "Aligned"


class RebalanceStrategy(Choice):
    """How instances are moved between zones."""

    RECREATE = "Recreate"


class RebalanceBehavior(Choice):
    """In which order an instance is replaced when zones are balanced."""

    CREATE_BEFORE_DELETE = "CreateBeforeDelete"


class LifecycleHookActionState(Choice):
    """The answer for one target of a lifecycle hook event."""

    WAITING = "Waiting"
    APPROVED = "Approved"
    REJECTED = "Rejected"


class CachingTypes(Choice):
    """The host caching of a disk."""

    NONE = "None"
    READ_ONLY = "ReadOnly"
    READ_WRITE = "ReadWrite"


class DiskDeleteOptionTypes(Choice):
    """What becomes of a disk when its virtual machine is deleted."""

    DELETE = "Delete"
    DETACH = "Detach"


class DiskDetachOptionTypes(Choice):
    """How a disk is detached."""

    FORCE_DETACH = "ForceDetach"


class OperatingSystemTypes(Choice):
    """The family of the operating system on a disk."""

    WINDOWS = "Windows"
    LINUX = "Linux"


class DiskCreateOptionTypes(Choice):
    """Where the content of a disk comes from."""

    FROM_IMAGE = "FromImage"
    EMPTY = "Empty"
    ATTACH = "Attach"
    COPY = "Copy"
    RESTORE = "Restore"


class StorageFaultDomainAlignmentType(Choice):
    """How strictly a disk is kept in the fault domain of its virtual machine."""

    ALIGNED = "Aligned"
    BEST_EFFORT_ALIGNED = "BestEffortAligned"


class Mode(Choice):
    """What the proxy agent does with unauthorised requests."""

    AUDIT = "Audit"
    ENFORCE = "Enforce"


class DiffDiskOptions(Choice):
    """The kind of an ephemeral disk."""

    LOCAL = "Local"


class DiffDiskPlacement(Choice):
    """On which local storage an ephemeral OS disk lives."""

    CACHE_DISK = "CacheDisk"
    RESOURCE_DISK = "ResourceDisk"
    NVME_DISK = "NvmeDisk"


class StorageAccountTypes(Choice):
    """The performance and redundancy of a managed disk."""

    STANDARD_LRS = "Standard_LRS"
    PREMIUM_LRS = "Premium_LRS"
    STANDARD_SSD_LRS = "StandardSSD_LRS"
    ULTRA_SSD_LRS = "UltraSSD_LRS"
    PREMIUM_ZRS = "Premium_ZRS"
    STANDARD_SSD_ZRS = "StandardSSD_ZRS"
    PREMIUM_V2_LRS = "PremiumV2_LRS"


class PassNames(Choice):
    """The pass of Windows Setup in which unattended content is applied."""

    OOBE_SYSTEM = "OobeSystem"


class ComponentNames(Choice):
    """The component of Windows Setup to which unattended content belongs."""

    MICROSOFT_WINDOWS_SHELL_SETUP = "Microsoft-Windows-Shell-Setup"


class SettingNames(Choice):
    """The setting of Windows Setup that unattended content fills."""

    AUTO_LOGON = "AutoLogon"
    FIRST_LOGON_COMMANDS = "FirstLogonCommands"


class WindowsVMGuestPatchMode(Choice):
    """Who patches a Windows guest."""

    MANUAL = "Manual"
    AUTOMATIC_BY_OS = "AutomaticByOS"
    AUTOMATIC_BY_PLATFORM = "AutomaticByPlatform"


class WindowsPatchAssessmentMode(Choice):
    """Who looks for missing patches of a Windows guest."""

    IMAGE_DEFAULT = "ImageDefault"
    AUTOMATIC_BY_PLATFORM = "AutomaticByPlatform"


class LinuxVMGuestPatchMode(Choice):
    """Who patches a Linux guest."""

    IMAGE_DEFAULT = "ImageDefault"
    AUTOMATIC_BY_PLATFORM = "AutomaticByPlatform"


class LinuxPatchAssessmentMode(Choice):
    """Who looks for missing patches of a Linux guest."""

    IMAGE_DEFAULT = "ImageDefault"
    AUTOMATIC_BY_PLATFORM = "AutomaticByPlatform"


class Modes(Choice):
    """What the proxy agent does with unauthorised requests to one endpoint."""

    AUDIT = "Audit"
    ENFORCE = "Enforce"
    DISABLED = "Disabled"


class DeleteOptions(Choice):
    """What becomes of a network resource when its virtual machine is deleted."""

    DELETE = "Delete"
    DETACH = "Detach"


class NetworkInterfaceAuxiliaryMode(Choice):
    """Whether an interface uses the accelerated connection path."""

    NONE = "None"
    ACCELERATED_CONNECTIONS = "AcceleratedConnections"
    FLOATING = "Floating"


class NetworkInterfaceAuxiliarySku(Choice):
    """The size of the accelerated connection path."""

    NONE = "None"
    A1 = "A1"
    A2 = "A2"
    A4 = "A4"
    A8 = "A8"


class SecurityEncryptionTypes(Choice):
    """What is encrypted on the disk of a confidential virtual machine."""

    VM_GUEST_STATE_ONLY = "VMGuestStateOnly"
    DISK_WITH_VM_GUEST_STATE = "DiskWithVMGuestState"
    NON_PERSISTED_TPM = "NonPersistedTPM"


class WindowsVMGuestPatchAutomaticByPlatformRebootSetting(Choice):
    """Whether a Windows guest may be rebooted after patching by the platform."""

    UNKNOWN = "Unknown"
    IF_REQUIRED = "IfRequired"
    NEVER = "Never"
    ALWAYS = "Always"


class ProtocolTypes(Choice):
    """The protocol of a Windows Remote Management listener."""

    HTTP = "Http"
    HTTPS = "Https"


class LinuxVMGuestPatchAutomaticByPlatformRebootSetting(Choice):
    """Whether a Linux guest may be rebooted after patching by the platform."""

    UNKNOWN = "Unknown"
    IF_REQUIRED = "IfRequired"
    NEVER = "Never"
    ALWAYS = "Always"


class VirtualMachineDiskNetworkAccessPolicy(Choice):
    """From where a disk can be reached."""

    ALLOW_ALL = "AllowAll"
    ALLOW_PRIVATE = "AllowPrivate"
    DENY_ALL = "DenyAll"


class IPVersions(Choice):
    """The IP version of a configuration of a single virtual machine."""

    IPV4 = "IPv4"
    IPV6 = "IPv6"


class IPVersion(Choice):
    """The IP version of a configuration in a scale set's model."""

    IPV4 = "IPv4"
    IPV6 = "IPv6"


class VirtualMachineDiskDelayAction(Choice):
    """What happens when a disk does not answer in time."""

    NONE = "None"
    AUTOMATIC_REATTACH = "AutomaticReattach"


class PublicIPAllocationMethod(Choice):
    """Whether a public address stays the same."""

    DYNAMIC = "Dynamic"
    STATIC = "Static"


class PublicIPAddressSkuName(Choice):
    """The kind of a public address."""

    BASIC = "Basic"
    STANDARD = "Standard"


class PublicIPAddressSkuTier(Choice):
    """The reach of a public address."""

    REGIONAL = "Regional"
    GLOBAL = "Global"


class DomainNameLabelScopeTypes(Choice):
    """Within which scope a domain name label may be taken again."""

    TENANT_REUSE = "TenantReuse"
    SUBSCRIPTION_REUSE = "SubscriptionReuse"
    RESOURCE_GROUP_REUSE = "ResourceGroupReuse"
    NO_REUSE = "NoReuse"


class ExecutionState(Choice):
    """Where a script of a run command stands."""

    UNKNOWN = "Unknown"
    PENDING = "Pending"
    RUNNING = "Running"
    FAILED = "Failed"
    SUCCEEDED = "Succeeded"
    TIMED_OUT = "TimedOut"
    CANCELED = "Canceled"


class ScriptShellTypes(Choice):
    """Which shell runs a script of a run command on Windows."""

    DEFAULT = "Default"
    POWERSHELL7 = "Powershell7"
