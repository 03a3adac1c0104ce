"""The endpoints of Entra ID: tokens for service principals, and how clients find their way there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.common import moment_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.identity.directory import Directory, Token
    from vmss_sdk.emulator.arm.identity.principal import Principal

__all__ = ["configuration", "directory_of", "discover", "keys", "token", "token_by_get", "token_v1"]

Document = dict[str, Any]

_DEFAULT = "/.default"
_ADFS = "adfs"
"""The tenant of a directory on premises; clients that are sent there do not ask the internet who the authority is."""
_PLAIN = {"Cache-Control": "no-store, no-cache"}


class _EntraError(Exception):
    """A request is refused in Entra's way.

    Args:
        status: The HTTP status.
        error: The word of OAuth 2 (RFC 6749, 5.2).
        number: Of the error in Entra's list.
        text: What goes on after the number.
    """

    def __init__(self, status: int, error: str, number: int, text: str) -> None:
        super().__init__(text)
        self.status, self.error, self.number, self.text = status, error, number, text


def directory_of(call: Call) -> Directory:
    """The directory; where nobody is asked who they are, its endpoints do not exist.

    Raises:
        ArmError: There is none.
    """
    if call.state.directory is None:
        raise ArmError.of(ErrorReason.UNKNOWN_TYPE, path=call.url.path)
    return call.state.directory


def token(call: Call) -> Reply:
    """A token for a service principal (``client_credentials`` with a secret), asked for by ``scope``."""
    return _issue_token(call, _audience, _v2)


def token_v1(call: Call) -> Reply:
    """The same as it was asked for before v2.0: by ``resource``, and with numbers as text."""
    return _issue_token(call, _resource, _v1)


def _issue_token(call: Call, audience: Callable[[dict[str, str]], str], shown: Callable[[Token], Document]) -> Reply:
    directory = directory_of(call)
    try:
        _require_tenant(call, directory)
        form = _form_fields(call)
        _require_grant(form)
        principal = _principal(directory, form)
        given = directory.give(principal, audience(form))
    except _EntraError as error:
        return _refusal(call, directory, error)
    return Reply(200, shown(given), dict(_PLAIN))


def token_by_get(call: Call) -> Reply:
    """Refused: a secret in a URL would be in logs. It is what a browser, or curl without a body, asks."""
    why = "The endpoint only accepts POST requests. Received a GET request."
    return _refusal(call, directory_of(call), _EntraError(400, "invalid_request", 900561, why))


def _v2(given: Token) -> Document:
    return {
        "token_type": "Bearer",
        "expires_in": given.expires_in,
        "ext_expires_in": given.expires_in,
        "access_token": given.text,
    }


def _v1(given: Token) -> Document:
    return {
        "token_type": "Bearer",
        "expires_in": str(given.expires_in),
        "ext_expires_in": str(given.expires_in),
        "expires_on": str(given.expires_on),
        "not_before": str(given.not_before),
        "resource": given.audience,
        "access_token": given.text,
    }


def configuration(call: Call) -> Reply:
    """The OpenID configuration of the tenant."""
    directory = directory_of(call)
    try:
        tenant = _require_tenant(call, directory)
    except _EntraError as error:
        error.error = "invalid_tenant"
        return _refusal(call, directory, error)
    base = f"{call.url.base}/{tenant}"
    # CHOICE: https, whatever the server was asked by: clients take nothing else
    base = f"https://{base.partition('://')[2]}"
    document = {
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "jwks_uri": f"{base}/discovery/v2.0/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "grant_types_supported": ["client_credentials"],
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nbf", "oid", "tid", "appid", "ver"],
        "tenant_region_scope": None,
        "cloud_instance_name": _authority(call),
    }
    return Reply(200, document)


def keys(call: Call) -> Reply:
    """The keys by which tokens can be verified."""
    return Reply(200, {"keys": [directory_of(call).public_key]})


def discover(call: Call) -> Reply:
    """Which authorities are this one; clients that know it by address ask here whether to trust it."""
    directory = directory_of(call)
    asked = call.query.get("authorization_endpoint", "")
    tenant = asked.partition("://")[2].partition("/")[2].partition("/")[0] or directory.tenant_id
    host = _authority(call)
    return Reply(
        200,
        {
            "tenant_discovery_endpoint": f"https://{host}/{tenant}/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
        },
    )


def _authority(call: Call) -> str:
    return call.url.base.partition("://")[2]


def _require_tenant(call: Call, directory: Directory) -> str:
    tenant = call.values["tenantId"]
    if tenant.lower() not in (directory.tenant_id, _ADFS):
        raise _EntraError(
            400,
            "invalid_request",
            90002,
            f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the"
            " correct cloud. Check with your subscription administrator, this may happen if there are no active"
            " subscriptions for the tenant.",
        )
    return tenant


def _form_fields(call: Call) -> dict[str, str]:
    text = call.request.body.decode("utf-8", "replace")
    return dict(parse_qsl(text, keep_blank_values=False))


def _require_grant(form: dict[str, str]) -> None:
    grant = _required(form, "grant_type")
    if grant != "client_credentials":
        raise _EntraError(
            400, "unsupported_grant_type", 70003, f"The app requested an unsupported grant type '{_shown(grant)}'."
        )


def _principal(directory: Directory, form: dict[str, str]) -> Principal:
    client_id = _required(form, "client_id")
    principal = directory.application(client_id)
    if principal is None:
        raise _EntraError(
            400,
            "unauthorized_client",
            700016,
            f"Application with identifier '{_shown(client_id)}' was not found in the directory '{directory.tenant_id}'."
            " This can happen if the application has not been installed by the administrator of the tenant or consented"
            " to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
        )
    secret = form.get("client_secret")
    if secret is None:
        if "client_assertion" in form:
            raise _EntraError(401, "invalid_client", 700027, "The certificate of the assertion is not registered.")
        raise _EntraError(
            401,
            "invalid_client",
            7000218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        )
    if not principal.has_secret(secret):
        raise _EntraError(
            401,
            "invalid_client",
            7000215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
            f" not the client secret ID, for a secret added to app '{principal.client_id}'.",
        )
    return principal


def _audience(form: dict[str, str]) -> str:
    """The resource of a scope; az writes two slashes where the resource ends with one."""
    asked = _required(form, "scope").split()
    # MSAL adds these to what it was asked for; they mean nothing for an application
    scopes = [scope for scope in asked if scope not in ("openid", "profile", "offline_access")]
    if len(scopes) != 1 or not scopes[0].endswith(_DEFAULT) or scopes[0] == _DEFAULT:
        raise _EntraError(
            400,
            "invalid_scope",
            1002012,
            f"The provided value for scope {_shown(' '.join(asked))} is not valid. Client credential flows must have a"
            " scope value with /.default suffixed to the resource identifier (application ID URI).",
        )
    return _known(scopes[0].removesuffix(_DEFAULT))


def _resource(form: dict[str, str]) -> str:
    return _known(_required(form, "resource"))


def _known(resource: str) -> str:
    """CHOICE: every resource that is a URI gets tokens, so that one for the wrong audience can be had."""
    if "://" in resource and resource.isascii() and resource.isprintable():
        return resource
    raise _EntraError(
        400,
        "invalid_resource",
        500011,
        f"The resource principal named {_shown(resource)} was not found in the tenant. This can happen if the"
        " application has not been installed by the administrator of the tenant or consented to by any user in the"
        " tenant. You might have sent your authentication request to the wrong tenant.",
    )


def _required(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        raise _EntraError(
            400, "invalid_request", 900144, f"The request body must contain the following parameter: '{name}'."
        )
    return form[name]


def _shown(text: str) -> str:
    return text[:200]


def _refusal(call: Call, directory: Directory, error: _EntraError) -> Reply:
    trace, correlation = str(uuid.uuid4()), call.request.headers.get("client-request-id") or str(uuid.uuid4())
    moment = f"{moment_of(directory.clock.now()):%Y-%m-%d %H:%M:%S}Z"
    text = f"AADSTS{error.number}: {error.text}"
    document = {
        "error": error.error,
        "error_description": f"{text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {moment}",
        "error_codes": [error.number],
        "timestamp": moment,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": f"{call.url.base}/error?code={error.number}",
    }
    return Reply(error.status, document, dict(_PLAIN))
