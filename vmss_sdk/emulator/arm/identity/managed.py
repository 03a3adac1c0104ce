"""Tokens for managed identities, as instances, App Service and Azure ML give them to what runs there."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.entra import directory_of
from vmss_sdk.emulator.arm.identity.principal import Kind
from vmss_sdk.emulator.arm.replies import Reply

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.identity.directory import Directory, Token
    from vmss_sdk.emulator.arm.identity.principal import Principal

__all__ = ["hosted", "instance_metadata"]

Document = dict[str, Any]

_HOW = "'vmss emulator credentials managed-identity' prints where it goes"
_PLAIN = {"Cache-Control": "no-store, no-cache"}


def hosted(call: Call) -> Reply:
    """As in App Service (``X-IDENTITY-HEADER``) and Azure ML (``secret``): who knows the secret gets a token."""
    directory = directory_of(call)
    if not _has_secret(call, directory):
        return _hosted_error(401, "The header with IDENTITY_HEADER or MSI_SECRET is missing or wrong.")
    resource = call.query.get("resource", "")
    if not _is_resource(resource):
        return _hosted_error(400, "The query must have a resource: the URI of whom the token is for.")
    principal = _identity(call, directory)
    if principal is None:
        return _hosted_error(400, "No managed identity was found for the specified id.")
    given = directory.give(principal, resource)
    document = {
        "access_token": given.text,
        "client_id": principal.client_id,
        "expires_on": str(given.expires_on),
        "not_before": str(given.not_before),
        "resource": given.audience,
        "token_type": "Bearer",
    }
    return Reply(200, document, dict(_PLAIN))


def instance_metadata(call: Call) -> Reply:
    """As inside a virtual machine, but that whoever asks must know the secret: this machine may have other users.

    Source: Microsoft's description of the instance metadata service; all values are text, and a request that came by
    a proxy, which ``X-Forwarded-For`` tells, is refused. CHOICE: the secret is in a header as `hosted` takes it, or in
    front of the path, where clients take it from ``AZURE_POD_IDENTITY_AUTHORITY_HOST`` as it stands.

    Raises:
        ArmError: Others can reach the server.
    """
    directory = directory_of(call)
    if not directory.is_local:
        raise ArmError.of(ErrorReason.UNKNOWN_TYPE, path=call.url.path)
    refused = _metadata_refusal(call, directory)
    if refused is not None:
        return refused
    principal = _identity(call, directory)
    if principal is None:
        return _metadata_error("invalid_request", "Identity not found")
    given = directory.give(principal, call.query["resource"])
    return Reply(200, _metadata(principal, given), dict(_PLAIN))


def _metadata_refusal(call: Call, directory: Directory) -> Reply | None:
    if "X-Forwarded-For" in call.request.headers:
        return _metadata_error("invalid_request", "Requests with an X-Forwarded-For header are not supported")
    if call.request.headers.get("Metadata", "").lower() != "true":
        return _metadata_error("invalid_request", "Required metadata header not specified")
    if not _has_secret(call, directory):
        return Reply(
            401, {"error": "unauthorized_client", "error_description": "The secret is missing or wrong: " + _HOW}
        )
    resource = call.query.get("resource", "")
    if not resource:
        return _metadata_error("invalid_request", "Required query variable 'resource' is missing")
    if not _is_resource(resource):
        return _metadata_error(
            "invalid_resource",
            f"AADSTS500011: The resource principal named {resource[:200]} was not found.",
        )
    return None


def _has_secret(call: Call, directory: Directory) -> bool:
    headers = call.request.headers
    shown = headers.get("X-IDENTITY-HEADER") or headers.get("secret") or call.values.get("secret") or ""
    return secrets.compare_digest(shown.encode(), directory.identity_secret.encode())


def _metadata(principal: Principal, given: Token) -> Document:
    return {
        "access_token": given.text,
        "client_id": principal.client_id,
        "expires_in": str(given.expires_in),
        "expires_on": str(given.expires_on),
        "ext_expires_in": str(given.expires_in),
        "not_before": str(given.not_before),
        "resource": given.audience,
        "token_type": "Bearer",
    }


def _is_resource(text: str) -> bool:
    return "://" in text and text.isascii() and text.isprintable()


def _identity(call: Call, directory: Directory) -> Principal | None:
    """The identity that the query names, by one of its ids; the first one when it names none."""
    found = [item for item in directory.principals if item.kind is Kind.MANAGED_IDENTITY]
    query = call.query
    if client_id := query.get("client_id") or query.get("clientid"):
        found = [item for item in found if item.client_id == client_id.lower()]
    if object_id := query.get("object_id") or query.get("principal_id"):
        found = [item for item in found if item.object_id == object_id.lower()]
    if resource_id := query.get("mi_res_id") or query.get("msi_res_id"):
        found = [item for item in found if item.name == resource_id.rpartition("/")[2].lower()]
    return found[0] if found else None


def _hosted_error(status: int, message: str) -> Reply:
    # CHOICE: the texts
    return Reply(status, {"statusCode": status, "message": message, "correlationId": str(uuid.uuid4())})


def _metadata_error(error: str, description: str) -> Reply:
    return Reply(400, {"error": error, "error_description": description})
