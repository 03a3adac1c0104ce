"""Errors as JSON-RPC errors: a code for programs, and the text that Az.Compute shows."""

from __future__ import annotations

import http
import os
import traceback
from collections.abc import Mapping
from typing import Any

import attrs

from vmss_sdk import errors
from vmss_sdk.errors import OperationError, ServiceError, VmssError

__all__ = [
    "CANCELLED",
    "INTERNAL_ERROR",
    "INVALID_PARAMS",
    "INVALID_REQUEST",
    "METHOD_NOT_FOUND",
    "PARSE_ERROR",
    "SERVICE_FAILED",
    "RpcError",
    "failure",
]

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
SERVICE_FAILED = -32000
CANCELLED = -32800  # as language servers have it

# PowerShell's ErrorCategory, of the first class that fits.
_CATEGORIES: Mapping[type[Exception], str] = {
    errors.ClientUsageError: "InvalidArgument",
    errors.InsecureTransportError: "SecurityError",
    errors.ForeignHostError: "SecurityError",
    errors.CredentialError: "AuthenticationError",
    errors.UntrustedCertificateError: "SecurityError",
    errors.ResponseTimeoutError: "OperationTimeout",
    errors.TransportError: "ConnectionError",
    errors.UnexpectedAnswerError: "InvalidData",
    errors.NotAnEmulatorError: "NotImplemented",
    errors.StateFileError: "ResourceUnavailable",
    errors.InvalidRequestError: "InvalidArgument",
    errors.AuthenticationError: "AuthenticationError",
    errors.PermissionDeniedError: "PermissionDenied",
    errors.NotFoundError: "ObjectNotFound",
    errors.PreconditionFailedError: "ResourceExists",
    errors.ConflictError: "InvalidOperation",
    errors.ThrottledError: "LimitsExceeded",
    errors.ServerError: "ResourceUnavailable",
    errors.OperationTimeoutError: "OperationTimeout",
    errors.OperationCanceledError: "OperationStopped",
    errors.OperationFailedError: "InvalidResult",
}


@attrs.frozen
class RpcError(Exception):
    """A request that cannot be done as it was asked.

    Attributes:
        code: JSON-RPC's.
        message: One sentence.
        data: More, for the program.
    """

    code: int
    message: str
    data: Mapping[str, Any] | None = None

    @property
    def document(self) -> dict[str, Any]:
        """The JSON-RPC error object."""
        more = {} if self.data is None else {"data": dict(self.data)}
        return {"code": self.code, "message": self.message, **more}


def failure(error: Exception) -> RpcError:
    """What an exception tells whoever asked. The text of a defect stays here: it might hold anything."""
    if isinstance(error, RpcError):
        return error
    if not isinstance(error, VmssError):
        return RpcError(INTERNAL_ERROR, f"the bridge has a defect: {type(error).__name__} {_location(error)}")
    return RpcError(SERVICE_FAILED, str(error), _data(error))


def _location(error: Exception) -> str:
    """Where it was raised."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return "".join(f"in {frame.name}, line {frame.lineno} of {os.path.basename(frame.filename)}" for frame in last)


def _data(error: VmssError) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": type(error).__name__,
        "category": next((word for kind, word in _CATEGORIES.items() if isinstance(error, kind)), "NotSpecified"),
        "code": getattr(error, "code", "") or type(error).__name__.removesuffix("Error"),
        "text": str(error),
        "resumeToken": error.resume_token,
    }
    if isinstance(error, ServiceError):
        data |= _of_service(error)
    elif isinstance(error, OperationError):
        data |= _of_operation(error)
    return {name: value for name, value in data.items() if value is not None}


def _of_service(error: ServiceError) -> dict[str, Any]:
    reason = _reason(error.status)
    ends = [
        f"StatusCode: {error.status}",
        f"ReasonPhrase: {reason}",
        f"OperationID : {error.request_id or ''}".rstrip(),
    ]
    return {
        "message": error.message,
        "target": error.target,
        "details": [_detail(detail) for detail in error.details],
        "status": error.status,
        "reason": reason,
        "requestId": error.request_id,
        "clientRequestId": error.client_request_id,
        "operationUrl": error.operation_url,
        "retryAfter": error.retry_after,
        "text": "\n".join([*_lines(error), *ends]),
    }


def _of_operation(error: OperationError) -> dict[str, Any]:
    ends = [f"OperationID : {error.operation_id or ''}".rstrip(), f"Status: {error.status}"]
    return {
        "message": error.message,
        "target": error.target,
        "details": [_detail(detail) for detail in error.details],
        "operationStatus": error.status,
        "operationId": error.operation_id,
        "operationUrl": error.operation_url,
        "text": "\n".join([*_lines(error), *ends]),
    }


def _lines(error: ServiceError | OperationError) -> list[str]:
    """The service's own words first and alone, as scripts look for them; then as Az.Compute lists them."""
    message = error.message or str(error)
    found = [message, *(line for detail in error.details for line in detail.lines())]
    found += [f"ErrorCode: {error.code}", f"ErrorMessage: {message}"]
    return found + ([f"ErrorTarget: {error.target}"] if error.target else [])


def _detail(detail: errors.ErrorDetail) -> dict[str, Any]:
    inner = [_detail(one) for one in detail.details]
    return {"code": detail.code, "message": detail.message, "target": detail.target, "details": inner}


def _reason(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""
