"""``/metadata/endpoints``: what clients ask of a cloud before anything else.

Each api-version has a form of its own: before 2019-05-01 a flat object, until 2020-06-01 an array of clouds, from
2022-09-01 on one cloud. Terraform (go-azure-sdk), az and Cloud Custodian each read another one.
"""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["CLOUD_NAME", "SUFFIXES", "endpoints"]

Document = dict[str, Any]

CLOUD_NAME = "Emulator"
"""What the cloud calls itself."""

SUFFIXES: dict[str, str] = {
    "azureDataLakeStoreFileSystem": "azuredatalakestore.net",
    "acrLoginServer": "azurecr.io",
    "sqlServerHostname": "database.windows.net",
    "azureDataLakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
    "keyVaultDns": "vault.azure.net",
    "storage": "core.windows.net",
    "azureFrontDoorEndpointSuffix": "azurefd.net",
    "storageSyncEndpointSuffix": "afs.azure.net",
    "mhsmDns": "managedhsm.azure.net",
    "mysqlServerEndpoint": "mysql.database.azure.com",
    "postgresqlServerEndpoint": "postgres.database.azure.com",
    "mariadbServerEndpoint": "mariadb.database.azure.com",
    "synapseAnalytics": "dev.azuresynapse.net",
    "attestationEndpoint": "attest.azure.net",
}
"""The DNS suffixes of the public Azure: names that clients put together and templates compare, not addresses that
anybody is sent to."""

_SUFFIXES_OF_2019 = tuple(SUFFIXES)[:7]
_SERVICES = ("portal", "media", "graph", "batch", "sqlManagement", "gallery", "activeDirectoryDataLake")
_RESOURCE_IDS = (
    "microsoftGraphResourceId",
    "appInsightsResourceId",
    "appInsightsTelemetryChannelResourceId",
    "attestationResourceId",
    "synapseAnalyticsResourceId",
    "logAnalyticsResourceId",
    "ossrDbmsResourceId",
)
_ARRAYS, _ONE_CLOUD = "2019-05-01", "2022-09-01"


def endpoints(call: Call) -> Reply:
    """The emulator as a cloud, in the form of the api-version; in the newest when none is given.

    CHOICE: other services of a cloud (Microsoft Graph, the portal, Log Analytics …) have this server's own address, so
    that no client is sent into the internet with one of its tokens.
    """
    version = call.api_version[:10]
    if not version or version >= _ONE_CLOUD:
        return Reply(200, _cloud(call.url.base))
    if version >= _ARRAYS:
        return Reply(200, [_cloud_of_2019(call.url.base)])
    return Reply(200, _flat(call.url.base))


def _cloud(base: str) -> Document:
    return {
        "portal": base,
        "authentication": _authentication(base),
        "graphAudience": f"{base}/",
        "name": CLOUD_NAME,
        "suffixes": dict(SUFFIXES),
        "resourceManager": f"{base}/",
        "vmImageAliasDoc": f"{base}/metadata/imageAliases",
        **dict.fromkeys(_SERVICES, base),
        **dict.fromkeys(_RESOURCE_IDS, base),
    }


def _cloud_of_2019(base: str) -> Document:
    cloud = {name: value for name, value in _cloud(base).items() if name not in _RESOURCE_IDS}
    cloud["suffixes"] = {name: SUFFIXES[name] for name in _SUFFIXES_OF_2019}
    return cloud


def _flat(base: str) -> Document:
    """As 2015-01-01 and 2018-01-01 have it, which msrestazure reads."""
    return {
        "galleryEndpoint": base,
        "graphEndpoint": base,
        "portalEndpoint": base,
        "graphAudience": f"{base}/",
        "authentication": _authentication(base),
    }


def _authentication(base: str) -> Document:
    return {
        "loginEndpoint": base,
        "audiences": [f"{base}/", base],
        "tenant": "common",
        "identityProvider": "AAD",
    }
