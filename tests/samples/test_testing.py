"""The sample of a tested automation is green."""

import subprocess
import sys

from tests.cli.running import ROOT, environment


def test_the_sample_s_tests_pass() -> None:
    """As its README says they are run, and with warnings as errors."""
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "-c", "/dev/null"]
    run = subprocess.run(
        [*command, "--rootdir", "samples/testing", "samples/testing"], cwd=ROOT, env=environment(), check=False,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "5 passed" in run.stdout
