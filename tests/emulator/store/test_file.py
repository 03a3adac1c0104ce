"""A client whose emulator is kept in a file."""

from __future__ import annotations

import base64
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ROOT, environment
from tests.emulator.arm.azure import model, rolling
from vmss_sdk import ClientUsageError, InProcessTransport, StateFileError, VirtualMachineScaleSet, VmssClient, wire
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError
from vmss_sdk.emulator.persistence import PersistentEmulator
from vmss_sdk.emulator.store.atomic_write import remove_temporary_files, write_atomically
from vmss_sdk.transport.base import Request

Make = Callable[[], VmssClient]
SECRETS = {
    "password": "Password-Canary-1",
    "protected": "protected-canary-2",
    "custom": "custom-canary-3",
    "user": "user-canary-4",
    "runas": "RunAs-Canary-5",
    "parameter": "parameter-canary-6",
    "deployment": "Deployment-Canary-7",
}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a state file that is not there yet, with a data directory of its own."""
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    return tmp_path / "web.state"


def web(client: VmssClient, document: dict[str, Any] | None = None) -> Any:
    """A scale set that is there."""
    client.resource_groups.create_or_update("rg", "westus")
    found = client.scale_set("rg", "web")
    found.create_or_update(VirtualMachineScaleSet.from_wire(document or model())).result()
    return found


def test_the_next_client_goes_on_where_the_last_one_was(path: Path) -> None:
    """In the middle of a rolling upgrade, at the time where it was."""
    with VmssClient.in_process(state=path) as client:
        scale_set = web(client, rolling(5, {"maxBatchInstancePercent": 20}))
        found = scale_set.get()
        found.virtual_machine_profile.storage_profile.image_reference.version = "2.0.0"
        token = scale_set.create_or_update(found).resume_token
        client.clock.sleep(200)
        moment = client.clock.now()
        before = scale_set.rolling_upgrade.latest().wire
    with VmssClient.in_process(state=path) as client:
        assert client.clock.now() == moment
        assert client.scale_set("rg", "web").rolling_upgrade.latest().wire == before
        client.resume(token).result()
        latest = client.scale_set("rg", "web").rolling_upgrade.latest()
        assert latest.wire["properties"]["runningStatus"]["code"] == "Completed"


def test_what_was_acknowledged_is_kept_without_a_close(path: Path) -> None:
    """A process that is killed takes nothing with it."""
    code = (
        "import os\nfrom vmss_sdk import VmssClient\n"
        f"client = VmssClient.in_process(state={str(path)!r})\n"
        "client.resource_groups.create_or_update('rg', 'westus')\nos._exit(9)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), check=False, timeout=60)
    assert run.returncode == 9
    with VmssClient.in_process(state=path) as client:
        assert client.resource_groups.exists("rg")


def test_one_client_at_a_time(path: Path) -> None:
    """The second waits, then an error says who has it and what to do; after a close it goes on."""
    with VmssClient.in_process(state=path), pytest.raises(StateFileError, match="is open in another process"):
        PersistentEmulator(path, patience=0)
    PersistentEmulator(path, patience=0).close()


def test_nobody_else_can_read_it(path: Path) -> None:
    """Owner only, and no secret that was sent can be found in it, neither plain nor as base64."""
    with VmssClient.in_process(state=path) as client:
        keep_secrets(client)
    content = path.read_bytes() + (path.parent / f".{path.name}.lock").read_bytes()
    for secret in SECRETS.values():
        assert secret.encode() not in content
        assert base64.b64encode(secret.encode()) not in content
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_what_nothing_needs_is_not_even_in_the_box() -> None:
    """Passwords and protected settings are digests; a deployment's secure parameters end with it."""
    with VmssClient.in_process() as client:
        keep_secrets(client)
        assert found_in(client) == {"custom", "user", "deployment"}
        client.clock.sleep(600)
        client.resource_groups.exists("rg")  # whoever asks brings everything up to that moment
        assert found_in(client) == {"custom", "user"}


def found_in(client: VmssClient) -> set[str]:
    """Which secrets whoever has the key too could read in a state file, plain or as base64."""
    assert isinstance(client.transport, InProcessTransport)
    text = wire.encode(client.transport.emulator.saved())
    return {
        name for name, secret in SECRETS.items() if secret.encode() in text or base64.b64encode(secret.encode()) in text
    }


