"""Texts of instances that are told again while nothing has changed. That they are right, conftest.py holds for all."""

from typing import Any
from unittest.mock import patch

import pytest

from tests.emulator.arm.azure import CONTROL, SET, Azure, model
from vmss_sdk.emulator.arm.views.instance import MemberViews

LIST = f"{SET}/virtualMachines?$expand=instanceView"


@pytest.fixture
def azure() -> Azure:
    """Two scale sets of three instances, read once."""
    made = Azure()
    made.create()
    made.create(model(3), SET.replace("/web", "/other"))
    made.get(LIST)
    return made


def shown_again(azure: Azure, path: str = LIST) -> int:
    """How many documents of instances are made for a read."""
    with patch.object(MemberViews, "document", autospec=True, side_effect=MemberViews.document) as made:
        azure.get(path)
    # the tests' own check makes one for each that is told, kept or not
    told = 3
    return made.call_count - told


def test_what_has_not_changed_is_not_made_again(azure: Azure) -> None:
    """A second read, of the list or of one instance in the same view, makes nothing."""
    assert shown_again(azure) == 0


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", SET, {"tags": {"team": "shop"}}),
        ("POST", f"{SET}/restart", None),
        ("POST", f"{CONTROL}/faults", {}),
        ("POST", "/_emulator/reset", None),
    ],
)
def test_a_request_that_may_change_something_ends_what_is_kept(
    azure: Azure, method: str, path: str, body: dict[str, Any] | None
) -> None:
    """Whatever it is answered, and whether or not it changed anything."""
    scale_set = next(iter(azure.emulator._state.scale_sets.values()))
    before = scale_set.revision
    azure.send(method, path, body)
    assert scale_set.revision > before


def test_an_event_ends_what_is_kept(azure: Azure) -> None:
    """Time alone changes nothing, what happens in it does."""
    azure.emulator.clock.advance(3600)
    assert shown_again(azure) == 0
    azure.post(f"{SET}/restart")
    azure.get(LIST)
    azure.emulator.clock.advance(3600)
    assert shown_again(azure) == 3


def test_a_write_to_another_scale_set_leaves_what_is_kept(azure: Azure) -> None:
    """Each scale set's texts are its own."""
    azure.patch({"tags": {"team": "shop"}}, SET.replace("/web", "/other"))
    assert shown_again(azure) == 0
