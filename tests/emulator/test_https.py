"""HTTPS and tokens over the real server, with the clients that people use."""

import contextlib
import shlex
import socket
import ssl
import urllib.request
from typing import Any

import certifi
import pytest
import requests
from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential, CredentialUnavailableError, ManagedIdentityCredential
from azure.mgmt.compute import ComputeManagementClient

from tests.cli.running import vmss
from tests.serving import SecureServer, served_securely
from vmss_sdk import Cloud, HttpTransport, PermissionDeniedError, VmssClient
from vmss_sdk.errors import AuthenticationError, UntrustedCertificateError

GROUP = "/subscriptions/s/resourceGroups/g?api-version=2021-04-01"
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(autouse=True)
def _trust(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``vmss emulator trust`` says."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", secure.ca)


def credential(secure: SecureServer, name: str = "contributor") -> ClientSecretCredential:
    """azure-identity's, as a user makes it."""
    principal = secure.principal(name)
    return ClientSecretCredential(
        secure.tenant_id,
        principal.client_id,
        principal.secret,
        authority=secure.url,
        disable_instance_discovery=True,
    )


def test_clients_that_do_not_trust_the_authority_refuse(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate is not one that anybody trusts by default, and our client says how to."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{secure.url}/metadata/endpoints", timeout=30)
    with VmssClient("s", endpoint=secure.url) as client, pytest.raises(UntrustedCertificateError, match="verify="):
        client.resource_groups.exists("rg")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_strict_verifiers_accept_the_certificate(secure: SecureServer, host: str) -> None:
    """OpenSSL with the checks that Python 3.13 turns on, for a name and for an address."""
    context = ssl.create_default_context(cafile=secure.ca)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    port = secure.url.rpartition(":")[2]
    with urllib.request.urlopen(f"https://{host}:{port}/metadata/endpoints", context=context, timeout=30) as answer:
        assert answer.status == 200


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused(secure: SecureServer) -> None:
    """TLS 1.2 is the oldest that is spoken; what is older fails in the handshake."""
    for version, spoken in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True)):
        context = ssl.create_default_context(cafile=secure.ca)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")  # else this side would not even offer it
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = version
        try:
            urllib.request.urlopen(f"{secure.url}/metadata/endpoints", context=context, timeout=30).close()
        except OSError:
            assert not spoken
        else:
            assert spoken


def test_half_sent_requests_keep_nobody_waiting(secure: SecureServer) -> None:
    """Connections that never greet, and bodies that never end, hold no thread."""
    context = ssl.create_default_context(cafile=secure.ca)
    port = int(secure.url.rpartition(":")[2])
    body = f"POST {GROUP} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{{".encode()
    with contextlib.ExitStack() as held:
        for number in range(100):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            if number % 2:
                wrapped = held.enter_context(context.wrap_socket(connection, server_hostname="localhost"))
                wrapped.sendall(body)
        assert requests.get(f"{secure.url}/metadata/endpoints", timeout=30).status_code == 200


