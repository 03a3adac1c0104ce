"""The PowerShell samples: each in a PowerShell of its own, and all of them against a server."""

import re
from collections.abc import Callable

import pytest

from tests.powershell import shell
from tests.serving import served

pytestmark = pytest.mark.skipif(shell.find() is None, reason=shell.MISSING)

FOLDER = shell.ROOT / "samples" / "powershell"


def _reimage_instance(story: str) -> None:
    assert re.search(r"^Status +: Succeeded$", story, re.MULTILINE)
    assert "Instance 1 has a fresh OS disk with image 1.0.0" in story


def _edit_rolling_policy(story: str) -> None:
    assert story.startswith("before: Manual\nin the object only: Manual, batches of 20 %\nafter: Rolling\n")
    assert re.search(r"MaxBatchInstancePercent +: 20\n.*: 25\n.*: PT30S\n.*: True\n", story)
    assert story.endswith("  batches of 40 %, pause still PT30S\n")


def _watch_rolling_upgrade(story: str) -> None:
    good, bad = story.split("A bad one:\n")
    assert "  Completed: 10 done, 0 under way, 0 to come, 0 failed\n" in good
    assert "  Faulted: 0 done, 0 under way, 8 to come, 2 failed\n" in bad
    assert "  Failed: MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade\n" in bad
    assert "100 % is more than the 20 % that maxUnhealthyUpgradedInstancePercent allows" in bad
    assert bad.endswith("  latest model False: 8\n  latest model True: 2\n")
    # Batches of two: never more than two are out of service.
    assert {int(count) for count in re.findall(r"(\d+) under way", story)} <= {0, 1, 2}


def _protect_leader(story: str) -> None:
    parts = re.split(r"^\S.*\n", story, flags=re.MULTILINE)
    others = "  instance 1: latest model\n  instance 2: latest model\n"
    assert parts[1] == "  instance 0: outdated, protected\n" + others
    assert parts[2:4] == ["  OperationNotAllowed\n", "  Succeeded\n"]
    assert parts[4] == "  instance 0: latest model\n" + others


def _update_custom_data(story: str) -> None:
    lines = story.splitlines()
    assert lines[0].startswith("Azure says that 3 of 3 instances have the latest model.")
    assert lines[1:4] == [f"  instance {number}: customData needs reimage" for number in range(3)]
    assert lines[5:] == ["  0 and 1: Succeeded, 1 to go", "  2: Succeeded, 0 to go"]


def _reimage_many_sets(story: str) -> None:
    assert story.splitlines() == [
        "web1: Succeeded",
        "web2: Succeeded",
        "web3: Failed, OSProvisioningTimedOut",
        "web4: Succeeded",
        "web5: Succeeded",
        "Once more, where it failed:",
        "  web3: Succeeded",
    ]


STORIES: dict[str, Callable[[str], None]] = {
    "Edit-RollingPolicy": _edit_rolling_policy,
    "Protect-Leader": _protect_leader,
    "Reimage-Instance": _reimage_instance,
    "Reimage-ManySets": _reimage_many_sets,
    "Update-CustomData": _update_custom_data,
    "Watch-RollingUpgrade": _watch_rolling_upgrade,
}


def test_every_sample_is_known() -> None:
    """There is a story for each sample, and its README tells of it."""
    there = {path.stem for path in FOLDER.glob("[!_]*.ps1")}
    assert there == STORIES.keys()
    assert there == set(re.findall(r"`([\w-]+)\.ps1`", (FOLDER / "README.md").read_text())) - {"_Common"}


@pytest.mark.parametrize("name", STORIES)
def test_in_process(name: str) -> None:
    """It runs by itself, in its own PowerShell, and tells its story."""
    done = shell.run(f"& '{FOLDER}/{name}.ps1'")
    assert done.returncode == 0, done.stdout
    STORIES[name](done.stdout)


def test_against_a_server() -> None:
    """With VMSS_ENDPOINT all of them run against a server, and tell the same."""
    mark = "\f"
    runs = "; ".join(f"'{mark}'; & '{FOLDER}/{name}.ps1'" for name in STORIES)
    with served() as url:
        done = shell.run(f"$env:VMSS_ENDPOINT = '{url}'; $env:AZURE_SUBSCRIPTION_ID = 'any'; {runs}")
    assert done.returncode == 0, done.stdout
    for name, story in zip(STORIES, done.stdout.split(f"{mark}\n")[1:], strict=True):
        STORIES[name](story)
