"""The words of ARM's gateway about who calls: 401 and 403."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorReason, ErrorTemplate

__all__ = ["ERROR_TEMPLATES"]


def _unknown_caller(code: str, message: str) -> ErrorTemplate:
    return ErrorTemplate(401, code, message, gateway=True)


ERROR_TEMPLATES: dict[ErrorReason, ErrorTemplate] = {
    # reported (wire.md 7)
    ErrorReason.TOKEN_MISSING: _unknown_caller(
        "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."
    ),
    # reported
    ErrorReason.TOKEN_MALFORMED: _unknown_caller(
        "AuthenticationFailedInvalidHeader",
        "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    ),
    # reported
    ErrorReason.TOKEN_INVALID: _unknown_caller("InvalidAuthenticationToken", "The access token is invalid."),
    # CHOICE: ARM's code; the text is ours
    ErrorReason.TOKEN_EARLY: _unknown_caller(
        "InvalidAuthenticationToken",
        "The access token is not valid before UTC time '{begin}', which is later than current UTC time '{now}'.",
    ),
    # reported
    ErrorReason.TOKEN_EXPIRED: _unknown_caller(
        "ExpiredAuthenticationToken",
        "The access token expiry UTC time '{expiry}' is earlier than current UTC time '{now}'.",
    ),
    # reported
    ErrorReason.TOKEN_AUDIENCE: _unknown_caller(
        "InvalidAuthenticationTokenAudience",
        "The access token has been obtained for wrong audience or resource '{audience}'."
        " It should exactly match with one of the allowed audiences {allowed}.",
    ),
    # reported
    ErrorReason.NOT_AUTHORIZED_LINKED: ErrorTemplate(
        403,
        "LinkedAuthorizationFailed",
        "The client '{client}' with object id '{object}' has permission to perform action '{action}' on scope"
        " '{scope}'; however, it does not have permission to perform action(s) '{actions}' on the linked scope(s)"
        " '{scopes}' (respectively) or the linked scope(s) are invalid.",
        gateway=True,
    ),
    # reported
    ErrorReason.NOT_AUTHORIZED: ErrorTemplate(
        403,
        "AuthorizationFailed",
        "The client '{client}' with object id '{object}' does not have authorization to perform action '{action}'"
        " over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your"
        " credentials.",
        gateway=True,
    ),
}
