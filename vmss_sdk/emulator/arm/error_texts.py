"""The words of every error of the service: status, code, text and target, verbatim where Azure's are known (wire.md 7).

A text without a source is ours and marked CHOICE.
"""

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.refusals import Reason

__all__ = ["BY_FEATURE", "FLAWS", "REASONS", "Flaw", "Text"]


class Flaw(StrEnum):
    """What the REST face itself refuses. The comment names the facts it needs."""

    # ARM's gateway
    MISSING_API_VERSION = "missing api-version"
    INVALID_API_VERSION = "invalid api-version"  # version, supported
    OLD_API_VERSION = "old api-version"  # version, type, supported
    INVALID_BODY = "invalid body"  # why
    BODY_MISSING = "body missing"
    UNKNOWN_TYPE = "unknown type"  # path
    METHOD_NOT_ALLOWED = "method not allowed"  # method
    GROUP_NOT_FOUND = "group not found"  # group
    GROUP_DELETING = "group deleting"  # group
    GROUP_LOCATION_MISSING = "group location missing"
    GROUP_LOCATION_FIXED = "group location fixed"  # wanted, location
    GROUP_LOCATION_UNKNOWN = "group location unknown"  # location
    GROUP_NAME_INVALID = "group name invalid"  # group
    RESOURCE_NOT_FOUND = "resource not found"  # type, name, group
    PARENT_NOT_FOUND = "parent not found"  # name
    RESOURCE_NAME_INVALID = "resource name invalid"  # name
    LOCATION_FIXED = "location fixed"  # name, location, group, wanted
    LOCATION_UNKNOWN = "location unknown"  # location, type
    INTERNAL = "internal"  # time, subscription, tracking
    # the compute provider
    ETAG_DIFFERS = "etag differs"  # header, etag
    ETAG_EXISTS = "etag exists"  # header, etag
    ETAG_ABSENT = "etag absent"  # header
    UNKNOWN_MEMBER = "unknown member"  # member, type, path, line, position, target
    WRONG_TYPE = "wrong type"  # value, type, path, line, position, target
    TOO_DEEP = "too deep"  # path, line, position, target
    UNKNOWN_WORD = "unknown word"  # parameter, target
    REQUIRED = "required"  # parameter
    EMPTY_INSTANCE_IDS = "empty instance ids"
    INSTANCE_ID_NOT_NUMBER = "instance id not a number"
    ENTITY_NOT_FOUND = "entity not found"
    NO_UPGRADE_YET = "no upgrade yet"
    NOT_ON_FLEXIBLE = "not on flexible"  # operation, scale_set
    QUERY_INVALID = "query invalid"  # parameter, why
    OPERATION_NOT_FOUND = "operation not found"  # operation_id
    MAINTENANCE_NOT_ELIGIBLE = "maintenance not eligible"  # vm
    REPAIRS_NOT_ENABLED = "repairs not enabled"  # scale_set
    # the control plane, and what it lets go wrong
    CONTROL = "control"  # target, message
    THROTTLED = "throttled"
    TOO_MANY_REQUESTS = "too many requests"  # group, measured (JSON)
    BAD_GATEWAY = "bad gateway"
    SERVICE_UNAVAILABLE = "service unavailable"
    GATEWAY_TIMEOUT = "gateway timeout"


@attrs.frozen
class Text:
    """How one error reads: code, message and target are templates over the facts."""

    status: int
    code: str
    message: str
    target: str = ""
    gateway: bool = False


def _gateway(status: int, code: str, message: str) -> Text:
    return Text(status, code, message, gateway=True)


_WHILE_READING = "{path}', line {line}, position {position}."
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
_NO_ENTITY = Text(404, "NotFound", "The entity was not found in this Azure location.")  # recorded

