"""The words in which sizes and zones are refused."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorTemplate
from vmss_sdk.emulator.engine.common.refusals import Reason

__all__ = ["SIZES"]

SIZES: dict[Reason, ErrorTemplate] = {
    # reported: kubernetes/test-infra#24049; the code is reported elsewhere
    Reason.ZONE_NOT_SUPPORTED: ErrorTemplate(
        400,
        "AvailabilityZoneNotSupported",
        "The zone(s) '{zones}' for resource 'Microsoft.Compute/virtualMachineScaleSets/{scale_set}' is not supported."
        " The supported zones for location '{location}' are '{supported}'",
        gateway=True,
    ),
    # reported: onefuzz#1126, azure-quickstart-templates#7147
    Reason.SIZE_NOT_AVAILABLE: ErrorTemplate(
        400,
        "InvalidParameter",
        "The requested VM size {size} is not available in the current region. The sizes available in the current region"
        " are: {sizes}.\r\nFind out more on the available VM sizes in each region at https://aka.ms/azure-regions.",
        "{target}",
    ),
    # reported: microsoft/lisa#2289
    Reason.DISK_PLACEMENT_NOT_SUPPORTED: ErrorTemplate(
        400,
        "NotSupported",
        "The Diff Disk Placement of type '{placement}' is not supported for VM size {size}. Please request with"
        " different DiffDiskPlacement or use a different VM Sku which supports the current DiffDiskPlacement in the"
        " request.",
    ),
    # reported: bosh-azure-cpi-release#674
    Reason.EPHEMERAL_DISK_TOO_LARGE: ErrorTemplate(
        400,
        "NotSupported",
        "OS disk of Ephemeral VM with size greater than {room} GB is not allowed for VM size {size} when the"
        " DiffDiskPlacement is {placement}. Please refer to https://aka.ms/Ephemeral for more details.",
    ),
    # reported: 20533-ImplementingMicrosoftAzureInfrastructureSolutions#345
    Reason.PREMIUM_NOT_SUPPORTED: ErrorTemplate(
        400,
        "InvalidParameter",
        "Requested operation cannot be performed because storage account type '{account}' is not supported for VM size"
        " '{size}'.",
        "{target}",
    ),
    # reported: fortigate-autoscale-azure#60; the code for machines: azure-sdk-for-java#15425
    Reason.TOO_MANY_INTERFACES: ErrorTemplate(
        400,
        "NetworkInterfaceCountExceeded",
        "The number of network interface configurations for VM scale set exceeds the maximum allowed for the virtual"
        " machine size {size}. The number of network interface configurations is {count}, and the maximum allowed is"
        " {limit}.",
    ),
    # the code is documented, the text is CHOICE
    Reason.ACCELERATED_NETWORKING_NOT_SUPPORTED: ErrorTemplate(
        400,
        "VMSizeIsNotPermittedToEnableAcceleratedNetworking",
        "The VM size '{size}' is not permitted to enable accelerated networking on its network interfaces.",
        "{target}",
    ),
    # the status is reported (azure-powershell#12007), the text is CHOICE
    Reason.SPOT_NOT_SUPPORTED: ErrorTemplate(
        409, "OperationNotAllowed", "The VM size '{size}' does not support Azure Spot Virtual Machines.", "{target}"
    ),
    # CHOICE
    Reason.ENCRYPTION_AT_HOST_NOT_SUPPORTED: ErrorTemplate(
        400,
        "InvalidParameter",
        "The VM size '{size}' does not support securityProfile.encryptionAtHost.",
        "{target}",
    ),
    # CHOICE
    Reason.TRUSTED_LAUNCH_NOT_SUPPORTED: ErrorTemplate(
        400,
        "BadRequest",
        "The VM size '{size}' is not supported for creation of VMs and Virtual Machine Scale Sets with"
        " TrustedLaunch security type.",
    ),
    # reported: entra-gsa-labs#12, ga4gh-tes#43, and of updates in the same words
    Reason.GENERATION_NOT_BOOTED: ErrorTemplate(
        400,
        "BadRequest",
        "The selected VM size '{size}' cannot boot Hypervisor Generation '{generation}'. If this was a Create operation"
        " please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM"
        " Size. If this was an Update operation please select a Hypervisor Generation '{generation}' VM Size. For more"
        " information, see https://aka.ms/azuregen2vm",
    ),
    # reported, without its source's number
    Reason.ARCHITECTURE_DIFFERS: ErrorTemplate(
        400,
        "BadRequest",
        "Cannot create a VM of size '{size}' because this VM size only supports a CPU Architecture of '{architecture}',"
        " but an image or disk with CPU Architecture '{given}' was given. Please check that the CPU Architecture of the"
        " image or disk is compatible with that of the VM size.",
    ),
}
