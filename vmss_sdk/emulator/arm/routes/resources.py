"""Microsoft.Resources: subscriptions, resource groups, what is in them, and the providers."""

from vmss_sdk.emulator.arm.authorization import role_definitions
from vmss_sdk.emulator.arm.catalogue import images
from vmss_sdk.emulator.arm.resources import (
    cloud,
    export,
    groups,
    inventory,
    locations,
    move,
    providers,
    subscriptions,
    tag_names,
)
from vmss_sdk.emulator.arm.routes.paths import GROUP, SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES", "SHADOWED"]

_PROVIDER = f"{SUBSCRIPTION}/providers/{{resourceProviderNamespace}}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/subscriptions", subscriptions.list_all),
    Route("GET", SUBSCRIPTION, subscriptions.get),
    Route("GET", "/tenants", subscriptions.list_tenants),
    Route("GET", "/metadata/endpoints", cloud.endpoints, versioned=False, public=True),
    Route("GET", "/metadata/imageAliases", images.aliases, versioned=False, public=True),
    Route("GET", f"{SUBSCRIPTION}/locations", locations.list_all),
    Route("GET", f"{SUBSCRIPTION}/providers", providers.list_all),
    Route("GET", f"{SUBSCRIPTION}/resources", inventory.list_all),
    Route("GET", f"{GROUP}/resources", inventory.list_in_group),
    Route("GET", f"{SUBSCRIPTION}/resourceGroups", groups.list_all),
    Route("PUT", GROUP, groups.put),
    Route("PATCH", GROUP, groups.patch),
    Route("GET", GROUP, groups.get),
    Route("HEAD", GROUP, groups.exists),
    Route("DELETE", GROUP, groups.delete),
    Route("POST", f"{GROUP}/exportTemplate", export.export),
    Route("POST", f"{GROUP}/validateMoveResources", move.validate),
    Route("POST", f"{GROUP}/moveResources", move.move),
    Route("GET", "/providers/Microsoft.Authorization/roleDefinitions", role_definitions.list_all),
    Route("GET", "/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}", role_definitions.get),
    Route("GET", f"{SUBSCRIPTION}/tagNames", tag_names.list_all),
    Route("PUT", f"{SUBSCRIPTION}/tagNames/{{tagName}}", tag_names.put),
    Route("DELETE", f"{SUBSCRIPTION}/tagNames/{{tagName}}", tag_names.delete),
    Route("PUT", f"{SUBSCRIPTION}/tagNames/{{tagName}}/tagValues/{{tagValue}}", tag_names.add_value),
    Route("DELETE", f"{SUBSCRIPTION}/tagNames/{{tagName}}/tagValues/{{tagValue}}", tag_names.delete_value),
    Route("GET", f"{SUBSCRIPTION}/operationresults/{{operationId}}", groups.result, poll=True),
)

SHADOWED: tuple[Route, ...] = (
    Route("GET", _PROVIDER, providers.get),
    Route("POST", f"{_PROVIDER}/register", providers.get),
)
