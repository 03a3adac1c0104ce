"""Optimistic concurrency by etag (wire 1.3)."""

from typing import Any

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError

from tests.conformance.parameters import error_of, patch, scale_set

pytestmark = pytest.mark.conformance

STALE = '"4711"'


@pytest.fixture
def web(compute: Any, group: str) -> str:
    """A group with a scale set of one instance."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    return group


@pytest.mark.rule("1.6.31")
def test_stale_etag_stops_a_put(compute: Any, web: str) -> None:
    """412 PreconditionFailed, which this client raises as ResourceModifiedError; nothing changes."""
    model = compute.virtual_machine_scale_sets.get(web, "web")
    model.tags = {"stage": "test"}
    with pytest.raises(ResourceModifiedError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(
            web, "web", model, etag=STALE, match_condition=MatchConditions.IfNotModified
        )
    assert caught.value.status_code == 412
    assert error_of(caught).code == "PreconditionFailed"
    assert compute.virtual_machine_scale_sets.get(web, "web").tags is None


def test_stale_etag_stops_a_patch(compute: Any, web: str) -> None:
    """The same for PATCH."""
    with pytest.raises(ResourceModifiedError):
        compute.virtual_machine_scale_sets.begin_update(
            web, "web", patch(image_version="2.0.0"), etag=STALE, match_condition=MatchConditions.IfNotModified
        )


@pytest.mark.rule("1.6.31")
def test_stale_etag_stops_a_put_of_an_instance(compute: Any, web: str) -> None:
    """The same for an instance, against its own etag."""
    vm = compute.virtual_machine_scale_set_vms.get(web, "web", "0")
    with pytest.raises(ResourceModifiedError) as caught:
        compute.virtual_machine_scale_set_vms.begin_update(
            web, "web", "0", vm, etag=STALE, match_condition=MatchConditions.IfNotModified
        )
    assert error_of(caught).code == "PreconditionFailed"


def test_present_etag_lets_a_put_through(compute: Any, web: str) -> None:
    """The etag that GET returned is accepted, and a change moves it on."""
    model = compute.virtual_machine_scale_sets.get(web, "web")
    model.tags = {"stage": "test"}
    updated = compute.virtual_machine_scale_sets.begin_create_or_update(
        web, "web", model, etag=model.etag, match_condition=MatchConditions.IfNotModified
    ).result()
    assert updated.tags == {"stage": "test"}
    assert updated.etag != model.etag


@pytest.mark.rule("1.6.31")
def test_second_of_two_writers_is_stopped(compute: Any, web: str) -> None:
    """What the etag is for: the one who read before the other's change is told so."""
    mine = compute.virtual_machine_scale_sets.get(web, "web")
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    mine.tags = {"stage": "test"}
    with pytest.raises(ResourceModifiedError):
        compute.virtual_machine_scale_sets.begin_create_or_update(
            web, "web", mine, etag=mine.etag, match_condition=MatchConditions.IfNotModified
        )


@pytest.mark.rule("1.6.31")
def test_creation_only_if_missing_is_stopped_by_an_existing_set(compute: Any, web: str) -> None:
    """``If-None-Match: *`` on a scale set that is there."""
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(
            web, "web", scale_set(1), match_condition=MatchConditions.IfMissing
        )
    assert caught.value.status_code == 412


def test_creation_only_if_missing_creates(compute: Any, group: str) -> None:
    """``If-None-Match: *`` on a name that is free."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(1), match_condition=MatchConditions.IfMissing
    ).result()
    assert created.provisioning_state == "Succeeded"
