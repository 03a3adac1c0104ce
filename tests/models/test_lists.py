"""Lists in models are lists of the document."""

import pytest

from tests.models import documents
from vmss_sdk.models import (
    ModelList,
    ScaleInPolicy,
    SubResource,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetExtension,
    VirtualMachineScaleSetExtensionProfile,
    VirtualMachineScaleSetScaleInRules,
)


def profile() -> VirtualMachineScaleSetExtensionProfile:
    """An extension profile with two extensions."""
    return VirtualMachineScaleSetExtensionProfile.from_wire({"extensions": [{"name": "a"}, {"name": "b"}]})


def test_appending_writes_through() -> None:
    """A model appended to a list of the document is in the document."""
    view = profile()
    assert view.extensions is not None

    view.extensions.append(VirtualMachineScaleSetExtension(name="c"))

    assert view.wire == {"extensions": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}


def test_changing_an_item_writes_through() -> None:
    """An item of a list is a view: what is set on it is in the document."""
    view = profile()
    assert view.extensions is not None

    view.extensions[1].publisher = "p"

    assert view.wire["extensions"][1] == {"name": "b", "properties": {"publisher": "p"}}


def test_replacing_and_deleting_write_through() -> None:
    """Items can be replaced, cut out and deleted in place."""
    view = profile()
    assert view.extensions is not None

    view.extensions[0] = VirtualMachineScaleSetExtension(name="z")
    del view.extensions[1]

    assert view.wire == {"extensions": [{"name": "z"}]}


def test_a_slice_replaced_writes_through() -> None:
    """Several items can be replaced at once."""
    view = profile()
    assert view.extensions is not None

    view.extensions[:] = [VirtualMachineScaleSetExtension(name="only")]

    assert view.wire == {"extensions": [{"name": "only"}]}


def test_a_list_of_models_may_be_assigned() -> None:
    """A plain list of models becomes a list of documents."""
    view = VirtualMachineScaleSetExtensionProfile(extensions=[VirtualMachineScaleSetExtension(name="a")])

    assert view.wire == {"extensions": [{"name": "a"}]}


def test_a_list_equals_a_plain_list_of_equal_models() -> None:
    """A list of the document compares like a list."""
    assert ModelList(SubResource, [{"id": "x"}]) == [SubResource(id="x")]


def test_a_list_of_strings_is_the_documents_own() -> None:
    """Appending to a list of strings changes the document."""
    view = VirtualMachineScaleSet.from_wire(documents.scale_set())
    assert view.zones is not None

    view.zones.append("3")

    assert view.wire["zones"] == ["1", "2", "3"]


def test_words_cannot_be_lost() -> None:
    """A list of words is read as a tuple, so nobody appends to a copy; assigning one writes it."""
    policy = ScaleInPolicy.from_wire({"rules": ["oldestvm", "Random"]})
    read = policy.rules

    policy.rules = [VirtualMachineScaleSetScaleInRules.NEWEST_VM]

    assert (read, policy.wire) == ((VirtualMachineScaleSetScaleInRules.OLDEST_VM, "Random"), {"rules": ["NewestVM"]})


def test_a_list_shows_its_items() -> None:
    """The representation of a list is that of its items."""
    assert repr(profile().extensions) == (
        "[VirtualMachineScaleSetExtension(name='a'), VirtualMachineScaleSetExtension(name='b')]"
    )


def test_an_index_beyond_the_end_is_an_error() -> None:
    """A list ends where the document's list ends."""
    extensions = profile().extensions
    assert extensions is not None

    with pytest.raises(IndexError):
        extensions[2]
