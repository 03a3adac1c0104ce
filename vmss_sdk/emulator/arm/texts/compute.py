"""The words of the compute provider where the REST face refuses (wire.md 7)."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorReason, ErrorTemplate

__all__ = ["ERROR_TEMPLATES"]

_WHILE_READING = "{path}', line {line}, position {position}."
_ON_SET = "is not allowed on Virtual Machine Scale Set '{scale_set}'"
_NO_ENTITY = ErrorTemplate(404, "NotFound", "The entity was not found in this Azure location.")  # recorded

ERROR_TEMPLATES: dict[ErrorReason, ErrorTemplate] = {
    # recorded
    ErrorReason.ETAG_DIFFERS: ErrorTemplate(
        412,
        "PreconditionFailed",
        'Etag provided in if-match header "{header}" does not match etag "{etag}" of resource.',
    ),
    # CHOICE, after the recorded one
    ErrorReason.ETAG_EXISTS: ErrorTemplate(
        412, "PreconditionFailed", 'Etag provided in if-none-match header "{header}" matches etag "{etag}" of resource.'
    ),
    # CHOICE, after the recorded one
    ErrorReason.ETAG_ABSENT: ErrorTemplate(
        412, "PreconditionFailed", 'Etag provided in if-match header "{header}" but the resource does not exist.'
    ),
    # reported
    ErrorReason.UNKNOWN_MEMBER: ErrorTemplate(
        400,
        "BadRequest",
        "Could not find member '{member}' on object of type '{type}'. Path '" + _WHILE_READING,
        "{target}",
    ),
    # CHOICE, as Json.NET writes them
    ErrorReason.WRONG_TYPE: ErrorTemplate(
        400, "BadRequest", "Error converting value {value} to type '{type}'. Path '" + _WHILE_READING, "{target}"
    ),
    ErrorReason.TOO_DEEP: ErrorTemplate(
        400, "BadRequest", "The reader's MaxDepth of 64 has been exceeded. Path '" + _WHILE_READING, "{target}"
    ),
    # reported
    ErrorReason.UNKNOWN_WORD: ErrorTemplate(
        400, "InvalidParameter", "The value of parameter {parameter} is invalid.", "{target}"
    ),
    # reported
    ErrorReason.REQUIRED: ErrorTemplate(
        400, "InvalidParameter", "Required parameter '{parameter}' is missing (null).", "{parameter}"
    ),
    # CHOICE: what is wrong besides is counted
    ErrorReason.MORE: ErrorTemplate(400, "BadRequest", "There are {count} more errors, which are not listed."),
    # CHOICE: an empty list is refused; users who meant "none" lost whole fleets to "all" (semantics 9)
    ErrorReason.EMPTY_INSTANCE_IDS: ErrorTemplate(
        400,
        "InvalidParameter",
        'The list of instanceIds is empty. Leave it out, or give the character "*", to address all instances.',
        "instanceIds",
    ),
    # recorded
    ErrorReason.INSTANCE_ID_NOT_NUMBER: ErrorTemplate(
        400, "InvalidParameter", "Virtual Machine Scale Set VM instanceId must be a number.", "instanceId"
    ),
    # reported
    ErrorReason.REFERENCE_INVALID: ErrorTemplate(
        400, "BadRequest", "Id {id} is not a valid resource reference.", "{target}"
    ),
    # reported
    ErrorReason.REFERENCE_NOT_FOUND: ErrorTemplate(404, "NotFound", "Resource {id} not found."),
    # reported
    ErrorReason.DISK_ATTACHED: ErrorTemplate(409, "OperationNotAllowed", "Disk {disk} is attached to VM {vm}."),
    # reported
    ErrorReason.NIC_IN_USE: ErrorTemplate(
        400,
        "NicInUse",
        "Network Interface {nic} is used by existing resource {vm}. In order to delete the network interface, it must"
        " be dissociated from the resource. To learn more, see aka.ms/deletenic.",
    ),
    # CHOICE
    ErrorReason.INTERFACE_IN_USE: ErrorTemplate(
        409, "InUse", "Network interface {nic} is used by existing VM {vm}.", "networkProfile.networkInterfaces.id"
    ),
    # CHOICE, as other properties that are fixed
    ErrorReason.VM_SCALE_SET_FIXED: ErrorTemplate(
        409,
        "PropertyChangeNotAllowed",
        "Changing property 'virtualMachineScaleSet' is not allowed: '{vm}' is in {scale_set}.",
        "virtualMachineScaleSet",
    ),
    ErrorReason.ENTITY_NOT_FOUND: _NO_ENTITY,
    # recorded (2017; newer reports have "... in this Azure location.")
    ErrorReason.NO_UPGRADE_YET: ErrorTemplate(404, "NotFound", "The entity was not found."),
    # recorded, reported
    ErrorReason.NOT_ON_FLEXIBLE: ErrorTemplate(
        409, "OperationNotAllowed", "Operation 'VirtualMachineScaleSets.{operation}' " + _ON_SET + "."
    ),
    # CHOICE
    ErrorReason.QUERY_INVALID: ErrorTemplate(
        400, "InvalidParameter", "The value of parameter {parameter} is invalid: {why}", "{parameter}"
    ),
    # CHOICE
    ErrorReason.OPERATION_NOT_FOUND: ErrorTemplate(404, "NotFound", "The operation '{operation_id}' was not found."),
    # recorded; no success of it was ever seen
    ErrorReason.MAINTENANCE_NOT_ELIGIBLE: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation 'performMaintenance' is not allowed on VM '{vm}' since the Subscription of this VM is not eligible.",
    ),
    # CHOICE
    ErrorReason.REPAIRS_NOT_ENABLED: ErrorTemplate(
        409,
        "OperationNotAllowed",
        "Operation 'setOrchestrationServiceState' " + _ON_SET + " since automatic repairs are not enabled.",
    ),
    ErrorReason.CONTROL: ErrorTemplate(400, "InvalidParameter", "{message}", "{target}"),
    # reported: aks-engine#2295 (wire.md 1.2)
    ErrorReason.THROTTLED: ErrorTemplate(
        429,
        "OperationNotAllowed",
        "The server rejected the request because too many requests have been received for this subscription.",
    ),
    ErrorReason.TOO_MANY_REQUESTS: ErrorTemplate(429, "TooManyRequests", "{measured}", "{group}"),
    # CHOICE
    ErrorReason.BAD_GATEWAY: ErrorTemplate(
        502, "BadGateway", "The gateway received no valid response from 'Microsoft.Compute'."
    ),
    # CHOICE
    ErrorReason.SERVICE_UNAVAILABLE: ErrorTemplate(
        503, "ServiceUnavailable", "The service is temporarily unavailable."
    ),
    # recorded
    ErrorReason.GATEWAY_TIMEOUT: ErrorTemplate(
        504,
        "GatewayTimeout",
        "The gateway did not receive a response from 'Microsoft.Compute' within the specified time period.",
    ),
    # CHOICE, after "The platform image '…' is not available." (az-cli 5)
    ErrorReason.IMAGE_NOT_FOUND: ErrorTemplate(
        404,
        "PlatformImageNotFound",
        "The platform image '{urn}' is not available. Verify that all fields in the storage profile are correct.",
        "imageReference",
    ),
    # CHOICE
    ErrorReason.HANDLER_NOT_FOUND: ErrorTemplate(
        404,
        "ArtifactNotFound",
        "The VM extension with publisher '{publisher}' and type '{kind}' has no version '{version}'.",
    ),
}
