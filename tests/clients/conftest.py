"""A server that also answers to Azure's names, and what a client is told to log in there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.identity import ClientSecretCredential

from tests.clients.foreign import AZURE_NAMES, SUBSCRIPTION
from tests.serving import SecureServer, served_securely
from vmss_sdk import VmssClient


@pytest.fixture(scope="session")
def azure(home: Path) -> Iterator[SecureServer]:
    """``vmss emulator start --tls`` whose certificate is good for Azure's names too.

    These clients wait a second between two looks, as the answers say: an hour of the emulator passes meanwhile.
    """
    names = ("--name", "management.azure.com", "--name", "login.microsoftonline.com")
    with served_securely(home, "--clock", "scaled:3600", *names) as server:
        yield server


@pytest.fixture(scope="session")
def principal(azure: SecureServer) -> dict[str, str]:
    """The variables of a service principal, and of nothing else."""
    return {
        "AZURE_SUBSCRIPTION_ID": SUBSCRIPTION,
        "AZURE_TENANT_ID": azure.tenant_id,
        "AZURE_CLIENT_ID": azure.client_id,
        "AZURE_CLIENT_SECRET": azure.client_secret,
    }


@pytest.fixture(scope="session")
def names(azure: SecureServer) -> dict[str, str]:
    """What leads a client in Python that knows only Azure's names to the emulator."""
    return {
        "PYTHONPATH": str(AZURE_NAMES),
        "AZURE_NAMES_PORT": azure.url.rpartition(":")[2],
        "REQUESTS_CA_BUNDLE": azure.ca,
    }


@pytest.fixture(scope="session")
def client(azure: SecureServer) -> Iterator[VmssClient]:
    """Our client, to prepare what the others find and to see what became of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", azure.ca)
        credential = ClientSecretCredential(
            azure.tenant_id,
            azure.client_id,
            azure.client_secret,
            authority=azure.url,
            disable_instance_discovery=True,
        )
        with VmssClient(SUBSCRIPTION, endpoint=azure.url, credential=credential) as found:
            yield found
