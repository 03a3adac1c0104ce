"""All errors that were recorded with Azure (wire.md 7.1): those that the emulator can be driven to, it words alike."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, GROUP, SET, SUBSCRIPTION, Azure, model, rolling
from vmss_sdk.transport.base import Response

ERRORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "errors.json").read_text("utf-8"))
_COMPUTE = "providers/Microsoft.Compute"
_NOWHERE = f"{SUBSCRIPTION}/resourceGroups/nowhere/{_COMPUTE}/virtualMachineScaleSets"
_PROFILE = "properties.virtualMachineProfile"
_IMAGE = f"{_PROFILE}.storageProfile.imageReference"
_FAULTS = f"{CONTROL}/faults"
_LAUNCH = {f"{_PROFILE}.securityProfile": {"securityType": "TrustedLaunch"}}
_UEFI = {f"{_PROFILE}.securityProfile": {"uefiSettings": {"secureBootEnabled": True}}}
_CUSTOM = {_IMAGE: {"id": f"{GROUP}/{_COMPUTE}/images/img1"}}

Drive = Callable[[Azure], Response]


def _ask(method: str, path: str, body: Any = None, **options: Any) -> Drive:
    def drive(azure: Azure) -> Response:
        azure.create(model(2))
        return azure.send(method, path, body, **options)

    return drive


def _create(changes: dict[str, Any]) -> Drive:
    def drive(azure: Azure) -> Response:
        azure.group()
        return azure.put(model(2, changes))

    return drive


def _change(body: dict[str, Any], **options: Any) -> Drive:
    def drive(azure: Azure) -> Response:
        azure.create(model(2))
        return azure.put({"location": "westus", **body}, **options)

    return drive


def _with_fault(fault: dict[str, Any], *, path: str = "/_emulator/faults") -> Drive:
    def drive(azure: Azure) -> Response:
        azure.create(model(2))
        assert azure.post(path, fault).status == 201
        return azure.send("GET", SET)

    return drive


def _failing(fault: dict[str, Any], body: dict[str, Any], policy: dict[str, Any] | None = None) -> Drive:
    """The last poll of an update that a fault lets fail."""

    def drive(azure: Azure) -> Response:
        azure.create(rolling(2, policy) if policy else model(2, {"properties.upgradePolicy.mode": "Automatic"}))
        assert azure.post(_FAULTS, fault).status == 201
        begun = azure.patch(body)
        azure.end(begun)
        return azure.send("GET", begun.headers["Azure-AsyncOperation"])

    return drive


def _beyond_quota(azure: Azure) -> Response:
    azure.create(model(2))
    assert azure.post(_FAULTS, {"kind": "quota", "left": 3}).status == 201
    return azure.put(model(14))


def _extension_twice(azure: Azure) -> Response:
    azure.create(rolling(2))
    fault = {"kind": "extensionFailure", "code": "VMExtensionProvisioningError"}
    assert azure.post(_FAULTS, fault).status == 201
    begun = azure.post(f"{SET}/reimage", {"instanceIds": ["0"]})
    azure.end(begun)
    return azure.send("GET", begun.headers["Azure-AsyncOperation"])


_NEW_IMAGE = {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {"version": "2.0.0"}}}}}
_NEW_CAPACITY = {"sku": {"capacity": 3}}
_UNHEALTHY = {"kind": "unhealthyAfterUpgrade"}
_SET_PATH = "GET /vmss/{}"
_POLL = "GET /locations/{}/operations/{}"

DRIVES: dict[tuple[str, str, int], Drive] = {
    (_POLL, "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade", 0): _failing(
        _UNHEALTHY, _NEW_IMAGE, {"maxUnhealthyInstancePercent": 100, "maxUnhealthyUpgradedInstancePercent": 20}
    ),
    **{
        (_POLL, code, 0): _failing({"kind": "provisioningFailure", "code": code}, _NEW_CAPACITY)
        for code in ("DiskProcessingError", "InternalExecutionError", "OSProvisioningTimedOut", "VMStartTimedOut")
    },
    (_POLL, "VMExtensionProvisioningError", 0): _extension_twice,
    ("GET /vmss", "ResourceGroupNotFound", 0): _ask("GET", _NOWHERE),
    (_SET_PATH, "ResourceGroupNotFound", 0): _ask("GET", f"{_NOWHERE}/web"),
    (_SET_PATH, "ResourceNotFound", 0): _ask("GET", f"{SET}2"),
    (_SET_PATH, "GatewayTimeout", 0): _with_fault({"kind": "serverError", "status": 504}),
    ("GET /vmss/{}/extensions/{}", "NotFound", 0): _ask("GET", f"{SET}/extensions/none"),
    ("GET /vmss/{}/rollingUpgrades/latest", "NotFound", 0): _ask("GET", f"{SET}/rollingUpgrades/latest"),
    ("GET /vmss/{}/vms", "ResourceGroupNotFound", 0): _ask("GET", f"{_NOWHERE}/web/virtualMachines"),
    ("GET /vmss/{}/vms/{}", "InvalidParameter", 0): _ask("GET", f"{SET}/virtualMachines/0notfound"),
    ("GET /vmss/{}/vms/{}/instanceView", "NotFound", 0): _ask("GET", f"{SET}/virtualMachines/77/instanceView"),
    ("PATCH /vmss/{}", "MissingIdentityIds", 0): _ask("PATCH", SET, {"identity": {"type": "UserAssigned"}}),
    ("POST /vmss/{}/forceRecoveryServiceFabricPlatformUpdateDomainWalk", "ResourceGroupNotFound", 0): _ask(
        "POST", f"{_NOWHERE}/web/forceRecoveryServiceFabricPlatformUpdateDomainWalk?platformUpdateDomain=0"
    ),
    ("POST /vmss/{}/performMaintenance", "OperationNotAllowed", 0): _ask("POST", f"{SET}/performMaintenance"),
    ("POST /vmss/{}/rollingUpgrades/cancel", "OperationNotAllowed", 0): _ask("POST", f"{SET}/rollingUpgrades/cancel"),
    ("POST /vmss/{}/vms/{}/performMaintenance", "OperationNotAllowed", 0): _ask(
        "POST", f"{SET}/virtualMachines/0/performMaintenance"
    ),
    ("POST /vmss/{}/vms/{}/performMaintenance", "InvalidParameter", 0): _ask(
        "POST", f"{SET}/virtualMachines/7/performMaintenance"
    ),
    ("POST /vmss/{}/vms/{}/redeploy", "InvalidParameter", 0): _ask("POST", f"{SET}/virtualMachines/7/redeploy"),
    ("POST /vmss/{}/vms/{}/simulateEviction", "OperationNotAllowed", 0): _ask(
        "POST", f"{SET}/virtualMachines/0/simulateEviction"
    ),
    ("PUT /vmss/{}", "BadRequest", 0): _create({**_CUSTOM, **_LAUNCH}),
    ("PUT /vmss/{}", "BadRequest", 1): _create(_UEFI),
    ("PUT /vmss/{}", "InvalidIdentityValues", 0): _create(
        {"identity": {"type": "UserAssigned", "userAssignedIdentities": {f"{GROUP}/providers/Microsoft": {"a": 1}}}}
    ),
    ("PUT /vmss/{}", "InvalidParameter", 0): _create({f"{_PROFILE}.osProfile.adminPassword": "short"}),
    ("PUT /vmss/{}", "OperationNotAllowed", 0): _beyond_quota,
    ("PUT /vmss/{}", "PropertyChangeNotAllowed", 0): _change(
        {"properties": {"virtualMachineProfile": {"priority": "Spot"}}}
    ),
    ("PUT /vmss/{}", "PreconditionFailed", 0): _change({}, headers={"If-Match": "invalid"}),
    ("PUT /vmss/{}", "InternalServerError", 0): _with_fault({"kind": "serverError", "status": 500}),
    ("PUT /vmss/{}/vms/{}", "PreconditionFailed", 0): _ask(
        "PUT", f"{SET}/virtualMachines/0", {"location": "westus"}, headers={"If-Match": "invalid-etag"}
    ),
}
"""How the emulator is brought to each: by operation, code, and the number among those with the same two."""

_GUEST = "no code runs in a guest: the words are an extension's own, and a fault gives any others"
_OLDER = "an older wording of one that is driven, or of what is refused no more"
_SUBSCRIPTION = "quotas, features, policies and marketplace terms of a subscription are not emulated"
_NETWORK = "subnets and NICs are names in the model"
_CATALOGUE = "what a size can do with its disks is not known here"
_INTERNAL = "an error inside of Azure"

UNREACHABLE: dict[tuple[str, str, int], str] = {
    ("DELETE /vmss/{}/vms/{}", "BadRequest", 0): "of 2016; since then the last instance can be deleted",
    ("DELETE /vmss/{}/vms/{}", "BadRequest", 1): "of 2015; since then the last instance can be deleted",
    (_POLL, "CannotAddAcceleratedNetworkingNicToAnExistingVirtualMachine", 0): _NETWORK,
    (_POLL, "InvalidParameter", 0): _CATALOGUE,
    (_POLL, "ManagedServiceIdentityInternalError", 0): _INTERNAL,
    (_POLL, "VMExtensionHandlerNonTransientError", 0): _GUEST,
    **{(_POLL, "VMExtensionProvisioningError", number): _GUEST for number in range(1, 6)},
    (
        "GET /locations/{}/operations/{}",
        "VMProcessingHalted",
        0,
    ): "availability sets are not emulated",
    (_SET_PATH, "NotFound", 0): "a race between two services of Azure, right after a deletion",
    (_SET_PATH, "ResourceNotFound", 1): _OLDER,
    (_SET_PATH, "SubscriptionNotFound", 0): "every subscription id is served",
    ("GET /vmss/{}/rollingUpgrades/latest", "RollingUpgradeInternalError", 0): _INTERNAL,
    (
        "POST /vmss/{}/manualupgrade",
        "OperationNotAllowed",
        0,
    ): "since 2024 it is allowed",
    ("POST /vmss/{}/osRollingUpgrade", "OperationNotAllowed", 0): _OLDER,
    ("POST /vmss/{}/osRollingUpgrade", "OperationNotAllowed", 1): _OLDER,
    ("POST /vmss/{}/reimage", "OperationNotAllowed", 0): _SUBSCRIPTION,
    ("PUT /vmss/{}", "BadRequest", 2): _OLDER,
    ("PUT /vmss/{}", "InvalidParameter", 1): _CATALOGUE,
    ("PUT /vmss/{}", "ResourcePurchaseValidationFailed", 0): _SUBSCRIPTION,
    ("PUT /vmss/{}", "ResourcePurchaseValidationFailed", 1): _SUBSCRIPTION,
    ("PUT /vmss/{}", "SubnetIsFull", 0): _NETWORK,
    ("PUT /vmss/{}", "SubscriptionNotRegisteredForFeature", 0): _SUBSCRIPTION,
    ("PUT /vmss/{}", "RequestDisallowedByPolicy", 0): _SUBSCRIPTION,
    ("PUT /vmss/{}", "NotSupported", 0): "disk encryption is an extension like any other here",
}
"""Errors that the emulator cannot be brought to, and why."""


def keyed() -> dict[tuple[str, str, int], dict[str, Any]]:
    """The recorded errors by operation, code, and number among those with the same two."""
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    for error in ERRORS:
        number = sum(1 for key in found if key[:2] == (error["operation"], error["code"]))
        found[error["operation"], error["code"], number] = error
    return found


def template(message: str) -> str:
    """A message without the names and figures of its case; an extension's own words are none of Azure's."""
    message = re.sub(r"Error message: .*", "Error message: *", message, flags=re.DOTALL)
    message = re.sub(r" \(publisher '[^']*' and type '[^']*'\)", "", message)
    message = re.sub(r"'[^']*'|\"[^\"]*\"", "'*'", message)
    return re.sub(r"\d+", "0", message)


def test_each_recorded_error_is_driven_or_has_a_reason() -> None:
    """All 60; and none has both."""
    assert len(ERRORS) == 60
    assert keyed().keys() == DRIVES.keys() | UNREACHABLE.keys()
    assert not DRIVES.keys() & UNREACHABLE.keys()


@pytest.mark.parametrize("key", DRIVES, ids=lambda key: f"{key[0]} {key[1]} {key[2]}")
def test_a_recorded_error(key: tuple[str, str, int]) -> None:
    """Status, code, message up to the names in it, target and who raised it are as recorded."""
    recorded = keyed()[key]
    azure = Azure()
    response = DRIVES[key](azure)
    error = response.json()["error"]
    assert (response.status, error["code"]) == (recorded["status"], recorded["code"])
    assert template(error["message"]) == template(recorded["message"])
    if recorded["where"] == "http":
        assert error.get("target") == recorded["target"]
        assert response.headers.get("x-ms-failure-cause") == recorded["x_ms_failure_cause"]
