"""Every error of the service: its document and its status, made from what the engine or the REST face refuses.

The words are in `texts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from vmss_sdk.emulator.arm.texts import (
    BY_FEATURE,
    ERROR_TEMPLATES,
    REFUSAL_TEMPLATES,
    ErrorReason,
    ErrorTemplate,
)
from vmss_sdk.emulator.arm.texts.failures import EXTENSION, PROVISIONING, PROVISIONING_OTHER
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused

__all__ = ["MOST_DETAILS", "ArmError", "ErrorReason", "Problem", "document", "from_refusal", "several"]

Document = dict[str, Any]

MOST_DETAILS = 100
"""CHOICE: so many problems of one request are told, the others are counted: an answer stays one that can be read."""


@attrs.frozen
class Problem:
    """One thing that is wrong with a request."""

    reason: ErrorReason
    facts: dict[str, Any] = attrs.field(factory=dict)


class ArmError(Exception):
    """A request is answered with an error.

    Args:
        problems: What is wrong, at least one; the first gives the status.
        headers: More headers of the answer.
        more: How much else is wrong that was not looked at closely; it is only counted.

    Attributes:
        status: The HTTP status.
        error: The error document.
        gateway: Whether ARM's gateway raised it, not the compute provider.
        headers: More headers of the answer.
    """

    def __init__(
        self, problems: Iterable[Problem | Failure], headers: dict[str, str] | None = None, *, more: int = 0
    ) -> None:
        found = tuple(problems)
        first = _text(found[0])
        self.status = first.status
        self.gateway = first.gateway
        self.headers = headers or {}
        self.error = document(found[0])
        if len(found) > 1:  # CHOICE: Azure reports the first alone; all of them are in details
            self.error["details"] = _details(found, more)
        super().__init__(f"{self.status} {self.error['code']}")

    @classmethod
    def of(cls, reason: ErrorReason, headers: dict[str, str] | None = None, **facts: Any) -> ArmError:
        """An error with one reason."""
        return cls([Problem(reason, facts)], headers)


def several(problems: Iterable[Problem], more: int = 0) -> None:
    """Refuse a request when there are problems.

    Args:
        problems: What is wrong.
        more: How much else is wrong, see `ArmError`.

    Raises:
        ArmError: There is at least one.
    """
    found = list(problems)
    if found:
        raise ArmError(found, more=more)


def from_refusal(refused: Refused) -> ArmError:
    """The answer to a request that the engine refused."""
    return ArmError(refused.failures)


def document(problem: Problem | Failure) -> Document:
    """The error document of one reason, with a detail for each of those it consists of."""
    text, facts = _text(problem), _facts(problem)
    error: Document = {"code": text.code.format(**facts), "message": text.message.format(**facts)}
    if text.target:
        error["target"] = text.target.format(**facts)
    details = problem.details if isinstance(problem, Failure) else ()
    if details:
        error["details"] = [document(detail) for detail in details]
    return error


def _details(problems: Sequence[Problem | Failure], more: int = 0) -> list[Document]:
    """The first of the problems, and how many there are besides."""
    more += max(0, len(problems) - MOST_DETAILS)
    told: list[Problem | Failure] = [
        *problems[:MOST_DETAILS],
        *([Problem(ErrorReason.MORE, {"count": more})] if more else []),
    ]
    return [document(problem) for problem in told]


def _text(problem: Problem | Failure) -> ErrorTemplate:
    if isinstance(problem, Problem):
        return ERROR_TEMPLATES[problem.reason]
    message = BY_FEATURE.get((problem.reason, str(problem.facts.get("feature"))))
    return ErrorTemplate(400, "BadRequest", message) if message else REFUSAL_TEMPLATES[problem.reason]


def _facts(problem: Problem | Failure) -> dict[str, Any]:
    facts = dict(problem.facts)
    if isinstance(problem, Problem):
        return facts
    if problem.reason is Reason.PROTECTED_INSTANCES:
        facts["instance_ids"] = ", ".join(facts["instance_ids"])
    if problem.reason is Reason.EXTENSION_FAILED and facts["message"] is None:
        facts["message"] = EXTENSION.format(**facts)
    if problem.reason is Reason.PROVISIONING_FAILED and facts["message"] is None:
        facts["message"] = PROVISIONING.get(facts["code"], PROVISIONING_OTHER).format(**facts)
    return facts
