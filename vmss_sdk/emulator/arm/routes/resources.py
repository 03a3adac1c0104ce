"""Microsoft.Resources: subscriptions and resource groups."""

from vmss_sdk.emulator.arm.resources import groups, subscriptions
from vmss_sdk.emulator.arm.routes.paths import GROUP, SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("GET", "/subscriptions", subscriptions.list_all),
    Route("GET", SUBSCRIPTION, subscriptions.get),
    Route("GET", "/metadata/endpoints", subscriptions.endpoints, versioned=False),
    Route("GET", f"{SUBSCRIPTION}/resourceGroups", groups.list_all),
    Route("PUT", GROUP, groups.put),
    Route("GET", GROUP, groups.get),
    Route("HEAD", GROUP, groups.exists),
    Route("DELETE", GROUP, groups.delete),
    Route("GET", f"{SUBSCRIPTION}/operationresults/{{operationId}}", groups.result),
)
