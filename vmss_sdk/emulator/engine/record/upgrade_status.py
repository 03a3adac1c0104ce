"""The words in which a rolling upgrade says where it stands."""

from enum import StrEnum

__all__ = ["Stage", "StartedBy", "UpgradeAction", "UpgradeCode", "UpgradeKind"]


class UpgradeCode(StrEnum):
    """``runningStatus.code`` of a rolling upgrade."""

    ROLLING_FORWARD = "RollingForward"
    ROLLING_BACK = "RollingBack"
    CANCELLED = "Cancelled"
    COMPLETED = "Completed"
    FAULTED = "Faulted"


class UpgradeAction(StrEnum):
    """``runningStatus.lastAction`` of a rolling upgrade."""

    START = "Start"
    CANCEL = "Cancel"


class UpgradeKind(StrEnum):
    """What a rolling upgrade brings to the instances."""

    MODEL = "model"
    OS_IMAGE = "OS image"
    EXTENSIONS = "extensions"
    PLATFORM = "platform"
    """Started by Azure itself, for instance for a new VM agent; it holds up writes all the same (rule 2.5.34)."""


class StartedBy(StrEnum):
    """Who started an upgrade, as the upgrade history says it."""

    USER = "User"
    PLATFORM = "Platform"


class Stage(StrEnum):
    """What a rolling upgrade is at."""

    PREPARING = "preparing"
    """Between two batches: pause and bookkeeping."""
    UPGRADING = "upgrading"
    """A batch is in flight: its jobs, then the wait for health."""
    SETTLING = "settling"
    """The batch is decided; what it leaves behind is cleared up: replaced instances go, failed ones are put back."""
    OVER = "over"
