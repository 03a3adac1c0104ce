"""One server and one profile of az for each worker; each test has a resource group of its own."""

import os
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from azure.identity import ClientSecretCredential

from tests.az.az import SUBSCRIPTION, Az, environment
from tests.emulator.arm.azure import FLEXIBLE, model
from tests.serving import SecureServer, served_securely
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.handles.scale_set import ScaleSet

_numbers = count()


@pytest.fixture(scope="session")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureServer]:
    """A server of az's own: besides the usual principals an owner, and one without any role."""
    home = tmp_path_factory.mktemp("home")
    with served_securely(home, "--principal", "owner=Owner", "--principal", "nobody=None") as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _az_is_there() -> None:
    """Without it nothing here can be run: whoever named this folder is told what to type."""
    if "VMSS_AZ" not in os.environ:
        pytest.skip("the Azure CLI is not set up, which 'make test-az' does and then runs these tests")


@pytest.fixture(scope="session", autouse=True)
def _trust(_az_is_there: None, secure: SecureServer) -> Iterator[None]:
    """Also for azure-identity in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", secure.ca)
        yield


@pytest.fixture(scope="session")
def az(secure: SecureServer, tmp_path_factory: pytest.TempPathFactory) -> Az:
    """az, logged in as the service principal ``contributor``."""
    folder = tmp_path_factory.mktemp("az")
    return Az(environment(folder / "profile", secure.url.rpartition(":")[2], secure.home), folder)


@pytest.fixture(scope="session")
def client(secure: SecureServer) -> Iterator[VmssClient]:
    """Our client, to see what became of the emulator."""
    credential = ClientSecretCredential(
        secure.tenant_id,
        secure.client_id,
        secure.client_secret,
        authority=secure.url,
        disable_instance_discovery=True,
    )
    with VmssClient(SUBSCRIPTION, endpoint=secure.url, credential=credential) as found:
        yield found


@pytest.fixture
def group(client: VmssClient) -> str:
    """A resource group for this test alone, in westus2."""
    name = f"group{next(_numbers)}"
    client.resource_groups.create_or_update(name, "westus2")
    return name


@pytest.fixture
def web(client: VmssClient, group: str) -> ScaleSet:
    """The Uniform scale set ``web`` with two instances, complete."""
    return _created(client.scale_set(group, "web"), {})


@pytest.fixture
def flexible(client: VmssClient, group: str) -> ScaleSet:
    """The Flexible scale set ``flex`` with two instances, complete."""
    return _created(client.scale_set(group, "flex"), FLEXIBLE)


def _created(scale_set: ScaleSet, changes: Mapping[str, object]) -> ScaleSet:
    document = model(2, {"location": "westus2", "tags": {"team": "shop"}, **changes})
    scale_set.create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    return scale_set


@pytest.fixture
def folder(az: Az) -> Path:
    """Where az runs: relative names of files are looked up there."""
    return az.folder
