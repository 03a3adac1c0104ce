"""Deployments and their operations as documents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.arm.deployments.record import Deployment, Step, StepStatus
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.templates.identity import parse_id
from vmss_sdk.emulator.templates.resources import DEPLOYMENT_TYPE

__all__ = ["camel_case", "deployment_document", "operation_documents", "validation_document"]

Document = dict[str, Any]


def deployment_document(found: Deployment, now: float) -> Document:
    """A deployment."""
    changed = _changed_at(found, now)
    properties: Document = {
        "templateHash": found.template_hash,
        "parameters": _named(found.parameters),
        "mode": found.mode.value,
        "provisioningState": found.status.value,
        "timestamp": time_text(changed),
        "duration": _duration(changed - found.accepted_at),
        "correlationId": found.correlation_id,
        "providers": _providers(found),
        "dependencies": _dependencies(found),
    }
    if found.outputs is not None:
        properties["outputs"] = _named(found.outputs)
        resources = (step for step in found.steps.values() if step.action == "Create" and not _is_deployment(step))
        properties["outputResources"] = [{"id": step.id} for step in resources]
    if found.error is not None:
        properties["error"] = found.error
    document: Document = {"id": found.id, "name": found.name, "type": DEPLOYMENT_TYPE}
    if found.tags is not None:
        document["tags"] = found.tags
    return {**document, "properties": properties}


def validation_document(found: Deployment) -> Document:
    """What a template that was found good would do."""
    properties = deployment_document(found, found.accepted_at)["properties"]
    properties["provisioningState"] = "Succeeded"
    properties["validatedResources"] = [{"id": step.id} for step in found.steps.values()]
    return {"id": found.id, "name": found.name, "type": DEPLOYMENT_TYPE, "properties": properties}


def operation_documents(found: Deployment, now: float) -> list[Document]:
    """The operations of a deployment: one for each resource that was begun, and one for the outputs."""
    begun = [step for step in found.steps.values() if step.status is not StepStatus.WAITING]
    documents = [_operation(found, step, now) for step in reversed(begun)]
    if not found.active and found.ended_at:
        properties = {
            "provisioningOperation": "EvaluateDeploymentOutput",
            "provisioningState": "Failed" if found.error and found.outputs is None else "Succeeded",
            "timestamp": time_text(found.ended_at),
            "duration": "PT0S",
            "trackingId": found.correlation_id,
            "statusCode": "OK",
        }
        documents.append(_document(found, found.operation_id, properties))
    return documents


def camel_case(name: str) -> str:
    """A name as ARM writes it in answers: ``VMSS`` is ``vmss``, ``PublicIP`` is ``publicIP`` (recorded: VMSS)."""
    letters = list(name)
    for at, letter in enumerate(letters):
        following = letters[at + 1] if at + 1 < len(letters) else ""
        if not letter.isupper() or (at > 0 and following and not following.isupper()):
            break
        letters[at] = letter.lower()
    return "".join(letters)


def _named(values: Document) -> Document:
    return {camel_case(name): value for name, value in values.items()}


def _changed_at(found: Deployment, now: float) -> float:
    if found.ended_at:
        return found.ended_at
    return found.accepted_at if not any(step.started_at for step in found.steps.values()) else now


def _duration(seconds: float) -> str:
    return wire.format_duration(timedelta(seconds=max(0.0, seconds)))


def _is_deployment(step: Step) -> bool:
    return step.type.lower() == DEPLOYMENT_TYPE.lower()


def _providers(found: Deployment) -> list[Document]:
    by_namespace: dict[str, list[str]] = {}
    for step in found.steps.values():
        namespace, _, kind = step.type.partition("/")
        kinds = by_namespace.setdefault(namespace, [])
        if step.action == "Create" and kind not in kinds:
            kinds.append(kind)
    return [
        {"namespace": name, "resourceTypes": [{"resourceType": kind, "locations": [None]} for kind in kinds]}
        for name, kinds in by_namespace.items()
        if kinds
    ]


def _dependencies(found: Deployment) -> list[Document]:
    return [
        {"dependsOn": [_target(found.steps[need]) for need in step.needs if need in found.steps], **_target(step)}
        for step in found.steps.values()
        if any(need in found.steps for need in step.needs)
    ]


def _target(step: Step) -> Document:
    return {"id": step.id, "resourceType": step.type, "resourceName": step.name}


def _operation(found: Deployment, step: Step, now: float) -> Document:
    ended = step.ended_at or now
    properties: Document = {
        "provisioningOperation": step.action,
        "provisioningState": step.status.value,
        "timestamp": time_text(ended),
        "duration": _duration(ended - step.started_at),
        "trackingId": found.correlation_id,
        "statusCode": step.status_code if step.status is not StepStatus.SUCCEEDED else "OK",
    }
    if step.error is not None:
        properties["statusMessage"] = {"error": step.error}
    if parse_id(step.id) is not None:
        properties["targetResource"] = _target(step)
    return _document(found, step.number, properties)


def _document(found: Deployment, number: str, properties: Document) -> Document:
    return {"id": f"{found.id}/operations/{number}", "operationId": number, "properties": properties}
