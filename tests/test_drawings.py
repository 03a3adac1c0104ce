"""The drawings in the documentation are what the emulator does."""

import re
from xml.etree import ElementTree

import pytest

from tests.drawings.__main__ import FOLDER, drawing
from tests.drawings.recording import State
from tests.drawings.stories import STORIES, Story, told
from tests.drawings.svg import summary

BY_NAME = {story.name: story for story in STORIES}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_drawing_is_what_the_emulator_does(story: Story) -> None:
    """After a change of either, `python -m tests.drawings` draws it anew."""
    assert (FOLDER / f"{story.name}.svg").read_text() == drawing(story)


def test_the_folder_has_no_other_drawings() -> None:
    """One of a story that is told no more would be believed."""
    assert {path.stem for path in FOLDER.iterdir()} == BY_NAME.keys()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_drawing_can_be_read_without_being_seen(story: Story) -> None:
    """It is well-formed, has a title, and says in words what happens."""
    tree = ElementTree.parse(FOLDER / f"{story.name}.svg")
    space = {"svg": "http://www.w3.org/2000/svg"}
    described = tree.findtext("svg:desc", namespaces=space) or ""
    assert tree.findtext("svg:title", namespaces=space) == story.title
    assert re.search(r"At least \d+ of \d+ instances are in service\.$", described)


def test_automatic_takes_everybody_down_at_once() -> None:
    """As the policy allows: no batches."""
    assert "At least 0 of 10" in summary(told(BY_NAME["automatic"]))


def test_a_rolling_upgrade_takes_two_of_ten_at_a_time() -> None:
    """Five batches, and eight always serve."""
    words = summary(told(BY_NAME["rolling"]))
    assert words.count(": batch ") == 5
    assert "At least 8 of 10" in words


def test_max_surge_lets_none_go_before_another_has_come() -> None:
    """All four always serve, and four others are there at the end."""
    recording = told(BY_NAME["surge"])
    assert "At least 4 of 4" in summary(recording)
    assert recording.instance_ids == [str(number) for number in range(8)]


def test_a_reimage_alone_brings_new_custom_data_to_a_disk() -> None:
    """At the end two disks and that of the new instance are new, and everybody is at the newest model."""
    recording = told(BY_NAME["reimage"])
    last = {bar.instance_id: bar.look for bar in recording.bars}
    assert {name: look.disk for name, look in last.items()} == {"0": True, "1": False, "2": True, "3": True}
    assert all(look.model for look in last.values())
    assert last["1"].state is State.CHANGED
