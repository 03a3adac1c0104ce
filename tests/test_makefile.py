"""The Makefile on machines whose Python is too old."""

import shutil
import subprocess
from pathlib import Path

import pytest

_MAKEFILE = Path(__file__).parent.parent / "Makefile"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone with nothing but the Makefile, and a Python that is as old as it says."""
    if shutil.which("make") is None:
        pytest.skip("make is not there: apt-get install make")
    shutil.copy(_MAKEFILE, tmp_path)
    (tmp_path / "pyproject.toml").touch()
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.18 || exit 1\n')
    old.chmod(0o755)
    return tmp_path


def test_an_old_python_is_told_before_anything_is_installed(folder: Path) -> None:
    """What is needed, what there is, and what to type."""
    command = ["make", "demo", f"PYTHON={folder / 'python3.9'}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"Python 3.11 or later is needed, and '{folder / 'python3.9'}' is Python 3.9.18." in done.stderr
    assert "make demo PYTHON=" in done.stderr or "There is none on the PATH" in done.stderr
    assert not (folder / ".venv").exists()


def test_an_environment_of_an_old_python_is_made_anew(folder: Path) -> None:
    """One that was made before the right Python was found would stay for ever."""
    environment = folder / ".venv" / "bin"
    environment.mkdir(parents=True)
    shutil.copy(folder / "python3.9", environment / "python")
    for stamp in (".runtime", ".dev"):
        (folder / ".venv" / stamp).touch()
    subprocess.run(["make", "--dry-run", "demo"], cwd=folder, capture_output=True, check=True)
    assert not (folder / ".venv").exists()
