"""The PowerShell samples: each in a PowerShell of its own, and all of them against a server."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from samples.run import find, run
from tests.powershell import shell
from tests.samples.stories import story_snapshot
from tests.serving import served

__all__ = ["story_snapshot"]

pytestmark = pytest.mark.skipif(shell.find() is None, reason=shell.MISSING)

FOLDER = shell.ROOT / "samples" / "powershell"
SAMPLES = {sample.name: sample for sample in find() if sample.language == "powershell"}
FACTS = {
    "BadImage": ["MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade", "100 % is more than the 20 %"],
    "CanaryGroup": ["instances 0 1\n"],
    "ProtectedLeader": ["protected from scale set action"],
    "MonthlyImage": ["started by Platform", "Faulted"],
    "RotateCustomData": ["nothing is pending"],
    "Edit-RollingPolicy": ["before: Manual", "after: Rolling", "MaxBatchInstancePercent"],
    "Reimage-Instance": ["Instance 1 has a fresh OS disk with image"],
    "Reimage-ManySets": ["web3: Failed, OSProvisioningTimedOut", "  web3: Succeeded"],
}
"""What each must say, wherever it runs."""


def test_every_sample_is_known() -> None:
    """There are facts for each sample, and its README tells of it."""
    assert SAMPLES.keys() == FACTS.keys()
    told = set(re.findall(r"`([\w-]+)\.ps1`", (FOLDER / "README.md").read_text())) - {"_Common"}
    assert told == FACTS.keys()


@pytest.mark.parametrize("name", FACTS)
def test_in_process(name: str, story_snapshot: SnapshotAssertion) -> None:
    """It runs by itself, in its own PowerShell, and tells the story that is stored, to the letter."""
    result = run(SAMPLES[name])
    assert result.verdict == "ok", result.output
    assert result.output == story_snapshot


def test_against_a_server() -> None:
    """With VMSS_ENDPOINT all of them run against a server, and say what matters."""
    mark = "\f"
    runs = "; ".join(f"'{mark}'; & '{FOLDER}/{name}.ps1'" for name in FACTS)
    with served() as url:
        done = shell.run(f"$env:VMSS_ENDPOINT = '{url}'; $env:AZURE_SUBSCRIPTION_ID = 'any'; {runs}")
    assert done.returncode == 0, done.stdout
    for name, story in zip(FACTS, done.stdout.split(f"{mark}\n")[1:], strict=True):
        assert not [fact for fact in FACTS[name] if fact not in story], story
