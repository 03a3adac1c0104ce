"""The samples on the command line: each in a bash of its own, told to the letter, and against a server."""

from __future__ import annotations

import re
import shutil

import pytest
from syrupy.assertion import SnapshotAssertion

from samples.run import FOLDER, find, main, run
from tests.samples.stories import story_snapshot

__all__ = ["story_snapshot"]

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash: apt-get install bash")

SAMPLES = {sample.name: sample for sample in find() if sample.language == "cli"}
STORIES = ["bad-image", "canary-group", "protected-leader", "monthly-image", "rotate-custom-data"]


@pytest.mark.parametrize("name", STORIES)
def test_in_process(name: str, story_snapshot: SnapshotAssertion) -> None:
    """It runs by itself and tells the story that is stored."""
    result = run(SAMPLES[name])
    assert result.verdict == "ok", result.output
    assert result.output == story_snapshot


def test_every_sample_is_known() -> None:
    """There is a story for each script, and its README tells of it."""
    told = set(re.findall(r"`([\w-]+)\.sh`", (FOLDER / "cli/README.md").read_text())) - {"_common"}
    assert SAMPLES.keys() == set(STORIES) == told


def test_the_runner_lists_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    """``--list`` shows each sample with its sentence; a name that is none is an error."""
    assert main(["--list"]) == 0
    listed = capsys.readouterr().out
    assert all(f"{sample.language}/{sample.name}" in listed for sample in find())
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "there is no sample 'nothing'" in capsys.readouterr().err


def test_the_runner_s_table_and_exit_code(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    """One that fails makes 1, and shows what it said."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "python").mkdir()
    (folder / "python/good.py").write_text('"""Good."""\nprint("fine")\n')
    (folder / "python/bad.py").write_text('"""Bad."""\nraise SystemExit("it broke")\n')
    assert main([], folder) == 1
    out = capsys.readouterr().out
    assert "it broke" in out
    assert re.search(r"^bad +python +\d+\.\d +FAILED$", out, re.MULTILINE)
    assert "1 ok, 1 FAILED in" in out
