"""``vmss demo``: the story in plain lines, and on a terminal."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment
from vmss_sdk.cli import main


@pytest.fixture
def story(capsys: pytest.CaptureFixture[str]) -> str:
    """What the demo prints into a pipe."""
    assert main(["demo"]) == 0
    return capsys.readouterr().out


def test_the_image_comes_in_five_batches_of_two(story: str) -> None:
    """20 % of ten is two; a batch stays inside one of Uniform's five update domains (golden scenario 3)."""
    begun = re.findall(r"batch (\d): (\d) and (\d) go down", story)
    assert begun == [("1", "0", "5"), ("2", "1", "6"), ("3", "2", "7"), ("4", "3", "8"), ("5", "4", "9")]
    assert "The image came in 5 batches of 2" in story


def test_capacity_never_falls_below_eight(story: str) -> None:
    """Two at most are down at any moment of the roll."""
    roll = story.split("2. A new image")[1].split("3. New custom data", maxsplit=1)[0]
    healthy = [int(number) for number in re.findall(r"(\d+) of 10  ", roll)]
    assert min(healthy) == 8
    assert "Never fewer than 8 of 10 instances were healthy." in story


def test_custom_data_reaches_only_the_reimaged_instance(story: str) -> None:
    """The roll leaves the disks as they are; the reimage brings one up to date."""
    assert "all have the newest model; on the disks: 'v1' on 10" in story
    assert "instance 0 is up to date; on the disks: 'v1' on 9, 'v2' on 1" in story


def test_the_pause_takes_emulated_time(story: str) -> None:
    """Between the end of a batch and the next lie at least the policy's 30 seconds."""
    end = re.search(r"0:(\d\d):(\d\d) .*batch 1: 0 and 5 are back", story)
    begin = re.search(r"0:(\d\d):(\d\d) .*batch 2: 1 and 6 go down", story)
    assert end
    assert begin
    assert _seconds(begin) - _seconds(end) >= 30


def test_plain_lines_are_ascii(story: str) -> None:
    """Any pipe and any log takes them."""
    assert story.isascii()


def _seconds(match: re.Match[str]) -> int:
    return int(match[1]) * 60 + int(match[2])


def on_a_terminal(rows: int, columns: int, **more: str) -> tuple[int, str]:
    """Exit code and output of the demo on a terminal of that size, without pauses."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    command = [sys.executable, "-m", "vmss_sdk.cli", "demo", "--speed", "0"]
    environ = environment(**{"TERM": "xterm-256color", **more})
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        output = b""
        while chunk := _read(ours):
            output += chunk
    os.close(ours)
    return process.returncode, output.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_a_terminal_gets_the_live_picture() -> None:
    """The picture is drawn with the ten instances, and the cursor is shown again at the end."""
    code, output = on_a_terminal(40, 100)
    assert code == 0
    assert "emulated time" in output
    assert "◐" in output
    assert "Never fewer than 8 of 10 instances were healthy." in output
    assert output.rindex("\x1b[?25h") > output.rindex("\x1b[?25l")


@pytest.mark.parametrize(("columns", "more"), [(60, {}), (100, {"TERM": "dumb"}), (100, {"PYTHONIOENCODING": "ascii"})])
def test_a_terminal_that_cannot_show_it_gets_plain_lines(columns: int, more: dict[str, str]) -> None:
    """Too narrow, too simple or without the signs: the same story in plain lines."""
    code, output = on_a_terminal(40, columns, **more)
    assert code == 0
    assert "~oooo~oooo" in output
    assert "\x1b[?25l" not in output


def test_what_to_try_next_exists(story: str) -> None:
    """What the story says to try next is there."""
    named = re.findall(r"python (samples/\S+)", story)
    assert named
    assert all((ROOT / Path(name)).is_file() for name in named)
