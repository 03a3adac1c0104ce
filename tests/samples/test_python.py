"""The Python samples: each runs in its own process, in-process and against a server, and tells its story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from samples.run import find, run
from tests.cli.running import ROOT, python, server
from tests.samples.stories import lines, story_snapshot

__all__ = ["story_snapshot"]

SAMPLES = {sample.name: sample for sample in find() if sample.language == "python"}


def _bad_image(story: str) -> None:
    """The first batch fails, the upgrade stops with the documented code, eight are untouched; then a good image."""
    bad, why, good = story.strip().split("\n\n")
    assert "it failed: MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade" in bad
    assert lines(bad, "image") == [
        "image 24.04.1  healthy    instances 1 2 3 4 6 7 8 9",
        "image 24.04.2  unhealthy  instances 0 5",
    ]
    assert "2 of 2 upgraded instances are unhealthy: 100 % is more than the 20 %" in why
    begun = re.findall(r"Batch (\d) begins: instances (\d) and (\d)", good)
    assert begun == [("1", "0", "5"), ("2", "1", "6"), ("3", "2", "7"), ("4", "3", "8"), ("5", "4", "9")]
    assert good.endswith("10 upgraded, 0 failed")


def _canary_group(story: str) -> None:
    """In Manual mode nobody moves by itself; the canaries go first, the rest four at a time."""
    images = lines(story, "image")
    assert images[0] == "image 24.04.1  healthy    instances 0 1 2 3 4 5 6 7 8 9"
    assert images[1:3] == [
        "image 24.04.1  healthy    instances 2 3 4 5 6 7 8 9",
        "image 24.04.2  healthy    instances 0 1",
    ]
    assert images[-1] == "image 24.04.2  healthy    instances 0 1 2 3 4 5 6 7 8 9"


def _protected_leader(story: str) -> None:
    """The leader is passed by, refused by name, kept by a scale-in, and upgraded once its protection is lifted."""
    assert "Completed: 9 upgraded" in story
    assert "409 OperationNotAllowed: InstanceIds may not contain instances that are protected" in story
    assert "protected from scale set action: 9." in story
    assert lines(story, "image 24.04.1")[-1] == "image 24.04.1  healthy    instances 9"
    assert lines(story, "image")[-1] == "image 24.04.2  healthy    instances 0 1 2 3 4 5 6 9"


def _monthly_image(story: str) -> None:
    """Who follows latest moves by itself, but not while that is off; a bad version is undone; the history has all."""
    assert "Instance 0 has back what was there before" in story
    assert lines(story, r"24\.04\.") == [
        "24.04.202612020  Completed  started by Platform  10 upgraded, 0 failed, 0 rolled back",
        "24.04.202612010  Faulted    started by Platform   0 upgraded, 2 failed, 2 rolled back",
        "24.04.202611010  Completed  started by User      10 upgraded, 0 failed, 0 rolled back",
        "24.04.202610010  Completed  started by Platform  10 upgraded, 0 failed, 0 rolled back",
    ]


def _rotate_custom_data(story: str) -> None:
    """Everybody counts as up to date at once; two at a time start with the new data."""
    assert "10 of 10 have the latest model" in story
    assert lines(story, "10 instances") == ["10 instances: reimage"]
    assert len(lines(story, r"instances \d \d start with it")) == 5
    assert story.rstrip().endswith("nothing is pending")


def _reimage_exceptions(story: str) -> None:
    """In every mode only the new and the reimaged instance get v2; Manual alone calls the others outdated."""
    manual, automatic, rolling = story.split("\n\n")[1:4]
    assert lines(manual, "custom data changed") == ["custom data changed v1 outdated   v1 outdated   v1 outdated"]
    assert lines(manual, "instance 0 reimaged") == [
        "instance 0 reimaged v2 latest     v1 outdated   v1 outdated   v2 latest"
    ]
    for mode in (automatic, rolling):
        assert lines(mode, "custom data changed") == ["custom data changed v1 latest     v1 latest     v1 latest"]
        assert lines(mode, "a new instance") == [
            "a new instance      v1 latest     v1 latest     v1 latest     v2 latest"
        ]
        assert lines(mode, "instance 0 reimaged") == [
            "instance 0 reimaged v2 latest     v1 latest     v1 latest     v2 latest"
        ]


def _max_surge(story: str) -> None:
    """New ids, capacity never below ten; without quota the ids stay and two of ten are out of service."""
    surged, fell_back = story.split("\n\n")[1:3]
    assert len(lines(surged, r".*are created to replace instances")) == 5
    assert lines(surged, "10 to ") == ["10 to 11 of 10 healthy, at most 12 there"]
    assert lines(surged, "instances:") == [f"instances: {', '.join(map(str, range(10, 20)))}"]
    assert len(lines(fell_back, r".*upgraded in place \(rule 2.6.43\)")) == 1
    assert lines(fell_back, "8 to ") == ["8 to 10 of 10 healthy, at most 10 there"]
    assert lines(fell_back, "instances:") == lines(surged, "instances:")


def _before_you_press(story: str) -> None:
    """Eight serve at the worst moment; a bad image stops after two; a tenth at a time keeps the limits."""
    good, bad, policies, gate = story.strip().split("\n\n")
    assert "At the worst moment 8 instances serve, 80 %." in good
    assert "Batches: 2 + 2 + 2 + 2 + 2; the first is 0, 5." in good
    assert "It stops in 100.0% of the stories (20 after batch 1)." in bad
    assert "At most 2 instances fail, and 8 stay outdated." in bad
    assert "--max-batch-instance-percent 10 --max-surge false" in policies
    assert gate.endswith("min_capacity is 8 of 10 instances, 80 %: min_capacity < 90%")


def _zones(story: str) -> None:
    """Zone by zone; the zone that is down gets nobody, or with strict balance instances that fail."""
    assert re.findall(r"zone (\d)\n", story) == list("111222333")
    assert "zone 1: 5, zone 2: 3, zone 3: 4" in story
    assert "OperationFailedError: ZonalAllocationFailed" in story
    assert "failed: 12, 13" in story
    assert story.rstrip().endswith("zone 1: 5, zone 2: 5, zone 3: 5")


def _repairs(story: str) -> None:
    """Two are replaced one after the other, the protected one stays; three vain repairs suspend the service."""
    assert story.count("automatic repair by Replace") == 2
    assert story.count("Instance 0 was unhealthy for the whole grace period: automatic repair by Restart") == 3
    assert "instances: 0 healthy  1 healthy  4 unhealthy  5 healthy  6 healthy" in story
    assert "3 repairs in a row did not help" in story
    assert lines(story, "repairs:") == ["repairs: Suspended", "repairs: Running"]


FACTS: dict[str, Callable[[str], None]] = {
    "bad_image": _bad_image,
    "canary_group": _canary_group,
    "protected_leader": _protected_leader,
    "monthly_image": _monthly_image,
    "rotate_custom_data": _rotate_custom_data,
    "reimage_exceptions": _reimage_exceptions,
    "max_surge": _max_surge,
    "before_you_press": _before_you_press,
    "zones": _zones,
    "repairs": _repairs,
}


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """A server whose time skips whenever a sample waits."""
    with server("--clock", "virtual") as running:
        yield running.url


@pytest.mark.parametrize("name", FACTS)
def test_in_process(name: str, story_snapshot: SnapshotAssertion) -> None:
    """It runs by itself, complains about nothing, and tells the story that is stored, to the letter."""
    result = run(SAMPLES[name])
    assert result.verdict == "ok", result.output
    FACTS[name](result.output)
    assert result.output == story_snapshot


@pytest.mark.parametrize("name", FACTS)
def test_against_a_server(name: str, endpoint: str) -> None:
    """What happens there is the same; only how long each thing takes varies."""
    ran = python(f"samples/python/{name}.py", VMSS_ENDPOINT=endpoint, AZURE_SUBSCRIPTION_ID="any")
    assert (ran.stderr, ran.returncode) == ("", 0)
    FACTS[name](ran.stdout)


def test_every_sample_is_known() -> None:
    """One without facts here would rot; the README tells of each."""
    assert SAMPLES.keys() == FACTS.keys()
    readme = (ROOT / "samples/python/README.md").read_text()
    assert not [name for name in FACTS if f"`{name}.py`" not in readme]
