"""ARM's documents in PowerShell's shape, and back."""

from typing import Any

import pytest

from vmss_sdk import models
from vmss_sdk.bridge.shapes import MODELS, plain, shape, tagged
from vmss_sdk.errors import ClientUsageError

_SET = shape(models.VirtualMachineScaleSet)
_VM = shape(models.VirtualMachineScaleSetVM)
_EXTENSION = shape(models.VirtualMachineScaleSetExtension)


def test_properties_stand_beside_the_others() -> None:
    """The members of properties are members of the object, with a capital letter."""
    shown = _SET.to_shape({"name": "web", "properties": {"overprovision": False, "uniqueId": "u"}})
    assert (shown["Name"], shown["Overprovision"], shown["UniqueId"]) == ("web", False, "u")
    assert "Properties" not in shown


def test_members_without_a_value_are_null() -> None:
    """Every member that Az.Compute has is there, so that a script under strict mode can read and set it."""
    shown = _SET.to_shape({"properties": {"upgradePolicy": {"mode": "Manual"}}})
    assert shown["UpgradePolicy"] == {"Mode": "Manual", "RollingUpgradePolicy": None, "AutomaticOSUpgradePolicy": None}
    assert shown["VirtualMachineProfile"] is None


def test_the_resource_group_is_read_from_the_id() -> None:
    """ResourceGroupName comes first and is the one in the resource id, in any case of the word."""
    shown = _VM.to_shape({"id": "/subscriptions/s/resourcegroups/My-RG/providers/x"})
    assert next(iter(shown.items())) == ("ResourceGroupName", "My-RG")


def test_the_type_of_an_extension_is_its_handler() -> None:
    """Where both envelope and properties have a type, Type is the inner one, as in Az.Compute."""
    wire = {"type": "Microsoft.Compute/x", "properties": {"type": "CustomScript"}}
    shown = _EXTENSION.to_shape(wire)
    assert (shown["Type"], shown["ResourceType"]) == ("CustomScript", "Microsoft.Compute/x")
    assert _EXTENSION.from_shape(shown) == wire


def test_lists_stay_lists() -> None:
    """An empty list and a list of one are lists both ways."""
    wire = {"zones": ["1"], "properties": {"virtualMachineProfile": {"osProfile": {"secrets": []}}}}
    shown = _SET.to_shape(wire)
    assert shown["Zones"] == ["1"]
    assert shown["VirtualMachineProfile"]["OsProfile"]["Secrets"] == []
    assert _SET.from_shape(shown) == wire


def test_names_that_are_data_are_tagged() -> None:
    """Tags and settings keep their names as they are, whatever case or characters these have."""
    wire = {"name": "e", "properties": {"settings": {"fileUris": ["u"], "a": {"B": 1, "b": 2, "": None}}}}
    shown = _EXTENSION.to_shape(wire)
    assert shown["Settings"] == {"$map": {"fileUris": ["u"], "a": {"$map": {"B": 1, "b": 2, "": None}}}}
    assert _EXTENSION.from_shape(shown) == wire


def test_times_are_tagged_where_the_model_says_so() -> None:
    """A text that looks like a time is one only in a member that is a time."""
    wire = {"tags": {"t": "2026-01-01T00:00:00Z"}, "properties": {"timeCreated": "2026-01-01T00:00:00Z"}}
    shown = _SET.to_shape(wire)
    assert shown["TimeCreated"] == {"$time": "2026-01-01T00:00:00Z"}
    assert shown["Tags"] == {"$map": {"t": "2026-01-01T00:00:00Z"}}
    assert _SET.from_shape(shown) == wire


def test_members_unknown_to_us_are_kept() -> None:
    """What this SDK does not know goes back where it came from, inside properties and beside them, at any depth."""
    wire = {
        "kind": "new",
        "properties": {"brandNew": {"Deep": [1], "x": None}, "upgradePolicy": {"mode": "Manual", "soon": {"A": 1}}},
    }
    shown = _SET.to_shape(wire)
    assert shown["BrandNew"] == {"$map": {"Deep": [1], "x": None}}
    assert _SET.from_shape(shown) == wire


