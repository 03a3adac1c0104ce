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
    assert "Reimaged 4" in parts[5]
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
    assert "UpgradedGateFailed batch 1 failed=2 upgraded=2 percent=100 limit=20" in log
    assert "batch 2" not in log
    assert lines(repaired, "instance") == [f"instance {number}  image 2.0.1  healthy" for number in range(10)]


def test_every_sample_is_tested() -> None:
    """A sample without a test here would rot."""
    assert [f"test_{name}" in globals() for name in SAMPLES] == [True] * 4


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_explains_itself(name: str) -> None:
    """``--help`` tells the story and the one option."""
    run = python(f"samples/python/{name}.py", "--help")
    assert run.returncode == 0
    assert "--endpoint" in run.stdout
    assert name in (ROOT / "samples/python/README.md").read_text()
