"""Everything that can go wrong, in one tree.

::

    VmssError
    ├── ClientUsageError (ValueError)     an argument that can never work; nothing was sent
    ├── InsecureTransportError            a token would have travelled over plain HTTP
    ├── ForeignHostError                  a link of the service points to another host than the endpoint
    ├── CredentialError                   the credential gave no token
    ├── TransportError                    no whole answer arrived
    │   ├── RequestNotSentError           provably nothing reached the service
    │   │   └── UntrustedCertificateError the server's certificate was refused
    │   └── ResponseLostError             the service may have processed the request
    │       └── ResponseTimeoutError (TimeoutError)
    ├── UnexpectedAnswerError             an answer outside of ARM's protocol
    │   └── DecodeError                   a body that is not the JSON it should be
    ├── NotAnEmulatorError                only an emulator has faults, a decision log, a clock to set
    ├── StateFileError                    an emulator's state file is open elsewhere, or cannot be used
    ├── ServiceError                      the service refused: status, code, message, target, details
    │   ├── InvalidRequestError           400
    │   ├── AuthenticationError           401
    │   ├── PermissionDeniedError         403
    │   ├── NotFoundError                 404
    │   ├── ConflictError                 409
    │   │   └── OperationNotAllowedError  409 with the code OperationNotAllowed
    │   ├── PreconditionFailedError       412
    │   ├── ThrottledError                429
    │   └── ServerError                   5xx
    ├── UnhealthyError (TimeoutError)     instances are not healthy within the time given
    └── OperationError                    a long-running operation did not succeed
        ├── OperationFailedError          it ended as Failed
        │   └── RollingUpgradeFailedError one of the three Max…Exceeded… codes
        ├── OperationCanceledError        it ended as Canceled
        └── OperationTimeoutError (TimeoutError)  it has not ended yet; go on with its resume token

Errors can be pickled and never hold a token.
"""

from collections.abc import Mapping, Sequence

import attrs

__all__ = [
    "ROLLING_UPGRADE_CODES",
    "AuthenticationError",
    "ClientUsageError",
    "ConflictError",
    "CredentialError",
    "DecodeError",
    "ErrorDetail",
    "ForeignHostError",
    "InsecureTransportError",
    "InvalidRequestError",
    "NotAnEmulatorError",
    "NotFoundError",
    "OperationCanceledError",
    "OperationError",
    "OperationFailedError",
    "OperationNotAllowedError",
    "OperationTimeoutError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "RequestNotSentError",
    "ResponseLostError",
    "ResponseTimeoutError",
    "RollingUpgradeFailedError",
    "ServerError",
    "ServiceError",
    "StateFileError",
    "ThrottledError",
    "TransportError",
    "UnexpectedAnswerError",
    "UnhealthyError",
    "UntrustedCertificateError",
    "VmssError",
]

