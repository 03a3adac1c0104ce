"""The activity log of a subscription."""

from vmss_sdk.emulator.arm.insights import activity_log
from vmss_sdk.emulator.arm.routes.paths import SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("GET", f"{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values", activity_log.list_events),
)
