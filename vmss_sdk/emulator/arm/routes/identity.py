"""Entra ID and the managed identity endpoints: what gives tokens is asked without one."""

from functools import partial

from vmss_sdk.emulator.arm.identity import entra, graph, managed
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES", "SHADOWED"]

_public = partial(Route, versioned=False, public=True, kept=False)

_GRAPH = "/v1.0"
_graph = partial(Route, versioned=False, kept=False)

ROUTES: tuple[Route, ...] = (
    _graph("GET", f"{_GRAPH}/servicePrincipals", graph.list_service_principals),
    _graph("GET", f"{_GRAPH}/servicePrincipals/{{objectId}}", graph.get_service_principal),
    _graph("POST", f"{_GRAPH}/directoryObjects/getByIds", graph.get_objects),
    _graph("GET", f"{_GRAPH}/users", graph.list_nobody),
    _graph("GET", f"{_GRAPH}/groups", graph.list_nobody),
    _public("GET", "/common/discovery/instance", entra.discover),
    _public("GET", "/msi/token", managed.hosted),
    _public("GET", "/metadata/identity/oauth2/token", managed.instance_metadata),
    _public("GET", "/_identity/{secret}/metadata/identity/oauth2/token", managed.instance_metadata),
)

SHADOWED: tuple[Route, ...] = (
    _public("POST", "/{tenantId}/oauth2/v2.0/token", entra.token),
    _public("POST", "/{tenantId}/oauth2/token", entra.token_v1),
    _public("GET", "/{tenantId}/oauth2/v2.0/token", entra.token_by_get),
    _public("GET", "/{tenantId}/oauth2/token", entra.token_by_get),
    _public("GET", "/{tenantId}/v2.0/.well-known/openid-configuration", entra.configuration),
    _public("GET", "/{tenantId}/.well-known/openid-configuration", entra.configuration),
    _public("GET", "/{tenantId}/discovery/v2.0/keys", entra.keys),
    _public("GET", "/{tenantId}/discovery/keys", entra.keys),
)
