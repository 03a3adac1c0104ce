"""What the environment variables mean: where to connect, as whom, and what is said when they are wrong."""

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from azure.identity import DefaultAzureCredential

from tests.client.identity import CLIENT, SECRET, TENANT, Entra, entra
from tests.client.scripted import Script, answer
from vmss_sdk import ClientUsageError, Cloud, InProcessTransport, StaticTokenCredential, VmssClient
from vmss_sdk.environment import Environment

SUBSCRIPTION = "33333333-3333-3333-3333-333333333333"
TOKEN = "secret-token"
HERE = {"AZURE_SUBSCRIPTION_ID": SUBSCRIPTION}
PRINCIPAL = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT, "AZURE_CLIENT_SECRET": SECRET}
FAR = "https://emulator.test:8443"

AUTHORITY = {cloud: {"AZURE_AUTHORITY_HOST": cloud.authority_host} for cloud in (Cloud.CHINA, Cloud.US_GOVERNMENT)}


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Entra, str]]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with entra(tmp_path) as both:
        yield both


@pytest.mark.parametrize(
    ("variables", "cloud"),
    [
        ({}, Cloud.PUBLIC),
        ({"AZURE_CLOUD": "AzureChinaCloud"}, Cloud.CHINA),
        ({"AZURE_CLOUD": "AZURE_US_GOVERNMENT"}, Cloud.US_GOVERNMENT),
        (AUTHORITY[Cloud.CHINA], Cloud.CHINA),
        ({"AZURE_AUTHORITY_HOST": "login.microsoftonline.us"}, Cloud.US_GOVERNMENT),
        ({"AZURE_CLOUD": "AzureChinaCloud", **AUTHORITY[Cloud.CHINA]}, Cloud.CHINA),
        ({"VMSS_ENDPOINT": Cloud.CHINA.endpoint + "/"}, Cloud.CHINA),
        ({"VMSS_ENDPOINT": Cloud.CHINA.endpoint, "AZURE_CLOUD": "AzureUSGovernment"}, Cloud.CHINA),
        ({"VMSS_ENDPOINT": "", "AZURE_CLOUD": " "}, Cloud.PUBLIC),
    ],
)
def test_the_first_that_is_set_says_where(variables: Mapping[str, str], cloud: Cloud) -> None:
    """VMSS_ENDPOINT, then AZURE_CLOUD, then the cloud of AZURE_AUTHORITY_HOST, then public Azure; empty is not set."""
    environment = Environment.read({**HERE, **variables})

    assert (environment.endpoint, environment.audience) == (cloud.endpoint, cloud.audience)


def test_another_place_is_its_own_audience() -> None:
    """Unless VMSS_AUDIENCE says whose tokens it takes."""
    there = {**HERE, "VMSS_ENDPOINT": f"{FAR}/"}

    assert Environment.read(there).audience == FAR
    assert Environment.read({**there, "VMSS_AUDIENCE": "https://arm.test"}).audience == "https://arm.test"


@pytest.mark.parametrize("word", ["in-process", "In-Process"])
def test_an_emulator_in_this_process_needs_nothing_else(word: str) -> None:
    """No subscription, no credential, and it works at once, whatever else is set."""
    client = VmssClient.from_environment({"VMSS_ENDPOINT": word, **PRINCIPAL, "VMSS_ACCESS_TOKEN": TOKEN})

    assert isinstance(client.transport, InProcessTransport)
    assert list(client.scale_sets()) == []
    assert VmssClient.from_environment({"VMSS_ENDPOINT": word, **HERE}).subscription_id == SUBSCRIPTION


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        ({}, r"AZURE_SUBSCRIPTION_ID is not set: set it to the id of the subscription at https://management\.azure"),
        ({"AZURE_SUBSCRIPTION_ID": " "}, "AZURE_SUBSCRIPTION_ID is not set"),
        ({**HERE, "VMSS_ENDPOINT": "localhost:8443"}, r"VMSS_ENDPOINT: .*expected an absolute URL.*or 'in-process'"),
        ({**HERE, "VMSS_ENDPOINT": "https://me:pw@x.test"}, "VMSS_ENDPOINT: a URL with a user name"),
        ({**HERE, "AZURE_CLOUD": "Mars"}, r"AZURE_CLOUD: there is no cloud 'Mars': expected one of .*VMSS_ENDPOINT"),
        ({**HERE, "AZURE_AUTHORITY_HOST": "https://sts.test"}, "belongs to no cloud of Azure.*set VMSS_ENDPOINT"),
        ({**HERE, "AZURE_CLOUD": "AzureCloud", **AUTHORITY[Cloud.CHINA]}, "set it to 'https://login.microsoftonline"),
        ({**HERE, "VMSS_CA_BUNDLE": "/no/such.pem"}, r"VMSS_CA_BUNDLE names the CA bundle '/no/such\.pem', which does"),
        ({**HERE, "REQUESTS_CA_BUNDLE": "/no/such.pem"}, "REQUESTS_CA_BUNDLE names"),
        ({**HERE, "VMSS_ACCESS_TOKEN": f"Bearer {TOKEN}"}, "VMSS_ACCESS_TOKEN cannot be sent: .*the word Bearer"),
        (
            {**HERE, "AZURE_CLIENT_SECRET": SECRET},
            "AZURE_CLIENT_SECRET is set, but AZURE_TENANT_ID and AZURE_CLIENT_ID",
        ),
        ({**HERE, **PRINCIPAL, "AZURE_TENANT_ID": ""}, "AZURE_TENANT_ID is not"),
        ({**HERE, **PRINCIPAL, "VMSS_ENDPOINT": FAR}, "is not Azure.*set AZURE_AUTHORITY_HOST"),
        (
            {**HERE, **PRINCIPAL, "AZURE_AUTHORITY_HOST": "http://sts.test", "VMSS_ENDPOINT": FAR},
            "azure-identity refuses",
        ),
    ],
)
def test_what_is_wrong_is_named(variables: Mapping[str, str], text: str) -> None:
    """The error names the variable and what to set; no secret is in it."""
    with pytest.raises(ClientUsageError, match=text) as caught:
        VmssClient.from_environment(variables)
    assert not [secret for secret in (SECRET, TOKEN, "pw@") if secret in str(caught.value)]


