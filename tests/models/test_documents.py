"""Models as views of a document: nothing is lost, and what is set is written."""

import copy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models import documents
from vmss_sdk import wire
from vmss_sdk.models import (
    AutomaticOSUpgradePolicy,
    Model,
    RollingUpgradePolicy,
    RollingUpgradeStatusCode,
    RollingUpgradeStatusInfo,
    UpgradeMode,
    UpgradePolicy,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetExtension,
    VirtualMachineScaleSetIdentity,
    VirtualMachineScaleSetUpdate,
    VirtualMachineScaleSetVM,
)

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
OBJECTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(st.text(max_size=8), JSON, max_size=5)


@pytest.mark.parametrize(
    ("model", "document"),
    [
        (VirtualMachineScaleSet, documents.scale_set()),
        (RollingUpgradeStatusInfo, documents.rolling_upgrade()),
        (VirtualMachineScaleSetVM, documents.instance()),
    ],
)
def test_a_document_survives_get_then_put(model: type[Model], document: dict[str, Any]) -> None:
    """The text of a GET, read and written as a model, is the same document, unknown members included."""
    view = model.from_wire(wire.decode(wire.encode(document)))

    assert wire.decode(wire.encode(view.wire)) == document


@given(OBJECTS)
def test_any_object_survives(document: dict[str, Any]) -> None:
    """Whatever JSON object comes back, a model over it gives it back."""
    assert VirtualMachineScaleSet.from_wire(copy.deepcopy(document)).wire == document


@given(OBJECTS)
def test_setting_a_member_leaves_the_others(document: dict[str, Any]) -> None:
    """Setting a typed member changes that member of the document and nothing else."""
    view = VirtualMachineScaleSet.from_wire(copy.deepcopy(document))

    view.location = "westus"

    assert view.wire == {**document, "location": "westus"}


def test_members_inside_properties_are_attributes() -> None:
    """ARM's ``properties`` envelope is not a step on the way to a member."""
    view = VirtualMachineScaleSet.from_wire(documents.scale_set())

    assert (view.name, view.orchestration_mode, view.single_placement_group) == ("web", "Uniform", True)


def test_setting_a_nested_member_keeps_its_unknown_neighbours() -> None:
    """A change deep in the document leaves members there that the SDK does not know."""
    view = VirtualMachineScaleSet.from_wire(documents.scale_set())
    assert view.upgrade_policy is not None
    policy = view.upgrade_policy.rolling_upgrade_policy
    assert policy is not None

    policy.max_batch_instance_percent = 50

    expected = documents.scale_set()
    expected["properties"]["upgradePolicy"]["rollingUpgradePolicy"]["maxBatchInstancePercent"] = 50
    assert view.wire == expected


