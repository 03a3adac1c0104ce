"""The context in which a template's functions are evaluated: subscription, resource group, deployment, deployer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm.catalogue.facts import azure
from vmss_sdk.emulator.arm.locations import is_location
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.arm.views.common import moment_of
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode
from vmss_sdk.emulator.templates.context import Context

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import ResourceGroup, State

__all__ = ["context_of"]

Document = dict[str, Any]

_ENVIRONMENT: Document = {
    "name": "AzureCloud",
    "gallery": "https://gallery.azure.com/",
    "graph": "https://graph.windows.net/",
    "portal": "https://portal.azure.com",
    "graphAudience": "https://graph.windows.net/",
    "activeDirectoryDataLake": "https://datalake.azure.net/",
    "batch": "https://batch.core.windows.net/",
    "media": "https://rest.media.azure.net",
    "sqlManagement": "https://management.core.windows.net:8443/",
    "vmImageAliasDoc": "",
    "resourceManager": "https://management.azure.com/",
    "authentication": {
        "loginEndpoint": "https://login.microsoftonline.com/",
        "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
        "tenant": "common",
        "identityProvider": "AAD",
    },
    "suffixes": {
        "acrLoginServer": ".azurecr.io",
        "azureDatalakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
        "azureDatalakeStoreFileSystem": "azuredatalakestore.net",
        "azureFrontDoorEndpointSuffix": "azurefd.net",
        "keyvaultDns": ".vault.azure.net",
        "sqlServerHostname": ".database.windows.net",
        "storage": "core.windows.net",
    },
}
"""What ``environment()`` answers in the public cloud (https://aka.ms/arm-functions-deployment)."""


_NOBODY = "00000000-0000-0000-0000-000000000000"


def context_of(
    state: State, group: ResourceGroup, name: str, properties: Document, *, caller: Principal | None = None
) -> Context:
    """The evaluation context of a deployment.

    Args:
        state: Where it takes place.
        group: The resource group.
        name: The deployment's name.
        properties: What ``deployment().properties`` tells: template, parameters and mode.
        caller: Who asked for it; None where nobody is asked.
    """
    return Context(
        subscription={
            "id": f"/subscriptions/{group.subscription_id}",
            "subscriptionId": group.subscription_id,
            "tenantId": state.settings.tenant_id,
            "displayName": "Emulated subscription",
        },
        resource_group=_group(group),
        deployment={"name": name, "properties": {**properties, "provisioningState": "Accepted"}},
        environment=_ENVIRONMENT,
        now=moment_of(state.now),
        new_guid=NewGuids(state.settings.seed, state.writes),
        api_versions=ApiVersions(),
        zones=Zones(state.settings.catalogue),
        deployer={
            "objectId": _NOBODY if caller is None else caller.object_id,
            "tenantId": state.settings.tenant_id,
            "userPrincipalName": "",  # applications have none
        },
    )


def _group(group: ResourceGroup) -> Document:
    document: Document = {
        "id": group.id,
        "name": group.name,
        "type": "Microsoft.Resources/resourceGroups",
        "location": group.location,
        "properties": {"provisioningState": "Succeeded"},
    }
    return document if group.tags is None else {**document, "tags": dict(group.tags)}


@attrs.define(eq=False)
class NewGuids:
    """What ``newGuid()`` gives in one deployment.

    Attributes:
        seed: Of the emulator.
        serial: Tells deployments apart.
        given: How many were given.
    """

    seed: int
    serial: int
    given: int = 0

    def __call__(self) -> str:
        """The next one."""
        self.given += 1
        return seeded_random.guid(self.seed, "newGuid", self.serial, self.given - 1)


@attrs.frozen
class ApiVersions:
    """The api-versions of a resource type."""

    def __call__(self, namespace: str, kind: str) -> list[str]:
        """The newest first."""
        known = known_type(f"{namespace}/{kind}")
        return list(known.api_versions) if known else []


@attrs.frozen
class Zones:
    """The availability zones of a region. CHOICE: one that is in no list has three, when such are taken at all.

    Attributes:
        catalogue: By which list regions are known.
    """

    catalogue: CatalogueMode = CatalogueMode.COMPLETE

    def __call__(self, place: str) -> list[str]:
        """Their names."""
        region = azure().regions.find(place)
        if region is not None:
            return list(region.zones)
        return ["1", "2", "3"] if is_location(place, self.catalogue) else []
