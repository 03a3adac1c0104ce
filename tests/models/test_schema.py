"""The shape of a model's document."""

import pytest

from tests.wire.fields import MODELS
from vmss_sdk import models
from vmss_sdk.models import (
    AdditionalUnattendContent,
    Model,
    UpgradeMode,
    UpgradePolicy,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetVMProtectionPolicy,
)
from vmss_sdk.models import _base as base
from vmss_sdk.models.schema import Node, schema


class Tree(Model):
    """A model that contains itself."""

    branches: list["Tree"] | None = base.nested_list("branches", lambda: Tree, default=None)


def at(path: str, model: type[Model] = VirtualMachineScaleSet) -> Node:
    """The node at a dotted path; ``[]`` stands for the items of an array or map."""
    node = schema(model)
    for name in path.split("."):
        node = node.members[name.removesuffix("[]")]
        if name.endswith("[]"):
            assert node.items is not None
            node = node.items
    return node


PROFILE = "properties.virtualMachineProfile"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("location", "string"),
        ("properties", "object"),
        ("properties.upgradePolicy", "object"),
        ("properties.upgradePolicy.mode", "choice"),
        ("properties.upgradePolicy.rollingUpgradePolicy.maxBatchInstancePercent", "integer"),
        ("properties.upgradePolicy.rollingUpgradePolicy.pauseTimeBetweenBatches", "duration"),
        ("properties.overprovision", "boolean"),
        ("properties.timeCreated", "time"),
        ("properties.scaleInPolicy.rules", "array"),
        ("properties.scaleInPolicy.rules[]", "choice"),
        ("zones", "array"),
        ("zones[]", "string"),
        ("tags", "map"),
        ("tags[]", "string"),
        ("identity.userAssignedIdentities", "map"),
        ("identity.userAssignedIdentities[]", "object"),
        (PROFILE + ".billingProfile.maxPrice", "number"),
        (PROFILE + ".extensionProfile.extensions", "array"),
        (PROFILE + ".extensionProfile.extensions[].properties.settings", "any"),
        (PROFILE + ".extensionProfile.extensions[].properties.type", "string"),
    ],
)
def test_a_member_has_its_kind(path: str, kind: str) -> None:
    """Every member is found by the path of its wire names, with the kind of value it takes."""
    assert at(path).kind == kind


def test_a_choice_has_its_words() -> None:
    """The node of a choice knows the words."""
    assert at("mode", UpgradePolicy).choice is UpgradeMode


def test_the_words_of_a_list_are_on_its_items() -> None:
    """The items of a list of words know the words."""
    assert at("properties.scaleInPolicy.rules[]").choice is not None


@pytest.mark.parametrize(
    ("path", "read_only"),
    [("id", True), ("properties.provisioningState", True), ("location", False), ("properties", False)],
)
def test_read_only_members_are_marked(path: str, read_only: bool) -> None:
    """What only the service sets is marked."""
    assert at(path).read_only is read_only


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        (PROFILE + ".osProfile.adminPassword", True),
        (PROFILE + ".osProfile.customData", True),
        (PROFILE + ".extensionProfile.extensions[].properties.protectedSettings", True),
        (PROFILE + ".extensionProfile.extensions[].properties.settings", False),
        (PROFILE + ".osProfile.adminUsername", False),
    ],
)
def test_secret_members_are_marked(path: str, secret: bool) -> None:
    """What must never be shown is marked, so that an error text does not repeat it."""
    assert at(path).secret is secret


def test_what_a_model_must_have_is_what_the_api_description_requires() -> None:
    """Of every model of ours that the description has; its ``properties`` are a model of their own there."""
    envelope = "Properties"
    described = {
        name: {
            *(member for member, kind in members.items() if kind.startswith("!")),
            *(
                f"properties.{member}"
                for member, kind in MODELS.get(name + envelope, {}).items()
                if kind.startswith("!") and not name.endswith(envelope)
            ),
        }
        for name, members in MODELS.items()
    }
    ours = {name: getattr(models, name, None) for name in described if name != "ResourceGroup"}  # told of answers alone
    assert {name: set(model.required_members()) for name, model in ours.items() if model is not None} == {
        name: described[name] for name, model in ours.items() if model is not None
    }


def test_the_parts_of_a_shape_know_what_they_must_have() -> None:
    """So that a document can be judged part by part."""
    assert at(PROFILE + ".storageProfile.dataDisks[]").required == ("lun", "createOption")
    interface = at(PROFILE + ".networkProfile.networkInterfaceConfigurations[]")
    assert interface.required == ("name", "properties.ipConfigurations")
    assert at(PROFILE + ".storageProfile").required == ()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("properties", "Properties"),
        (PROFILE, "VirtualMachineProfile"),
        (PROFILE + ".networkProfile", "VMScaleSetNetworkProfile"),
        (PROFILE + ".extensionProfile.extensions[]", "VMScaleSetVMExtension"),
    ],
)
def test_objects_have_the_names_of_azures_errors(path: str, name: str) -> None:
    """The names are those that Azure's "Could not find member" texts showed."""
    assert at(path).arm_type == name


def test_a_member_is_found_in_any_case() -> None:
    """ARM ignores the case of member names; the proper name comes back."""
    found = schema(VirtualMachineScaleSetVMProtectionPolicy).find("PROTECTFROMSCALEIN")

    assert found is not None
    assert (found[0], found[1].kind) == ("protectFromScaleIn", "boolean")


def test_an_unknown_member_is_not_found() -> None:
    """A name that no member has finds nothing."""
    assert schema(UpgradePolicy).find("modus") is None


def test_a_model_that_contains_itself_has_a_shape() -> None:
    """The shape of a recursive model is as deep as one looks."""
    assert at("branches[].branches[].branches", Tree).kind == "array"


def test_the_shape_is_made_once() -> None:
    """The same model gives the same tree."""
    assert schema(AdditionalUnattendContent) is schema(AdditionalUnattendContent)


def test_a_value_has_no_members() -> None:
    """Only objects have members."""
    assert dict(at("location").members) == {}
