"""The credentials of azure-identity, unchanged, against a token endpoint over HTTPS."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import AzureCliCredential, ClientSecretCredential, CredentialUnavailableError

from tests.client.identity import CLAIMS, CLIENT, SECRET, TENANT, Entra, entra
from tests.client.scripted import Script, answer
from vmss_sdk import AuthenticationError, CredentialError, HttpTransport, VmssClient

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
Served = tuple[Entra, str]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with entra(tmp_path) as both:
        yield both


def client(served: Served, secret: str = SECRET, **options: Any) -> VmssClient:
    service, bundle = served
    credential = ClientSecretCredential(
        TENANT,
        CLIENT,
        secret,
        authority=service.base,
        disable_instance_discovery=True,
        connection_verify=bundle,
        retry_total=0,
    )
    transport = HttpTransport(service.base, verify=bundle)
    return VmssClient(SUBSCRIPTION, endpoint=service.base, credential=credential, transport=transport, **options)


def test_a_service_principal_reaches_arm(served: Served) -> None:
    """The token that Entra gives for the scope of the endpoint is the one that ARM sees."""
    service, _ = served
    azure = client(served)

    assert [found.name for found in azure.scale_sets()] == ["web"]
    list(azure.scale_sets())
    assert [form["scope"].split()[0] for form in service.granted] == [f"{service.base}/.default"]
    assert service.authorizations == ["Bearer token-1"] * 2


def test_the_audience_of_azure_is_asked_for_when_it_is_given(served: Served) -> None:
    """What the real Entra expects: https://management.azure.com/.default."""
    service, _ = served

    list(client(served, audience="https://management.azure.com/").scale_sets())

    assert service.granted[0]["scope"].split()[0] == "https://management.azure.com/.default"


def test_claims_are_handed_to_the_credential(served: Served) -> None:
    """Continuous Access Evaluation: the 401 names claims, the credential gets a token for them, the call succeeds."""
    service, _ = served
    service.challenge = True

    assert [found.name for found in client(served).scale_sets()] == ["web"]
    assert [CLAIMS in form.get("claims", "") for form in service.granted] == [False, True]
    assert service.authorizations == ["Bearer token-1", "Bearer token-2"]


def test_a_wrong_secret_is_a_credential_error(served: Served) -> None:
    """The cause is what azure-identity raised, with Entra's own words; the secret is nowhere."""
    with pytest.raises(CredentialError, match=r"ClientSecretCredential gave no token for the scope") as caught:
        list(client(served, "wrong-secret").scale_sets())

    assert isinstance(caught.value.__cause__, ClientAuthenticationError)
    assert "AADSTS7000215" in str(caught.value.__cause__)
    assert "wrong-secret" not in f"{caught.value} {caught.value.__cause__}"


def test_without_claims_a_refused_token_is_not_used_again(served: Served) -> None:
    """A 401 without a challenge is handed on, and the next call asks the credential anew."""
    service, _ = served
    azure = client(served)
    list(azure.scale_sets())
    service.granted.append({})  # ARM trusts a newer token only

    with pytest.raises(AuthenticationError):
        list(azure.scale_sets())
    assert service.authorizations == ["Bearer token-1"] * 2


def test_a_missing_az_is_a_credential_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A credential that cannot be used here says why."""
    monkeypatch.setenv("PATH", "")
    azure = VmssClient(SUBSCRIPTION, credential=AzureCliCredential())

    with pytest.raises(CredentialError, match="AzureCliCredential gave no token") as caught:
        list(azure.scale_sets())
    assert isinstance(caught.value.__cause__, CredentialUnavailableError)


def test_the_token_of_az_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """AzureCliCredential asks az for the scope of the endpoint, and what az prints is what ARM sees."""
    printed = '{"accessToken": "of-az", "expires_on": 4102444800, "tokenType": "Bearer"}'
    az = tmp_path / "az"
    az.write_text(f"#!/bin/sh\necho \"$@\" > '{tmp_path}/asked'\necho '{printed}'\n")
    az.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    script = Script(answer(200, {"value": []}))

    list(VmssClient(SUBSCRIPTION, transport=script, credential=AzureCliCredential()).scale_sets())

    assert script.requests[0].headers["Authorization"] == "Bearer of-az"
    assert "--resource https://management.azure.com\n" in (tmp_path / "asked").read_text()
