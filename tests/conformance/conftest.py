"""The emulator's server, and Microsoft's client pointed at it.

Only what constructs the client knows about the emulator. Every call in the tests is what a user of
azure-mgmt-compute writes, and waits with the client's own polling.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.compute import ComputeManagementClient

from tests.conformance.backdoor import Backdoor
from tests.serving import served

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


def _client(endpoint: str) -> ComputeManagementClient:
    return ComputeManagementClient(
        AnyCredential(), SUBSCRIPTION, base_url=endpoint, per_call_policies=[PlainHttpPolicy()]
    )


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Where a server of this worker's own listens."""
    with served() as address:
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
    with served("--reimage-source", "instance_model") as address, _client(address) as client:
        yield client, Backdoor(address, SUBSCRIPTION)
