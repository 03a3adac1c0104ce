"""The words of the compute provider where the engine refuses (wire.md 7)."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorTemplate
from vmss_sdk.emulator.engine.common.refusals import Reason

__all__ = ["BY_FEATURE", "REFUSAL_TEMPLATES"]

_UPGRADE_HELP = "For details on rolling upgrades, use http://aka.ms/AzureVMSSRollingUpgrade"
_IMPACT = "The most impactful error is:  Instance found to be unhealthy or unreachable. " + _UPGRADE_HELP
_ALLOWED_RANGE = "It must be a number from {low} to {high}."
_HEALTH = "a health probe or health extension was not"
_BOTH = "both a health probe and a health extension were provided. Remove the health probe or health extension"
_EXTENSION_ONLY = (
    "its orchestration mode is Flexible and a health probe was provided. Use the health extension instead."
)
_ROLLING = "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because"
_AUTOMATIC_OS = "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because"
_REPAIRS = "Automatic repairs not supported for this Virtual Machine Scale Set because"
_ON_SET = "is not allowed on Virtual Machine Scale Set '{scale_set}'"

REFUSAL_TEMPLATES: dict[Reason, ErrorTemplate] = {
    # reported
    Reason.REQUIRED: ErrorTemplate(
        400, "InvalidParameter", "Required parameter '{parameter}' is missing (null).", "{target}"
    ),
    # reported
    Reason.INVALID: ErrorTemplate(
        400, "InvalidParameter", "The value of parameter {parameter} is invalid.", "{target}"
    ),
    # CHOICE
    Reason.OUT_OF_RANGE: ErrorTemplate(
        400, "InvalidParameter", "The value of parameter {parameter} is invalid. " + _ALLOWED_RANGE, "{target}"
    ),
    # recorded; the target is the property's short name
    Reason.NOT_CHANGEABLE: ErrorTemplate(
        409, "PropertyChangeNotAllowed", "Changing property '{parameter}' is not allowed.", "{parameter}"
    ),
    # recorded
    Reason.WINDOWS_NAME_PREFIX: ErrorTemplate(
        400,
        "InvalidParameter",
        "Windows computer name prefix cannot be more than 9 characters long, be entirely numeric, or contain the"
        " following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] {{ }} \\ | ; : . ' \" , < > / ?.",
        "{target}",
    ),
    # CHOICE: after the text for Windows
    Reason.LINUX_NAME_PREFIX: ErrorTemplate(
        400,
        "InvalidParameter",
        "Linux host name prefix cannot exceed 58 characters in length or contain the following characters:"
        " ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] {{ }} \\ | ; : ' \" , < > / ?.",
        "{target}",
    ),
    # reported
    Reason.MEMBER_NOT_ALLOWED: ErrorTemplate(
        400, "InvalidParameter", "Parameter '{parameter}' is not allowed.", "{target}"
    ),
    # reported
    Reason.AVAILABILITY_SET_WITH_ZONE: ErrorTemplate(
        400,
        "BadRequest",
        "Virtual Machine cannot be created because both Availability Zone and Availability Set were specified."
        " Deploying an Availability Set to an Availability Zone isn\u2019t supported.",
    ),
    # reported
    Reason.WINDOWS_COMPUTER_NAME: ErrorTemplate(
        400,
        "InvalidParameter",
        "Windows computer name cannot be more than 15 characters long, be entirely numeric, or contain the following"
        " characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] {{ }} \\ | ; : . ' \" , < > / ?.",
        "{target}",
    ),
    # reported
    Reason.LINUX_COMPUTER_NAME: ErrorTemplate(
        400,
        "InvalidParameter",
        "Linux host name cannot exceed 64 characters in length or contain the following characters:"
        " ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] {{ }} \\ | ; : ' \" , < > / ?.",
        "{target}",
    ),
    # recorded
    Reason.PASSWORD_TOO_SIMPLE: ErrorTemplate(
        400,
        "InvalidParameter",
        "The supplied password must be between 8-123 characters long and must satisfy at least 3 of password"
        " complexity requirements from the following: \r\n1) Contains an uppercase character\r\n2) Contains a lowercase"
        " character\r\n3) Contains a numeric digit\r\n4) Contains a special character\r\n5) Control characters are not"
        " allowed",
        "{target}",
    ),
    # CHOICE
    Reason.CUSTOM_DATA_NOT_BASE64: ErrorTemplate(
        400,
        "InvalidParameter",
        "The value of parameter {parameter} is invalid. It must be a base64 encoded string of at most 87380"
        " characters.",
        "{target}",
    ),
    # reported, without its upper bound of 10 minutes, which newer documents do not have
    Reason.PAUSE_INVALID: ErrorTemplate(
        400,
        "InvalidParameter",
        "The pause time {value} provided is invalid. It must be formatted as an ISO 8601 non-negative time span."
        ' For example a valid timespan is "PT0S" to represent 0 seconds.',
        "{target}",
    ),
    # reported
    Reason.DUPLICATE_EXTENSION: ErrorTemplate(
        400,
        "BadRequest",
        "On VM Scale Set '{scale_set}', extension name '{extension}' cannot be used for more than one extension.",
    ),
    # CHOICE, the meaning is documented (semantics 5.2)
    Reason.PROTECTION_CONFLICT: ErrorTemplate(
        400,
        "InvalidParameter",
        "The properties protectFromScaleIn and protectFromScaleSetActions conflict: protectFromScaleIn cannot be false"
        " when protectFromScaleSetActions is true.",
        "{target}",
    ),
    # CHOICE
    Reason.CROSS_ZONE_WITHOUT_ZONES: ErrorTemplate(
        400,
        "BadRequest",
        "Cross zone upgrade cannot be enabled on a Virtual Machine Scale Set without zones.",
        "{target}",
    ),
    # CHOICE
    Reason.SURGE_WITH_OVERPROVISION: ErrorTemplate(
        400,
        "BadRequest",
        "MaxSurge is not supported on a Virtual Machine Scale Set with overprovision enabled.",
        "{target}",
    ),
    # CHOICE
    Reason.SURGE_WITH_FLEXIBLE_OS_UPGRADE: ErrorTemplate(
        400,
        "BadRequest",
        "MaxSurge is not supported with Automatic OS Upgrade on a Virtual Machine Scale Set in Flexible orchestration"
        " mode.",
        "{target}",
    ),
    # CHOICE
    Reason.SERVICE_FABRIC_NOT_MANUAL: ErrorTemplate(
        400,
        "BadRequest",
        "Upgrade mode Manual is not supported for a Virtual Machine Scale Set with the Service Fabric extension.",
        "{target}",
    ),
    # reported
    Reason.TOO_MANY_INSTANCES: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Unable to create or update Virtual Machine Scale Set '{scale_set}' as it exceeds the total limit of '{limit}'"
        " Virtual Machine instances.",
    ),
    # recorded
    Reason.UNKNOWN_INSTANCE: ErrorTemplate(
        400,
        "InvalidParameter",
        "The provided instanceId {instance_id} is not an active Virtual Machine Scale Set VM instanceId.",
        "instanceIds",
    ),
    # reported
    Reason.MALFORMED_INSTANCE_ID: ErrorTemplate(
        400,
        "InvalidParameter",
        'The provided instanceId {instance_id} is invalid. It must be a non-negative integer or the character "*".',
        "instanceIds",
    ),
    # reported for delete; CHOICE: its status and code
    Reason.PROTECTED_INSTANCES: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "InstanceIds may not contain instances that are protected from scale set actions. The following instance ids"
        " are protected from scale set action: {instance_ids}.",
        "instanceIds",
    ),
    # CHOICE
    Reason.NOT_ENOUGH_UNPROTECTED: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Unable to scale in Virtual Machine Scale Set '{scale_set}' by {wanted} Virtual Machine instances: only"
        " {available} are not protected from scale-in.",
        "sku.capacity",
    ),
    # documented
    Reason.VM_DEALLOCATED: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation '{operation}' is not allowed on VM '{vm}' since the VM is either deallocated or marked to be"
        " deallocated.",
    ),
    # documented; CHOICE: the status
    Reason.LUN_TAKEN: ErrorTemplate(400, "InvalidParameter", "A disk at LUN {lun} already exists.", "{target}"),
    # CHOICE
    Reason.DISK_NOT_ATTACHED: ErrorTemplate(
        400, "InvalidParameter", "Disk '{disk}' cannot be detached as it is not attached to VM '{vm}'.", "{target}"
    ),
    # documented, reported
    Reason.DISK_OWNED: ErrorTemplate(
        409, "ConflictingUserInput", "Disk '{disk}' cannot be attached as the disk is already owned by VM '{vm}'."
    ),
    # documented
    Reason.DISK_BEING_DETACHED: ErrorTemplate(
        409,
        "AttachDiskWhileBeingDetached",
        "Cannot attach data disk '{disk}' to VM '{vm}' because the disk is currently being detached. Please wait until"
        " the disk is completely detached and then try again.",
    ),
    # documented
    Reason.DISK_OF_OTHER_SUBSCRIPTION: ErrorTemplate(
        400,
        "InvalidParameter",
        "Subscription {own} of the request must match the subscription {subscription} contained in the managed disk"
        " id.",
        "{target}",
    ),
    # documented
    Reason.TOO_MANY_DISKS: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "The maximum number of data disks allowed to be attached to a VM of this size is {limit}.",
        "{target}",
    ),
    # documented
    Reason.HANDLER_TWICE: ErrorTemplate(
        400,
        "BadRequest",
        "Multiple VMExtensions per handler not supported for OS type '{os_type}'. VMExtension '{extension}' with"
        " handler '{handler}' already added or specified in input.",
    ),
    # recorded
    Reason.QUOTA_EXCEEDED: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation results in exceeding quota limits of Core. Maximum allowed: {limit}, Current in use: {in_use},"
        " Additional requested: {wanted}.",
    ),
    # CHOICE: the ranges are documented
    Reason.DURATION_OUT_OF_RANGE: ErrorTemplate(
        400,
        "InvalidParameter",
        "The value of parameter {parameter} is invalid. It must be an ISO 8601 time span from {low:g} to {high:g}"
        " minutes, for example PT15M.",
        "{target}",
    ),
    # reported
    Reason.IMAGES_DIFFER: ErrorTemplate(
        400,
        "BadRequest",
        "Virtual Machine Scale Sets with Automatic OS Upgrade enabled must have all VM instances upgraded to same"
        " Platform Image.",
    ),
    # reported, up to "instances"
    Reason.HEALTH_NOT_APPLIED: ErrorTemplate(
        400,
        "BadRequest",
        "Automatic repairs not supported for this Virtual Machine Scale Set because a health extension is not applied"
        " to all instances. Upgrade them to the latest model first.",
    ),
    # recorded
    Reason.UEFI_WITH_GENERATION_1: ErrorTemplate(
        400, "BadRequest", "UEFI settings are not supported for VMs and VM Scale Sets using Generation 1 Image."
    ),
    # reported for TrustedLaunch; CHOICE: the same words for ConfidentialVM
    Reason.SECURITY_TYPE_OF_IMAGE: ErrorTemplate(
        400,
        "BadRequest",
        "Use of {security_type} setting is not supported for the provided image. Please select Trusted Launch Supported"
        " Gen2 OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.",
    ),
    # recorded
    Reason.TRUSTED_LAUNCH_WITH_MANAGED_IMAGE: ErrorTemplate(
        400,
        "BadRequest",
        "Managed Images are not supported for virtual machines with security type TrustedLaunch.",
    ),
    # CHOICE: semantics 2.0.5
    Reason.SERVICE_FABRIC_NO_REPAIRS: ErrorTemplate(
        400,
        "BadRequest",
        "Automatic repairs not supported for this Virtual Machine Scale Set because it is part of a Service Fabric"
        " cluster.",
        "{target}",
    ),
    # CHOICE: semantics 1.4
    Reason.INSTANCES_RUNNING: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Changing property '{parameter}' is not allowed while Virtual Machine instances of Virtual Machine Scale Set"
        " '{scale_set}' are running. Deallocate all of them first.",
        "{target}",
    ),
    # reported
    Reason.NO_SCALE_IN_RULE: ErrorTemplate(
        400, "BadRequest", "Virtual Machine Scale Sets scale in policy must contain at least one rule."
    ),
    # CHOICE
    Reason.EXTENSION_ORDER: ErrorTemplate(
        400,
        "InvalidParameter",
        "The extension '{extension}' in provisionAfterExtensions is not in the extension profile, or waits for itself.",
    ),
    # recorded
    Reason.NOT_SPOT: ErrorTemplate(
        409, "OperationNotAllowed", "Operation 'simulateEviction' is allowed only for Spot Virtual Machines"
    ),
    # reported, for extensions: terraform-provider-azurerm#6098, AzTS-docs#415
    Reason.VM_NOT_RUNNING: ErrorTemplate(
        409, "OperationNotAllowed", "Cannot modify extensions in the VM when the VM is not running."
    ),
    # reported: hashicorp/terraform#24626
    Reason.EXTENSIONS_DISALLOWED: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM Agent"
        " is installed on the VM and the osProfile.allowExtensionOperations property is true.",
    ),
    # reported: azure-cli#32305
    Reason.RUN_COMMAND_BUSY: ErrorTemplate(
        409,
        "Conflict",
        "Run command extension execution is in progress. Please wait for completion before invoking a run command.",
    ),
    # reported: azure-powershell#7331
    Reason.UNKNOWN_COMMAND: ErrorTemplate(404, "NotFound", "The entity was not found in this Azure location."),
    # CHOICE: the operating systems are documented
    Reason.COMMAND_FOR_OTHER_OS: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Run command '{command}' is not allowed on VM '{vm}' since it is only supported on {os_type}.",
    ),
    # CHOICE
    Reason.BOOT_DIAGNOSTICS_OFF: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation 'retrieveBootDiagnosticsData' is not allowed on VM '{vm}' since boot diagnostics is not enabled.",
    ),
    # CHOICE: the rule is documented (semantics 1.5.25)
    Reason.OS_PROFILE_DIFFERS: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation 'reimage' is not allowed on VM '{vm}' since its OS profile does not match the one of Virtual Machine"
        " Scale Set '{scale_set}'.",
    ),
    # CHOICE
    Reason.NOT_FLEXIBLE: ErrorTemplate(
        400,
        "BadRequest",
        "A Virtual Machine can only be added to a Virtual Machine Scale Set in Flexible orchestration mode, which"
        " '{scale_set}' is not.",
        "{target}",
    ),
    # reported
    Reason.CUSTOM_DATA_DIFFERS: ErrorTemplate(
        400,
        "BadRequest",
        "Reimage requires the custom data provided should be same as the custom data provided while creating the"
        " Virtual Machine.",
    ),
    # CHOICE: the requirement is documented (semantics 4.2)
    Reason.WINDOWS_UPDATES_CONFLICT: ErrorTemplate(
        400,
        "BadRequest",
        "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because automatic updates are enabled"
        " in its windowsConfiguration.",
    ),
    # reported
    Reason.NOTHING_FOLLOWS_LATEST: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "The OS Rolling Upgrade API cannot be used on a Virtual Machine Scale Set unless the Virtual Machine Scale Set"
        " has some unprotected instances which have imageReference.version set to latest.",
    ),
    # CHOICE
    Reason.HOOK_EVENT_OVER: ErrorTemplate(
        409, "OperationNotAllowed", "The lifecycle hook event '{event}' is completed and takes no further answers."
    ),
    # reported
    Reason.TEMP_DISK_INVALID: ErrorTemplate(
        400, "InvalidParameter", "The value of parameter tempDisk is invalid.", "tempDisk"
    ),
    # CHOICE; status and code are reported (wire.md 7.2, at the end)
    Reason.ROLLING_UPGRADE_RUNNING: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation '{operation}' " + _ON_SET + " since a rolling upgrade is in progress. Cancel it or wait until it"
        " has ended.",
    ),
    # recorded
    Reason.NO_ROLLING_UPGRADE: ErrorTemplate(
        409, "OperationNotAllowed", "There is no ongoing Rolling Upgrade to cancel."
    ),
    # reported
    Reason.MARKED_FOR_DELETION: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation '{operation}' " + _ON_SET + " since it is marked for deletion. For more information on your"
        " operations, please refer to https://aka.ms/activitylog.",
    ),
    # documented
    Reason.FLEXIBLE_HAS_INSTANCES: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Deletion of Virtual Machine Scale Set isn't allowed as it contains one or more VMs. Please delete or detach"
        " the VM(s) before deleting the Virtual Machine Scale Set.",
    ),
    # reported; the two spaces are real
    Reason.UNHEALTHY_BEFORE_UPGRADE: ErrorTemplate(
        409,
        "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
        "Rolling Upgrade failed due to exceeding the MaxUnhealthyInstancePercent value (defined in the"
        " RollingUpgradePolicy) before any batch was attempted. {percent}% of instances are in an unhealthy state, more"
        " than the threshold of {limit}% configured in the RollingUpgradePolicy. " + _IMPACT,
    ),
    # reported
    Reason.UNHEALTHY_IN_UPGRADE: ErrorTemplate(
        409,
        "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
        "Rolling Upgrade failed after exceeding the MaxUnhealthyInstancePercent value defined in the"
        " RollingUpgradePolicy. {percent}% of instances are in an unhealthy state after being upgraded - more than the"
        " threshold of {limit}% configured in the RollingUpgradePolicy. " + _IMPACT,
    ),
    # recorded; the two full stops are real
    Reason.UNHEALTHY_UPGRADED: ErrorTemplate(
        409,
        "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
        "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the"
        " RollingUpgradePolicy. {percent}% of instances are in an unhealthy state after being upgraded - more than the"
        " threshold of {limit}%. The most impactful error is: Instance found to be unhealthy or unreachable.. First"
        " failed instance ID is: {first_failed}.",
    ),
    # reported
    Reason.CONFLICT: ErrorTemplate(
        409,
        "Conflict",
        "The request failed due to conflict with a concurrent request. To resolve it, please refer to"
        " https://aka.ms/activitylog to get more details on the conflicting requests.",
    ),
    # reported
    Reason.PREEMPTED: ErrorTemplate(
        409, "OperationPreempted", "Operation execution has been preempted by a more recent operation."
    ),
    # CHOICE: the code is documented (semantics 2.4.28)
    Reason.UPGRADE_TIMED_OUT: ErrorTemplate(
        409, "RollingUpgradeTimeoutError", "Rolling Upgrade failed as it did not finish in the allotted time."
    ),
    # CHOICE: the code is documented (semantics 2.4.28)
    Reason.FAILED_INSTANCES: ErrorTemplate(
        409,
        "RollingUpgradeInProgressWithFailedUpgradedVMs",
        "The rolling upgrade is in progress, and some of the instances that were upgraded have failed.",
    ),
    # reported (a detail of a rolling upgrade's error)
    Reason.INSTANCE_UNHEALTHY: ErrorTemplate(
        409,
        "RollingUpgradeInstanceUnhealthyError",
        "Instance found to be unhealthy or unreachable.",
        "{scale_set}/virtualMachines/{instance_id}",
    ),
    Reason.PROVISIONING_FAILED: ErrorTemplate(409, "{code}", "{message}", "{instance_id}"),
    Reason.EXTENSION_FAILED: ErrorTemplate(409, "{code}", "{message}", "{instance_id}"),
    # recorded for extensions; the handler's own words as recorded (wire.md 3.31)
    Reason.SCRIPT_FAILED: ErrorTemplate(
        409,
        "VMExtensionProvisioningError",
        "VM has reported a failure when processing extension '{extension}' (publisher '{publisher}' and type '{type}')."
        " Error message: 'Execution failed: failed to execute command: command terminated with exit"
        " status={exit_code}'.",
        "{instance_id}",
    ),
    # CHOICE; the code is reported
    Reason.SCRIPT_TIMED_OUT: ErrorTemplate(
        409,
        "VMExtensionProvisioningTimeout",
        "Provisioning of VM extension '{extension}' has timed out. Extension provisioning has taken too long to"
        " complete. The extension did not report a message.",
        "{instance_id}",
    ),
}

BY_FEATURE: dict[tuple[Reason, str], str] = {
    (Reason.HEALTH_SOURCE_MISSING, "ROLLING"): f"{_ROLLING} {_HEALTH} provided.",  # reported
    (Reason.HEALTH_SOURCE_MISSING, "AUTOMATIC_OS"): f"{_AUTOMATIC_OS} {_HEALTH} specified.",  # reported
    (Reason.HEALTH_SOURCE_MISSING, "REPAIRS"): f"{_REPAIRS} {_HEALTH} provided.",  # reported
    (Reason.HEALTH_SOURCE_TWICE, "ROLLING"): f"{_ROLLING} {_BOTH} prior to enabling it.",  # CHOICE
    (Reason.HEALTH_SOURCE_TWICE, "AUTOMATIC_OS"): (
        f"{_AUTOMATIC_OS} {_BOTH} prior to enabling automatic OS upgrade."  # reported
    ),
    (Reason.HEALTH_SOURCE_TWICE, "REPAIRS"): f"{_REPAIRS} {_BOTH} prior to enabling automatic repairs.",  # CHOICE
    (Reason.FLEXIBLE_NEEDS_EXTENSION, "ROLLING"): f"{_ROLLING} {_EXTENSION_ONLY}",  # CHOICE
    (Reason.FLEXIBLE_NEEDS_EXTENSION, "AUTOMATIC_OS"): f"{_AUTOMATIC_OS} {_EXTENSION_ONLY}",  # CHOICE
    (Reason.FLEXIBLE_NEEDS_EXTENSION, "REPAIRS"): f"{_REPAIRS} {_EXTENSION_ONLY}",  # CHOICE
}
