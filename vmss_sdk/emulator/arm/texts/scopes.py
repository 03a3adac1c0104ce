"""The words about what can be asked at every scope: locks, tags, roles and role assignments."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorReason, ErrorTemplate

__all__ = ["ERROR_TEMPLATES"]


def _gateway(status: int, code: str, message: str) -> ErrorTemplate:
    return ErrorTemplate(status, code, message, gateway=True)


def _authorization(status: int, code: str, message: str) -> ErrorTemplate:
    return ErrorTemplate(status, code, message)


ERROR_TEMPLATES: dict[ErrorReason, ErrorTemplate] = {
    # reported
    ErrorReason.SCOPE_LOCKED: _gateway(
        409,
        "ScopeLocked",
        "The scope '{scope}' cannot perform {verb} operation because following scope(s) are locked: '{locks}'."
        " Please remove the lock and try again.",
    ),
    # CHOICE
    ErrorReason.LOCK_LEVEL_INVALID: _gateway(
        400, "InvalidRequestContent", "The lock level '{level}' is invalid: expected CanNotDelete or ReadOnly."
    ),
    # CHOICE: the code is reported
    ErrorReason.LOCK_NOT_FOUND: _gateway(404, "LockNotFound", "The lock '{name}' could not be found."),
    # CHOICE: the code is reported
    ErrorReason.ROLE_ID_INVALID: _authorization(
        400, "InvalidRoleDefinitionId", "The role definition ID '{name}' is not valid. It must be a GUID."
    ),
    # CHOICE
    ErrorReason.ROLE_BUILT_IN: _authorization(
        403, "BuiltInRoleDefinitionIsReadOnly", "The role definition '{name}' is built-in and cannot be changed."
    ),
    # reported
    ErrorReason.ROLE_NAME_TAKEN: _authorization(
        409, "RoleDefinitionWithSameNameExists", "A custom role with the same name '{name}' already exists."
    ),
    # reported
    ErrorReason.ROLE_IN_USE: _authorization(
        400, "RoleDefinitionHasAssignments", "There are existing role assignments referencing role."
    ),
    # reported
    ErrorReason.ROLE_NOT_FOUND: _authorization(
        404, "RoleDefinitionDoesNotExist", "The specified role definition with ID '{name}' does not exist."
    ),
    # reported
    ErrorReason.ASSIGNMENT_ID_INVALID: _authorization(
        400,
        "InvalidRoleAssignmentId",
        "The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.",
    ),
    # reported
    ErrorReason.ASSIGNMENT_EXISTS: _authorization(
        409,
        "RoleAssignmentExists",
        "The role assignment already exists. The ID of the conflicting role assignment is {id}.",
    ),
    # reported
    ErrorReason.ASSIGNMENT_FIXED: _authorization(
        400,
        "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    ),
    # reported
    ErrorReason.ASSIGNMENT_NOT_FOUND: _authorization(
        404, "RoleAssignmentNotFound", "The role assignment '{name}' is not found."
    ),
    # reported
    ErrorReason.PRINCIPAL_ID_INVALID: _authorization(
        400,
        "InvalidPrincipalId",
        "A valid principal ID must be provided for role assignment: '{name}' is no GUID.",
    ),
    # reported of Microsoft Graph
    ErrorReason.OBJECT_NOT_FOUND: ErrorTemplate(
        404,
        "Request_ResourceNotFound",
        "Resource '{id}' does not exist or one of its queried reference-property objects are not present.",
    ),
    # CHOICE: status and code are Azure's
    ErrorReason.GRAPH_QUERY_INVALID: ErrorTemplate(
        400,
        "BadRequest",
        "The query is invalid, or asks for more than the subset of the language that the emulator serves: {why}",
    ),
    # reported
    ErrorReason.METRIC_UNKNOWN: ErrorTemplate(
        400,
        "BadRequest",
        "Failed to find metric configuration for provider: {provider}, resource Type: {type}, metric: {metric},"
        " Valid metrics: {valid}",
    ),
    # CHOICE
    ErrorReason.EXPORT_UNKNOWN: _gateway(
        404, "ResourceNotFound", "The resource '{resource}' is not in the resource group '{group}'."
    ),
    # CHOICE
    ErrorReason.MOVE_NOT_EMULATED: _gateway(
        409,
        "MoveNotEmulated",
        "Azure would move these resources, but the emulator does not: make them in the other group.",
    ),
    # CHOICE
    ErrorReason.MOVE_PLACES_INVALID: _gateway(
        400,
        "InvalidMoveResources",
        "The resource '{resource}' cannot be moved from '{source}' to '{target}': expected resources of the group in"
        " the path, and another group.",
    ),
    # reported: the code
    ErrorReason.MOVE_OF_CHILD: _gateway(
        409, "ResourceMoveNotSupported", "Resource move is not supported for '{resource}': it moves with its parent."
    ),
    # CHOICE
    ErrorReason.MOVE_CONFLICT: _gateway(
        409,
        "ResourceMoveFailed",
        "The resource '{resource}' cannot be moved since the group '{group}' has one of its type and name.",
    ),
    # CHOICE: the rule is documented
    ErrorReason.MOVE_OF_BALANCED: ErrorTemplate(
        409,
        "ResourceMoveProviderValidationFailed",
        "Virtual Machine Scale Set '{resource}' cannot be moved since it is behind the load balancer '{balancer}' with"
        " the SKU Standard.",
    ),
    # CHOICE
    ErrorReason.TAGS_NAME_INVALID: _gateway(
        400, "InvalidResourceName", "The name '{name}' of the tags resource is invalid: expected 'default'."
    ),
    # reported
    ErrorReason.TAG_NAME_INVALID: _gateway(
        400,
        "InvalidTagNameCharacters",
        "The tag names '{names}' have reserved characters '<,>,%,&,\\,?,/' or control characters.",
    ),
    # CHOICE: the limits are documented
    ErrorReason.TAG_TOO_LONG: _gateway(
        400,
        "InvalidTags",
        "The tag '{name}' is too long: a name has at most {longest} characters, a value at most {most}.",
    ),
    # CHOICE: the limit is documented
    ErrorReason.TOO_MANY_TAGS: _gateway(
        400, "InvalidTags", "The number of tags '{count}' is more than a scope may have: at most {most}."
    ),
    # CHOICE
    ErrorReason.TAG_NAME_NOT_FOUND: _gateway(
        404, "TagNameNotFound", "The tag name '{name}' was not found: create it first."
    ),
    # CHOICE
    ErrorReason.TAG_NAME_IN_USE: _gateway(
        409, "TagNameInUse", "The tag name '{name}' cannot be deleted since resources have it."
    ),
}
