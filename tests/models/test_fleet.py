"""The slim projection of a list of instances."""

from typing import Any

import pytest

from tests.models import documents
from vmss_sdk import wire
from vmss_sdk.models import InstanceSummary, decode_summaries


def summary(document: dict[str, Any]) -> InstanceSummary:
    """The summary of the only instance on a page."""
    [only], _ = decode_summaries(wire.encode({"value": [document]}))
    return only


def protected(**policy: bool) -> InstanceSummary:
    """The summary of an instance with this protection policy."""
    return summary({"name": "web_0", "properties": {"protectionPolicy": policy}})


def test_a_summary_has_what_decisions_need() -> None:
    """Id, model, power, health, zone and protection come out of a list with instance views."""
    only = summary(documents.instance())

    assert (
        only.instance_id,
        only.name,
        only.latest_model_applied,
        only.provisioning_state,
        only.power_state,
        only.health_state,
        only.zone,
        only.protect_from_scale_in,
        only.protect_from_scale_set_actions,
    ) == ("0", "web_0", True, "Succeeded", "running", "healthy", "2", True, False)


def test_a_page_has_its_next_link() -> None:
    """The address of the next page comes with the page."""
    page = decode_summaries(wire.encode({"value": [], "nextLink": "https://x/?$skiptoken=1"}))

    assert page == ([], "https://x/?$skiptoken=1")


def test_the_last_page_has_no_next_link() -> None:
    """A list ends where there is no next link."""
    assert decode_summaries(b'{"value": []}') == ([], None)


def test_without_an_instance_view_power_and_health_are_unknown() -> None:
    """A list without ``$expand=instanceView`` says nothing of power and health."""
    only = summary({"name": "web_0", "instanceId": "0", "properties": {"latestModelApplied": False}})

    assert (only.latest_model_applied, only.power_state, only.health_state) == (False, None, None)


def test_a_flexible_list_without_properties_is_read() -> None:
    """A Flexible scale set lists names and a zone that may be null, and no properties."""
    only = summary({"name": "web_356fa42b", "instanceId": "web_356fa42b", "zones": [None]})

    assert (only.instance_id, only.zone, only.latest_model_applied) == ("web_356fa42b", None, None)


def test_a_virtual_machine_is_known_by_its_name() -> None:
    """Where the list has no instance ids, the name is the id."""
    assert summary({"name": "web_356fa42b"}).instance_id == "web_356fa42b"


def test_protection_from_actions_implies_protection_from_scale_in() -> None:
    """The stronger protection includes the weaker one (semantics 5.2)."""
    assert protected(protectFromScaleSetActions=True).protect_from_scale_in is True


def test_codes_are_read_in_any_case() -> None:
    """The prefix of a status code is found in any case."""
    only = summary({"properties": {"instanceView": {"statuses": [{"code": "powerstate/deallocated"}]}}})

    assert only.power_state == "deallocated"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"value": [{"name": 1}]}'])
def test_another_text_is_refused(body: bytes) -> None:
    """A text that is no list of instances is an error."""
    with pytest.raises(ValueError, match=r"truncated|Expected"):
        decode_summaries(body)
