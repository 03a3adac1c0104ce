"""Runs of extensions on an instance: their reasons and results."""

from __future__ import annotations

from enum import StrEnum

import attrs

__all__ = ["ExtensionRun", "RunReason"]


class RunReason(StrEnum):
    """Why an extension ran."""

    CREATED = "Created"
    """The instance was created."""
    OS_DISK_REPLACED = "OsDiskReplaced"
    """A reimage or an image upgrade: everything on the OS disk is gone."""
    CHANGED = "Changed"
    """The extension is new, or its definition changed."""
    FORCED = "ForceUpdateTag"
    """Only its ``forceUpdateTag`` changed: it runs again with the same settings."""
    NEW_VERSION = "NewVersion"
    """An extension upgrade brought a newer version of its handler."""
    ROLLED_BACK = "RolledBack"
    """An upgrade failed, and what was there before was put back."""


@attrs.frozen
class ExtensionRun:
    """One run of one extension.

    Attributes:
        at: When it ended, in seconds since 1970-01-01 UTC.
        name: The extension.
        reason: Why it ran.
        succeeded: Whether it did what it was for.
    """

    at: float
    name: str
    reason: RunReason
    succeeded: bool = True
