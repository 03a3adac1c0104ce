"""What holds over whole stories: the modes agree in the end, and the same seed tells the same story."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator.engine.stories import custom_data, document, finish, image, profile, scale_set
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

CHANGES = st.lists(
    st.one_of(
        st.integers(2, 9).map(lambda number: image(f"{number}.0.0")),
        st.sampled_from(["a", "b"]).map(custom_data),
        st.sampled_from(["RHEL_BYOS", "SLES_BYOS"]).map(lambda licence: profile(licenseType=licence)),
        st.sampled_from(["Standard_D4s_v5", "Standard_D8s_v5"]).map(lambda size: {"sku": {"name": size}}),
    ),
    min_size=1,
    max_size=4,
)


def after(mode: str, changes: list[dict[str, Any]], *, surge: bool = False, seed: int = 0) -> ScaleSet:
    """A scale set in a mode after these changes, when nothing fails and all is upgraded."""
    made = scale_set(document(instances=4, mode=mode, rolling={"maxSurge": surge}), settings=Settings(seed=seed))
    for change in changes:
        finish(made, made.put(change))
        if mode == "Manual":
            finish(made, upgrade_instances(made, ["*"]))
    made.advance(made.now + 100_000)
    return made


@settings(max_examples=40, deadline=None)
@given(CHANGES, st.booleans())
def test_the_modes_end_in_the_same_models(changes: list[dict[str, Any]], surge: bool) -> None:
    """Automatic, Manual and Rolling, with surge or without: all instances at the newest model, and as many."""
    for mode in ("Automatic", "Manual", "Rolling"):
        made = after(mode, changes, surge=surge)
        states = {(made.outdated(i), i.provisioning.value, str(i.health)) for i in made.instances.values()}
        assert (states, len(made.instances)) == ({(False, "Succeeded", "Healthy")}, 4)
        assert {i.os.content.image_version for i in made.instances.values()} == {made.latest.image_version}


@settings(max_examples=20, deadline=None)
@given(CHANGES, st.integers(0, 5))
def test_the_same_seed_tells_the_same_story(changes: list[dict[str, Any]], seed: int) -> None:
    """Twice the same requests: every decision at the same moment."""
    once, again = (after("Rolling", changes, seed=seed) for _ in range(2))
    assert [(d.at, str(d)) for d in once.decisions] == [(d.at, str(d)) for d in again.decisions]


@pytest.mark.rule("4.8")
def test_history_forgets_after_two_months() -> None:
    """The history of OS upgrades reaches back two months (rule 4.8)."""
    latest = {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}
    made = scale_set(document(instances=1, profile={"storageProfile": {"imageReference": latest}}))
    finish(made, os_image.start_os_upgrade(made))
    assert len(os_image.history(made)) == 1
    made.advance(made.now + 62 * 24 * 3600)
    assert os_image.history(made) == []
