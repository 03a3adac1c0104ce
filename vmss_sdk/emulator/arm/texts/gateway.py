"""The words of ARM's gateway: what is refused before a resource provider sees it (wire.md 7)."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorReason, ErrorTemplate

__all__ = ["ERROR_TEMPLATES"]


def _gateway(status: int, code: str, message: str) -> ErrorTemplate:
    return ErrorTemplate(status, code, message, gateway=True)


ERROR_TEMPLATES: dict[ErrorReason, ErrorTemplate] = {
    # reported
    ErrorReason.MISSING_API_VERSION: _gateway(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
    ),
    # reported
    ErrorReason.INVALID_API_VERSION: _gateway(
        400,
        "InvalidApiVersionParameter",
        "The api-version '{version}' is invalid. The supported versions are '{supported}'.",
    ),
    # reported
    ErrorReason.UNSERVED_API_VERSION: _gateway(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '{location}' and API version '{version}' for type"
        " '{type}'. The supported api-versions are '{supported}'. The supported locations are '{locations}'.",
    ),
    # recorded
    ErrorReason.IDENTITY_IDS_MISSING: _gateway(
        400, "MissingIdentityIds", "The identity ids must not be null or empty for 'UserAssigned' identity type."
    ),
    # recorded, with Azure's spelling
    ErrorReason.IDENTITY_VALUES_INVALID: _gateway(
        400,
        "InvalidIdentityValues",
        "Invalid value for the identities '{ids}'. The 'UserAssignedIdentities' property keys should only be empty"
        " json objects, null or the resource exisiting property.",
    ),
    # reported
    ErrorReason.INVALID_BODY: _gateway(
        400, "InvalidRequestContent", "The request content was invalid and could not be deserialized: '{why}'."
    ),
    # CHOICE
    ErrorReason.BODY_MISSING: _gateway(
        400, "InvalidRequestContent", "The request content was invalid and could not be deserialized: 'It is empty.'."
    ),
    # reported
    ErrorReason.BODY_TOO_LARGE: _gateway(
        413, "RequestContentTooLarge", "The request content size exceeds the maximum size of 4 MB."
    ),
    # CHOICE
    ErrorReason.BODY_TOO_SLOW: _gateway(
        408, "RequestTimeout", "The request content did not arrive: nothing of it came for {seconds} seconds."
    ),
    # CHOICE
    ErrorReason.UNKNOWN_TYPE: _gateway(
        404, "InvalidResourceType", "The resource type or action could not be found: '{path}'."
    ),
    # CHOICE: Azure's servers answer without a body here
    ErrorReason.HOST_INVALID: _gateway(400, "InvalidHostName", "The 'Host' header names no host."),
    # CHOICE
    ErrorReason.HOST_UNKNOWN: _gateway(
        421,
        "MisdirectedRequest",
        "'{host}' is not a name of this server. 'vmss emulator start --allowed-host {host}' makes it one.",
    ),
    # CHOICE: Azure has no pages that call it without a token of their own
    ErrorReason.CROSS_SITE: _gateway(
        403,
        "CrossSiteRequestRefused",
        "A web page of another site sent this request, and such pages may change nothing and may not use the control"
        " plane.",
    ),
    # reported
    ErrorReason.MEDIA_TYPE: _gateway(
        415,
        "UnsupportedMediaType",
        "The content media type '{type}' is not supported. Only 'application/json' is supported.",
    ),
    # CHOICE
    ErrorReason.METHOD_NOT_ALLOWED: _gateway(
        405, "MethodNotAllowed", "The requested resource does not support http method '{method}'."
    ),
    # recorded
    ErrorReason.GROUP_NOT_FOUND: _gateway(404, "ResourceGroupNotFound", "Resource group '{group}' could not be found."),
    # CHOICE
    ErrorReason.GROUP_DELETING: _gateway(
        409,
        "ResourceGroupBeingDeleted",
        "The resource group '{group}' is in deprovisioning state and cannot perform this operation.",
    ),
    # CHOICE
    ErrorReason.GROUP_LOCATION_MISSING: _gateway(
        400, "LocationRequired", "The location property is required for this definition."
    ),
    # CHOICE
    ErrorReason.GROUP_LOCATION_FIXED: _gateway(
        409,
        "InvalidResourceGroupLocation",
        "Invalid resource group location '{wanted}'. The Resource group already exists in location '{location}'.",
    ),
    # reported
    ErrorReason.GROUP_LOCATION_UNKNOWN: _gateway(
        400,
        "LocationNotAvailableForResourceGroup",
        "The provided location '{location}' is not available for resource group. List of available regions is"
        " '{regions}'.",
    ),
    # CHOICE
    ErrorReason.GROUP_NAME_INVALID: _gateway(
        400,
        "InvalidResourceGroupName",
        "The resource group name '{group}' is invalid: expected 1 to 90 letters, digits, '-', '_', '.', '(' or ')',"
        " not ending with '.'.",
    ),
    # recorded
    ErrorReason.RESOURCE_NOT_FOUND: _gateway(
        404,
        "ResourceNotFound",
        "The Resource '{type}/{name}' under resource group '{group}' was not found."
        " For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    ),
    # reported
    ErrorReason.PARENT_NOT_FOUND: _gateway(
        404,
        "ParentResourceNotFound",
        "Can not perform requested operation on nested resource. Parent resource '{name}' not found.",
    ),
    # CHOICE
    ErrorReason.RESOURCE_NAME_INVALID: _gateway(
        400,
        "InvalidResourceName",
        "The resource name '{name}' is invalid: expected 1 to 64 letters, digits, '-', '_' or '.',"
        " beginning with a letter or digit and not ending with '.' or '-'.",
    ),
    # CHOICE
    ErrorReason.KEPT_NAME_INVALID: _gateway(
        400,
        "InvalidResourceName",
        "The resource name '{name}' is invalid: expected 1 to 260 characters other than < > % & \\ ? / and #.",
    ),
    # reported
    ErrorReason.ACTION_UNKNOWN: _gateway(
        404,
        "InvalidResourceType",
        "The resource type '{type}' could not be found in the namespace '{namespace}' for api version '{version}'."
        " The supported api-versions are '{supported}'.",
    ),
    # reported of each provider; the table of types has the words
    ErrorReason.GLOBAL_NAME_INVALID: ErrorTemplate(400, "{code}", "{text}"),
    ErrorReason.GLOBAL_NAME_TAKEN: ErrorTemplate(409, "{code}", "{text}"),
    # CHOICE, after ARM's
    ErrorReason.PROVIDER_UNKNOWN: _gateway(
        404, "InvalidResourceNamespace", "The resource namespace '{namespace}' is invalid."
    ),
    # reported
    ErrorReason.LOCATION_FIXED: _gateway(
        409,
        "InvalidResourceLocation",
        "The resource '{name}' already exists in location '{location}' in resource group '{group}'. A resource with"
        " the same name cannot be created in location '{wanted}'. Please select a new resource name.",
    ),
    # reported
    ErrorReason.LOCATION_UNKNOWN: _gateway(
        400,
        "LocationNotAvailableForResourceType",
        "The provided location '{location}' is not available for resource type '{type}'. List of available regions for"
        " the resource type is '{regions}'.",
    ),
    # recorded
    ErrorReason.INTERNAL: ErrorTemplate(
        500,
        "InternalServerError",
        "Encountered internal server error. Diagnostic information: timestamp '{time}', subscription id"
        " '{subscription}', tracking id '{tracking}', request correlation id '{tracking}'.",
    ),
}
