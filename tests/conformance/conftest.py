"""The emulator's server over HTTPS, and Microsoft's client pointed at it with a service principal's secret.

Only what constructs the client knows about the emulator. Every call in the tests is what a user of
azure-mgmt-compute writes, and waits with the client's own polling.
"""

import itertools
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from azure.identity import ClientSecretCredential
from azure.mgmt.compute import ComputeManagementClient

from tests.conformance.backdoor import Backdoor
from tests.serving import SecureServer, served_securely

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"

_groups = itertools.count(1)


def credential_of(server: SecureServer) -> ClientSecretCredential:
    """azure-identity's, as anybody constructs it where the authority is not Microsoft's."""
    return ClientSecretCredential(
        server.tenant_id,
        server.client_id,
        server.client_secret,
        authority=server.url,
        disable_instance_discovery=True,
        connection_verify=server.ca,
    )


@contextmanager
def _talking_to(server: SecureServer) -> Generator[tuple[ComputeManagementClient, Backdoor]]:
    """One credential for both: it has one token, which it keeps."""
    with (
        credential_of(server) as credential,
        ComputeManagementClient(credential, SUBSCRIPTION, base_url=server.url, connection_verify=server.ca) as client,
        closing(Backdoor(server.url, SUBSCRIPTION, server.ca, credential)) as backdoor,
    ):
        yield client, backdoor


@pytest.fixture(scope="session")
def _talking(secure: SecureServer) -> Iterator[tuple[Any, Backdoor]]:
    """What all tests of a worker share."""
    with _talking_to(secure) as both:
        yield both


@pytest.fixture(scope="session")
def compute(_talking: tuple[Any, Backdoor]) -> Any:
    """``ComputeManagementClient``, as anybody constructs it."""
    return _talking[0]


@pytest.fixture(scope="session")
def backdoor(_talking: tuple[Any, Backdoor]) -> Backdoor:
    """Resource groups, which are another client's business, and the emulator's own control plane."""
    return _talking[1]


@pytest.fixture
def group(backdoor: Backdoor) -> str:
    """A resource group of the test's own."""
    name = f"Conformance-{next(_groups)}"
    backdoor.create_resource_group(name)
    return name


@pytest.fixture(scope="module")
def as_observed(home: Path) -> Iterator[tuple[Any, Backdoor]]:
    """A client and a server that reimages from the instance's own model, as users observe of Azure (C1)."""
    with served_securely(home, "--reimage-source", "instance_model") as server, _talking_to(server) as both:
        yield both
