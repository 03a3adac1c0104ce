"""Clouds and logins: what `az-env` prepares, and what people type themselves."""

import stat
from pathlib import Path

import pytest

from tests.az.az import SUBSCRIPTION, Az, environment
from tests.serving import SecureServer

RECIPE = {
    "AZURE_CORE_COLLECT_TELEMETRY": "no",
    "AZURE_CORE_SURVEY_MESSAGE": "no",
    "AZURE_CORE_INSTANCE_DISCOVERY": "false",
    "AZURE_CORE_LOGIN_EXPERIENCE_V2": "off",
    "AZURE_AUTO_UPGRADE_ENABLE": "no",
    "AZURE_EXTENSION_USE_DYNAMIC_INSTALL": "no",
}


@pytest.fixture
def fresh(az: Az, secure: SecureServer, tmp_path: Path) -> Az:
    """The CLI in an empty profile, which knows the server's certificate and nothing else."""
    own = {"AZURE_CONFIG_DIR": str(tmp_path / "profile"), "REQUESTS_CA_BUNDLE": secure.ca, **RECIPE}
    return Az({**az.environment, **own}, tmp_path)


def test_cloud_and_service_principal_by_hand(fresh: Az, secure: SecureServer) -> None:
    """``cloud register`` reads the endpoints; then a login with a secret works (az-cli 1)."""
    fresh(f"cloud register -n Local --endpoint-resource-manager {secure.url}")
    fresh("cloud set -n Local")
    assert fresh("cloud show")["endpoints"]["vmImageAliasDoc"] == f"{secure.url}/metadata/imageAliases"
    login = f"login --service-principal -u {secure.client_id} --tenant {secure.tenant_id}"
    assert [item["id"] for item in fresh(login, "-p", secure.client_secret)] == [SUBSCRIPTION]
    assert isinstance(fresh("group list"), list)


def test_wrong_secret(fresh: Az, secure: SecureServer) -> None:
    """Entra's code for it; the login fails."""
    fresh(f"cloud register -n Local --endpoint-resource-manager {secure.url}")
    fresh("cloud set -n Local")
    login = f"login --service-principal -u {secure.client_id} --tenant {secure.tenant_id} -p wrong"
    assert "AADSTS7000215" in fresh.fails(login)


def test_a_secret_that_begins_with_a_dash(fresh: Az, secure: SecureServer, tmp_path: Path) -> None:
    """As the lines of ``az-env`` give it, in one word, it is a secret and no option."""
    fresh(f"cloud register -n Local --endpoint-resource-manager {secure.url}")
    fresh("cloud set -n Local")
    (tmp_path / "secret").write_text("-wrong")
    login = f"login --service-principal -u {secure.client_id} --tenant {secure.tenant_id}"
    assert "AADSTS7000215" in fresh.fails(login, f"--password=@{tmp_path / 'secret'}")


@pytest.mark.parametrize("style", ["App Service", "Azure ML", "IMDS"])
def test_managed_identity_by_hand(fresh: Az, secure: SecureServer, style: str) -> None:
    """The three ways in which az finds an identity (az-cli 1)."""
    endpoint = f"{secure.url}/msi/token"
    ways = {
        "App Service": {"IDENTITY_ENDPOINT": endpoint, "IDENTITY_HEADER": secure.identity_secret},
        "Azure ML": {"MSI_ENDPOINT": endpoint, "MSI_SECRET": secure.identity_secret},
        "IMDS": {"AZURE_POD_IDENTITY_AUTHORITY_HOST": f"{secure.url}/_identity/{secure.identity_secret}"},
    }
    az = Az({**fresh.environment, **ways[style]}, fresh.folder)
    az(f"cloud register -n Local --endpoint-resource-manager {secure.url}")
    az("cloud set -n Local")
    assert az("login --identity")[0]["user"]["name"] == "systemAssignedIdentity"
    assert isinstance(az("group list"), list)


def test_environment_for_a_managed_identity(secure: SecureServer, tmp_path: Path) -> None:
    """``az-env --as managed-identity`` logs in, and later commands work as well."""
    port = secure.url.rpartition(":")[2]
    found = environment(tmp_path / "profile", port, secure.home, "--as", "managed-identity")
    az = Az(found, tmp_path)
    assert az("account show")["user"]["type"] == "servicePrincipal"
    assert isinstance(az("group list"), list)


def test_environment_for_a_reader(secure: SecureServer, tmp_path: Path) -> None:
    """``az-env --as reader``: what it may not do is refused in ARM's words."""
    found = environment(tmp_path / "profile", secure.url.rpartition(":")[2], secure.home, "--as", "reader")
    az = Az(found, tmp_path)
    assert isinstance(az("group list"), list)
    assert "(AuthorizationFailed)" in az.fails("group create -n forbidden -l westus2")


def test_nobody_else_can_read_the_secret(az: Az) -> None:
    """The profile's files with secrets are the owner's alone."""
    profile = Path(az.environment["AZURE_CONFIG_DIR"])
    assert stat.S_IMODE(profile.stat().st_mode) == 0o700
    assert stat.S_IMODE((profile / "secret").stat().st_mode) == 0o600
