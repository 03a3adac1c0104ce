"""Evaluates expressions and plans templates in the surroundings that Microsoft's examples use."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vmss_sdk.emulator.templates.context import Context
from vmss_sdk.emulator.templates.plan import Plan, make_plan

__all__ = ["CONTEXT", "GROUP", "SUBSCRIPTION", "Resources", "evaluate", "plan", "template"]

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/examplegroup"
CONTEXT = Context(
    subscription={"id": f"/subscriptions/{SUBSCRIPTION}", "subscriptionId": SUBSCRIPTION, "tenantId": "a-tenant"},
    resource_group={"id": GROUP, "name": "examplegroup", "location": "southcentralus"},
    deployment={"name": "exampledeploy", "properties": {"mode": "Incremental"}},
    environment={"name": "AzureCloud", "suffixes": {"storage": "core.windows.net"}},
    now=datetime(2019, 3, 5, 17, 53, 18, tzinfo=UTC),
    new_guid=lambda: "b76a51fc-bd72-4a77-b9a2-3c29e7d2e551",
    api_versions=lambda namespace, kind: ["2026-04-01", "2025-11-01"],
    zones=lambda place: ["1", "2", "3"] if place == "westus2" else [],
    deployer={"objectId": "an-object", "tenantId": "a-tenant", "userPrincipalName": ""},
)


class Resources:
    """The resources that are there, by id."""

    def __init__(self, known: dict[str, dict[str, Any]]) -> None:
        self.known = {name.lower(): document for name, document in known.items()}

    def resource(self, resource_id: str, api_version: str) -> dict[str, Any]:
        return self.known[resource_id.lower()]

    def exists(self, resource_id: str, api_version: str) -> bool:
        return resource_id.lower() in self.known

    def action(self, name: str, resource_id: str, api_version: str, body: Any) -> Any:
        return {"keys": [{"value": f"{name} of {resource_id} {api_version}"}]}


def template(**sections: Any) -> dict[str, Any]:
    """A template with these sections."""
    return {"$schema": "https://schema", "contentVersion": "1.0.0.0", "resources": [], **sections}


def plan(document: dict[str, Any], **given: Any) -> Plan:
    """The plan of a template with these parameters."""
    return make_plan(document, {name: {"value": value} for name, value in given.items()}, CONTEXT)


def evaluate(text: str, resources: Resources | None = None, **given: Any) -> Any:
    """The value of an expression; it can use the parameters that are given."""
    kinds = {str: "string", int: "int", bool: "bool", list: "array", dict: "object"}
    parameters = {name: {"type": kinds[type(value)]} for name, value in given.items()}
    document = template(parameters=parameters, outputs={"found": {"type": "array", "value": [text]}})
    return plan(document, **given).outputs(resources)["found"]["value"][0]
