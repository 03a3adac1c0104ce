"""The words of the compute provider where the REST face refuses (wire.md 7)."""

from vmss_sdk.emulator.arm.texts.flaw import Flaw, Text

__all__ = ["FLAWS"]

_WHILE_READING = "{path}', line {line}, position {position}."
_ON_SET = "is not allowed on Virtual Machine Scale Set '{scale_set}'"
_NO_ENTITY = Text(404, "NotFound", "The entity was not found in this Azure location.")  # recorded

FLAWS: dict[Flaw, Text] = {
    # recorded
    Flaw.ETAG_DIFFERS: Text(
        412,
        "PreconditionFailed",
        'Etag provided in if-match header "{header}" does not match etag "{etag}" of resource.',
    ),
    # CHOICE, after the recorded one
    Flaw.ETAG_EXISTS: Text(
        412, "PreconditionFailed", 'Etag provided in if-none-match header "{header}" matches etag "{etag}" of resource.'
    ),
    # CHOICE, after the recorded one
    Flaw.ETAG_ABSENT: Text(
        412, "PreconditionFailed", 'Etag provided in if-match header "{header}" but the resource does not exist.'
    ),
    # reported
    Flaw.UNKNOWN_MEMBER: Text(
        400,
        "BadRequest",
        "Could not find member '{member}' on object of type '{type}'. Path '" + _WHILE_READING,
        "{target}",
    ),
    # CHOICE, as Json.NET writes them
    Flaw.WRONG_TYPE: Text(
        400, "BadRequest", "Error converting value {value} to type '{type}'. Path '" + _WHILE_READING, "{target}"
    ),
    Flaw.TOO_DEEP: Text(
        400, "BadRequest", "The reader's MaxDepth of 64 has been exceeded. Path '" + _WHILE_READING, "{target}"
    ),
    # reported
    Flaw.UNKNOWN_WORD: Text(400, "InvalidParameter", "The value of parameter {parameter} is invalid.", "{target}"),
    # reported
    Flaw.REQUIRED: Text(400, "InvalidParameter", "Required parameter '{parameter}' is missing (null).", "{parameter}"),
    # CHOICE: what is wrong besides is counted
    Flaw.MORE: Text(400, "BadRequest", "There are {count} more errors, which are not listed."),
    # CHOICE: an empty list is refused; users who meant "none" lost whole fleets to "all" (semantics 9)
    Flaw.EMPTY_INSTANCE_IDS: Text(
        400,
        "InvalidParameter",
        'The list of instanceIds is empty. Leave it out, or give the character "*", to address all instances.',
        "instanceIds",
    ),
    # recorded
    Flaw.INSTANCE_ID_NOT_NUMBER: Text(
        400, "InvalidParameter", "Virtual Machine Scale Set VM instanceId must be a number.", "instanceId"
    ),
    # CHOICE: machines that are in no scale set are outside of what is emulated
    Flaw.VM_WITHOUT_SCALE_SET: Text(
        400,
        "BadRequest",
        "Virtual Machine '{vm}' is in no Virtual Machine Scale Set, and only those that are in one in Flexible"
        " orchestration mode are emulated: set properties.virtualMachineScaleSet.id.",
        "properties.virtualMachineScaleSet",
    ),
    # CHOICE, as other properties that are fixed
    Flaw.VM_SCALE_SET_FIXED: Text(
        409,
        "PropertyChangeNotAllowed",
        "Changing property 'virtualMachineScaleSet' is not allowed: '{vm}' is in '{scale_set}'.",
        "virtualMachineScaleSet",
    ),
    Flaw.ENTITY_NOT_FOUND: _NO_ENTITY,
    # recorded (2017; newer reports have "... in this Azure location.")
    Flaw.NO_UPGRADE_YET: Text(404, "NotFound", "The entity was not found."),
    # recorded, reported
    Flaw.NOT_ON_FLEXIBLE: Text(
        409, "OperationNotAllowed", "Operation 'VirtualMachineScaleSets.{operation}' " + _ON_SET + "."
    ),
    # CHOICE
    Flaw.QUERY_INVALID: Text(
        400, "InvalidParameter", "The value of parameter {parameter} is invalid: {why}", "{parameter}"
    ),
    # CHOICE
    Flaw.OPERATION_NOT_FOUND: Text(404, "NotFound", "The operation '{operation_id}' was not found."),
    # recorded; no success of it was ever seen
    Flaw.MAINTENANCE_NOT_ELIGIBLE: Text(
        409,
        "OperationNotAllowed",
        "Operation 'performMaintenance' is not allowed on VM '{vm}' since the Subscription of this VM is not eligible.",
    ),
    # CHOICE
    Flaw.REPAIRS_NOT_ENABLED: Text(
        409,
        "OperationNotAllowed",
        "Operation 'setOrchestrationServiceState' " + _ON_SET + " since automatic repairs are not enabled.",
    ),
    Flaw.CONTROL: Text(400, "InvalidParameter", "{message}", "{target}"),
    # reported: aks-engine#2295 (wire.md 1.2)
    Flaw.THROTTLED: Text(
        429,
        "OperationNotAllowed",
        "The server rejected the request because too many requests have been received for this subscription.",
    ),
    Flaw.TOO_MANY_REQUESTS: Text(429, "TooManyRequests", "{measured}", "{group}"),
    # CHOICE
    Flaw.BAD_GATEWAY: Text(502, "BadGateway", "The gateway received no valid response from 'Microsoft.Compute'."),
    # CHOICE
    Flaw.SERVICE_UNAVAILABLE: Text(503, "ServiceUnavailable", "The service is temporarily unavailable."),
    # recorded
    Flaw.GATEWAY_TIMEOUT: Text(
        504,
        "GatewayTimeout",
        "The gateway did not receive a response from 'Microsoft.Compute' within the specified time period.",
    ),
    # CHOICE, after "The platform image '…' is not available." (az-cli 5)
    Flaw.IMAGE_NOT_FOUND: Text(
        404,
        "PlatformImageNotFound",
        "The platform image '{urn}' is not available. Verify that all fields in the storage profile are correct.",
        "imageReference",
    ),
    # CHOICE
    Flaw.HANDLER_NOT_FOUND: Text(
        404,
        "ArtifactNotFound",
        "The VM extension with publisher '{publisher}' and type '{kind}' has no version '{version}'.",
    ),
}
