"""The events of lifecycle hooks: what the platform asks, and what was answered (semantics 4.10)."""

from __future__ import annotations

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.record.schedule import AnyAggregate

__all__ = ["HookAction", "HookEvent"]


class HookAction(StrEnum):
    """What may become of a target."""

    APPROVE = "Approve"
    REJECT = "Reject"


@attrs.define(eq=False)
class HookEvent:
    """One question of the platform to the owner of the scale set.

    Attributes:
        name: A GUID.
        type: The kind of hook that asked.
        created_at: When it was asked, in seconds since 1970-01-01 UTC.
        wait_until: When the default action decides.
        max_wait_until: How far that may be delayed.
        default_action: What happens without an answer.
        answers: The answer for each target, by instance id; None: not answered yet.
    """

    name: str
    type: str
    created_at: float
    wait_until: float
    max_wait_until: float
    default_action: HookAction
    answers: dict[str, HookAction | None]
    active: bool = True

    def step(self, scale_set: AnyAggregate) -> None:
        """The time is up, unless it was prolonged."""
        raise NotImplementedError
