"""Moving resources to another group: validated, and refused with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, Azure, model

TARGET = GROUP.replace("Shop", "Other")
BALANCER = f"{GROUP}/providers/Microsoft.Network/loadBalancers/lb"


@pytest.fixture
def azure() -> Azure:
    """A scale set in a group, and another group."""
    azure = Azure()
    azure.create()
    azure.group(TARGET)
    return azure


def asked(
    azure: Azure, resources: Any = None, target: Any = TARGET, verb: str = "validateMoveResources"
) -> tuple[int, str]:
    """The status of a validation, and the code of its error."""
    body = {"resources": [SET] if resources is None else resources, "targetResourceGroup": target}
    answer = azure.post(f"{GROUP}/{verb}", body)
    return answer.status, answer.json()["error"]["code"] if answer.body else ""


def test_what_azure_would_move(azure: Azure) -> None:
    """204, and nothing is moved."""
    assert asked(azure) == (204, "")
    assert azure.get()["id"] == SET


def test_a_move_is_refused(azure: Azure) -> None:
    """The emulator says that it does not."""
    assert asked(azure, verb="moveResources") == (409, "MoveNotEmulated")
    assert azure.get()["id"] == SET


def test_behind_a_standard_load_balancer(azure: Azure) -> None:
    """Scale sets behind one are not moved; behind a basic one they are."""
    pools = [{"name": "be"}]
    for sku, expected in (("Basic", 204), ("Standard", 409)):
        body = {"location": "westus", "sku": {"name": sku}, "properties": {"backendAddressPools": pools}}
        assert azure.put(body, BALANCER).status in (200, 201)
        change = model()
        interface = change["properties"]["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]
        pool = {"id": f"{BALANCER}/backendAddressPools/be"}
        interface["properties"]["ipConfigurations"][0]["properties"]["loadBalancerBackendAddressPools"] = [pool]
        azure.done(azure.put(change))
        assert asked(azure)[0] == expected


@pytest.mark.parametrize("scope", [GROUP, SET, TARGET])
def test_a_read_only_lock(azure: Azure, scope: str) -> None:
    """On either side."""
    azure.put({"properties": {"level": "ReadOnly"}}, f"{scope}/providers/Microsoft.Authorization/locks/keep")
    assert asked(azure) == (409, "ScopeLocked")


def test_a_name_that_is_taken(azure: Azure) -> None:
    """There is one of that name in the other group."""
    azure.create(path=SET.replace("/Shop/", "/Other/"))
    assert asked(azure) == (409, "ResourceMoveFailed")


@pytest.mark.parametrize(
    ("resources", "target", "expected"),
    [
        ([f"{SET}x"], TARGET, (404, "ResourceNotFound")),
        ([SET], f"{TARGET}x", (404, "ResourceGroupNotFound")),
        ([SET], GROUP, (400, "InvalidMoveResources")),
        ([SET.replace("/Shop/", "/Other/")], TARGET, (400, "InvalidMoveResources")),
        ([f"{SET}/virtualMachines/0"], TARGET, (409, "ResourceMoveNotSupported")),
        ([], TARGET, (400, "InvalidRequestContent")),
        ([SET], "Other", (400, "InvalidRequestContent")),
    ],
)
def test_what_is_refused(azure: Azure, resources: list[str], target: str, expected: tuple[int, str]) -> None:
    """With the reason."""
    assert asked(azure, resources, target) == expected
