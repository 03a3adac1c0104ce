"""The activity log of a subscription, and Resource Graph."""

from vmss_sdk.emulator.arm.insights import activity_log
from vmss_sdk.emulator.arm.resource_graph import handlers as resource_graph
from vmss_sdk.emulator.arm.routes.paths import SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("POST", "/providers/Microsoft.ResourceGraph/resources", resource_graph.run),
    Route("GET", f"{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values", activity_log.list_events),
)
