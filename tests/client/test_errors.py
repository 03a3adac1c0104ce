"""Refusals of the service as typed exceptions; texts are those of wire.md section 7."""

import copy
import pickle
from typing import Any

import pytest

from tests.client.scripted import WEB, answer, scripted
from vmss_sdk import (
    AuthenticationError,
    ClientUsageError,
    ConflictError,
    DecodeError,
    ErrorDetail,
    InvalidRequestError,
    NotFoundError,
    OperationFailedError,
    OperationNotAllowedError,
    OperationTimeoutError,
    PermissionDeniedError,
    PreconditionFailedError,
    RequestNotSentError,
    Response,
    ResponseTimeoutError,
    RetryPolicy,
    ServerError,
    ServiceError,
    ThrottledError,
    VmssError,
    errors,
)


def refused(response: Response) -> ServiceError:
    client, _ = scripted(response, retry=RetryPolicy.none())
    with pytest.raises(ServiceError) as caught:
        client.scale_set("rg", "web").get()
    return caught.value


CATALOGUE: list[tuple[int, str, str | None, str, type[ServiceError]]] = [
    (400, "InvalidParameter", "instanceIds", "The provided instanceId 0 is not an active …", InvalidRequestError),
    (400, "BadRequest", None, "Rolling Upgrade mode is not supported for this …", InvalidRequestError),
    (401, "AuthenticationFailed", None, "The 'Authorization' header is missing.", AuthenticationError),
    (403, "RequestDisallowedByPolicy", "web", "Resource 'web' was disallowed by policy.", PermissionDeniedError),
    (404, "ResourceNotFound", None, "The Resource … was not found.", NotFoundError),
    (404, "ResourceGroupNotFound", None, "Resource group 'ps478' could not be found.", NotFoundError),
    (409, "OperationNotAllowed", None, "There is no ongoing Rolling Upgrade to cancel.", OperationNotAllowedError),
    (409, "operationNotAllowed", None, "the code in another case", OperationNotAllowedError),
    (409, "PropertyChangeNotAllowed", "imageReference.sku", "Changing property … is not allowed.", ConflictError),
    (409, "Conflict", None, "The request failed due to conflict with a concurrent request.", ConflictError),
    (412, "PreconditionFailed", None, "Etag provided in if-match header …", PreconditionFailedError),
    (429, "OperationNotAllowed", None, "too many requests", ThrottledError),
    (500, "InternalServerError", None, "An unexpected error occurred.", ServerError),
    (504, "GatewayTimeout", None, "The gateway did not receive a response", ServerError),
    (418, "Teapot", None, "a status nobody expects", ServiceError),
    (304, "", None, "", ServiceError),
]


@pytest.mark.parametrize(("status", "code", "target", "message", "kind"), CATALOGUE, ids=lambda v: str(v)[:20])
def test_status_and_code_choose_the_type(
    status: int, code: str, target: str | None, message: str, kind: type[ServiceError]
) -> None:
    """The most precise type is raised, with everything the service said."""
    error = refused(answer(status, {"error": {"code": code, "message": message, "target": target}} if code else None))

    assert type(error) is kind
    assert (error.status, error.code, error.target) == (status, code, target)
    assert message in error.message


def test_a_throttled_error_says_how_long_to_wait() -> None:
    """retry_after is in seconds (body of wire.md 1.2)."""
    detail = {"code": "TooManyRequests", "target": "HighCostGetVMScaleSet3Min", "message": "{}"}
    body = {"error": {"code": "OperationNotAllowed", "message": "too many", "details": [detail]}}

    error = refused(answer(429, body, retry_after="170"))

    assert isinstance(error, ThrottledError)
    assert error.retry_after == 170.0
    assert error.details == (ErrorDetail("TooManyRequests", "{}", "HighCostGetVMScaleSet3Min"),)


def test_all_problems_of_a_request_are_in_the_text() -> None:
    """Details, also nested ones, are lines with code and target; the request is named without its query."""
    inner = {"code": "C", "message": "inner"}
    details = [{"code": "A", "message": "one", "target": "x.y", "details": [inner]}, {"message": "two"}]
    error = refused(
        answer(400, {"error": {"code": "Bad", "message": "several", "details": details}}, x_ms_request_id="id-1")
    )

    assert str(error).splitlines() == [
        f"GET {WEB}: 400 Bad: several",
        "  - A (target: x.y): one",
        "    - C: inner",
        "  - error: two [x-ms-request-id id-1]",
    ]


