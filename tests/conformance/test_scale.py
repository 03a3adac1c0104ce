"""Scaling out and in, and deleting instances (semantics 7, wire 3.2, 3.14, 3.18)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

from tests.conformance.parameters import applied, error_of, ids, scale_set, some

pytestmark = pytest.mark.conformance


def _capacity(capacity: int) -> models.VirtualMachineScaleSet:
    """The body of location and size alone (wire 3.2)."""
    sku = models.Sku(name="Standard_D2s_v5", tier="Standard", capacity=capacity)
    return models.VirtualMachineScaleSet(location="westus2", sku=sku)


@pytest.fixture
def web(compute: Any, group: str) -> str:
    """A group with a scale set of three instances in mode Manual."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    return group


def test_put_of_the_size_keeps_the_model(compute: Any, web: str) -> None:
    """A PUT of location and sku alone changes the capacity, and nothing else of the scale set."""
    before = compute.virtual_machine_scale_sets.get(web, "web")
    after = compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", _capacity(5)).result()
    assert after.sku.capacity == 5
    assert after.properties.as_dict() == before.properties.as_dict()


@pytest.mark.rule("7.3")
def test_scale_out_adds_instances_with_new_ids(compute: Any, web: str) -> None:
    """The new instances come after the highest id."""
    compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", _capacity(5)).result()
    assert applied(compute, web) == {str(number): True for number in range(5)}


@pytest.mark.rule("7.6")
def test_scale_in_takes_the_highest_ids(compute: Any, web: str) -> None:
    """Without zones and without a policy the newest ids go."""
    compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", _capacity(1)).result()
    assert ids(compute, web) == ["0"]


@pytest.mark.rule("7.6")
def test_scale_in_by_age_takes_the_oldest(compute: Any, group: str) -> None:
    """The scale-in policy OldestVM takes the oldest instances (semantics 7.6)."""
    parameters = scale_set(3, scale_in_policy=models.ScaleInPolicy(rules=["OldestVM"]))
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", _capacity(1)).result()
    assert ids(compute, group) == ["2"]


@pytest.mark.rule("7.3", "C9")
def test_scale_to_zero_and_back(compute: Any, web: str) -> None:
    """A scale set may be empty; ids are not used again (decision C9)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", _capacity(0)).result()
    assert ids(compute, web) == []
    compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", _capacity(2)).result()
    assert ids(compute, web) == ["3", "4"]


@pytest.mark.rule("7.10")
def test_delete_instances_lowers_the_capacity(compute: Any, web: str) -> None:
    """POST delete removes the named instances and as many from the capacity (semantics 7.10)."""
    compute.virtual_machine_scale_sets.begin_delete_instances(web, "web", some("0", "2")).result()
    assert ids(compute, web) == ["1"]
    assert compute.virtual_machine_scale_sets.get(web, "web").sku.capacity == 1


def test_delete_of_an_instance_lowers_the_capacity(compute: Any, web: str) -> None:
    """DELETE of one instance does the same (wire 3.14)."""
    compute.virtual_machine_scale_set_vms.begin_delete(web, "web", "1").result()
    assert ids(compute, web) == ["0", "2"]
    assert compute.virtual_machine_scale_sets.get(web, "web").sku.capacity == 2


def test_delete_of_a_missing_instance_is_no_error(compute: Any, web: str) -> None:
    """DELETE of an instance that is not there is done at once; the capacity stays."""
    compute.virtual_machine_scale_set_vms.begin_delete(web, "web", "7").result()
    assert compute.virtual_machine_scale_sets.get(web, "web").sku.capacity == 3


def test_delete_instances_of_an_unknown_id_is_refused(compute: Any, web: str) -> None:
    """400 InvalidParameter, and no instance goes."""
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_delete_instances(web, "web", some("0", "7"))
    assert caught.value.status_code == 400
    assert error_of(caught).code == "InvalidParameter"
    assert ids(compute, web) == ["0", "1", "2"]


@pytest.mark.rule("7.1")
def test_more_than_a_placement_group_holds_is_refused(compute: Any, web: str) -> None:
    """A single placement group holds 100 instances (semantics 7.1)."""
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", _capacity(101))
    assert caught.value.status_code == 409
    assert error_of(caught).code == "OperationNotAllowed"
    assert compute.virtual_machine_scale_sets.get(web, "web").sku.capacity == 3
