"""Deleting scale sets (wire 3.7)."""

from typing import Any

import pytest
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError

from tests.conformance.parameters import error_of, scale_set

pytestmark = pytest.mark.conformance


def test_deleted_set_is_not_found(compute: Any, group: str) -> None:
    """After the operation a GET is 404 ResourceNotFound, and the list is empty."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    compute.virtual_machine_scale_sets.begin_delete(group, "web").result()
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machine_scale_sets.get(group, "web")
    assert error_of(caught).code == "ResourceNotFound"
    assert list(compute.virtual_machine_scale_sets.list(group)) == []


def test_delete_is_accepted_with_202(compute: Any, group: str) -> None:
    """202 without a body, with both addresses to poll."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    answers: list[Any] = []
    compute.virtual_machine_scale_sets.begin_delete(
        group, "web", raw_response_hook=lambda answer: answers.append(answer.http_response)
    ).result()
    assert answers[0].status_code == 202
    assert answers[0].headers.keys() >= {"Azure-AsyncOperation", "Location"}


def test_deletion_is_seen_while_it_goes_on(compute: Any, group: str) -> None:
    """A GET meanwhile shows provisioningState Deleting."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    compute.virtual_machine_scale_sets.begin_delete(group, "web", polling=False)
    assert compute.virtual_machine_scale_sets.get(group, "web").provisioning_state == "Deleting"


def test_update_while_deleting_is_refused(compute: Any, group: str) -> None:
    """409 OperationNotAllowed: it is marked for deletion."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    compute.virtual_machine_scale_sets.begin_delete(group, "web", polling=False)
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", created)
    assert error_of(caught).code == "OperationNotAllowed"
    assert "since it is marked for deletion" in error_of(caught).message


def test_delete_of_a_missing_set_is_no_error(compute: Any, group: str) -> None:
    """204, at once."""
    answers: list[Any] = []
    compute.virtual_machine_scale_sets.begin_delete(
        group, "nobody", raw_response_hook=lambda answer: answers.append(answer.http_response.status_code)
    ).result()
    assert answers == [204]


def test_name_is_free_again_after_deletion(compute: Any, group: str) -> None:
    """A new scale set of the name starts from nothing."""
    first = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    compute.virtual_machine_scale_sets.begin_delete(group, "web").result()
    second = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    assert second.unique_id != first.unique_id
    assert [vm.instance_id for vm in compute.virtual_machine_scale_set_vms.list(group, "web")] == ["0"]