def test_keywords_make_the_document() -> None:
    """A model made from keywords has exactly the document that ARM's names give."""
    made = VirtualMachineScaleSet(
        location="westus",
        upgrade_policy=UpgradePolicy(
            mode=UpgradeMode.ROLLING,
            rolling_upgrade_policy=RollingUpgradePolicy(
                max_batch_instance_percent=20, pause_time_between_batches=timedelta(seconds=30)
            ),
        ),
    )

    assert made.wire == {
        "location": "westus",
        "properties": {
            "upgradePolicy": {
                "mode": "Rolling",
                "rollingUpgradePolicy": {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT30S"},
            }
        },
    }


def test_an_envelope_that_is_null_is_written_over() -> None:
    """A document whose ``properties`` is null takes members all the same."""
    view = VirtualMachineScaleSet.from_wire({"properties": None})

    view.overprovision = False

    assert view.wire == {"properties": {"overprovision": False}}


def test_none_removes_the_member() -> None:
    """Assigning None takes the member out of the document, so that a PATCH does not carry it."""
    view = VirtualMachineScaleSetUpdate.from_wire({"properties": {"overprovision": True, "zoneBalance": True}})

    view.overprovision = None

    assert view.wire == {"properties": {"zoneBalance": True}}


def test_removing_an_absent_member_leaves_no_trace() -> None:
    """Assigning None where nothing is does not make an empty envelope."""
    view = VirtualMachineScaleSet.from_wire({})

    view.upgrade_policy = None

    assert view.wire == {}


def test_absent_members_are_none() -> None:
    """A member that the document does not have reads as None, at any depth."""
    view = VirtualMachineScaleSet.from_wire({"properties": {"upgradePolicy": None}})

    assert (view.upgrade_policy, view.tags, view.time_created) == (None, None, None)


def test_a_time_has_its_offset() -> None:
    """Times come with seven decimals and an offset; Python keeps six decimals."""
    status = RollingUpgradeStatusInfo.from_wire(documents.rolling_upgrade()).running_status
    assert status is not None

    assert status.last_action_time == datetime(2020, 3, 19, 6, 37, 16, 558538, timezone(timedelta(hours=-7)))


def test_a_utc_time_is_read() -> None:
    """A time that ends in Z is UTC."""
    view = VirtualMachineScaleSet.from_wire(documents.scale_set())

    assert view.time_created == datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


def test_reading_does_not_rewrite_the_document() -> None:
    """Reading a time or a duration leaves the text as the service wrote it."""
    view = VirtualMachineScaleSet.from_wire(documents.scale_set())

    repr(view)

    assert view.wire == documents.scale_set()


def test_a_duration_is_a_timedelta() -> None:
    """An ISO 8601 duration reads as a timedelta."""
    policy = RollingUpgradePolicy.from_wire({"pauseTimeBetweenBatches": "PT1M"})

    assert policy.pause_time_between_batches == timedelta(minutes=1)


def test_a_known_word_is_an_enum_member_in_any_case() -> None:
    """Azure ignores the case of words, and so do we."""
    assert UpgradePolicy.from_wire({"mode": "rolling"}).mode is UpgradeMode.ROLLING


def test_an_unknown_word_stays_a_string() -> None:
    """A word that Azure added later is handed through."""
    policy = UpgradePolicy.from_wire({"mode": "Canary"})

    assert (policy.mode, isinstance(policy.mode, UpgradeMode)) == ("Canary", False)


def test_a_word_equals_its_text() -> None:
    """An enum member is a string: it compares and formats as the word on the wire."""
    assert f"{RollingUpgradeStatusCode.ROLLING_FORWARD}" == "RollingForward"


@pytest.mark.parametrize(
    ("made", "wrong", "hint"),
    [
        (UpgradePolicy, "rolling_policy", "did you mean 'rolling_upgrade_policy'"),
        (AutomaticOSUpgradePolicy, "zzz", "its members are enable_automatic_os_upgrade"),
    ],
)
def test_an_unknown_keyword_is_refused_with_a_hint(made: type[Model], wrong: str, hint: str) -> None:
    """A keyword that names no member says which one was meant, or which there are."""
    with pytest.raises(TypeError, match=hint):
        made(**{wrong: 1})


def test_an_unknown_attribute_is_refused_with_a_hint() -> None:
    """Assigning to a misspelt attribute fails instead of being lost."""
    policy: Any = RollingUpgradePolicy()

    with pytest.raises(AttributeError, match="did you mean 'max_batch_instance_percent'"):
        policy.max_batch_instance_percentage = 20


def test_models_are_equal_by_document() -> None:
    """Two views of equal documents are equal, and a change makes them differ."""
    one, other = (VirtualMachineScaleSet.from_wire(documents.scale_set()) for _ in range(2))
    before = one == other

    other.location = "westus"

    assert (before, one == other) == (True, False)


def test_a_copy_is_independent() -> None:
    """Changing a copy does not change the document it was made from."""
    view = VirtualMachineScaleSet.from_wire(documents.scale_set())

    twin = view.copy()
    assert twin.tags is not None
    twin.tags["team"] = "other"

    assert view.wire == documents.scale_set()


def test_the_type_of_an_extension_is_its_handler() -> None:
    """An extension has two types on the wire; ``type`` is the one that people write."""
    extension = VirtualMachineScaleSetExtension.from_wire({"type": "arm", "properties": {"type": "handler"}})

    assert (extension.type, extension.resource_type) == ("handler", "arm")


def test_models_by_name() -> None:
    """A dictionary of models is read by name."""
    identity = VirtualMachineScaleSetIdentity.from_wire({"userAssignedIdentities": {"id1": {"clientId": "c"}}})
    identities = identity.user_assigned_identities
    assert identities is not None

    assert {name: one.client_id for name, one in identities.items()} == {"id1": "c"}