ROLLING_UPGRADE_CODES = frozenset(
    {
        "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
        "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
        "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    }
)
"""The codes with which a rolling upgrade stops because too many instances are unhealthy (wire.md 7)."""


@attrs.frozen
class ErrorDetail:
    """One of several problems inside an error of the service.

    Attributes:
        code: The service's word for it, empty when it gave none.
        message: What the service says about it.
        target: The JSON path, parameter or instance id it is about.
        details: Problems inside this one.
    """

    code: str = ""
    message: str = ""
    target: str | None = None
    details: tuple["ErrorDetail", ...] = ()

    def lines(self, indent: str = "  ") -> list[str]:
        """This problem and those inside it as indented lines of text."""
        subject = f" (target: {self.target})" if self.target else ""
        inner = [line for detail in self.details for line in detail.lines(indent + "  ")]
        return [f"{indent}- {self.code or 'error'}{subject}: {self.message}", *inner]


class VmssError(Exception):
    """Any error of this SDK.

    Attributes:
        resume_token: Set when it happened while a long-running operation was watched:
            ``client.resume(token)`` goes on watching. None otherwise.
    """

    # Every field has a default and only the text is positional, so that the pickle of BaseException works.
    resume_token: str | None = None


class ClientUsageError(VmssError, ValueError):
    """An argument that can never work. Nothing was sent."""


class InsecureTransportError(VmssError):
    """A bearer token would have travelled over plain HTTP to a host that is not this machine. Nothing was sent."""


class ForeignHostError(VmssError):
    """A poll URL, next page or redirect names another host than the endpoint; it got neither request nor token."""


class CredentialError(VmssError):
    """The credential could not give a token; the credential's own error is the cause."""


class TransportError(VmssError):
    """No whole answer arrived."""


class RequestNotSentError(TransportError):
    """The request provably never reached the service: sending it again cannot run anything twice."""


class UntrustedCertificateError(RequestNotSentError):
    """The TLS certificate of the server was refused; trying again does not help."""


class ResponseLostError(TransportError):
    """The request may have been processed, but no whole answer came back."""


class ResponseTimeoutError(ResponseLostError, TimeoutError):
    """The connection stood, but the service did not answer in time."""


class UnexpectedAnswerError(VmssError):
    """The service answered something that ARM's protocol does not allow here."""


class NotAnEmulatorError(VmssError):
    """Only an emulator can answer this, and the endpoint is none: Azure keeps no decision log and has no faults."""


class StateFileError(VmssError):
    """The file in which an emulator's state is kept is open elsewhere, or cannot be read or written."""


class DecodeError(UnexpectedAnswerError):
    """The body of an answer is not the JSON document it should be."""


class ServiceError(VmssError):
    """The service refused a request.

    Attributes:
        status: HTTP status.
        code: ARM's error code; empty when the body held none (a proxy's HTML page).
        message: ARM's message, or an excerpt of a body that is no ARM error.
        target: The JSON path or parameter it is about.
        details: The single problems, when there are several.
        request_id: The service's ``x-ms-request-id``, which Azure support asks for.
        client_request_id: Our ``x-ms-client-request-id``.
        operation_url: The URL that was polled, when it happened while watching a long-running operation.
        retry_after: Seconds the service asked to wait.
    """

    def __init__(
        self,
        text: str = "",
        *,
        status: int = 0,
        code: str = "",
        message: str = "",
        target: str | None = None,
        details: Sequence[ErrorDetail] = (),
        request_id: str | None = None,
        client_request_id: str | None = None,
        operation_url: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(text or message)
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.details = tuple(details)
        self.request_id = request_id
        self.client_request_id = client_request_id
        self.operation_url = operation_url
        self.retry_after = retry_after


class InvalidRequestError(ServiceError):
    """400: the request itself is wrong; `target` and `details` say where."""


class AuthenticationError(ServiceError):
    """401: no token, or one that the service does not accept."""


class PermissionDeniedError(ServiceError):
    """403: the caller may not do this, or a policy forbids it."""


class NotFoundError(ServiceError):
    """404: there is no such thing (or not any more)."""


class ConflictError(ServiceError):
    """409: the state of the resource does not allow this now."""


class OperationNotAllowedError(ConflictError):
    """409 OperationNotAllowed: for example a model change while a rolling upgrade runs."""


class PreconditionFailedError(ServiceError):
    """412: the resource changed since its ETag was read."""


class ThrottledError(ServiceError):
    """429: too many requests; `retry_after` says how many seconds to wait."""


class ServerError(ServiceError):
    """5xx: the service itself, or something on the way to it, failed."""


class OperationError(VmssError):
    """A long-running operation did not succeed.

    Attributes:
        status: The operation's own status, for example ``Failed``.
        code: ARM's error code; empty when the service gave none.
        message: ARM's message.
        target: What it is about, for example an instance id.
        details: The single problems, when there are several.
        operation_id: The service's id of the operation.
        operation_url: Where the operation is polled.
        resume_token: For ``client.resume``.
        resume_tokens: Of every unfinished operation, when several were waited for.
    """

    def __init__(
        self,
        text: str = "",
        *,
        status: str = "",
        code: str = "",
        message: str = "",
        target: str | None = None,
        details: Sequence[ErrorDetail] = (),
        operation_id: str | None = None,
        operation_url: str | None = None,
        resume_tokens: Sequence[str] = (),
    ) -> None:
        super().__init__(text or message)
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.details = tuple(details)
        self.operation_id = operation_id
        self.operation_url = operation_url
        self.resume_tokens = tuple(resume_tokens)
        self.resume_token = self.resume_tokens[0] if self.resume_tokens else None


class OperationFailedError(OperationError):
    """The operation ended as Failed; `code`, `message`, `target` and `details` say why."""


class RollingUpgradeFailedError(OperationFailedError):
    """A rolling upgrade stopped because too many instances are unhealthy; `code` says at which of the three gates."""


class OperationCanceledError(OperationError):
    """The operation ended as Canceled."""


class OperationTimeoutError(OperationError, TimeoutError):
    """The operation has not ended within the time given. It goes on: wait again, or ``client.resume(resume_token)``."""


class UnhealthyError(VmssError, TimeoutError):
    """Instances were not healthy within the time given.

    Attributes:
        states: The health of each instance that is not healthy, by its id: ``unhealthy``, ``unknown`` …; ``healthy``
            for one that is not through with its last change.
    """

    def __init__(self, text: str = "", *, states: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.states = dict(states or {})