def test_an_object_of_az_compute_itself() -> None:
    """An object with plain properties in any case, also unknown ones, becomes ARM's document."""
    foreign = {
        "ResourceGroupName": "rg",
        "SKU": {"Name": "S", "Capacity": 2, "Tier": None},
        "Tags": {"a": "b"},
        "BrandNew": {"InnerName": 1},
        "UpgradePolicy": {"Mode": "Rolling"},
    }
    assert _SET.from_shape(foreign) == {
        "sku": {"name": "S", "capacity": 2},
        "tags": {"a": "b"},
        "properties": {"brandNew": {"innerName": 1}, "upgradePolicy": {"mode": "Rolling"}},
    }


@pytest.mark.parametrize(
    ("given", "wire"),
    [
        ({"Sku": {"Capacity": "3"}}, {"sku": {"capacity": 3}}),
        ({"Zones": "1"}, {"zones": ["1"]}),
        ({"Zones": [1, 2]}, {"zones": ["1", "2"]}),
        ({"Overprovision": 1}, {"properties": {"overprovision": True}}),
        ({"Overprovision": "False"}, {"properties": {"overprovision": False}}),
    ],
)
def test_values_are_what_the_member_is(given: dict[str, Any], wire: dict[str, Any]) -> None:
    """What PowerShell would convert on assigning to Az.Compute's typed property is converted."""
    assert _SET.from_shape(given) == wire


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"Sku": {"Capacity": "many"}}, "Sku.Capacity: expected a whole number, got a text"),
        ({"Tags": "x"}, "Tags: expected an object, got a text"),
        ({"VirtualMachineProfile": {"OsProfile": 1}}, "VirtualMachineProfile.OsProfile: expected an object"),
        ({"Overprovision": "maybe"}, "Overprovision: expected $true or $false, got a text"),
    ],
)
def test_a_value_that_cannot_be(given: dict[str, Any], text: str) -> None:
    """A value that its member cannot have is refused with the path of the member."""
    with pytest.raises(ClientUsageError) as caught:
        _SET.from_shape(given)
    assert str(caught.value).startswith(text)


def test_history_and_hook_events_have_properties() -> None:
    """Az.Compute shows these two with their Properties as ARM has them."""
    history = shape(models.UpgradeOperationHistoricalStatusInfo)
    shown = history.to_shape({"type": "t", "properties": {"startedBy": "User"}})
    assert shown["Type"] == "t"
    assert shown["Properties"]["StartedBy"] == "User"
    event = shape(models.VMScaleSetLifecycleHookEvent)
    wire = {"type": "t", "name": "n", "properties": {"type": "UpgradeAutoOSScheduling", "state": "Active"}}
    assert event.to_shape(wire)["Properties"]["State"] == "Active"
    assert event.from_shape(event.to_shape(wire)) == wire


def test_members_that_are_models_are_known() -> None:
    """What a member is made of is said for one object, for a list and for a map of them, and for nothing else."""
    assert _SET.models["UpgradePolicy"] == "UpgradePolicy"
    assert _VM.models["Resources"] == "VirtualMachineExtension"
    assert shape(models.VirtualMachineScaleSetIdentity).models == {
        "UserAssignedIdentities": "UserAssignedIdentitiesValue"
    }
    assert "Location" not in _SET.models


def test_a_value_of_another_kind_is_shown_as_it_is() -> None:
    """A service that sends a text where an object belongs breaks nothing."""
    assert _SET.to_shape({"sku": "S", "properties": None})["Sku"] == "S"


def test_tagged_and_plain_are_inverse() -> None:
    """Any JSON value survives."""
    value = {"a": [1, {"B": None, "b": 1.5}, []], "": True, "Größe": "ü"}
    assert plain(tagged(value)) == value


@pytest.mark.parametrize("name", MODELS)
def test_every_model_has_distinct_names(name: str) -> None:
    """No two members of an object differ by case alone: PowerShell could not tell them apart."""
    names = [one.lower() for one in shape(getattr(models, name)).names]
    assert len(set(names)) == len(names)
