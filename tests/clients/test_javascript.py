"""Microsoft's clients for JavaScript under Node; the tests are in ``javascript/`` and written for its own runner."""

import shutil
from pathlib import Path

import pytest

from tests.clients.foreign import FOLDER, installed, run
from tests.serving import SecureServer

SUITES = sorted((FOLDER / "javascript").glob("*.test.mjs"))


@pytest.mark.parametrize("suite", SUITES, ids=lambda path: path.name)
def test_javascript(suite: Path, azure: SecureServer, principal: dict[str, str], tmp_path: Path) -> None:
    """``@azure/arm-compute`` is told an endpoint and an authority, and all else is as on Azure."""
    modules = installed("VMSS_NODE_MODULES", ".node/node_modules")
    node = shutil.which("node")
    assert node, "no `node` on the PATH; Node.js 20 or later runs these tests"
    told = {"NODE_EXTRA_CA_CERTS": azure.ca, "VMSS_NODE_MODULES": str(modules.parent)}
    where = {"VMSS_ENDPOINT": azure.url, "AZURE_AUTHORITY_HOST": azure.url}
    output = run([node, "--test", "--test-reporter=tap", suite], tmp_path, {**principal, **told, **where})
    assert "# pass 0\n" not in output, output
