"""The words in which a model is refused for what it lacks, names or puts together."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorTemplate
from vmss_sdk.emulator.engine.common.refusals import Reason

__all__ = ["MODELS"]

MODELS: dict[Reason, ErrorTemplate] = {
    # reported without status and code: azure-docs#68214
    Reason.IMAGE_NAMED_TWICE: ErrorTemplate(
        400,
        "InvalidParameter",
        "The property 'imageReference.{one}' cannot be used together with property 'imageReference.{other}'",
        "{target}",
    ),
    # reported: azure-docs#89791, azure-powershell#11817; the status is that of other operations that are not allowed
    Reason.IMAGE_TYPE_CHANGED: ErrorTemplate(
        409, "OperationNotAllowed", "The Image type for a Virtual Machine Scale Set may not be changed."
    ),
    # reported: azure-docs#89791
    Reason.PLATFORM_IMAGE_NOT_FOUND: ErrorTemplate(
        404,
        "PlatformImageNotFound",
        "The platform image '{urn}' is not available. Verify that all fields in the storage profile are correct. For"
        " more details about storage profile information, please refer to https://aka.ms/storageprofile",
        "imageReference",
    ),
    # reported
    Reason.GALLERY_IMAGE_NOT_FOUND: ErrorTemplate(
        404,
        "GalleryImageNotFound",
        "The gallery image {image} is not available in {location} region. Please contact image owner to replicate to"
        " this region, or change your requested region.",
        "imageReference",
    ),
    # reported: terraform-provider-azurerm#11398
    Reason.IMAGE_NOT_LATEST: ErrorTemplate(
        400,
        "BadRequest",
        "virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set"
        " to 'latest'.",
        "{target}",
    ),
    # CHOICE: the requirement is documented (semantics 4.2)
    Reason.PATCHED_BY_PLATFORM: ErrorTemplate(
        400,
        "BadRequest",
        "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because its patchMode is"
        " AutomaticByPlatform.",
        "{target}",
    ),
    # reported
    Reason.ID_MALFORMED: ErrorTemplate(
        400,
        "LinkedInvalidPropertyId",
        "Property id '{id}' at path '{path}' is invalid. Expect fully qualified resource Id that start with"
        " '/subscriptions/{{subscriptionId}}' or '/providers/{{resourceProviderNamespace}}/'.",
        gateway=True,
    ),
    # reported: azure-cli#30813
    Reason.NO_PROFILE_FOR_MODE: ErrorTemplate(
        400, "BadRequest", "Virtual Machine Scale Set with '{mode}' Upgrade Mode must contain a VM Profile"
    ),
    # reported: terraform-azurerm-avm-res-compute-virtualmachinescaleset#95, magic_castle#44
    Reason.NO_LOGIN: ErrorTemplate(
        400,
        "InvalidParameter",
        "Authentication using either SSH or by user name and password must be enabled in Linux profile.",
        "{target}",
    ),
    # the names are documented; reported for virtual machines
    Reason.USER_NAME_NOT_ALLOWED: ErrorTemplate(
        400, "InvalidParameter", "The Admin Username specified is not allowed.", "{target}"
    ),
    # reported for network interfaces; CHOICE: what stands for the id of an address
    Reason.SUBNET_MISSING: ErrorTemplate(
        400,
        "SubnetIsRequired",
        "Subnet reference is required for ipconfiguration"
        " {scale_set}/networkInterfaceConfigurations/{nic}/ipConfigurations/{address}.",
    ),
    # CHOICE
    Reason.SUBNETS_OF_SEVERAL_NETWORKS: ErrorTemplate(
        400,
        "SubnetsNotInSameVnet",
        "All network interface configurations of a Virtual Machine Scale Set must have their subnets in the same"
        " virtual network.",
        "{target}",
    ),
    # the code is reported, the text is CHOICE
    Reason.PRIMARY_INTERFACE: ErrorTemplate(
        400,
        "VirtualMachineMustHaveOneNetworkInterfaceAsPrimary",
        "Exactly one network interface configuration must be primary when there are several.",
        "{target}",
    ),
    # the code and how the text begins are reported: ARO-RP#547
    Reason.PROBE_WITHOUT_BALANCER: ErrorTemplate(
        400,
        "CannotUseHealthProbeWithoutLoadBalancing",
        "VM scale set {scale_set} cannot use health probe {probe} because none of its network interface configurations"
        " is in a backend address pool of that load balancer.",
    ),
    # the code is reported (cloud-provider-azure#2697), the text is CHOICE
    Reason.NETWORK_API_VERSION_MISSING: ErrorTemplate(
        400,
        "NetworkApiVersionMustBeSpecifiedWithNetworkInterfaceConfigurations",
        "networkApiVersion must be specified in the networkProfile when networkInterfaceConfigurations are specified.",
        "networkProfile.networkApiVersion",
    ),
    # reported: bicep-registry-modules#2088
    Reason.NETWORK_API_VERSION_UNKNOWN: ErrorTemplate(
        400,
        "InvalidJson",
        "Could not find member 'networkApiVersion' on object of type 'VMScaleSetNetworkProfile'. Path"
        " 'Properties.UpdateGroups[0].NetworkProfile.networkApiVersion'.",
    ),
    # CHOICE: the rule is documented
    Reason.PLACEMENT_GROUP_WITH_ZONES: ErrorTemplate(
        400,
        "BadRequest",
        "A Virtual Machine Scale Set with a proximity placement group can be in one zone at most.",
        "{target}",
    ),
    # CHOICE: the rule is documented
    Reason.NO_NOTICE_FOR_SPOT: ErrorTemplate(
        400, "BadRequest", "Terminate notifications cannot be enabled on Azure Spot Virtual Machines.", "{target}"
    ),
    # reported: service-fabric-issues#1470
    Reason.SERVICE_FABRIC_TOO_OLD: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Service Fabric VM Extension version should be 1.1 or above for Auto OS Upgrade support",
    ),
    # reported: terraform-provider-azurerm#24469, #30230, #13569
    Reason.SERVICE_FABRIC_TOO_FEW: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "NodeType {node_type} with VMSS Durability {durability} should have atleast {fewest} VMs but actually has"
        " {capacity} VMs.",
    ),
    # reported without status and code: cluster-api-provider-azure#4958, onefuzz#2318
    Reason.TOO_MANY_MODELS: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Virtual Machine Scale Set '{scale_set}' has reached its limit of {limit} models that may be referenced by one"
        " or more VMs belonging to the Virtual Machine Scale Set. Upgrade the VMs to the latest model of the Virtual"
        " Machine Scale Set before trying again.",
    ),
    # reported: acs-engine#4280
    Reason.LUN_COLLISION: ErrorTemplate(
        400,
        "InvalidParameter",
        "LUN Collision: Disk {disk} is already attached at LUN {lun} to VM Instance {vm}",
        "dataDisk.lun",
    ),
    # reported: azure-rest-api-specs#17102, avdaccelerator#673
    Reason.HANDLER_VERSION_FIXED: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Cannot update handlerVersion or autoUpgradeMinorVersion for VM extension '{extension}'. Change is in conflict"
        " with other extensions under handler '{handler}', with typeHandler version '{version}' and"
        " autoUpgradeMinorVersion '{upgrades}'.",
    ),
}
