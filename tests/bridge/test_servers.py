"""Servers that the bridge starts: processes of their own, which end when they are told to, and with it."""

import os
import select
import socket
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bridge.driving import Driver, driven


def test_a_server_is_started_connected_to_and_stopped() -> None:
    """It listens at the URL that is told, requests of its connection go there, and afterwards nobody listens."""
    with driven() as bridge:
        (told,) = bridge.ask("server.start", connection="here")
        assert told["Endpoint"].startswith("http://127.0.0.1:")
        assert (told["Clock"], told["Connection"], told["CACertificate"]) == ("virtual", "here", None)
        assert bridge.ask("connections") == [
            {
                "Name": "here",
                "Kind": "endpoint",
                "Endpoint": told["Endpoint"],
                "SubscriptionId": "00000000-0000-0000-0000-000000000000",
                "Credential": None,
            }
        ]
        bridge.ask("resourceGroup.createOrUpdate", connection="here", name="rg", location="westus2")
        assert bridge.ask("server.stop", endpoint="http://127.0.0.1:1") == []
        assert bridge.ask("server.stop", endpoint=told["Endpoint"]) == [told]
        assert not _listens(told["Endpoint"])
        assert bridge.ask("connections") == []
        bridge.end()


def test_over_https_the_connection_has_a_principal(tmp_path: Path) -> None:
    """With https the connection trusts the server's own authority and logs in; the secret is not told."""
    with driven() as bridge:
        (told,) = bridge.ask("server.start", https=True, dataDir=str(tmp_path))
        assert told["Endpoint"].startswith("https://localhost:")
        assert told["CACertificate"] == str(tmp_path / "ca.pem")
        group = bridge.ask("resourceGroup.createOrUpdate", name="rg", location="westus2")
        assert group["Name"] == "rg"
        assert bridge.ask("connections")[0]["Credential"] == "ClientSecretCredential"
        bridge.end()


def test_a_server_ends_with_the_bridge() -> None:
    """When the bridge ends, however it does, its servers end too."""
    with driven() as bridge:
        (told,) = bridge.ask("server.start")
        bridge.process.kill()
        assert _ends(told["ProcessId"])
        assert not _listens(told["Endpoint"])


@pytest.fixture(scope="module")
def bridge() -> Generator[Driver]:
    """A bridge."""
    with driven() as driver:
        yield driver


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"clock": "sundial"}, "sundial"), ({"port": 1 << 20}, "port"), ({"dataDir": "\0", "https": True}, "could not")],
)
def test_a_server_that_cannot_start_says_why(bridge: Driver, options: dict[str, object], reason: str) -> None:
    """Wrong options are an error that names them."""
    assert reason in bridge.error("server.start", **options)["message"]


def test_a_port_in_use_is_said(bridge: Driver) -> None:
    """A port that somebody listens at is named."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = bridge.error("server.start", port=port)["message"]
    assert f"cannot listen on 127.0.0.1:{port}: the port is in use" in message


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5).close()
    except OSError:
        return False
    return True


def _ends(pid: int) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 20)[0])
    finally:
        os.close(handle)
