"""Errors as the compute service writes them."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, nested, nested_list, text


class InnerError(Model):
    """The service's own exception."""

    exceptiontype: str | None = text("exceptiontype", default=None)
    errordetail: str | None = text("errordetail", default=None)


class ApiErrorBase(Model):
    """One detail of an error."""

    code: str | None = text("code", default=None)
    target: str | None = text("target", default=None)
    message: str | None = text("message", default=None)


class ApiError(Model):
    """An error of the compute service.

    Attributes:
        details: What it consists of, for example one entry per unhealthy instance.
        innererror: The service's own exception.
        code: For example ``OperationNotAllowed``.
        target: What it is about, often a JSON path.
        message: A text for people.
    """

    details: MutableSequence[ApiErrorBase] | None = nested_list("details", ApiErrorBase, default=None)
    innererror: InnerError | None = nested("innererror", InnerError, default=None)
    code: str | None = text("code", default=None)
    target: str | None = text("target", default=None)
    message: str | None = text("message", default=None)


class CloudError(Model):
    """The body of an answer that reports an error."""

    error: ApiError | None = nested("error", ApiError, default=None)
