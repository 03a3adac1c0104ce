"""The server as a process: how it starts, answers and ends."""

import contextlib
import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.compute import ComputeManagementClient

from tests.cli.running import Server, server, vmss
from tests.serving import served
from vmss_sdk import HttpTransport, Request, VmssClient
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.server import CannotServeError, is_loopback
from vmss_sdk.emulator.tls import ca_certificate
from vmss_sdk.transport.base import WallClock


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)]
)
def test_loopback_is_told_from_the_rest(host: str, local: bool) -> None:
    """Only what no other machine can reach counts."""
    assert is_loopback(host) is local


def test_a_host_that_is_none_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names it."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(CannotServeError, match="'no host at all'"):
        is_loopback("no host at all")


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A server with a virtual clock."""
    with server("--clock", "virtual") as started:
        yield started


def test_the_printed_address_answers(running: Server) -> None:
    """Once the line is there, the server is."""
    transport = HttpTransport(running.url)
    answer = transport.send(Request("GET", f"{running.url}/_emulator/status"))
    transport.close()
    assert (answer.status, answer.json()["clock"]["kind"]) == (200, "virtual")


def test_the_directions_for_azure_mgmt_compute_work(running: Server) -> None:
    """What the server prints for Microsoft's client is all that it needs."""
    credential: Any = object()
    with ComputeManagementClient(
        credential,
        "00000000-0000-0000-0000-000000000000",
        base_url=running.url,
        authentication_policy=SansIOHTTPPolicy(),
    ) as client:
        assert list(client.virtual_machine_scale_sets.list_all()) == []


def test_parallel_requests_are_all_answered(running: Server) -> None:
    """Sixteen threads write and read through one client; nothing is lost or mixed up."""
    with VmssClient("parallel", endpoint=running.url) as client, ThreadPoolExecutor(16) as pool:
        names = [f"group-{number}" for number in range(100)]
        made = list(pool.map(lambda name: client.resource_groups.create_or_update(name, "westus2").name, names))
        assert made == names
        assert {group.name for group in client.resource_groups.list()} == set(names)


def test_a_waiting_client_sees_virtual_time_skip(running: Server) -> None:
    """A client with a wall clock waits for a deletion of emulated minutes in no time."""
    with VmssClient("skip", endpoint=running.url) as client:
        client.resource_groups.create_or_update("rg", "westus2")
        client.resource_groups.delete("rg").result(timeout=30)
        assert not client.resource_groups.exists("rg")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n", b" 400 "),
        (b"HEAD /_emulator/clock HTTP/1.1\r\nHost: localhost\r\n\r\n", b" 405 "),
        (b"what is this\r\n\r\n", b" 400 "),
        (b"GET /_emulator/clock HTTP/1.1\r\nHost: evil.example\r\n\r\n", b" 421 "),
        (b"GET http://localhost/_emulator/clock HTTP/1.1\r\nHost: evil.example\r\n\r\n", b" 421 "),
        (b"GET /_emulator/clock HTTP/1.1\r\nHost: a b\r\n\r\n", b" 400 "),
        (b"GET /_emulator/clock HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b" 4"),
        (b"GET /_emulator/clock HTTP/1.0\r\n\r\n", b" 200 "),
        (b"GET /_emulator/clock HTTP/1.1\r\n\r\n", b" 400 "),
    ],
)
def test_odd_requests_get_an_answer(running: Server, sent: bytes, answer: bytes) -> None:
    """Nonsense, HEAD where there is none, and old HTTP."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(sent)
        assert answer in connection.recv(4096)


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 50\r\n\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ],
)
def test_a_body_that_breaks_off_has_no_effect(running: Server, sent: bytes) -> None:
    """Refused, if the client still listens; reset without a body would have forgotten everything."""
    with VmssClient("broken", endpoint=running.url) as client:
        client.resource_groups.create_or_update("stays", "westus2")
        with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
            connection.sendall(b"POST /_emulator/reset HTTP/1.1\r\nHost: localhost\r\n" + sent)
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(4096)
        assert answer == b"" or b" 400 " in answer
        assert client.resource_groups.exists("stays")


def test_a_client_that_hangs_up_harms_nobody(running: Server) -> None:
    """A dropped connection is forgotten."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(b"PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n")
    transport = HttpTransport(running.url)
    assert transport.send(Request("GET", f"{running.url}/_emulator/status")).status == 200
    transport.close()


HALF_SENT = (
    b"",
    b"GET /_emulator/status HTTP/1.1\r\nHost: localhost\r\nX-",
    b"PUT /subscriptions/s/resourceGroups/g?api-version=2021-04-01 HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Length: 100\r\n\r\n{",
)


