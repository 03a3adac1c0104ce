"""What those who operate a server look at: health, readiness, metrics, logs."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.cli.running import ROOT, server
from tests.emulator.arm.azure import Azure, model
from tests.emulator.test_server_state import GROUPS, VERSION, limit_pages, made, names, opened, put
from vmss_sdk import Request
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.emulator.incoming import Service
from vmss_sdk.emulator.measured import Measured
from vmss_sdk.emulator.server import ServerOptions


def asked(service: Service, path: str) -> tuple[int, str]:
    """Status and text of what the control plane tells."""
    answer = service.handle(Request("GET", f"http://localhost/_emulator/{path}", {}, b""))
    return answer.status, answer.body.decode()


def metric(text: str, name: str) -> float:
    """The value of a series."""
    found = re.search(rf"^vmss_emulator_{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, text
    return float(found[1])


def test_metrics_count_answers_by_method_and_status() -> None:
    """Also those that were never given; a method that is none makes no series of its own."""
    azure = Azure()
    service = Measured(azure.emulator.served(ServerNames()), azure.emulator.metrics)
    assert made(service, "a").status == 201
    service.handle(Request("MAKE-UP", f"http://localhost{GROUPS}/a?{VERSION}", {}, b""))
    azure.post("/_emulator/faults", {"kind": "dropConnection", "method": "PUT", "count": 1}, version=None)
    with pytest.raises(NoAnswerError):
        made(service, "b")
    status, text = asked(service, "metrics")
    assert status == 200
    assert metric(text, 'requests_total{method="PUT",status="201"}') == 1
    assert metric(text, 'requests_total{method="PUT",status="0"}') == 1
    assert metric(text, 'request_seconds_count{method="PUT"}') == 2
    assert metric(text, 'request_seconds_bucket{method="PUT",le="+Inf"}') == 2
    assert metric(text, 'request_seconds_count{method="other"}') == 1
    assert "MAKE-UP" not in text


def test_metrics_tell_instances_by_state() -> None:
    """As they are at that moment."""
    azure = Azure()
    azure.create(model(3))
    service = azure.emulator.served(ServerNames())
    text = asked(service, "metrics")[1]
    assert metric(text, 'instances{power="running",provisioning="Succeeded"}') == 3
    assert metric(text, "scale_sets") == 1
    assert metric(text, "time_seconds") == azure.emulator.clock.now()


def test_every_line_of_the_metrics_is_of_prometheus_text_format() -> None:
    """Each series is described before its values."""
    azure = Azure()
    azure.create(model(1))
    service = Measured(azure.emulator.served(ServerNames()), azure.emulator.metrics)
    made(service, "a")
    described = set()
    for line in asked(service, "metrics")[1].splitlines():
        if line.startswith("# TYPE "):
            described.add(line.split()[2])
        elif not line.startswith("# HELP "):
            found = re.fullmatch(r'([a-z_]+?)(_bucket|_sum|_count)?(\{([a-z]+="[^"]*",?)+\})? [-+.e\d]+', line)
            assert found, line
            assert {found[1], found[1] + (found[2] or "")} & described, line


def test_a_server_is_not_ready_while_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lives all the same, and is ready again by itself when there is room."""
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    kept = opened(ServerOptions(state=str(tmp_path / "server.state"), clock="virtual"))
    service = kept.served(ServerNames())
    assert asked(service, "ready")[0] == 200
    limit_pages(kept, limit_pages(kept, 0))
    while asked(service, "ready")[0] == 200:
        made(service, "x" * 80)
    assert asked(service, "health")[0] == 200
    assert metric(asked(service, "metrics")[1], "ready") == 0
    limit_pages(kept, 1_000_000)
    assert asked(service, "ready")[0] == 200
    assert metric(asked(service, "metrics")[1], "journal_entries") == kept._journal.sequence
    kept.close()


def test_logs_are_one_json_object_a_line_without_queries() -> None:
    """With the request's id, by which the activity log knows it too."""
    with server("--log-format", "json") as started:
        put(started, "group")
        answer = requests.get(f"{started.url}{GROUPS}/none?{VERSION}&sig=canary", timeout=30)
        code, errors = started.stop(signal.SIGTERM)
    assert code == 0
    assert "canary" not in errors
    lines = [json.loads(line) for line in errors.splitlines()]
    found = [(one["method"], one["path"], one["status"]) for one in lines if "subscriptions" in one["path"]]
    assert found == [("PUT", f"{GROUPS}/group", 201), ("GET", f"{GROUPS}/none", 404)]
    assert lines[-1]["requestId"] == answer.headers["x-ms-request-id"]
    assert all(one["level"] == "info" and one["milliseconds"] >= 0 for one in lines)


def test_health_and_readiness_need_no_token_and_metrics_do(tmp_path: Path) -> None:
    """A probe has none; what is running here is not for everybody."""
    options = ServerOptions(tls=True, clock="virtual", data_dir=str(tmp_path / "home"))
    service = options.emulator().served(options.server_names)
    assert [asked(service, name)[0] for name in ("health", "ready", "metrics")] == [200, 200, 401]


def unit() -> configparser.ConfigParser:
    """The unit on the page."""
    text = (ROOT / "docs/operate.md").read_text().partition("```ini\n")[2].partition("```")[0]
    found = configparser.ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    found.read_string(text)
    return found


def test_the_unit_of_systemd_starts_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the very command that is on the page, in another folder; what was kept is there after a restart."""
    service = unit()["Service"]
    folder = service["Environment"].removeprefix("VMSS_HOME=")
    command = shlex.split(service["ExecStart"].replace(folder, str(tmp_path)))
    assert command[:3] == ["/usr/local/bin/vmss", "emulator", "start"]
    monkeypatch.setenv("VMSS_HOME", str(tmp_path))
    for expected in (["group"], ["group", "later"]):
        with server(*command[3:]) as started:
            put(started, expected[-1])
            assert names(started) == expected
            assert started.stop(signal.SIGTERM)[0] == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    """But that the program is at another place here."""
    text = (ROOT / "docs/operate.md").read_text().partition("```ini\n")[2].partition("```")[0]
    place = tmp_path / "vmss-emulator.service"
    place.write_text(text.replace("/usr/local/bin/vmss", sys.executable))
    run = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(place)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert str(place) not in run.stderr, run.stderr
