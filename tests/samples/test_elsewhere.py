"""The samples where there is no emulator, and the stories of one language beside those of another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from samples.run import FOLDER, STORIES, find
from tests.cli.running import environment, python
from tests.serving import served

KEPT = Path(__file__).parent / "__snapshots__"
CLI = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash: apt-get install bash")


@contextmanager
def _no_emulator() -> Iterator[tuple[str, list[str]]]:
    """A service that knows nothing of emulators, and the methods of the requests that it got."""
    methods: list[str] = []

    class Azure(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            parsed = super().parse_request()
            methods.append(self.command)
            return parsed

        def do_GET(self) -> None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Azure) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}", methods
        finally:
            listening.shutdown()
            thread.join()


def _script(name: str, endpoint: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    variables = environment(VMSS_ENDPOINT=endpoint, AZURE_SUBSCRIPTION_ID="any", PATH=path)
    command = ["bash", str(FOLDER / "cli" / f"{name}.sh")]
    return subprocess.run(
        command, env=variables, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(("name", "said"), [("zones", "needs an emulator"), ("canary_group", "SAMPLE_SUBNET_ID")])
def test_python_makes_nothing_on_azure_by_mistake(name: str, said: str) -> None:
    """What Azure cannot do, or not without more to go by, ends after a first look and says why."""
    with _no_emulator() as (url, methods):
        done = python(f"samples/python/{name}.py", VMSS_ENDPOINT=url, AZURE_SUBSCRIPTION_ID="any")
    assert done.returncode == 1
    assert said in done.stderr
    assert set(methods) == {"GET"}


def test_where_nobody_answers_python_says_so() -> None:
    """In one line, with the address."""
    done = python("samples/python/zones.py", VMSS_ENDPOINT="http://127.0.0.1:1", AZURE_SUBSCRIPTION_ID="any")
    assert done.returncode == 1
    assert done.stderr.startswith("nobody answers at http://127.0.0.1:1")


@CLI
def test_scripts_make_nothing_on_azure() -> None:
    """They ask whether it is an emulator, and end when it is none."""
    with _no_emulator() as (url, methods):
        done = _script("canary-group", url)
    assert done.returncode == 1
    assert "is no emulator" in done.stderr
    assert set(methods) == {"GET"}


@CLI
def test_a_script_against_a_server_leaves_nothing_behind() -> None:
    """It tells the same story there, in a resource group of its own that is gone afterwards."""
    with served() as url:
        done = _script("protected-leader", url)
        assert (done.returncode, done.stderr) == (0, "")
        left = python("-m", "vmss_sdk.cli", "group", "list", "--endpoint", url, "--subscription", "any", "-o", "json")
    assert done.stdout == (KEPT / "test_cli/test_in_process[protected-leader].txt").read_text()
    assert left.stdout.strip() == "[]"


def test_the_stories_come_first_and_in_the_same_order() -> None:
    """In every language, so that they can be laid side by side."""
    for language in ("python", "powershell", "cli"):
        keys = [sample.key for sample in find() if sample.language == language]
        assert [key.replace("-", "") for key in keys[: len(STORIES)]] == [story.replace("_", "") for story in STORIES]


@pytest.mark.parametrize("story", STORIES)
def test_powershell_tells_it_to_the_letter_as_python_does(story: str) -> None:
    """What is kept of both is the same."""
    pascal = story.title().replace("_", "")
    told = (KEPT / f"test_powershell/test_in_process[{pascal}].txt").read_text()
    assert told == (KEPT / f"test_python/test_in_process[{story}].txt").read_text()


@pytest.mark.parametrize("story", STORIES)
def test_the_command_line_has_the_same_headings(story: str) -> None:
    """Each part of a story has its part there."""
    kept = (KEPT / f"test_python/test_in_process[{story}].txt").read_text()
    headings = [line for line in kept.splitlines() if line and not line.startswith(" ")]
    told = (KEPT / f"test_cli/test_in_process[{story.replace('_', '-')}].txt").read_text().splitlines()
    assert [heading for heading in headings if heading not in told] == []