def test_half_sent_requests_keep_nobody_waiting(running: Server) -> None:
    """Hundreds of connections that are silent, or stop within a head or a body, hold no thread."""
    with contextlib.ExitStack() as held:
        for number in range(210):
            address = ("127.0.0.1", running.port)
            connection = held.enter_context(socket.create_connection(address, timeout=30))
            connection.sendall(HALF_SENT[number % 3])
        with VmssClient("half", endpoint=running.url) as client:
            client.resource_groups.create_or_update("rg", "westus2")
            assert client.resource_groups.exists("rg")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused_in_arms_words(running: Server, chunked: bool) -> None:
    """A client that sends all of it before it reads gets the answer, and not a reset connection."""
    url = f"{running.url}/subscriptions/s/resourceGroups/large?api-version=2021-04-01"
    size = 16 * 1024 * 1024
    body = (b" " * 65536 for _ in range(size // 65536)) if chunked else b" " * size
    answer = requests.put(url, data=body, timeout=30)
    assert answer.status_code == 413
    assert answer.json()["error"] == {
        "code": "RequestContentTooLarge",
        "message": "The request content size exceeds the maximum size of 4 MB.",
    }
    assert answer.headers["x-ms-failure-cause"] == "gateway"
    assert requests.get(url, timeout=30).status_code == 404


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_server_cleanly(number: int) -> None:
    """Exit code 0, nothing on standard error, the port free again and no process left."""
    with server() as started:
        worker, port = started.worker, started.port
        with socket.create_connection(("127.0.0.1", port), timeout=30) as held:
            held.sendall(HALF_SENT[2])  # neither an open connection nor half a request keeps it
            assert started.stop(number) == (0, "")
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_the_worker_does_not_outlive_a_killed_parent() -> None:
    """``kill -9`` on the process that the user started frees the port as well."""
    with server() as started, socket.create_connection(("127.0.0.1", started.port), timeout=30) as connection:
        started.stop(signal.SIGKILL)
        with contextlib.suppress(ConnectionResetError):  # the worker's end closes the connection, or resets it
            assert connection.recv(1) == b""


def test_a_dead_worker_ends_the_server_with_an_error() -> None:
    """The state is gone, so nothing is started in its place."""
    with server() as started:
        os.kill(started.worker, signal.SIGKILL)
        _, errors = started.process.communicate(timeout=60)
        assert started.process.returncode == 1
        assert "its state is lost" in errors


def test_a_port_in_use_is_said_in_one_sentence(running: Server) -> None:
    """Also when the neighbour is one of ours, who would share it."""
    run = vmss("emulator", "start", "--port", str(running.port))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        f"vmss emulator start: cannot listen on 127.0.0.1:{running.port}: the port is in use;"
        " choose another one, or 0 for a free one\n"
    )


@pytest.mark.parametrize("options", [(), ("--tls", "--no-auth")])
def test_names_that_are_allowed(options: tuple[str, ...], home: Path) -> None:
    """``--allowed-host`` adds names, and they stand in links; without it they are another server's."""
    ca = str(ca_certificate(DataDirectory(home), WallClock()))
    with served("--allowed-host", "emulator.test", "--allowed-host", "*.lab.test", *options) as url:
        ask = partial(requests.put, timeout=30, verify=ca, json={"location": "westus2"})
        group = f"{url}/subscriptions/s/resourceGroups/rg?api-version=2021-04-01"
        for host, status in (
            ("emulator.test:80", 201),
            ("a.lab.test", 200),
            ("evil.example", 421),
            ("emulator.test.evil.example", 421),
        ):
            answer = ask(group, headers={"Host": host})
            assert answer.status_code == status, answer.text
        answer = requests.delete(group, headers={"Host": "a.lab.test"}, timeout=30, verify=ca)
        assert answer.headers["Location"].startswith(f"{url.partition(':')[0]}://a.lab.test/")


def test_what_a_page_can_send_without_asking_has_no_effect(running: Server) -> None:
    """What needs no preflight: foreign origins with plain text and forms."""
    with VmssClient("pages", endpoint=running.url) as client:
        client.resource_groups.create_or_update("stays", "westus2")
        page = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
        for method, path in (
            ("POST", "/_emulator/reset"),
            ("POST", "/_emulator/clock"),
            ("POST", "/subscriptions/pages/resourceGroups/stays/moveResources?api-version=2021-04-01"),
            ("GET", "/_emulator/status"),
            ("OPTIONS", "/_emulator/reset"),
        ):
            answer = requests.request(method, f"{running.url}{path}", data="{}", headers=page, timeout=30)
            assert answer.status_code == 403
            assert "Access-Control-Allow-Origin" not in answer.headers
        assert client.resource_groups.exists("stays")
