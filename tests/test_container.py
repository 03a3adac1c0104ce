"""The container file: what it runs is run here, in a folder in the place of its volume."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.running import ROOT, server

LINES = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()


def instruction(name: str) -> str:
    """The last one of this name: what holds in the image."""
    return next(line.partition(" ")[2] for line in reversed(LINES) if line.partition(" ")[0] == name)


def test_the_server_of_the_image_starts_and_its_health_check_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the loopback; a server that is gone does not pass."""
    monkeypatch.setenv("VMSS_HOME", instruction("ENV").partition("=")[2].replace("/data", str(tmp_path)))
    assert json.loads(instruction("ENTRYPOINT")) == ["vmss", "emulator", "start"]
    words = [word.replace("/data", str(tmp_path)) for word in json.loads(instruction("CMD"))]
    program = json.loads(instruction("HEALTHCHECK").partition(" CMD ")[2])
    assert program[:2] == ["python", "-c"]
    with server(*[word.replace("0.0.0.0", "127.0.0.1") for word in words]) as started:
        check = [sys.executable, "-c", program[2].replace(":8677/", f":{started.port}/")]
        assert subprocess.run(check, timeout=60, check=False, capture_output=True).returncode == 0
        assert started.stop(signal.SIGTERM)[0] == 0
    assert subprocess.run(check, timeout=60, check=False, capture_output=True).returncode != 0


def test_the_image_runs_as_a_user_without_rights_and_can_write_its_volume_alone() -> None:
    """The user is made before, with a number of its own, and owns the volume."""
    assert instruction("USER") == "vmss"
    making = instruction("RUN")
    assert "useradd --system --uid 10001" in making
    assert "install --directory --owner vmss --mode 0700 /data" in making
    assert json.loads(instruction("VOLUME")) == ["/data"]
    assert LINES.index("USER vmss") < next(n for n, line in enumerate(LINES) if line.startswith("ENTRYPOINT"))


def test_the_compose_file_serves_this_machine_alone_and_keeps_the_volume() -> None:
    """The port of the image, on the loopback; time enough for a snapshot at the end."""
    document = yaml.safe_load((ROOT / "compose.yaml").read_text())
    service = document["services"]["vmss"]
    assert service["ports"] == [f"127.0.0.1:8677:{instruction('EXPOSE')}"]
    assert [volume.split(":") for volume in service["volumes"]] == [["state", *json.loads(instruction("VOLUME"))]]
    assert "state" in document["volumes"]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert int(service["stop_grace_period"].removesuffix("s")) > 20
