"""Where the emulator's answers differ from recorded ones, each with the reason; a test proves that none is idle.

What a user can notice stands in docs/differences.md too.
"""

import re

import attrs

from tests.wire.recordings import Exchange

__all__ = ["KNOWN", "PENDING", "Known", "reason"]


@attrs.frozen
class Known:
    """A difference that is meant.

    Attributes:
        what: A pattern for the difference's text, whole.
        why: The reason.
        before: Only where the recorded api-version is older than this one; empty: any.
        at: A pattern for what the conversation's name begins with, or its operation.
    """

    what: str
    why: str = ""
    before: str = ""
    at: str = ""

    def covers(self, name: str, exchange: Exchange, difference: str) -> bool:
        """Whether this is the difference."""
        if self.before and exchange.version >= self.before:
            return False
        placed = re.match(self.at, name) or re.match(self.at, exchange.operation)
        return placed is not None and re.fullmatch(self.what, difference, re.DOTALL) is not None


def reason(name: str, exchange: Exchange, difference: str) -> Known | None:
    """What explains a difference, None: nothing."""
    return next((known for known in KNOWN if known.covers(name, exchange, difference)), None)


_NEWEST = "every api-version is answered as the newest one is (docs/differences.md, API versions)"
_PROFILE = r"\$\.(value\[\]\.)?properties\.virtualMachineProfile\."
_VM = r"\$\.(value\[\]\.)?properties\."
_ANY = r"\$\.(value\[\]\.)?"
_NIC = r".*networkInterfaceConfigurations\[\]\.properties\."

KNOWN: tuple[Known, ...] = (
    # newer than the recording
    Known(rf"header etag is new|{_ANY}etag is new", _NEWEST, "2024-03-01"),
    Known(rf"({_PROFILE}|{_VM})timeCreated is new", _NEWEST, "2024-07-02"),
    Known(rf"{_VM}resilientVMDeletionStatus is new", _NEWEST, "2024-03-01"),
    Known(r"limits .*(3Min|30Min|5Min).* are .*", "the policies are those since 2024 (wire.md 1.2)", "2023-12-31"),
)

PENDING: dict[str, str] = {}
"""Recorded operations that the server does not have yet, and why."""
