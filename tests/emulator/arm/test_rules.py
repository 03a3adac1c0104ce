"""Rules that only the REST face can break (semantics 1.4, 5, 8)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, RICH_HEALTH, SET, Azure, model, rolling


@pytest.mark.rule("1.4.14")
@pytest.mark.parametrize("member", ["adminUsername", "adminPassword"])
def test_a_patch_of_the_os_profile_knows_no_admin(member: str) -> None:
    """It is refused with the member as target, while a PUT may change it."""
    azure = Azure()
    azure.create(model(1))
    body: dict[str, Any] = {"properties": {"virtualMachineProfile": {"osProfile": {member: "Battery-Staple-8"}}}}
    response = azure.patch(body)
    assert azure.error(response)[:2] == (400, "BadRequest")
    assert response.json()["error"]["target"].endswith(f"osProfile.{member}")
    azure.done(azure.put(body))


@pytest.mark.rule("1.4.14")
def test_a_patch_of_the_os_profile_knows_custom_data() -> None:
    """That one it may change."""
    azure = Azure()
    azure.create(model(1))
    azure.done(azure.patch({"properties": {"virtualMachineProfile": {"osProfile": {"customData": "c2Vjb25k"}}}}))
    assert azure.applied() == [False]


@pytest.mark.rule("5.action-all", "5.action-named", "5.instance-level")
def test_a_redeployment_respects_protection_as_other_actions_do() -> None:
    """Named: refused. In a request for all: passed over. By itself: done."""
    azure = Azure()
    azure.create(model(2))
    flags = {"protectFromScaleSetActions": True}
    azure.done(azure.put({"properties": {"protectionPolicy": flags}}, f"{SET}/virtualMachines/1"))
    named = azure.post(f"{SET}/redeploy", {"instanceIds": ["0", "1"]})
    assert azure.error(named)[:2] == (409, "OperationNotAllowed")
    everyone = azure.post(f"{SET}/redeploy")
    assert everyone.headers["x-ms-request-charge"] == "1"
    azure.done(everyone)
    azure.done(azure.post(f"{SET}/virtualMachines/1/redeploy"))


@pytest.mark.rule("3.8")
@pytest.mark.parametrize("state", ["Healthy", "Unhealthy", "Unknown", "Initializing"])
def test_all_four_health_states_are_in_the_instance_view(state: str) -> None:
    """In lower case behind HealthState."""
    azure = Azure()
    azure.create(rolling(1, health=RICH_HEALTH))
    azure.post(f"{CONTROL}/faults", {"kind": "health", "instanceIds": ["0"], "state": state})
    view = azure.get(f"{SET}/virtualMachines/0/instanceView")
    assert view["vmHealth"]["status"]["code"] == f"HealthState/{state.lower()}"
