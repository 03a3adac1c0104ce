"""Microsoft's clients for JavaScript under Node; the tests are in ``javascript/`` and written for its own runner."""

import shutil
from pathlib import Path

import pytest

from tests.clients.foreign import FOLDER, installed, run
from tests.clients.pages import example
from tests.emulator.arm.azure import model
from tests.serving import SecureServer
from vmss_sdk import VirtualMachineScaleSet, VmssClient

_PLACE = ".node/node_modules"

SUITES = sorted((FOLDER / "javascript").glob("*.test.mjs"))


@pytest.fixture
def node() -> str:
    """Node.js 20 or later."""
    found = shutil.which("node")
    assert found, "no `node` on the PATH; Node.js 20 or later runs these tests"
    return found


@pytest.fixture
def environment(azure: SecureServer, principal: dict[str, str]) -> dict[str, str]:
    """What ``vmss emulator credentials`` and ``vmss emulator trust`` print."""
    where = {"VMSS_ENDPOINT": azure.url, "AZURE_AUTHORITY_HOST": azure.url, "NODE_EXTRA_CA_CERTS": azure.ca}
    return {**principal, **where}


@pytest.mark.parametrize("suite", SUITES, ids=lambda path: path.name)
def test_javascript(suite: Path, node: str, environment: dict[str, str], tmp_path: Path) -> None:
    """``@azure/arm-compute`` is told an endpoint and an authority, and all else is as on Azure."""
    told = {"VMSS_NODE_MODULES": str(installed("VMSS_NODE_MODULES", _PLACE).parent)}
    output = run([node, "--test", "--test-reporter=tap", suite], tmp_path, {**environment, **told})
    assert "# pass 0\n" not in output, output


def test_the_example_of_the_page(node: str, environment: dict[str, str], client: VmssClient, tmp_path: Path) -> None:
    """It finds a scale set and reimages it."""
    client.resource_groups.create_or_update("javascript-page", "westeurope")
    document = model(2, {"location": "westeurope"})
    client.scale_set("javascript-page", "shop").create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    (tmp_path / "node_modules").symlink_to(installed("VMSS_NODE_MODULES", _PLACE))
    script = tmp_path / "example.mjs"
    script.write_text(example("javascript.md", "javascript"))
    assert "shop 2\n" in run([node, script], tmp_path, environment)
