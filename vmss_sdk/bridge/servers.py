"""Servers of emulators: processes of their own, which end with this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import attrs

from vmss_sdk.bridge.connections import Recipe
from vmss_sdk.errors import ClientUsageError

__all__ = ["Server", "Servers"]

_PATIENCE = 60.0
_GRACE = 10.0
_LAST_PORT = 65_535
_MODULE = "vmss_sdk.bridge.emulator_process"


@attrs.define(eq=False)
class Server:
    """One that is running.

    Attributes:
        url: Where it listens, on this machine only.
        clock: As it was asked for.
        connection: The name of the connection that was made to it.
        ca_file: The certificate to trust; None over plain HTTP.
        process: It.
    """

    url: str
    clock: str
    connection: str
    ca_file: str | None
    process: subprocess.Popen[str] = attrs.field(repr=False)

    @property
    def document(self) -> dict[str, Any]:
        """What can be told of it."""
        return {
            "Endpoint": self.url,
            "Clock": self.clock,
            "Connection": self.connection,
            "CACertificate": self.ca_file,
            "ProcessId": self.process.pid,
        }

    def stop(self) -> None:
        """End it, gently at first."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Servers:
    """The servers that were started here; threads may share them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: list[Server] = []

    def start(
        self,
        connection: str,
        *,
        port: int = 0,
        https: bool = False,
        clock: str = "virtual",
        seed: int = 0,
        data_dir: str | None = None,
    ) -> tuple[Server, Recipe]:
        """Start one on 127.0.0.1 and wait until it answers.

        Args:
            connection: The name of the connection that will be made to it.
            port: 0 takes a free one.
            https: Whether to serve HTTPS and ask for tokens.
            clock: ``virtual``, ``scaled:60`` or ``system``.
            seed: Of everything that varies.
            data_dir: Where certificates, keys and principals are kept.

        Returns:
            The server, and how to connect to it: over HTTPS as its principal ``contributor``.

        Raises:
            ClientUsageError: It could not start; the text says why.
        """
        if not 0 <= port <= _LAST_PORT:
            raise ClientUsageError(f"{port} is no port: expected a number from 0 to {_LAST_PORT}")
        options = {"port": port, "tls": https, "clock": clock, "seed": seed, "data_dir": data_dir}
        process = _process(options)
        try:
            url = _url(process)
            recipe = _with_tokens(url, data_dir) if https else Recipe(kind="endpoint", endpoint=url)
        except BaseException:
            process.kill()
            process.wait()
            raise
        server = Server(url, clock, connection, recipe.ca_file, process)
        with self._lock:
            self._running.append(server)
        return server, recipe

    def stop(self, url: str | None) -> list[Server]:
        """End the server at a URL, or all.

        Returns:
            Those that were there.
        """
        with self._lock:
            found = [server for server in self._running if url is None or server.url == url.rstrip("/")]
            self._running = [server for server in self._running if server not in found]
        for server in found:
            server.stop()
        return found


def _process(options: Mapping[str, Any]) -> subprocess.Popen[str]:
    # A session of its own: Ctrl-C is for whoever waits. -P: as the bridge itself is started.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE, json.dumps(options)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        start_new_session=os.name == "posix",
    )


def _url(process: subprocess.Popen[str]) -> str:
    lines: Queue[str] = Queue()
    threading.Thread(target=_first_line, args=(process, lines), daemon=True).start()
    try:
        told = json.loads(lines.get(timeout=_PATIENCE))
    except (Empty, ValueError):
        raise ClientUsageError("the emulator's server ended, or did not answer within a minute") from None
    if "error" in told:
        raise ClientUsageError(f"the emulator's server could not start: {told['error']}")
    return str(told["url"])


def _first_line(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    assert process.stdout is not None
    lines.put(process.stdout.readline())


def _with_tokens(url: str, data_dir: str | None) -> Recipe:
    from vmss_sdk.emulator.data_directory import DataDirectory
    from vmss_sdk.emulator.registrations import open_directory

    data_directory = DataDirectory(data_dir)
    directory = open_directory(data_directory)
    principal = directory.named("contributor")
    assert principal is not None, "every directory has this one"
    return Recipe(
        kind="endpoint",
        endpoint=url,
        tenant_id=directory.tenant_id,
        client_id=principal.client_id,
        client_secret=principal.secret,
        authority=url,
        ca_file=str(Path(data_directory.folder) / "ca.pem"),
    )
