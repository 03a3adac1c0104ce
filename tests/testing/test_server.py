"""The server of the fixtures with clients that are not as well-behaved as ours."""

from __future__ import annotations

import http.client
import os
import select
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.in_thread import serving
from vmss_sdk.testing import CapturedRequests, EmulatorServer, Faults, SecureServer

GROUP = "/subscriptions/any/resourceGroups/rg?api-version=2021-04-01"

JSON = {"Content-Type": "application/json"}


def connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)


def status(client: http.client.HTTPConnection) -> int:
    answer = client.getresponse()
    answer.read()
    return answer.status


def test_a_body_may_come_in_pieces(vmss_server: EmulatorServer, captured_requests: CapturedRequests) -> None:
    """A client that does not know the length beforehand is understood, and the connection goes on."""
    client = connection(vmss_server.url)
    client.request("PUT", GROUP, iter([b'{"loca', b'tion": "westus"}']), JSON, encode_chunked=True)
    assert status(client) == 201
    client.request("GET", GROUP)
    assert status(client) == 200
    client.close()
    assert captured_requests[0].body == {"location": "westus"}


def test_a_body_that_breaks_off_does_nothing(vmss_server: EmulatorServer, captured_requests: CapturedRequests) -> None:
    """It is no shorter body: an empty one would mean all instances."""
    client = connection(vmss_server.url)
    client.putrequest("PUT", GROUP)
    client.putheader("Content-Length", "100")
    client.endheaders(b'{"location": "westus"}')
    client.sock.shutdown(socket.SHUT_WR)
    assert status(client) == 400
    client.close()
    assert not captured_requests.writes


def test_a_body_that_is_too_large_is_refused(vmss_server: EmulatorServer, captured_requests: CapturedRequests) -> None:
    """As by the real server, and a client that sends all of it before it reads gets the answer."""
    client = connection(vmss_server.url)
    client.request("PUT", GROUP, iter([b" " * 1_000_000] * 8), encode_chunked=True)
    assert status(client) == 413
    client.close()
    assert not captured_requests.writes


def test_half_sent_requests_keep_nobody_waiting(vmss_server: EmulatorServer) -> None:
    """Others are answered while bodies are on their way."""
    held = [connection(vmss_server.url) for _ in range(40)]
    for client in held:
        client.putrequest("PUT", GROUP)
        client.putheader("Content-Length", "100")
        client.endheaders(b"{")
    other = connection(vmss_server.url)
    other.request("GET", "/_emulator/clock")
    assert status(other) == 200
    for client in (*held, other):
        client.close()


def test_a_lost_answer_is_none(
    vmss_server: EmulatorServer, vmss_faults: Faults, captured_requests: CapturedRequests
) -> None:
    """Nothing of an answer reaches the client, though the request was processed."""
    vmss_faults.service.drop_connection(count=1)
    client = connection(vmss_server.url)
    client.request("PUT", GROUP, b'{"location": "westus"}', JSON)
    with pytest.raises(http.client.RemoteDisconnected):
        client.getresponse()
    client.close()
    assert captured_requests.last.status is None


def test_the_end_does_not_wait_for_open_connections() -> None:
    """What a client keeps open is closed, and nobody listens any more."""
    with serving(Emulator()) as url:
        client = connection(url)
        client.request("GET", "/_emulator/clock")
        assert status(client) == 200
        held = client.sock
    assert held.recv(1) == b""
    client.close()
    with pytest.raises(ConnectionRefusedError):
        connection(url).connect()


def test_who_does_not_speak_tls_disturbs_nobody(vmss_secure_server: SecureServer) -> None:
    """The connection ends, and the next client is answered."""
    place = urlsplit(vmss_secure_server.url)
    with socket.create_connection((place.hostname, place.port), timeout=20) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        while plain.recv(1024):
            pass
    assert list(vmss_secure_server.client().scale_sets()) == []


@pytest.mark.skipif(os.name == "nt", reason="processes have no groups there")
def test_a_script_that_takes_too_long_ends_with_its_children(vmss_server: EmulatorServer, tmp_path: Path) -> None:
    """None of what it has started is left, and nobody waits for it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    script = f"exec 3>{pipe}; sleep 600 & echo $! > {tmp_path}/child; wait"
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            vmss_server.run("bash", "-c", script, timeout=1)
        # a pipe ends when the last process that holds it open for writing is gone
        assert select.select([reader], [], [], 10)[0], "a child still holds it open"
    finally:
        os.close(reader)
    assert (tmp_path / "child").read_text().strip().isdecimal()


def test_az_is_logged_in_in_a_profile_of_its_own(vmss_secure_server: SecureServer, tmp_path: Path) -> None:
    """With the emulator as its cloud, and a secret that is in a file, not among the arguments."""
    az = tmp_path / "az"
    az.write_text(f'#!/bin/sh\necho "$AZURE_CONFIG_DIR $@" > {tmp_path}/said\n')
    az.chmod(0o755)
    vmss_secure_server.log_in_az(az=str(az))
    environment = vmss_secure_server.environment
    said = (tmp_path / "said").read_text()
    assert said.startswith(f"{environment['AZURE_CONFIG_DIR']} login --service-principal ")
    assert environment["AZURE_CLIENT_SECRET"] not in said
    assert vmss_secure_server.url in (Path(environment["AZURE_CONFIG_DIR"]) / "clouds.config").read_text()
