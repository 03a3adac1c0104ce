"""Drives the bridge as another program does: a process, lines on its standard input, lines from its output."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any

__all__ = ["MODEL", "Driver", "driven"]

ROOT = Path(__file__).parents[2]
_PATIENCE = 60.0

MODEL: dict[str, Any] = {
    "Location": "westus2",
    "Sku": {"Name": "Standard_D2s_v3", "Capacity": 3},
    "UpgradePolicy": {"Mode": "Manual"},
    "SinglePlacementGroup": False,
    "Tags": {"$map": {"Team": "web"}},
    "VirtualMachineProfile": {
        "StorageProfile": {
            "ImageReference": {"Publisher": "pub", "Offer": "offer", "Sku": "sku", "Version": "latest"},
        },
        "OsProfile": {"ComputerNamePrefix": "web", "AdminUsername": "azure", "AdminPassword": "Pa55-word-of-test"},
        "NetworkProfile": {
            "NetworkInterfaceConfigurations": [
                {
                    "Name": "nic",
                    "Primary": True,
                    "IpConfigurations": [
                        {
                            "Name": "ip",
                            "Subnet": {
                                "Id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network"
                                "/virtualNetworks/vnet/subnets/one"
                            },
                        }
                    ],
                }
            ]
        },
    },
}
"""A scale set in PowerShell's shape."""


class Driver:
    """A bridge and what it has said so far.

    Attributes:
        process: The bridge.
        hello: Its first message.
        notes: Its notifications, in order.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.notes: list[dict[str, Any]] = []
        self._said: Queue[dict[str, Any] | None] = Queue()
        self._answers: dict[Any, dict[str, Any]] = {}
        self._last = 0
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.hello = self.next()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            assert line.isascii(), "the protocol is ASCII"
            self._said.put(json.loads(line))
        self._said.put(None)

    def next(self) -> dict[str, Any]:
        """The next message, whatever it is."""
        try:
            message = self._said.get(timeout=_PATIENCE)
        except Empty:
            raise AssertionError("the bridge says nothing") from None
        assert message is not None, "the bridge has ended"
        return message

    def write(self, text: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def send(self, method: str, /, **params: Any) -> int:
        """Send a request and do not wait; its id."""
        self._last += 1
        message = {"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}
        self.write(json.dumps(message).encode() + b"\n")
        return self._last

    def answer(self, id: Any) -> dict[str, Any]:
        """The answer to the request of that id."""
        while id not in self._answers:
            message = self.next()
            if "method" in message:
                self.notes.append(message)
            else:
                self._answers[message["id"]] = message
        return self._answers.pop(id)

    def ask(self, method: str, /, **params: Any) -> Any:
        """The value of the result of a request that is expected to succeed."""
        message = self.answer(self.send(method, **params))
        assert "error" not in message, message["error"]
        result = message["result"]
        return result["value"] if isinstance(result, dict) and "types" in result else result

    def error(self, method: str, /, **params: Any) -> dict[str, Any]:
        """The error of a request that is expected to fail."""
        message = self.answer(self.send(method, **params))
        assert "error" in message, message
        error: dict[str, Any] = message["error"]
        return error

    def with_scale_set(self, capacity: int = 3) -> None:
        """An emulator in the bridge's process with the scale set rg/web."""
        self.ask("connect", kind="inProcess")
        self.ask("resourceGroup.createOrUpdate", name="rg", location="westus2")
        model = {**MODEL, "Sku": {"Name": "Standard_D2s_v3", "Capacity": capacity}}
        self.ask("scaleSet.createOrUpdate", resourceGroup="rg", scaleSet="web", model=model)

    def end(self) -> tuple[int, str]:
        """Close its input and wait until it has ended: exit code and what it wrote to standard error."""
        assert self.process.stdin is not None
        assert self.process.stderr is not None
        self.process.stdin.close()
        code = self.process.wait(_PATIENCE)
        self._reader.join()
        return code, self.process.stderr.read().decode()


@contextmanager
def driven(*options: str, code: str = "") -> Generator[Driver]:
    """A bridge that is ended at the end.

    Args:
        *options: Of the interpreter.
        code: Python that runs in its process before.
    """
    start = ["-c", f"{code}\nfrom vmss_sdk.bridge.__main__ import main; main()"] if code else ["-m", "vmss_sdk.bridge"]
    command = [sys.executable, "-u", "-X", "utf8", *options, *start]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, **pipes) as process:  # type: ignore[call-overload]  # the pipes are a dict
        driver = Driver(process)
        try:
            yield driver
        finally:
            process.kill()
