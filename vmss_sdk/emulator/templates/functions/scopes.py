"""Functions about the template itself and its scope (https://aka.ms/arm-functions-scope, -deployment)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function

__all__ = ["FUNCTIONS"]


def _tenant(env: Environment) -> dict[str, Any]:
    tenant_id = env.context.subscription["tenantId"]
    return {"tenantId": tenant_id, "displayName": "Emulated tenant", "countryCode": "US", "id": f"/tenants/{tenant_id}"}


def _management_group(_: Environment) -> Any:
    raise LanguageError(
        "The template function 'managementGroup' is not expected at this location: the deployment is to a resource"
        f" group. {SEE}"
    )


FUNCTIONS = (
    Function("parameters", 1, 1, lambda env, name: env.parameters(ArgumentTypes("parameters")(name, str)), makes=False),
    Function("variables", 1, 1, lambda env, name: env.variables(ArgumentTypes("variables")(name, str)), makes=False),
    Function("subscription", 0, 0, lambda env: env.context.subscription, makes=False),
    Function("resourceGroup", 0, 0, lambda env: env.context.resource_group, makes=False),
    Function("deployment", 0, 0, lambda env: env.context.deployment, makes=False),
    Function("environment", 0, 0, lambda env: env.context.environment, makes=False),
    Function("deployer", 0, 0, lambda env: env.context.deployer, makes=False),
    Function("tenant", 0, 0, _tenant),
    Function("managementGroup", 0, 0, _management_group),
)
