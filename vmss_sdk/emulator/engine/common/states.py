"""ARM's words for the state of a resource, of a machine and of its health."""

from enum import StrEnum

__all__ = ["HealthState", "PowerState", "ProvisioningState"]


class ProvisioningState(StrEnum):
    """ARM's provisioning states of a resource."""

    CREATING = "Creating"
    UPDATING = "Updating"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    DELETING = "Deleting"


class PowerState(StrEnum):
    """The power states of an instance, as the instance view writes them."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DEALLOCATING = "deallocating"
    DEALLOCATED = "deallocated"


class HealthState(StrEnum):
    """What the health source says of an instance (semantics 3)."""

    HEALTHY = "Healthy"
    UNHEALTHY = "Unhealthy"
    UNKNOWN = "Unknown"
    INITIALIZING = "Initializing"
    """Rich states only: the application gets ready, and is neither healthy nor unhealthy yet."""