FLAWS: dict[Flaw, Text] = {
    # reported
    Flaw.MISSING_API_VERSION: _gateway(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
    ),
    # CHOICE: ARM's code; the text is ours
    Flaw.INVALID_API_VERSION: _gateway(
        400,
        "InvalidApiVersionParameter",
        "The api-version '{version}' is invalid. The supported versions are '{supported}'.",
    ),
    # reported
    Flaw.OLD_API_VERSION: _gateway(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '' and API version '{version}' for type '{type}'."
        " The supported api-versions are '{supported}'. The supported locations are ''.",
    ),
    # reported
    Flaw.INVALID_BODY: _gateway(
        400, "InvalidRequestContent", "The request content was invalid and could not be deserialized: '{why}'."
    ),
    # CHOICE
    Flaw.BODY_MISSING: _gateway(
        400, "InvalidRequestContent", "The request content was invalid and could not be deserialized: 'It is empty.'."
    ),
    # CHOICE
    Flaw.UNKNOWN_TYPE: _gateway(
        404, "InvalidResourceType", "The resource type or action could not be found: '{path}'."
    ),
    # CHOICE
    Flaw.METHOD_NOT_ALLOWED: _gateway(
        405, "MethodNotAllowed", "The requested resource does not support http method '{method}'."
    ),
    # recorded
    Flaw.GROUP_NOT_FOUND: _gateway(404, "ResourceGroupNotFound", "Resource group '{group}' could not be found."),
    # CHOICE
    Flaw.GROUP_DELETING: _gateway(
        409,
        "ResourceGroupBeingDeleted",
        "The resource group '{group}' is in deprovisioning state and cannot perform this operation.",
    ),
    # CHOICE
    Flaw.GROUP_LOCATION_MISSING: _gateway(
        400, "LocationRequired", "The location property is required for this definition."
    ),
    # CHOICE
    Flaw.GROUP_LOCATION_FIXED: _gateway(
        409,
        "InvalidResourceGroupLocation",
        "Invalid resource group location '{wanted}'. The Resource group already exists in location '{location}'.",
    ),
    # CHOICE
    Flaw.GROUP_LOCATION_UNKNOWN: _gateway(
        400,
        "LocationNotAvailableForResourceGroup",
        "The provided location '{location}' is not available for resource group.",
    ),
    # CHOICE
    Flaw.GROUP_NAME_INVALID: _gateway(
        400,
        "InvalidResourceGroupName",
        "The resource group name '{group}' is invalid: expected 1 to 90 letters, digits, '-', '_', '.', '(' or ')',"
        " not ending with '.'.",
    ),
    # recorded
    Flaw.RESOURCE_NOT_FOUND: _gateway(
        404,
        "ResourceNotFound",
        "The Resource '{type}/{name}' under resource group '{group}' was not found."
        " For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    ),
    # reported
    Flaw.PARENT_NOT_FOUND: _gateway(
        404,
        "ParentResourceNotFound",
        "Can not perform requested operation on nested resource. Parent resource '{name}' not found.",
    ),
    # CHOICE
    Flaw.RESOURCE_NAME_INVALID: _gateway(
        400,
        "InvalidResourceName",
        "The resource name '{name}' is invalid: expected 1 to 64 letters, digits, '-', '_' or '.',"
        " beginning with a letter or digit and not ending with '.' or '-'.",
    ),
    # reported
    Flaw.LOCATION_FIXED: _gateway(
        409,
        "InvalidResourceLocation",
        "The resource '{name}' already exists in location '{location}' in resource group '{group}'. A resource with"
        " the same name cannot be created in location '{wanted}'. Please select a new resource name.",
    ),
    # the code is reported, the text is CHOICE
    Flaw.LOCATION_UNKNOWN: _gateway(
        400,
        "LocationNotAvailableForResourceType",
        "The provided location '{location}' is not available for resource type '{type}'.",
    ),
    # recorded
    Flaw.INTERNAL: Text(
        500,
        "InternalServerError",
        "Encountered internal server error. Diagnostic information: timestamp '{time}', subscription id"
        " '{subscription}', tracking id '{tracking}', request correlation id '{tracking}'.",
    ),
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
}

REASONS: dict[Reason, Text] = {
    # reported
    Reason.REQUIRED: Text(400, "InvalidParameter", "Required parameter '{parameter}' is missing (null).", "{target}"),
    # reported
    Reason.INVALID: Text(400, "InvalidParameter", "The value of parameter {parameter} is invalid.", "{target}"),
    # CHOICE
    Reason.OUT_OF_RANGE: Text(
        400, "InvalidParameter", "The value of parameter {parameter} is invalid. " + _ALLOWED_RANGE, "{target}"
    ),
    # recorded; the target is the property's short name
    Reason.NOT_CHANGEABLE: Text(
        409, "PropertyChangeNotAllowed", "Changing property '{parameter}' is not allowed.", "{parameter}"
    ),
    # recorded
    Reason.PASSWORD_TOO_SIMPLE: Text(
        400,
        "InvalidParameter",
        "The supplied password must be between 8-123 characters long and must satisfy at least 3 of password"
        " complexity requirements from the following:  1) Contains an uppercase character 2) Contains a lowercase"
        " character 3) Contains a numeric digit 4) Contains a special character 5) Control characters are not allowed",
        "{target}",
    ),
    # CHOICE
    Reason.CUSTOM_DATA_NOT_BASE64: Text(
        400,
        "InvalidParameter",
        "The value of parameter {parameter} is invalid. It must be a base64 encoded string of at most 87380"
        " characters.",
        "{target}",
    ),
    # reported, without its upper bound of 10 minutes, which newer documents do not have
    Reason.PAUSE_INVALID: Text(
        400,
        "InvalidParameter",
        "The pause time {value} provided is invalid. It must be formatted as an ISO 8601 non-negative time span."
        ' For example a valid timespan is "PT0S" to represent 0 seconds.',
        "{target}",
    ),
    # reported
    Reason.DUPLICATE_EXTENSION: Text(
        400,
        "BadRequest",
        "On VM Scale Set '{scale_set}', extension name '{extension}' cannot be used for more than one extension.",
    ),
    # CHOICE, the meaning is documented (semantics 5.2)
    Reason.PROTECTION_CONFLICT: Text(
        400,
        "InvalidParameter",
        "The properties protectFromScaleIn and protectFromScaleSetActions conflict: protectFromScaleIn cannot be false"
        " when protectFromScaleSetActions is true.",
        "{target}",
    ),
    # CHOICE
    Reason.CROSS_ZONE_WITHOUT_ZONES: Text(
        400,
        "BadRequest",
        "Cross zone upgrade cannot be enabled on a Virtual Machine Scale Set without zones.",
        "{target}",
    ),
    # CHOICE
    Reason.SURGE_WITH_OVERPROVISION: Text(
        400,
        "BadRequest",
        "MaxSurge is not supported on a Virtual Machine Scale Set with overprovision enabled.",
        "{target}",
    ),
    # CHOICE
    Reason.SURGE_WITH_FLEXIBLE_OS_UPGRADE: Text(
        400,
        "BadRequest",
        "MaxSurge is not supported with Automatic OS Upgrade on a Virtual Machine Scale Set in Flexible orchestration"
        " mode.",
        "{target}",
    ),
    # CHOICE
    Reason.SERVICE_FABRIC_NEEDS_AUTOMATIC: Text(
        400,
        "BadRequest",
        "Only upgrade mode Automatic is supported for a Virtual Machine Scale Set with the Service Fabric extension.",
        "{target}",
    ),
    # reported
    Reason.TOO_MANY_INSTANCES: Text(
        409,
        "OperationNotAllowed",
        "Unable to create or update Virtual Machine Scale Set '{scale_set}' as it exceeds the total limit of '{limit}'"
        " Virtual Machine instances.",
    ),
    # recorded
    Reason.UNKNOWN_INSTANCE: Text(
        400,
        "InvalidParameter",
        "The provided instanceId {instance_id} is not an active Virtual Machine Scale Set VM instanceId.",
        "instanceIds",
    ),
    # reported
    Reason.MALFORMED_INSTANCE_ID: Text(
        400,
        "InvalidParameter",
        'The provided instanceId {instance_id} is invalid. It must be a non-negative integer or the character "*".',
        "instanceIds",
    ),
    # reported for delete; CHOICE: its status and code
    Reason.PROTECTED_INSTANCES: Text(
        409,
        "OperationNotAllowed",
        "InstanceIds may not contain instances that are protected from scale set actions. The following instance ids"
        " are protected from scale set action: {instance_ids}.",
        "instanceIds",
    ),
    # CHOICE
    Reason.NOT_ENOUGH_UNPROTECTED: Text(
        409,
        "OperationNotAllowed",
        "Unable to scale in Virtual Machine Scale Set '{scale_set}' by {wanted} Virtual Machine instances: only"
        " {available} are not protected from scale-in.",
        "sku.capacity",
    ),
    # documented
    Reason.VM_DEALLOCATED: Text(
        409,
        "OperationNotAllowed",
        "Operation '{operation}' is not allowed on VM '{vm}' since the VM is either deallocated or marked to be"
        " deallocated.",
    ),
    # recorded
    Reason.QUOTA_EXCEEDED: Text(
        409,
        "OperationNotAllowed",
        "Operation results in exceeding quota limits of Core. Maximum allowed: {limit}, Current in use: {in_use},"
        " Additional requested: {wanted}.",
    ),
    # CHOICE: the ranges are documented
    Reason.DURATION_OUT_OF_RANGE: Text(
        400,
        "InvalidParameter",
        "The value of parameter {parameter} is invalid. It must be an ISO 8601 time span from {low:g} to {high:g}"
        " minutes, for example PT15M.",
        "{target}",
    ),
    # reported
    Reason.IMAGES_DIFFER: Text(
        400,
        "BadRequest",
        "Virtual Machine Scale Sets with Automatic OS Upgrade enabled must have all VM instances upgraded to same"
        " Platform Image.",
    ),
    # reported, up to "instances"
    Reason.HEALTH_NOT_APPLIED: Text(
        400,
        "BadRequest",
        "Automatic repairs not supported for this Virtual Machine Scale Set because a health extension is not applied"
        " to all instances. Upgrade them to the latest model first.",
    ),
    # CHOICE: semantics 2.0.5
    Reason.SERVICE_FABRIC_NO_REPAIRS: Text(
        400,
        "BadRequest",
        "Automatic repairs not supported for this Virtual Machine Scale Set because it is part of a Service Fabric"
        " cluster.",
        "{target}",
    ),
    # CHOICE: semantics 1.4
    Reason.INSTANCES_RUNNING: Text(
        409,
        "OperationNotAllowed",
        "Changing property '{parameter}' is not allowed while Virtual Machine instances of Virtual Machine Scale Set"
        " '{scale_set}' are running. Deallocate all of them first.",
        "{target}",
    ),
    # reported
    Reason.NO_SCALE_IN_RULE: Text(
        400, "BadRequest", "Virtual Machine Scale Sets scale in policy must contain at least one rule."
    ),
    # CHOICE
    Reason.EXTENSION_ORDER: Text(
        400,
        "InvalidParameter",
        "The extension '{extension}' in provisionAfterExtensions is not in the extension profile, or waits for itself.",
    ),
    # recorded
    Reason.NOT_SPOT: Text(
        409, "OperationNotAllowed", "Operation 'simulateEviction' is allowed only for Spot Virtual Machines"
    ),
    # reported
    Reason.CUSTOM_DATA_DIFFERS: Text(
        400,
        "BadRequest",
        "Reimage requires the custom data provided should be same as the custom data provided while creating the"
        " Virtual Machine.",
    ),
    # CHOICE: the requirement is documented (semantics 4.2)
    Reason.IMAGE_NOT_LATEST: Text(
        400,
        "BadRequest",
        "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because its imageReference.version is"
        " not set to latest.",
    ),
    # CHOICE: the requirement is documented (semantics 4.2)
    Reason.WINDOWS_UPDATES_CONFLICT: Text(
        400,
        "BadRequest",
        "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because automatic updates are enabled"
        " in its windowsConfiguration.",
    ),
    # reported
    Reason.NOTHING_FOLLOWS_LATEST: Text(
        409,
        "OperationNotAllowed",
        "The OS Rolling Upgrade API cannot be used on a Virtual Machine Scale Set unless the Virtual Machine Scale Set"
        " has some unprotected instances which have imageReference.version set to latest.",
    ),
    # CHOICE
    Reason.HOOK_EVENT_OVER: Text(
        409, "OperationNotAllowed", "The lifecycle hook event '{event}' is completed and takes no further answers."
    ),
    # reported
    Reason.TEMP_DISK_INVALID: Text(400, "InvalidParameter", "The value of parameter tempDisk is invalid.", "tempDisk"),
    # CHOICE; status and code are reported (wire.md 7.2, at the end)
    Reason.ROLLING_UPGRADE_RUNNING: Text(
        409,
        "OperationNotAllowed",
        "Operation '{operation}' " + _ON_SET + " since a rolling upgrade is in progress. Cancel it or wait until it"
        " has ended.",
    ),
    # recorded
    Reason.NO_ROLLING_UPGRADE: Text(409, "OperationNotAllowed", "There is no ongoing Rolling Upgrade to cancel."),
    # reported
    Reason.MARKED_FOR_DELETION: Text(
        409,
        "OperationNotAllowed",
        "Operation '{operation}' " + _ON_SET + " since it is marked for deletion. For more information on your"
        " operations, please refer to https://aka.ms/activitylog.",
    ),
    # documented
    Reason.FLEXIBLE_HAS_INSTANCES: Text(
        409,
        "OperationNotAllowed",
        "Deletion of Virtual Machine Scale Set isn't allowed as it contains one or more VMs. Please delete or detach"
        " the VM(s) before deleting the Virtual Machine Scale Set.",
    ),
    # reported; the two spaces are real
    Reason.UNHEALTHY_BEFORE_UPGRADE: Text(
        409,
        "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
        "Rolling Upgrade failed due to exceeding the MaxUnhealthyInstancePercent value (defined in the"
        " RollingUpgradePolicy) before any batch was attempted. {percent}% of instances are in an unhealthy state, more"
        " than the threshold of {limit}% configured in the RollingUpgradePolicy. " + _IMPACT,
    ),
    # reported
    Reason.UNHEALTHY_IN_UPGRADE: Text(
        409,
        "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
        "Rolling Upgrade failed after exceeding the MaxUnhealthyInstancePercent value defined in the"
        " RollingUpgradePolicy. {percent}% of instances are in an unhealthy state after being upgraded - more than the"
        " threshold of {limit}% configured in the RollingUpgradePolicy. " + _IMPACT,
    ),
    # recorded; the two full stops are real
    Reason.UNHEALTHY_UPGRADED: Text(
        409,
        "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
        "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the"
        " RollingUpgradePolicy. {percent}% of instances are in an unhealthy state after being upgraded - more than the"
        " threshold of {limit}%. The most impactful error is: Instance found to be unhealthy or unreachable.. First"
        " failed instance ID is: {first_failed}.",
    ),
    # reported
    Reason.PREEMPTED: Text(
        409, "OperationPreempted", "Operation execution has been preempted by a more recent operation."
    ),
    # CHOICE: the code is documented (semantics 2.4.28)
    Reason.UPGRADE_TIMED_OUT: Text(
        409, "RollingUpgradeTimeoutError", "Rolling Upgrade failed as it did not finish in the allotted time."
    ),
    # CHOICE: the code is documented (semantics 2.4.28)
    Reason.FAILED_INSTANCES: Text(
        409,
        "RollingUpgradeInProgressWithFailedUpgradedVMs",
        "The rolling upgrade is in progress, and some of the instances that were upgraded have failed.",
    ),
    # reported (a detail of a rolling upgrade's error)
    Reason.INSTANCE_UNHEALTHY: Text(
        409,
        "RollingUpgradeInstanceUnhealthyError",
        "Instance found to be unhealthy or unreachable.",
        "{scale_set}/virtualMachines/{instance_id}",
    ),
    Reason.PROVISIONING_FAILED: Text(409, "{code}", "{message}", "{instance_id}"),
    Reason.EXTENSION_FAILED: Text(409, "{code}", "{message}", "{instance_id}"),
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
