"""The emulator's server, and Microsoft's client pointed at it.

Only what constructs the client knows about the emulator. Every call in the tests is what a user of
azure-mgmt-compute writes, and waits with the client's own polling.
"""

import itertools
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.compute import ComputeManagementClient

from tests.conformance.backdoor import Backdoor

ROOT = Path(__file__).parents[2]
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
YEAR_9999 = 253_402_300_799

_groups = itertools.count(1)


class PlainHttpPolicy(SansIOHTTPPolicy[Any, Any]):
    """Lets azure-core send its token over HTTP, which it refuses unless told."""

    def on_request(self, request: PipelineRequest[Any]) -> None:
        """Tell the authentication policy, further down the pipeline."""
        request.context.options["enforce_https"] = False


class AnyCredential:
    """The least that azure-core takes for a credential."""

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        """A token that the emulator does not look into."""
        return AccessToken("a token", YEAR_9999)


def _collect(process: subprocess.Popen[str], printed: list[str], address: Queue[str]) -> None:
    """Read all that the server prints, so that it never waits for a reader, and find its address in it."""
    for line in process.stdout or ():
        printed.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            address.put(found[0])
    address.put("")


@contextmanager
def _serve(*options: str) -> Iterator[str]:
    """Run the command that users run; it has to end cleanly when told to, and to have had no errors of its own."""
    command = [sys.executable, "-m", "vmss_sdk.cli", "emulator", "start", "--port", "0", "--clock", "virtual", *options]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    printed: list[str] = []
    address: Queue[str] = Queue()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        reader = threading.Thread(target=_collect, args=(process, printed, address))
        reader.start()
        try:
            url = address.get(timeout=30)
            assert url, f"the server ended before it listened:\n{''.join(printed)}"
            yield url
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0, "".join(printed)
        finally:
            process.kill()
            reader.join()
    assert "Traceback" not in "".join(printed), "".join(printed)


def _client(endpoint: str) -> ComputeManagementClient:
    return ComputeManagementClient(
        AnyCredential(), SUBSCRIPTION, base_url=endpoint, per_call_policies=[PlainHttpPolicy()]
    )


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Where a server of this worker's own listens."""
    with _serve() as address:
        yield address


@pytest.fixture(scope="session")
def compute(endpoint: str) -> Iterator[Any]:
    """``ComputeManagementClient``, as anybody constructs it."""
    with _client(endpoint) as client:
        yield client


@pytest.fixture(scope="session")
def backdoor(endpoint: str) -> Backdoor:
    """Resource groups, which are another client's business, and the emulator's own control plane."""
    return Backdoor(endpoint, SUBSCRIPTION)


@pytest.fixture
def group(backdoor: Backdoor) -> str:
    """A resource group of the test's own."""
    name = f"Conformance-{next(_groups)}"
    backdoor.create_resource_group(name)
    return name


@pytest.fixture(scope="module")
def as_observed() -> Iterator[tuple[Any, Backdoor]]:
    """A client and a server that reimages from the instance's own model, as users observe of Azure (C1)."""
    with _serve("--reimage-source", "instance_model") as address, _client(address) as client:
        yield client, Backdoor(address, SUBSCRIPTION)
