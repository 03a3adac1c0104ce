"""Deploys templates as an HTTP client would."""

from __future__ import annotations

from typing import Any

from tests.emulator.arm.azure import GROUP, Azure, model
from vmss_sdk.transport.base import Response

__all__ = ["DEPLOYMENT", "SCALE_SETS", "begun", "body", "deploy", "end", "scale_set", "template"]

DEPLOYMENT = f"{GROUP}/providers/Microsoft.Resources/deployments/first"
SCALE_SETS = "Microsoft.Compute/virtualMachineScaleSets"

Document = dict[str, Any]


def template(*resources: Document, **sections: Any) -> Document:
    """A template with these resources."""
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    return {"$schema": schema, "contentVersion": "1.0.0.0", "resources": list(resources), **sections}


def scale_set(name: str, *needs: str, changes: Document | None = None, **more: Any) -> Document:
    """A scale set as a resource of a template."""
    head = {"type": SCALE_SETS, "apiVersion": "2024-07-01", "name": name, "dependsOn": list(needs)}
    return {**head, **model(1, changes or {}), **more}


def body(document: Document, mode: str = "Incremental", **given: Any) -> Document:
    """What a deployment sends."""
    parameters = {name: {"value": value} for name, value in given.items()}
    return {"properties": {"mode": mode, "template": document, "parameters": parameters}}


def begun(azure: Azure, sent: Any, path: str = DEPLOYMENT) -> Response:
    """A deployment that was accepted."""
    azure.group()
    response = azure.put(sent, path)
    assert response.status in (200, 201), response.body
    return response


def end(azure: Azure, response: Response) -> Document:
    """The last status of a deployment; time passes until it has ended."""
    while True:
        poll = azure.send("GET", response.headers["Azure-AsyncOperation"])
        document: Document = poll.json()
        if document["status"] not in ("Accepted", "Running"):
            return document
        azure.emulator.clock.sleep(int(poll.headers["retry-after-ms"]) / 1000)


def deploy(azure: Azure, sent: Any, path: str = DEPLOYMENT) -> Document:
    """A deployment that must succeed, as it is afterwards."""
    status = end(azure, begun(azure, sent, path))
    assert status["status"] == "Succeeded", status
    document: Document = azure.get(path)
    return document
