"""Reading the service's answers: JSON documents, and errors as typed exceptions."""

import re
from collections.abc import Mapping
from typing import Any

from vmss_sdk.errors import (
    AuthenticationError,
    ConflictError,
    DecodeError,
    ErrorDetail,
    InvalidRequestError,
    NotFoundError,
    OperationNotAllowedError,
    PermissionDeniedError,
    PreconditionFailedError,
    ServerError,
    ServiceError,
    ThrottledError,
)
from vmss_sdk.transport.base import Request, Response
from vmss_sdk.transport.origin import without_query
from vmss_sdk.transport.retry import retry_after

__all__ = ["content", "details_of", "document", "service_error"]

_BY_STATUS: Mapping[int, type[ServiceError]] = {
    400: InvalidRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    429: ThrottledError,
}
_BY_STATUS_AND_CODE: Mapping[tuple[int, str], type[ServiceError]] = {
    (409, "operationnotallowed"): OperationNotAllowedError,
}
_EXCERPT = 200
_FIRST_SERVER_ERROR = 500
_REDIRECTS = range(300, 400)


def content(request: Request, response: Response) -> Any:
    """The JSON value of an answer; None when its body is empty.

    Raises:
        DecodeError: The body is no JSON.
    """
    try:
        return response.json()
    except ValueError as error:
        what = f"the answer is no JSON{_kind_of_answer(response)} ({error}): {_excerpt(response)}"
        raise DecodeError(f"{_request_line(request)}: {what}") from None


def document(request: Request, response: Response) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises:
        DecodeError: The body is empty, no JSON, or no object.
    """
    value = content(request, response)
    if not isinstance(value, dict):
        kind = "nothing" if value is None else f"a JSON {type(value).__name__}"
        raise DecodeError(f"{_request_line(request)}: expected a JSON object, got {kind} with status {response.status}")
    return value


def service_error(request: Request, response: Response, now: float) -> ServiceError:
    """The typed exception for an answer that is a refusal.

    Args:
        request: What was asked.
        response: An answer whose status is not the expected one.
        now: Seconds since 1970-01-01 UTC, for a Retry-After that is a date.
    """
    body = _error_body(response)
    code, message = _text_member(body, "code"), _text_member(body, "message") or _no_message(response)
    details = details_of(body)
    request_id = response.headers.get("x-ms-request-id")
    text = f"{_request_line(request)}: {response.status} {code}".rstrip() + f": {message}"
    lines = [text, *(line for detail in details for line in detail.lines())]
    return _error_class(response.status, code)(
        "\n".join(lines) + (f" [x-ms-request-id {request_id}]" if request_id else ""),
        status=response.status,
        code=code,
        message=message,
        target=_target(body),
        details=details,
        request_id=request_id,
        client_request_id=request.headers.get("x-ms-client-request-id"),
        retry_after=retry_after(response.headers, now),
    )


def details_of(body: Mapping[str, Any]) -> tuple[ErrorDetail, ...]:
    """The problems inside an ARM error body; what is no object among them is left out."""
    entries = body.get("details")
    if not isinstance(entries, list):
        return ()
    return tuple(
        ErrorDetail(_text_member(entry, "code"), _text_member(entry, "message"), _target(entry), details_of(entry))
        for entry in entries
        if isinstance(entry, dict)
    )


def _error_body(response: Response) -> dict[str, Any]:
    """ARM's error object; some services leave out the ``error`` around it."""
    try:
        body = response.json()
    except ValueError:
        return {}
    inner = body.get("error", body) if isinstance(body, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _text_member(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _target(body: Mapping[str, Any]) -> str | None:
    return _text_member(body, "target") or None


def _error_class(status: int, code: str) -> type[ServiceError]:
    if found := _BY_STATUS_AND_CODE.get((status, code.lower())):
        return found
    return _BY_STATUS.get(status) or (ServerError if status >= _FIRST_SERVER_ERROR else ServiceError)


def _no_message(response: Response) -> str:
    if response.status in _REDIRECTS and (target := response.headers.get("Location")):
        return f"a redirect to {without_query(target)}, which only a GET follows"
    if not response.body:
        return "the answer has no body"
    kind = _kind_of_answer(response) or " but unknown type"
    return f"the answer is no ARM error{kind}, perhaps of a proxy on the way: {_excerpt(response)}"


def _kind_of_answer(response: Response) -> str:
    """What the service calls its answer, when that is not what it should be."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    return f" but {kind}" if kind and not kind.lower().endswith("json") else ""


def _excerpt(response: Response) -> str:
    """The first words of a body, without HTML tags."""
    text = response.body[: 20 * _EXCERPT].decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]*>", " ", text)
    words = " ".join(text.split())
    return repr(words if len(words) <= _EXCERPT else words[:_EXCERPT] + "…")


def _request_line(request: Request) -> str:
    return f"{request.method} {without_query(request.url)}"
