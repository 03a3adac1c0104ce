"""The Python samples: each runs in its own process, in-process and against a server, and tells its story."""

import re
from collections.abc import Iterator

import pytest

from tests.cli.running import ROOT, python, server

SAMPLES = sorted(path.stem for path in (ROOT / "samples/python").glob("[!_]*.py"))


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """A server whose time skips whenever a sample waits."""
    with server("--clock", "virtual") as running:
        yield running.url


@pytest.fixture(params=["in process", "http"])
def where(request: pytest.FixtureRequest) -> list[str]:
    """The arguments that say where a sample runs."""
    return ["--endpoint", request.getfixturevalue("endpoint")] if request.param == "http" else []


def told(name: str, where: list[str]) -> str:
    """What a sample prints; it has to end with 0 and complain about nothing."""
    run = python(f"samples/python/{name}.py", *where)
    assert run.stderr == ""
    assert run.returncode == 0
    return run.stdout


def lines(text: str, pattern: str) -> list[str]:
    """The lines of a text that begin like this."""
    return [line.strip() for line in text.splitlines() if re.match(rf"\s*{pattern}", line)]


def test_rolling_upgrade(where: list[str]) -> None:
    """Ten instances, 20 %: five batches of two, and capacity never below eight."""
    story = told("rolling_upgrade", where)
    begun = re.findall(r"batch (\d): instances (\d) and (\d) get", story)
    assert begun == [("1", "0", "5"), ("2", "1", "6"), ("3", "2", "7"), ("4", "3", "8"), ("5", "4", "9")]
    assert "Completed: 10 instances upgraded, 0 failed" in story
    assert "5 batches: 2 + 2 + 2 + 2 + 2 instances" in story
    assert "capacity never below 8 of 10" in story


def test_reimage_exceptions(where: list[str]) -> None:
    """In every mode only the new and the reimaged instance get v2; Manual alone calls the others outdated."""
    story = told("reimage_exceptions", where)
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
    assert story.count(" 0 and 3\n") == 3


def test_protect_instances(where: list[str]) -> None:
    """The leader is passed by, refused by name, reimaged by itself, and upgraded once its protection is lifted."""
    story = told("protect_instances", where)
    parts = story.split("\n\n")
    assert lines(parts[1], "instance") == [
        *(f"instance {number}  latest model" for number in range(3)),
        "instance 3  latest model  protected from scale-in",
        "instance 4  outdated      protected from scale set actions",
    ]
    assert "OperationNotAllowedError: 409 OperationNotAllowed" in parts[2]
    assert "protected from scale set action: 4." in parts[2]
    assert {"3", "4"} < {line.split()[1] for line in lines(parts[3], "instance")}
    assert "OperationNotAllowedError: 409" in parts[4]
    assert "Instance 4 has a fresh OS disk" in parts[5]
    assert lines(parts[6], "instance 4") == ["instance 4  latest model"]


def test_unhealthy_upgrade(where: list[str]) -> None:
    """The first batch fails, the upgrade stops with the documented code, eight are untouched; then a good image."""
    story = told("unhealthy_upgrade", where)
    stopped, log, repaired = story.strip().split("\n\n")
    code = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    assert f"RollingUpgradeFailedError: {code}" in stopped
    assert lines(stopped, "instance") == [
        f"instance {number}  image {'2.0.0  unhealthy' if number in (0, 5) else '1.0.0  healthy'}"
        for number in range(10)
    ]
    assert "2 of 2 upgraded instances are unhealthy: 100 % is more than the 20 %" in log
    assert "Batch 2" not in log
    assert lines(repaired, "instance") == [f"instance {number}  image 2.0.1  healthy" for number in range(10)]


def test_max_surge(where: list[str]) -> None:
    """New ids, capacity never below ten; without quota the ids stay and two of ten are out of service."""
    story = told("max_surge", where)
    surged, fell_back = story.split("\n\n")[1:3]
    assert len(lines(surged, r".*are created to replace instances")) == 5
    assert lines(surged, "10 to ") == ["10 to 11 of 10 healthy, at most 12 there"]
    assert lines(surged, "instances:") == [f"instances: {', '.join(map(str, range(10, 20)))}"]
    assert len(lines(fell_back, r".*upgraded in place \(rule 2.6.43\)")) == 1
    assert lines(fell_back, "8 to ") == ["8 to 10 of 10 healthy, at most 10 there"]
    assert lines(fell_back, "instances:") == lines(surged, "instances:")


def test_zones(where: list[str]) -> None:
    """Zone by zone; the zone that is down gets nobody, or with strict balance instances that fail."""
    story = told("zones", where)
    assert re.findall(r"zone (\d)\n", story) == list("111222333")
    assert "zone 1: 5, zone 2: 3, zone 3: 4" in story
    assert "OperationFailedError: ZonalAllocationFailed" in story
    assert "failed: 12, 13" in story
    assert story.rstrip().endswith("zone 1: 5, zone 2: 5, zone 3: 5")


def test_auto_os_upgrade(where: list[str]) -> None:
    """Who follows latest moves by itself; a bad version is undone; the history has all three."""
    story = told("auto_os_upgrade", where)
    images = [set(re.findall(r"\d: (\S+)", line)) for line in lines(story, "images:")]
    assert images == [{"24.04.1"}, {"24.04.2"}, {"24.04.2"}, {"24.04.4"}]
    assert "Instance 0 has back what was there before" in story
    assert lines(story, r"24\.04\.") == [
        "24.04.4  Completed started by Platform: 6 upgraded, 0 failed, 0 rolled back",
        "24.04.3  Faulted   started by Platform: 0 upgraded, 1 failed, 1 rolled back",
        "24.04.2  Completed started by Platform: 6 upgraded, 0 failed, 0 rolled back",
    ]


def test_repairs(where: list[str]) -> None:
    """Two are replaced one after the other, the protected one stays; three vain repairs suspend the service."""
    story = told("repairs", where)
    assert story.count("automatic repair by Replace") == 2
    assert "instances: 0 healthy  1 healthy  4 unhealthy  5 healthy  6 healthy" in story
    assert story.count("Instance 0 was unhealthy for the whole grace period: automatic repair by Restart") == 3
    assert "3 repairs in a row did not help" in story
    assert lines(story, "repairs:") == ["repairs: Suspended", "repairs: Running"]


def test_every_sample_is_tested() -> None:
    """A sample without a test here would rot."""
    assert [f"test_{name}" in globals() for name in SAMPLES] == [True] * 8


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_explains_itself(name: str) -> None:
    """``--help`` tells the story and the one option."""
    run = python(f"samples/python/{name}.py", "--help")
    assert run.returncode == 0
    assert "--endpoint" in run.stdout
    assert name in (ROOT / "samples/python/README.md").read_text()
