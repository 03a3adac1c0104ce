"""Prints errors as az does, with az's exit codes."""

import sys

from vmss_sdk.errors import ClientUsageError, ErrorDetail, NotFoundError, OperationError, ServiceError, VmssError

__all__ = ["CommandError", "print_error"]

_FAILED, _WRONG_USAGE, _NOT_FOUND = 1, 2, 3


class CommandError(VmssError):
    """Something that a command found out by itself.

    Attributes:
        exit_code: What the program ends with.
    """

    def __init__(self, text: str, exit_code: int = _FAILED) -> None:
        super().__init__(text)
        self.exit_code = exit_code


def print_error(error: Exception) -> int | None:
    """Say what went wrong on standard error.

    Returns:
        The exit code; None when it is no error of ours, and nothing was said.
    """
    if not isinstance(error, VmssError):
        return None
    print(*_lines(error), sep="\n", file=sys.stderr)
    if isinstance(error, CommandError):
        return error.exit_code
    if isinstance(error, NotFoundError):
        return _NOT_FOUND
    return _WRONG_USAGE if isinstance(error, ClientUsageError) else _FAILED


def _lines(error: VmssError) -> list[str]:
    """As az has it: the code in brackets and the message, then each by itself."""
    notes = getattr(error, "__notes__", [])
    if not (isinstance(error, ServiceError | OperationError) and error.code):
        return [f"ERROR: {error}", *notes]
    lines = [f"ERROR: ({error.code}) {error.message}", f"Code: {error.code}", f"Message: {error.message}"]
    if error.target:
        lines.append(f"Target: {error.target}")
    if error.details:
        lines += ["Exception Details:", *(line for detail in error.details for line in _detail(detail))]
    if isinstance(error, ServiceError) and error.request_id:
        lines.append(f"Request id: {error.request_id}")
    return lines + notes


def _detail(detail: ErrorDetail) -> list[str]:
    return detail.lines("    ")