def test_no_token_is_said_before_the_body_is_there(secure: SecureServer) -> None:
    """Nobody who may not call has a body received, be it one byte or a hundred megabytes."""
    context = ssl.create_default_context(cafile=secure.ca)
    port = int(secure.url.rpartition(":")[2])
    for length in (9, 100_000_000):
        head = f"PUT {GROUP} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n"
        with (
            socket.create_connection(("127.0.0.1", port), timeout=30) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as connection,
        ):
            connection.sendall(head.encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 401 ")


def test_no_token_no_answer(secure: SecureServer) -> None:
    """401 in ARM's words, with a challenge that says where to get a token."""
    answer = requests.get(f"{secure.url}/subscriptions?api-version=2022-12-01", timeout=30)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "AuthenticationFailed"
    assert f'authorization_uri="{secure.url}/{secure.tenant_id}"' in answer.headers["WWW-Authenticate"]


def test_our_client_with_a_secret_of_azure_identity(secure: SecureServer) -> None:
    """VmssClient over HTTPS with ClientSecretCredential, by the environment's CA bundle."""
    with VmssClient(SUBSCRIPTION, endpoint=secure.url, credential=credential(secure)) as client:
        client.resource_groups.create_or_update("https-ours", "westus2")
        assert client.resource_groups.exists("https-ours")


def test_our_client_by_the_environment(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that ``vmss emulator credentials`` prints are all that it needs."""
    for name, value in secure.environment.items():
        monkeypatch.setenv(name, value)
    with VmssClient.from_environment(subscription_id=SUBSCRIPTION) as client:
        client.resource_groups.create_or_update("https-environment", "westus2")


def test_our_client_trusts_what_it_is_told(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """``HttpTransport(verify=…)`` does without the environment."""
    secret = credential(secure)
    secret.get_token(f"{secure.url}/.default")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    transport = HttpTransport(secure.url, verify=secure.ca)
    with VmssClient(SUBSCRIPTION, endpoint=secure.url, credential=secret, transport=transport) as client:
        assert not client.resource_groups.exists("https-never-made")


def test_our_client_without_a_token_is_told(secure: SecureServer) -> None:
    """The service's words reach the caller as an error of its own kind."""
    with VmssClient(SUBSCRIPTION, endpoint=secure.url) as client, pytest.raises(AuthenticationError, match="missing"):
        list(client.resource_groups.list())


@pytest.mark.parametrize("scopes", [{}, {"credential_scopes": ["{url}/.default"]}])
def test_azure_mgmt_compute_with_a_secret(secure: SecureServer, scopes: dict[str, list[str]]) -> None:
    """Microsoft's client, unmodified, with a token for Azure's ARM or for this server's own address."""
    options: dict[str, Any] = {name: [text.format(url=secure.url) for text in texts] for name, texts in scopes.items()}
    with ComputeManagementClient(credential(secure), SUBSCRIPTION, base_url=secure.url, **options) as client:
        assert isinstance(list(client.virtual_machine_scale_sets.list_all()), list)


def test_a_reader_may_look_and_not_touch(secure: SecureServer) -> None:
    """Lists are answered; a change is 403 AuthorizationFailed, in both clients."""
    secret = credential(secure, "reader")
    with VmssClient(SUBSCRIPTION, endpoint=secure.url, credential=secret) as client:
        list(client.resource_groups.list())
        with pytest.raises(PermissionDeniedError, match=r"Microsoft\.Resources/subscriptions/resourceGroups/write"):
            client.resource_groups.create_or_update("https-reader", "westus2")
    with (
        ComputeManagementClient(secret, SUBSCRIPTION, base_url=secure.url) as foreign,
        pytest.raises(HttpResponseError) as caught,
    ):
        foreign.virtual_machine_scale_sets.begin_start("rg", "web")
    assert caught.value.status_code == 403


@pytest.mark.parametrize("way", ["app service", "azure ml", "instance metadata"])
def test_managed_identity(secure: SecureServer, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """azure-identity's ManagedIdentityCredential finds the endpoint by the environment, as where Azure hosts code."""
    variables = {
        "app service": {"IDENTITY_ENDPOINT": f"{secure.url}/msi/token", "IDENTITY_HEADER": secure.identity_secret},
        "azure ml": {"MSI_ENDPOINT": f"{secure.url}/msi/token", "MSI_SECRET": secure.identity_secret},
        "instance metadata": {"AZURE_POD_IDENTITY_AUTHORITY_HOST": f"{secure.url}/_identity/{secure.identity_secret}"},
    }
    for name, value in variables[way].items():
        monkeypatch.setenv(name, value)
    with VmssClient(SUBSCRIPTION, endpoint=secure.url, credential=ManagedIdentityCredential()) as client:
        client.resource_groups.create_or_update("https-managed", "westus2")


def test_managed_identity_with_a_wrong_header(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not know the secret gets no token."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{secure.url}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "a guess")
    with pytest.raises((HttpResponseError, CredentialUnavailableError)):
        ManagedIdentityCredential().get_token(f"{secure.url}/.default")


def test_tokens_and_principals_survive_a_restart(secure: SecureServer) -> None:
    """What a client has cached on disk is still good for another server with the same data directory."""
    token = credential(secure).get_token(f"{secure.url}/.default").token
    with served_securely(secure.home) as second:
        answer = requests.get(
            f"{second.url}/subscriptions?api-version=2022-12-01",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
    assert answer.status_code == 200
    assert second.client_id == secure.client_id


def test_without_authentication_nobody_is_asked(secure: SecureServer) -> None:
    """``--tls --no-auth``: HTTPS, no tokens, and no endpoints that give some."""
    with served_securely(secure.home, "--no-auth") as server:
        answer = requests.get(f"{server.url}/subscriptions?api-version=2022-12-01", timeout=30)
        assert answer.status_code == 200
        answer = requests.get(f"{server.url}/{secure.tenant_id}/v2.0/.well-known/openid-configuration", timeout=30)
        assert answer.status_code == 404


@pytest.mark.parametrize("name", ["contributor", "managed-identity"])
def test_our_client_connects_by_what_credentials_prints(
    secure: SecureServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """``eval "$(vmss emulator credentials NAME)"`` and a subscription are all that from_environment needs."""
    port = secure.url.rpartition(":")[2]
    printed = vmss("emulator", "credentials", name, "--port", port, "--shell", "sh", "--data-dir", str(secure.home))
    for line in shlex.split(printed.stdout, comments=True):
        variable, mark, value = line.partition("=")
        if mark:
            monkeypatch.setenv(variable, value)
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION)
    monkeypatch.setenv("NO_PROXY", "localhost")

    with VmssClient.from_environment() as client:
        client.resource_groups.create_or_update(f"rg-environment-{name}", "westeurope")
        assert client.endpoint == f"https://localhost:{port}"
        assert client.resource_groups.exists(f"rg-environment-{name}")


def test_the_server_says_by_discovery_who_gives_its_tokens(secure: SecureServer) -> None:
    """Cloud.discover: audience and authority are what azure-identity needs."""
    with VmssClient(SUBSCRIPTION, endpoint=secure.url) as nobody, pytest.raises(AuthenticationError):
        nobody.resource_groups.exists("rg")

    cloud = Cloud.discover(secure.url)
    principal = secure.principal("reader")
    reader = ClientSecretCredential(
        secure.tenant_id,
        principal.client_id,
        principal.secret,
        authority=cloud.authority_host,
        disable_instance_discovery=True,
    )

    with VmssClient(SUBSCRIPTION, cloud=cloud, credential=reader) as client:
        assert not client.resource_groups.exists("rg-of-nobody")


# ---- a machine that several people use


def test_another_user_of_the_machine_gets_nothing(secure: SecureServer) -> None:
    """Without a token or a secret neither the control plane nor the identity endpoints give anything."""
    owner = {"name": "evil", "role": "Owner"}
    assert requests.post(f"{secure.url}/_emulator/principals", json=owner, timeout=30).status_code == 401
    assert requests.post(f"{secure.url}/_emulator/reset", timeout=30).status_code == 401
    assert requests.get(f"{secure.url}/_emulator/status", timeout=30).status_code == 401
    for path in ("metadata/identity/oauth2/token", "_identity/x/metadata/identity/oauth2/token", "msi/token"):
        url = f"{secure.url}/{path}?resource=https://management.azure.com"
        answer = requests.get(url, headers={"Metadata": "true"}, timeout=30)
        assert answer.status_code == 401
        assert "access_token" not in answer.text


def test_the_owner_of_the_data_directory_needs_no_login(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """``VMSS_HOME`` alone makes our client find secret and certificate, whatever bundle is set for other servers."""
    monkeypatch.setenv("VMSS_HOME", str(secure.home))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
    with VmssClient.from_environment(subscription_id=SUBSCRIPTION, endpoint=secure.url) as client:
        client.resource_groups.create_or_update("https-owner", "westus2")
        assert client.emulator.status()["scaleSets"] is not None
        assert client.emulator.clock.read()


@pytest.mark.parametrize("command", ["emulator status", "emulator clock", "group list"])
def test_vmss_finds_the_secret_by_itself(secure: SecureServer, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """An endpoint is all that has to be said; in a data directory without the secret the server says who may."""
    monkeypatch.setenv("VMSS_HOME", str(secure.home))
    done = vmss(*command.split(), "--endpoint", secure.url)
    assert done.returncode == 0, done.stderr
    monkeypatch.setenv("VMSS_HOME", str(secure.home / "elsewhere"))
    done = vmss(*command.split(), "--endpoint", secure.url)
    assert (done.returncode != 0, "Authorization" in done.stderr) == (True, True)