def test_no_secret_is_in_a_repr() -> None:
    """Neither of the environment nor of its credential."""
    environment = Environment.read({**HERE, **PRINCIPAL, "VMSS_ACCESS_TOKEN": TOKEN})

    shown = f"{environment!r} {environment.credential()!r}"

    assert SUBSCRIPTION in shown
    assert not [secret for secret in (SECRET, TOKEN) if secret in shown]


def credential(**variables: str) -> Any:
    return Environment.read({**HERE, **variables}).credential()


def test_a_token_wins_over_all_credentials() -> None:
    """VMSS_ACCESS_TOKEN is sent as it is, also to a place that is not Azure."""
    for endpoint in ("", FAR, "http://127.0.0.1:1"):
        given = credential(VMSS_ACCESS_TOKEN=TOKEN, VMSS_ENDPOINT=endpoint, **PRINCIPAL)
        assert isinstance(given, StaticTokenCredential)
        assert given.get_token().token == TOKEN


@pytest.mark.parametrize("cloud", [Cloud.PUBLIC, Cloud.CHINA, Cloud.US_GOVERNMENT], ids=lambda cloud: cloud.name)
def test_azure_is_reached_as_azure_identity_finds_it(cloud: Cloud) -> None:
    """DefaultAzureCredential, also without a variable: the login of az is one of its ways."""
    assert isinstance(credential(AZURE_CLOUD=cloud.name), DefaultAzureCredential)


@pytest.mark.parametrize("endpoint", [FAR, "http://127.0.0.1:8677", "http://10.0.0.1"])
def test_a_login_for_azure_goes_nowhere_else(endpoint: str) -> None:
    """Without variables that name a credential nobody is asked for a token."""
    assert credential(VMSS_ENDPOINT=endpoint) is None


def test_over_plain_http_no_secret_is_used() -> None:
    """The service principal of Azure that happens to be set does not stop anybody from using an emulator."""
    assert credential(VMSS_ENDPOINT="http://127.0.0.1:8677", **PRINCIPAL) is None


