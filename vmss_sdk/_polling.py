"""The state of a long-running operation, read from the service's answers by ARM's rules; nothing here waits.

The first rule that matches the first answer decides how the operation is watched: ``Azure-AsyncOperation``,
then ``Location``, then ``properties.provisioningState`` of the resource, then the status code.
"""

from enum import StrEnum
from typing import Any, Self
from urllib.parse import urljoin

import attrs

from vmss_sdk import wire
from vmss_sdk._connection import Answer
from vmss_sdk.errors import ClientUsageError, UnexpectedAnswerError
from vmss_sdk.transport.origin import Origin, without_query

__all__ = ["PollKind", "Progress"]

IN_PROGRESS = "InProgress"
SUCCEEDED = "Succeeded"
FAILED = "Failed"
CANCELED = "Canceled"

_CREATED = 201
_ACCEPTED = 202
_TOKEN_VERSION = 1
_ENDS = {"succeeded": SUCCEEDED, "failed": FAILED, "canceled": CANCELED, "cancelled": CANCELED}


class PollKind(StrEnum):
    """What is asked to learn how far an operation is."""

    ASYNC_OPERATION = "asyncOperation"
    LOCATION = "location"
    RESOURCE = "resource"
    NOTHING = "nothing"


@attrs.define
class Progress:
    """How far one operation is, and where to ask next.

    Attributes:
        method: Of the request that began it.
        url: Of the request that began it.
        how: What is polled.
        poll_url: Where; empty for `How.NOTHING`.
        location: The Location header of the first answer, where a POST's result is.
        request_id: Our id of the whole call.
        result: Name of the model that the result is; empty when there is none.
        status: The service's last word, terminal words in one spelling.
        body: The result document, once it is known.
        error: The service's error document of an operation that failed.
        name: The service's id of the operation, once it said so.
        resource_location: Where the service said the result is.
    """

    method: str
    url: str
    how: PollKind
    poll_url: str
    location: str | None
    request_id: str
    result: str
    status: str = IN_PROGRESS
    body: dict[str, Any] | None = None
    error: dict[str, Any] = attrs.field(factory=dict)
    name: str | None = None
    resource_location: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.status in (SUCCEEDED, FAILED, CANCELED)

    @property
    def final_url(self) -> str | None:
        """Where the result is still to be fetched; None when there is none or it is here."""
        if not self.result or self.body is not None:
            return None
        if self.resource_location:
            return self.resource_location
        return self.url if self.method in ("PUT", "PATCH") else self.location

    @classmethod
    def begin(cls, answer: Answer, result: str) -> Self:
        """Read the first answer.

        Raises:
            UnexpectedAnswerError: It is a 202 that does not say where to ask.
        """
        request, headers = answer.request, answer.response.headers
        how, poll_url = _poll_kind(answer)
        location = headers.get("Location")
        progress = cls(
            method=request.method,
            url=request.url,
            how=how,
            poll_url=urljoin(request.url, poll_url),
            location=urljoin(request.url, location) if location else None,
            request_id=request.headers["x-ms-client-request-id"],
            result=result,
        )
        if how in (PollKind.RESOURCE, PollKind.NOTHING):
            progress._read_resource(answer)
        return progress

    def read(self, answer: Answer) -> None:
        """Read the answer to a poll.

        Raises:
            UnexpectedAnswerError: It does not say how far the operation is.
        """
        if self.how is PollKind.ASYNC_OPERATION:
            self._read_async_operation(answer)
        elif self.how is PollKind.LOCATION:
            self._read_location(answer)
        else:
            self._read_resource(answer)

    def _read_async_operation(self, answer: Answer) -> None:
        if answer.response.status == _ACCEPTED and not answer.response.body:
            return
        document = answer.document
        status = document.get("status")
        if not isinstance(status, str):
            raise UnexpectedAnswerError(
                f"GET {without_query(self.poll_url)}: expected a status, which says how far the operation is; got none"
            )
        self.status = _known_status(status)
        self.error = _object(document, "error")
        self.name = document.get("name") or self.name
        self.resource_location = document.get("resourceLocation")

    def _read_location(self, answer: Answer) -> None:
        if answer.response.status == _ACCEPTED:
            self.poll_url = urljoin(self.poll_url, answer.response.headers.get("Location", self.poll_url))
            return
        self.body = answer.document if answer.response.body else None
        self.status = SUCCEEDED

    def _read_resource(self, answer: Answer) -> None:
        self.body = answer.document if answer.response.body else None
        state = _provisioning_state(self.body)
        missing = IN_PROGRESS if answer.response.status == _CREATED and self.how is PollKind.RESOURCE else SUCCEEDED
        self.status = _known_status(state) if state and self.how is PollKind.RESOURCE else missing
        self.error = _object(self.body or {}, "error")

    def token(self) -> str:
        """What another process needs to go on watching; it holds no secret that opens anything by itself."""
        members = {name: getattr(self, name) for name in _TOKEN_MEMBERS}
        import base64

        return base64.urlsafe_b64encode(wire.encode({"v": _TOKEN_VERSION, **members})).decode().rstrip("=")

    @classmethod
    def from_token(cls, token: str, origin: Origin) -> Self:
        """The operation of a token, as one that has to be asked how far it is.

        Raises:
            ClientUsageError: The text is no token of this SDK.
            ForeignHostError: The operation runs at another endpoint.
        """
        members = _token_members(token)
        progress = cls(**{**members, "how": PollKind(members["how"])})
        for url in (progress.url, progress.poll_url, progress.location):
            if url:
                origin.require_same(url, "this resume token")
        if progress.how is PollKind.NOTHING:
            progress.status = SUCCEEDED
        return progress


_TOKEN_MEMBERS = ("method", "url", "how", "poll_url", "location", "request_id", "result")


def _token_members(token: str) -> dict[str, Any]:
    import base64

    refusal = ClientUsageError("this is no resume token: expected the text of Operation.resume_token, unchanged")
    try:
        document = wire.decode(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
        members = {name: document[name] for name in _TOKEN_MEMBERS}
        PollKind(members["how"])
    except (ValueError, KeyError, TypeError):
        raise refusal from None
    if document.get("v") != _TOKEN_VERSION or not all(isinstance(v, str | None) for v in members.values()):
        raise refusal
    return members


def _poll_kind(answer: Answer) -> tuple[PollKind, str]:
    request, response = answer.request, answer.response
    if url := response.headers.get("Azure-AsyncOperation"):
        return PollKind.ASYNC_OPERATION, url
    if url := response.headers.get("Location"):
        return PollKind.LOCATION, url
    if request.method in ("PUT", "PATCH") and (response.status != _ACCEPTED or response.body):
        return PollKind.RESOURCE, request.url
    if response.status == _ACCEPTED:
        raise UnexpectedAnswerError(
            f"{request.method} {without_query(request.url)}: 202 without Azure-AsyncOperation and Location:"
            " the request was accepted, but there is no way to learn how it ends"
        )
    return PollKind.NOTHING, ""


def _known_status(status: str) -> str:
    return _ENDS.get(status.lower(), status)


def _object(document: dict[str, Any], name: str) -> dict[str, Any]:
    value = document.get(name)
    return value if isinstance(value, dict) else {}


def _provisioning_state(document: dict[str, Any] | None) -> str | None:
    state = _object(document or {}, "properties").get("provisioningState")
    return state if isinstance(state, str) else None
