"""A server whose emulator is kept in a file."""

import os
import signal
from pathlib import Path

import pytest
import requests

from tests.cli.running import Server, server, vmss
from tests.kill_under_load import rounds
from vmss_sdk import Request, Response
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.incoming import Service
from vmss_sdk.emulator.persistence import PersistentEmulator
from vmss_sdk.emulator.server import ServerOptions

GROUPS = "/subscriptions/s/resourcegroups"
VERSION = "api-version=2021-04-01"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a state file that is not there yet, with a data directory of its own."""
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    return tmp_path / "server.state"


def put(running: Server, name: str) -> None:
    """Make a resource group."""
    body = {"location": "westus"}
    assert requests.put(f"{running.url}{GROUPS}/{name}?{VERSION}", json=body, timeout=30).status_code == 201


def names(running: Server) -> list[str]:
    """The resource groups."""
    found = requests.get(f"{running.url}{GROUPS}?{VERSION}", timeout=30).json()["value"]
    return [group["name"] for group in found]


def test_what_was_answered_outlives_a_server_that_was_killed(path: Path) -> None:
    """``kill -9`` of both processes; the next server goes on with it."""
    with server("--state", str(path)) as started:
        put(started, "first")
        os.kill(started.worker, signal.SIGKILL)
        code, errors = started.stop(signal.SIGKILL)
        assert code in (1, -signal.SIGKILL), errors
    with server("--state", str(path)) as started:
        put(started, "second")
        assert names(started) == ["first", "second"]


def test_a_server_that_was_told_to_stop_keeps_the_time_as_well(path: Path) -> None:
    """Also while a client's connection is open."""
    url = "{0.url}/_emulator/clock"
    with server("--state", str(path), "--clock", "scaled:86400") as started, requests.Session() as session:
        put(started, "group")
        session.get(url.format(started), timeout=30)
        before = session.get(url.format(started), timeout=30).json()["now"]
        assert started.stop(signal.SIGTERM) == (0, "")
    with server("--state", str(path), "--clock", "virtual") as started:
        assert requests.get(url.format(started), timeout=30).json()["now"] >= before


def test_a_dead_worker_says_that_the_state_is_kept(path: Path) -> None:
    """Other than without a file, nothing is lost."""
    with server("--state", str(path)) as started:
        os.kill(started.worker, signal.SIGKILL)
        _, errors = started.process.communicate(timeout=60)
        assert f"what it answered is kept in '{path}'" in errors


def test_a_file_that_another_server_has_is_refused(path: Path) -> None:
    """Two would overwrite each other's."""
    kept = PersistentEmulator(path)
    run = vmss("emulator", "start", "--port", "0", "--state", str(path))
    kept.close()
    assert (run.returncode, run.stdout) == (1, "")
    assert f"the state file '{path}' is open in another process" in run.stderr


@pytest.fixture
def options(path: Path) -> ServerOptions:
    """Of a server with that file."""
    return ServerOptions(state=str(path), clock="virtual", seed=7)


def test_a_setting_with_which_the_file_was_not_begun_is_refused(path: Path, options: ServerOptions) -> None:
    """What was made under one seed does not go on under another; an option that is not given does no harm."""
    opened(options).close()
    with pytest.raises(ValueError, match="begun with seed 7, and 8 is asked for"):
        ServerOptions(state=str(path), seed=8).kept()
    kept = opened(ServerOptions(state=str(path)))
    assert kept.emulator.settings.seed == 7
    kept.close()


def test_the_pace_of_time_is_that_of_the_server(path: Path, options: ServerOptions) -> None:
    """From the moment at which it stood."""
    kept = opened(options)
    moment = kept.emulator.clock.now()
    kept.close()
    kept = opened(ServerOptions(state=str(path), clock="scaled:0"))
    assert (kept.emulator.clock.kind, kept.emulator.clock.now()) == ("scaled", moment)
    kept.close()


def test_a_full_disk_is_answered_with_503_and_nothing_is_done(
    options: ServerOptions, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever tries again, when there is room, succeeds."""
    kept = opened(options)
    service = kept.served(ServerNames())
    pages = limit_pages(kept, 0)
    limit_pages(kept, pages)
    answers = [made(service, f"group{number}") for number in range(100)]
    refused = answers[-1]
    assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
    assert refused.json()["error"]["code"] == "ServiceUnavailable"
    assert "cannot write the state file" in caplog.text
    assert "disk is full" in caplog.text
    assert listed(service) == ["first", *(f"group{n}" for n, one in enumerate(answers) if one.status == 201)]
    limit_pages(kept, 1_000_000)
    assert made(service, "group99").status == 201
    kept.close()


def test_a_request_that_fails_halfway_leaves_nothing_behind(
    options: ServerOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server goes on with what it had before."""
    kept = opened(options)
    service = kept.served(ServerNames())
    handle = Emulator.handle

    def broken(*arguments: object) -> Response:
        handle(*arguments)  # type: ignore[arg-type]  # a signal handler of Python
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(Emulator, "handle", broken)
        with pytest.raises(MemoryError):
            made(service, "half")
        patched.undo()
    assert listed(service) == ["first"]
    kept.close()


def test_the_key_is_in_the_servers_data_directory(path: Path, tmp_path: Path) -> None:
    """Not in the usual one, which belongs to others."""
    opened(ServerOptions(state=str(path), clock="virtual", data_dir=str(tmp_path / "own"))).close()
    assert DataDirectory(tmp_path / "own").read_secret("state.key")
    assert not (tmp_path / "home").exists()


def limit_pages(kept: PersistentEmulator, pages: int) -> int:
    """Leave the file no more room than so many pages; 0: how many it has."""
    database = kept._journal._database
    assert database is not None
    pragma = f"max_page_count = {pages}" if pages else "page_count"
    found: int = database.execute(f"PRAGMA {pragma}").fetchone()[0]
    return found


def opened(options: ServerOptions) -> PersistentEmulator:
    """The emulator in the file, with a resource group."""
    kept = options.kept()
    assert kept is not None
    assert made(kept.served(ServerNames()), "first").status in (200, 201)
    return kept


def made(service: Service, name: str) -> Response:
    """The answer to a new resource group."""
    url, headers = f"http://localhost{GROUPS}/{name}?{VERSION}", {"Content-Type": "application/json"}
    return service.handle(Request("PUT", url, headers, b'{"location":"westus"}'))


def listed(service: Service) -> list[str]:
    """The resource groups."""
    answer = service.handle(Request("GET", f"http://localhost{GROUPS}?{VERSION}", {}, b""))
    return [group["name"] for group in answer.json()["value"]]


def test_kills_under_load_lose_nothing(path: Path) -> None:
    """Twice here; ``python -m tests.kill_under_load 40`` does it more often."""
    found = rounds(2, path)
    assert found.answered
    assert (found.lost, found.strange) == (set(), set())