def test_the_ids_of_service_and_client_are_kept() -> None:
    """Azure support asks for them."""
    client, script = scripted(answer(404, {"error": {"code": "NotFound"}}, x_ms_request_id="their-id"))

    with pytest.raises(NotFoundError) as caught:
        client.scale_set("rg", "web").get()

    assert caught.value.request_id == "their-id"
    assert caught.value.client_request_id == script.requests[0].headers["x-ms-client-request-id"]


def test_an_error_without_the_error_around_it_is_read_too() -> None:
    """Some services leave it out."""
    assert refused(answer(409, {"code": "Conflict", "message": "m"})).code == "Conflict"


HTML = b"<html><head><style>b{}</style><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>"


def test_the_page_of_a_proxy_gives_an_excerpt() -> None:
    """No tags, no style sheets, and what it was."""
    error = refused(Response(502, {"Content-Type": "text/html; charset=utf-8"}, HTML))

    assert isinstance(error, ServerError)
    assert "no ARM error but text/html" in str(error)
    assert "'502 Bad Gateway nginx'" in str(error)


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[1]", b'"text"', b"null", b"7", b'{"error":"text"}', b'{"error":{"code":3,"details":[1]}}'],
)
def test_any_body_makes_an_error(body: bytes) -> None:
    """Whatever comes with a bad status, it is a ServiceError with a text."""
    error = refused(Response(400, {}, body))

    assert isinstance(error, InvalidRequestError)
    assert str(error).startswith(f"GET {WEB}: 400")


def test_a_long_page_is_cut() -> None:
    """The excerpt has 200 characters."""
    assert len(str(refused(Response(500, {}, b"word " * 100_000)))) < 500


@pytest.mark.parametrize(
    ("response", "text"),
    [
        (Response(200, {}, HTML), "no JSON"),
        (Response(200), "expected a JSON object, got nothing with status 200"),
        (answer(200, []), "expected a JSON object, got a JSON list"),
    ],
    ids=["html", "nothing", "list"],
)
def test_success_without_a_document_is_a_decode_error(response: Response, text: str) -> None:
    """A captive portal's page is no scale set."""
    client, _ = scripted(response)

    with pytest.raises(DecodeError, match=text):
        client.scale_set("rg", "web").get()


def test_the_tree_has_one_root() -> None:
    """Every error of this SDK is a VmssError; the builtin kinds hold too."""
    kinds = [getattr(errors, name) for name in errors.__all__ if name.endswith("Error")]

    assert all(issubclass(kind, VmssError) for kind in kinds)
    assert issubclass(ClientUsageError, ValueError)
    assert issubclass(ResponseTimeoutError, TimeoutError)
    assert issubclass(OperationTimeoutError, TimeoutError)


def test_every_kind_is_in_the_drawing() -> None:
    """The tree in the docstring is complete."""
    for name in errors.__all__:
        if name.endswith("Error"):
            assert f"{name} " in str(errors.__doc__) or f"{name}\n" in str(errors.__doc__)


DETAIL = ErrorDetail("c", "m", "t", (ErrorDetail("d"),))
SERVICE = {"status": 404, "code": "NotFound", "message": "gone", "details": [DETAIL], "retry_after": 1.5}
FAILED = {"status": "Failed", "code": "X", "details": [DETAIL], "operation_id": "op", "resume_tokens": ["t"]}


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy], ids=["pickle", "copy"])
@pytest.mark.parametrize(
    "error",
    [
        NotFoundError("text", **SERVICE),  # type: ignore[arg-type]  # one dictionary for two tests
        OperationFailedError("text", **FAILED),  # type: ignore[arg-type]  # a dict of any fields
        OperationTimeoutError("text", resume_tokens=["a", "b"]),
        ResponseTimeoutError("text"),
        RequestNotSentError("text"),
        ClientUsageError("text"),
    ],
    ids=lambda e: type(e).__name__,
)
def test_errors_survive_pickling(error: VmssError, again: Any) -> None:
    """Type, text and every field come back: errors cross process borders."""
    back = again(error)

    assert (type(back), str(back), vars(back)) == (type(error), "text", vars(error))