@pytest.mark.parametrize("name", ["IDENTITY_ENDPOINT", "AZURE_TOKEN_CREDENTIALS", "AZURE_FEDERATED_TOKEN_FILE"])
def test_a_credential_that_is_named_is_used_anywhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Managed identity, workload identity, or a choice among the logins."""
    value = "AzureCliCredential" if name == "AZURE_TOKEN_CREDENTIALS" else "there"
    monkeypatch.setenv(name, value)

    assert isinstance(credential(VMSS_ENDPOINT=FAR, **{name: value}), DefaultAzureCredential)


def use(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    """As if the shell had them: azure-identity reads the environment itself."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_a_service_principal_of_the_environment_reaches_its_endpoint(
    served: tuple[Entra, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Authority, CA bundle, audience and secret are those of the variables, for the service and for the authority."""
    service, bundle = served
    there = {"VMSS_ENDPOINT": service.base, "AZURE_AUTHORITY_HOST": service.base, "VMSS_CA_BUNDLE": bundle}
    use(monkeypatch, **HERE, **PRINCIPAL, **there)

    with VmssClient.from_environment() as client:
        assert [found.name for found in client.scale_sets()] == ["web"]

    assert service.granted[0]["scope"].split()[0] == f"{service.base}/.default"


def test_a_managed_identity_of_the_environment_reaches_its_endpoint(
    served: tuple[Entra, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """IDENTITY_ENDPOINT and IDENTITY_HEADER, as Azure sets them on its own machines."""
    service, bundle = served
    identity = {"IDENTITY_ENDPOINT": f"{service.base}/msi/token", "IDENTITY_HEADER": "header-1"}
    use(monkeypatch, **HERE, VMSS_ENDPOINT=service.base, REQUESTS_CA_BUNDLE=bundle, **identity)
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")

    with VmssClient.from_environment() as client:
        assert [found.name for found in client.scale_sets()] == ["web"]

    assert (service.granted[0]["header"], service.granted[0]["resource"]) == ("header-1", service.base)


def test_without_azure_identity_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, and a token that was fetched elsewhere does as well."""
    monkeypatch.setitem(sys.modules, "azure.identity", None)

    with pytest.raises(ClientUsageError, match=r"`pip install vmss-sdk\[azure\]`; or set VMSS_ACCESS_TOKEN"):
        VmssClient.from_environment(HERE)
    assert VmssClient.from_environment({**HERE, "VMSS_ACCESS_TOKEN": TOKEN}).endpoint == Cloud.PUBLIC.endpoint


def test_what_the_code_says_wins() -> None:
    """Subscription, endpoint, credential, audience and transport; the variables say the rest."""
    script = Script(answer(200, {}))
    client = VmssClient.from_environment(
        {**HERE, **PRINCIPAL, "VMSS_ENDPOINT": FAR, "VMSS_AUDIENCE": "https://arm.test"},
        subscription_id="other",
        endpoint="https://near.test",
        transport=script,
        credential=StaticTokenCredential(TOKEN),
    )
    client.scale_set("rg", "web").get()

    assert script.requests[0].url.startswith("https://near.test/subscriptions/other/resourceGroups/rg/")
    assert script.requests[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_every_variable_is_documented() -> None:
    """What is read is in the docstring of the module and on the page about connecting."""
    from vmss_sdk import environment

    page = (Path(__file__).parents[2] / "docs" / "connect.md").read_text()
    names = set(re.findall(r'"((?:AZURE|VMSS|MSI|IDENTITY|REQUESTS|CURL)_[A-Z_]+)"', inspect.getsource(environment)))

    assert {"VMSS_ENDPOINT", "AZURE_CLIENT_SECRET", "MSI_ENDPOINT"} <= names
    assert not [name for name in names if f"``{name}``" not in str(environment.__doc__) or f"`{name}`" not in page]


# ---- the owner of the data directory

HTTPS_HERE = "https://localhost:8677"


@pytest.fixture
def data_directory(tmp_path: Path) -> Path:
    """As a server left it."""
    (tmp_path / "owner.secret").write_text("secret-of-the-owner\n")
    (tmp_path / "owner.secret").chmod(0o600)
    (tmp_path / "ca.pem").write_text("a certificate")
    return tmp_path


def shown(environment: Environment) -> str | None:
    """The token that goes along."""
    credential = environment.credential()
    return None if credential is None else credential.get_token("x").token


@pytest.mark.parametrize("endpoint", [HTTPS_HERE, "https://127.0.0.1:1", "https://[::1]:8677/"])
def test_the_owner_of_the_data_directory_is_known(data_directory: Path, endpoint: str, tmp_path: Path) -> None:
    """Over HTTPS on this machine; with the certificate that is there, whatever else is trusted."""
    (other := tmp_path / "other.pem").write_text("another")
    variables = {"VMSS_HOME": str(data_directory), "VMSS_ENDPOINT": endpoint, "REQUESTS_CA_BUNDLE": str(other)}
    environment = Environment.read({**HERE, **variables})
    assert shown(environment) == "secret-of-the-owner"
    assert environment.ca_bundle == str(data_directory / "ca.pem")
    assert "secret-of" not in repr(environment)


@pytest.mark.parametrize(
    "variables",
    [
        {"VMSS_ENDPOINT": FAR},
        {"VMSS_ENDPOINT": "http://localhost:8677"},
        {"VMSS_ENDPOINT": "https://localhost.evil.example"},
        {"VMSS_ENDPOINT": "https://management.azure.com", "VMSS_ACCESS_TOKEN": "other"},
        {"VMSS_ENDPOINT": HTTPS_HERE, "VMSS_ACCESS_TOKEN": "other"},
        {"VMSS_ENDPOINT": HTTPS_HERE, "VMSS_CA_BUNDLE": __file__},
        {"VMSS_ENDPOINT": HTTPS_HERE, "VMSS_HOME": "/nowhere"},
    ],
    ids=str,
)
def test_the_owners_secret_goes_nowhere_else(data_directory: Path, variables: dict[str, str]) -> None:
    """Not over plain HTTP, to no other machine, and not where another login or another authority is named."""
    found = Environment.read({**HERE, "VMSS_HOME": str(data_directory), **variables})
    assert shown(found) in (None, "other")


def test_an_unsafe_secret_is_not_used(data_directory: Path) -> None:
    """One that others can read, or could have put there, is an error that says what to do."""
    variables = {**HERE, "VMSS_HOME": str(data_directory), "VMSS_ENDPOINT": HTTPS_HERE}
    (data_directory / "owner.secret").chmod(0o644)
    with pytest.raises(ClientUsageError, match=r"others can read it .*chmod 600"):
        Environment.read(variables)
    (data_directory / "owner.secret").chmod(0o600)
    data_directory.chmod(0o777)
    with pytest.raises(ClientUsageError, match=r"can be written by everybody .*chmod 700"):
        Environment.read(variables)
