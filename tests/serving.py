"""The command that users run to serve the emulator, in a process of its own."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import NamedTuple

from tests.wire.watch import MARK
from vmss_sdk.emulator.arm.identity.principal import Principal
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.registrations import open_directory

__all__ = ["SecureServer", "served", "served_securely"]

ROOT = Path(__file__).parents[1]


@contextmanager
def served(*options: str) -> Generator[str]:
    """The address of ``vmss emulator start`` on a free port and with a virtual clock.

    It has to end cleanly when told to, to have had no errors of its own, and to have answered as Azure does.

    Raises:
        queue.Empty: It said nothing for 30 s.
    """
    command = [sys.executable, "-m", "tests.wire.serve", "emulator", "start", "--port", "0", "--clock", "virtual"]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    printed: list[str] = []
    address: Queue[str] = Queue()
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        reader = threading.Thread(target=_collect, args=(process, printed, address))
        reader.start()
        try:
            url = address.get(timeout=30)
            assert url, f"the server ended before it listened:\n{''.join(printed)}"
            yield url
            process.terminate()
            assert process.wait(timeout=20) == 0, "".join(printed)
        finally:
            process.kill()
            reader.join()
    said = "".join(printed)
    assert "Traceback" not in said, said
    assert MARK not in said, said


def _collect(process: subprocess.Popen[str], printed: list[str], address: Queue[str]) -> None:
    """Read all that the server prints, so that it never waits for a reader, and find its address in it."""
    for line in process.stdout or ():
        printed.append(line)
        if found := re.search(r"https?://(?:127\.0\.0\.1|localhost):\d+", line):
            address.put(found[0])
    address.put("")


class SecureServer(NamedTuple):
    """A server with HTTPS and tokens, and what a client needs to talk to it.

    Attributes:
        url: Where it listens, without a slash at the end.
        ca: The file with the certificate to trust.
        home: Its data directory.
        tenant_id: The tenant.
        client_id: Of the service principal ``contributor``.
        client_secret: Of the service principal ``contributor``.
        identity_secret: What ``IDENTITY_HEADER`` and ``MSI_SECRET`` must be.
    """

    url: str
    ca: str
    home: Path
    tenant_id: str
    client_id: str
    client_secret: str
    identity_secret: str

    @property
    def environment(self) -> dict[str, str]:
        """What ``vmss emulator credentials contributor`` prints."""
        return {
            "VMSS_ENDPOINT": self.url,
            "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_TENANT_ID": self.tenant_id,
            "AZURE_CLIENT_ID": self.client_id,
            "AZURE_CLIENT_SECRET": self.client_secret,
            "REQUESTS_CA_BUNDLE": self.ca,
        }

    def principal(self, name: str) -> Principal:
        """A principal that the server had when it started."""
        found = open_directory(DataDirectory(self.home)).named(name)
        assert found is not None, name
        return found


@contextmanager
def served_securely(home: Path, *options: str) -> Generator[SecureServer]:
    """``vmss emulator start --tls`` on a free port and with a virtual clock.

    Args:
        home: The data directory; servers may share one (the fixture ``home`` is shared by all tests).
        options: More options.
    """
    with served("--tls", "--data-dir", str(home), *options) as url:
        directory = open_directory(DataDirectory(home))
        contributor = directory.named("contributor")
        assert contributor is not None
        yield SecureServer(
            url=url,
            ca=str(home / "ca.pem"),
            home=home,
            tenant_id=directory.tenant_id,
            client_id=contributor.client_id,
            client_secret=contributor.secret,
            identity_secret=directory.identity_secret,
        )
