"""Instance protection over REST: the table of semantics 5.2, row by row."""

import pytest

from tests.emulator.arm.azure import SET, Azure, changed, model, rolling

BOTH = {"protectFromScaleIn": True, "protectFromScaleSetActions": True}
SCALE_IN = {"protectFromScaleIn": True}
ACTIONS = {"protectFromScaleSetActions": True}
SET_ACTIONS = ["start", "restart", "powerOff", "deallocate", "reimage", "reimageall", "delete", "manualupgrade"]


def protected(flags: dict[str, bool], capacity: int = 3, *, roll: bool = False) -> Azure:
    """A scale set whose last instance is protected."""
    azure = Azure()
    azure.create(rolling(capacity) if roll else model(capacity))
    azure.done(azure.put({"properties": {"protectionPolicy": flags}}, f"{SET}/virtualMachines/{capacity - 1}"))
    return azure


def ids(azure: Azure) -> list[str]:
    """The ids of the instances that are there."""
    return [item["instanceId"] for item in azure.instances()]


@pytest.mark.rule("5.2", "5.scale-in", "C8")
@pytest.mark.parametrize("flags", [SCALE_IN, ACTIONS, BOTH])
def test_capacity_decreased(flags: dict[str, bool]) -> None:
    """Scale-in passes over it; protection from scale set actions implies that."""
    azure = protected(flags)
    azure.done(azure.patch({"sku": {"capacity": 1}}))
    assert ids(azure) == ["2"]


@pytest.mark.rule("5.3", "C13")
def test_capacity_below_the_protected() -> None:
    """409, nothing changed (rule 3)."""
    azure = protected(SCALE_IN)
    response = azure.patch({"sku": {"capacity": 0}})
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert (ids(azure), azure.get()["sku"]["capacity"]) == (["0", "1", "2"], 3)


@pytest.mark.rule("5.upgrade", "2.4.31")
@pytest.mark.parametrize("mode", ["Automatic", "Rolling"])
def test_model_upgrade(mode: str) -> None:
    """An upgrade leaves it out: it stays outdated and holds nothing up."""
    azure = protected(BOTH, roll=True)
    change = {"sku": {"name": "Standard_D4s_v3"}, "properties": {"upgradePolicy": {"mode": mode}}}
    azure.done(azure.patch(change))
    assert azure.applied() == [True, True, False]


@pytest.mark.rule("5.upgrade")
@pytest.mark.parametrize("mode", ["Automatic", "Rolling"])
def test_model_upgrade_with_scale_in_protection(mode: str) -> None:
    """Protection from scale-in alone keeps nobody from an upgrade."""
    azure = protected(SCALE_IN, roll=True)
    change = {"sku": {"name": "Standard_D4s_v3"}, "properties": {"upgradePolicy": {"mode": mode}}}
    azure.done(azure.patch(change))
    assert azure.applied() == [True, True, True]


@pytest.mark.rule("5.action-all")
@pytest.mark.parametrize("action", SET_ACTIONS)
def test_action_on_all(action: str) -> None:
    """An action on all passes over it silently."""
    azure = protected(ACTIONS)
    before = azure.get(f"{SET}/virtualMachines/2?$expand=instanceView")
    azure.done(azure.post(f"{SET}/{action}", {"instanceIds": ["*"]}))
    assert azure.get(f"{SET}/virtualMachines/2?$expand=instanceView") == before


@pytest.mark.rule("5.action-named", "C13")
@pytest.mark.parametrize("action", SET_ACTIONS)
def test_action_that_names_it(action: str) -> None:
    """409 for the whole request, naming the protected instances; nothing is touched."""
    azure = protected(ACTIONS)
    before = azure.instances()
    response = azure.post(f"{SET}/{action}", {"instanceIds": ["0", "2"]})
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert response.json()["error"]["message"] == (
        "InstanceIds may not contain instances that are protected from scale set actions. The following instance ids"
        " are protected from scale set action: 2."
    )
    assert azure.instances() == before


@pytest.mark.rule("5.action-named")
@pytest.mark.parametrize("action", SET_ACTIONS)
def test_action_with_scale_in_protection(action: str) -> None:
    """Protection from scale-in alone keeps nobody from an action."""
    azure = protected(SCALE_IN)
    assert azure.post(f"{SET}/{action}", {"instanceIds": ["2"]}).status == 202


@pytest.mark.rule("5.instance-level")
@pytest.mark.parametrize("action", ["start", "restart", "powerOff", "deallocate", "reimage", "reimageall"])
def test_action_on_itself(action: str) -> None:
    """Through its own resource everything is allowed."""
    azure = protected(ACTIONS)
    response = azure.post(f"{SET}/virtualMachines/2/{action}")
    assert response.headers["x-ms-request-charge"] == "1"
    azure.done(response)


def test_star_in_the_path() -> None:
    """``virtualMachines/*`` is a request for all like any other: it passes over it."""
    azure = protected(ACTIONS)
    assert azure.post(f"{SET}/virtualMachines/*/deallocate").headers["x-ms-request-charge"] == "2"


@pytest.mark.rule("5.instance-level")
def test_delete_of_itself() -> None:
    """It can be deleted through its own resource."""
    azure = protected(BOTH)
    azure.done(azure.send("DELETE", f"{SET}/virtualMachines/2"))
    assert ids(azure) == ["0", "1"]


@pytest.mark.rule("5.delete-set")
def test_delete_of_the_scale_set() -> None:
    """Protection does not keep a scale set."""
    azure = protected(BOTH)
    azure.done(azure.send("DELETE", SET))
    assert azure.send("GET", SET).status == 404


@pytest.mark.rule("1.3.11", "5.1")
def test_az_body() -> None:
    """The whole GET body with the policy added, as az sends it, leaves the model applied (az-cli 4)."""
    azure = Azure()
    azure.create()
    path = f"{SET}/virtualMachines/0"
    body = changed(azure.get(path), {"properties.protectionPolicy": BOTH, "properties.instanceView": None})
    azure.done(azure.put(body, path))
    properties = azure.get(path)["properties"]
    assert properties["protectionPolicy"] == BOTH
    assert properties["modelDefinitionApplied"] == "VirtualMachineScaleSet"
    assert properties["latestModelApplied"] is True


def test_an_instance_that_is_on_its_way_out_cannot_be_protected_any_more() -> None:
    """409: a protection that was acknowledged holds."""
    azure = Azure()
    azure.create(model())
    azure.post(f"{SET}/delete", {"instanceIds": ["0"]})
    response = azure.put(
        {"location": "westus", "properties": {"protectionPolicy": {"protectFromScaleIn": True}}},
        f"{SET}/virtualMachines/0",
    )
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