def keep_secrets(client: VmssClient) -> None:
    """Send every kind of secret once."""

    def text(name: str) -> str:
        return base64.b64encode(SECRETS[name].encode()).decode()

    extension = {
        "publisher": "P",
        "type": "T",
        "typeHandlerVersion": "1.0",
        "protectedSettings": {"k": SECRETS["protected"]},
    }
    profile = "properties.virtualMachineProfile"
    document = model(
        1,
        {
            f"{profile}.osProfile.adminPassword": SECRETS["password"],
            f"{profile}.osProfile.customData": text("custom"),
            f"{profile}.userData": text("user"),
            f"{profile}.extensionProfile.extensions": [{"name": "e", "properties": extension}],
        },
    )
    scale_set = web(client, document)
    command = {
        "location": "westus",
        "properties": {
            "source": {"script": "true"},
            "runAsUser": "u",
            "runAsPassword": SECRETS["runas"],
            "protectedParameters": [{"name": "p", "value": SECRETS["parameter"]}],
        },
    }
    place = f"{scale_set.instance('0').id}/runCommands/c"
    client.resource(place, api_version="2024-07-01").create_or_update(command).wait()
    group = scale_set.id.partition("/providers/")[0]
    parameters = {"secret": {"type": "securestring"}}
    template = {"contentVersion": "1.0.0.0", "parameters": parameters, "resources": []}
    properties = {
        "mode": "Incremental",
        "template": template,
        "parameters": {"secret": {"value": SECRETS["deployment"]}},
    }
    deployment = f"{group}/providers/Microsoft.Resources/deployments/d"
    client.resource(deployment, api_version="2021-04-01").create_or_update({"properties": properties})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"something else", "it is no state file of vmss_sdk"),
        (
            b'{"what": "vmss_sdk emulator state", "format": 99, "version": "9.9"}\n',
            "vmss_sdk 9.9 wrote it in format 99",
        ),
        (b'{"what": "vmss_sdk emulator state", "format": 1, "key": "0"}\n', "it was encrypted with another key"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_as_it_is(path: Path, content: bytes, said: str) -> None:
    """The error names it, says why and what to do."""
    path.write_bytes(content)
    with pytest.raises(StateFileError, match=said) as caught:
        VmssClient.in_process(state=path)
    assert str(path) in str(caught.value)
    assert "move this one away" in str(caught.value)
    assert path.read_bytes() == content


def test_a_file_that_was_changed_is_damaged(path: Path) -> None:
    """One bit is enough, and none of it is taken for true."""
    with VmssClient.in_process(state=path) as client:
        client.resource_groups.create_or_update("rg", "westus")
    with closing(sqlite3.connect(path)) as database, database:
        flipped = "substr(content, 1, 40) || x'00' || substr(content, 42)"
        database.execute(f"UPDATE resources SET content = CAST({flipped} AS BLOB) WHERE kind = 'resourceGroups'")
    with pytest.raises(StateFileError, match="it is damaged"):
        PersistentEmulator(path, patience=0, data_directory=DataDirectory())


def test_a_request_that_was_interrupted_is_not_kept_half_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a request: the file has what came before it."""
    with VmssClient.in_process(state=path) as client:
        client.resource_groups.create_or_update("before", "westus")

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("vmss_sdk.emulator.app.answer", interrupt)
            with pytest.raises(KeyboardInterrupt):
                client.resource_groups.create_or_update("half", "westus")
        with pytest.raises(StateFileError, match="was interrupted"):
            client.resource_groups.exists("half")
    with VmssClient.in_process(state=path) as client:
        assert [group.name for group in client.resource_groups.list()] == ["before"]


def test_the_environment_names_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``VMSS_STATE`` with ``VMSS_ENDPOINT=in-process``; with a server it makes no sense."""
    variables = {"VMSS_ENDPOINT": "in-process", "VMSS_STATE": str(path)}
    with VmssClient.from_environment(variables) as client:
        client.resource_groups.create_or_update("rg", "westus")
    with VmssClient.in_process(state=path) as client:
        assert client.resource_groups.exists("rg")
    with pytest.raises(ClientUsageError, match="a state file is for an emulator in this process"):
        VmssClient.from_environment({}, subscription_id="s", endpoint="http://127.0.0.1:1", state=path)


def test_a_closed_client_writes_no_more(path: Path) -> None:
    """Another may have the file by now."""
    client = VmssClient.in_process(state=path)
    client.close()
    with pytest.raises(ClientUsageError, match="was closed"):
        client.resource_groups.exists("rg")
    kept = PersistentEmulator(path)
    kept.close()
    body = b'{"location":"westus"}'
    with pytest.raises(StateFileError, match="was closed"):
        kept.handle(Request("PUT", "https://x/subscriptions/s/resourcegroups/g?api-version=2021-04-01", {}, body))


@pytest.mark.parametrize("content", [b"", b"short", b"k" * 64])
def test_a_key_that_is_none_is_refused(path: Path, content: bytes) -> None:
    """An empty or shortened file shuts nothing: the error names it, and no state file is written."""
    key = path.parent / "home" / "state.key"
    key.parent.mkdir()
    key.touch(mode=0o600)
    key.write_bytes(content)
    with VmssClient.in_process(state=path) as client:
        with pytest.raises(StateFileError, match=f"holds no key: it has {len(content)} bytes, expected 32") as caught:
            client.resource_groups.create_or_update("rg", "westus")
        assert str(key) in str(caught.value)
        key.unlink()  # as the error says
        client.resource_groups.create_or_update("rg", "westus")
    assert len(key.read_bytes()) == 32


@pytest.mark.parametrize("head", [b"[" * 200_000, b'{"what":' * 200_000])
def test_a_first_line_that_is_nested_deeply_is_no_state_file(path: Path, head: bytes) -> None:
    """The same error as of any other file."""
    path.write_bytes(head + b"\n")
    with pytest.raises(StateFileError, match="it is no state file of vmss_sdk"):
        VmssClient.in_process(state=path)


def test_drafts_of_killed_writers_go_with_the_next_one(path: Path) -> None:
    """Those of this file, and none that somebody is writing."""
    draft, others = path.with_name(f".{path.name}.0123456789abcdef"), path.with_name(".other.state.0123456789abcdef")
    draft.write_bytes(b"half")
    others.write_bytes(b"half")
    VmssClient.in_process(state=path).close()
    assert not draft.exists()
    assert others.exists()


@pytest.mark.skipif(os.name != "posix", reason="only there a draft is locked by itself")
def test_a_draft_that_is_being_written_stays(tmp_path: Path) -> None:
    """Its writer has it locked until it is in place, and puts it there."""
    place, seen = tmp_path / "file", list[Path]()

    def put_in_place(draft: Path, path: Path) -> None:
        remove_temporary_files(path)
        seen.append(draft)
        os.replace(draft, path)

    write_atomically(place, b"whole", 0o600, put_in_place=put_in_place)
    assert place.read_bytes() == b"whole"
    assert not seen[0].exists()


@pytest.mark.skipif(os.name != "posix", reason="only there a draft is locked by itself")
def test_a_draft_that_was_taken_for_an_abandoned_one_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its creation and its lock another writer may remove it: nothing is lost."""
    import fcntl

    place, lock, rounds = tmp_path / "file", fcntl.flock, list[int]()

    def late(file: int, how: int) -> None:
        rounds.append(file)
        if len(rounds) == 1:
            for draft in tmp_path.glob(".file.*"):
                draft.unlink()
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    write_atomically(place, b"whole", 0o600)
    assert place.read_bytes() == b"whole"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="killed by a signal")
def test_a_writer_that_is_killed_leaves_a_draft_that_the_next_one_removes(tmp_path: Path) -> None:
    """Seen with a real process."""
    code = (
        "import os, signal\nfrom pathlib import Path\n"
        "from vmss_sdk.emulator.store.atomic_write import write_atomically\n"
        f"place = Path({str(tmp_path / 'file')!r})\n"
        "write_atomically(place, b'x', 0o600, put_in_place=lambda *_: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), check=False, timeout=60)
    assert run.returncode == -9
    assert len(list(tmp_path.iterdir())) == 1
    DataDirectory(tmp_path).replace_secret("file", b"whole")
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("file", b"whole")]


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's here")
def test_a_link_to_nothing_in_the_place_of_a_key_is_said_so(tmp_path: Path) -> None:
    """And not that the file disappears."""
    (tmp_path / "state.key").symlink_to(tmp_path / "gone")
    with pytest.raises(
        DataDirectoryError, match=r"state\.key' is a link to '.*gone', where there is nothing: .* delete the"
    ):
        DataDirectory(tmp_path).secret("state.key", lambda: b"k")
