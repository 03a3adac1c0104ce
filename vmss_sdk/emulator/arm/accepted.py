"""A write that was let in, and what carries it out again with the same result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from vmss_sdk.emulator.arm.identity.principal import Principal

__all__ = ["AcceptedWrite"]

T = TypeVar("T")


@attrs.define(kw_only=True, eq=False)
class AcceptedWrite:
    """What has to be known, beside the request and the state before it, to get the same state after it.

    Attributes:
        moment: Of the request, in seconds since 1970-01-01 UTC.
        caller: Who called; None where nobody is asked.
        authenticates: Whether calls are asked who they are.
        served: Whether it came to a server.
        skip_on_poll: As of `State`, while it was carried out.
        skip_on_repeat: As of `State`, while it was carried out.
        draws: What was drawn by chance, and not from the seed: keys.
        replayed: Whether it is carried out again, so that the draws are those that are there.
    """

    moment: float
    caller: Principal | None = None
    authenticates: bool = False
    served: bool = False
    skip_on_poll: bool = False
    skip_on_repeat: bool = False
    draws: list[Any] = attrs.field(factory=list, repr=False)
    replayed: bool = False
    _drawn: int = 0

    def draw(self, make: Callable[[], T]) -> T:
        """What chance gives; the same again when the write is carried out again.

        Args:
            make: Draws; called only the first time. What it gives has to be a JSON value.
        """
        if not self.replayed:
            self.draws.append(make())
        self._drawn += 1
        found: T = self.draws[self._drawn - 1]
        return found
