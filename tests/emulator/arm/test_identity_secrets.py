"""What is given for a secret or to an owner alone: managed identities, the control plane, principals."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from tests.emulator.arm.azure import CONTROL, GROUP, SET, SUBSCRIPTION, model
from tests.emulator.arm.guarded import ARM, KEY, Guarded
from vmss_sdk import wire
from vmss_sdk.emulator.arm.identity.principal import Kind, Principal, Role

# ---- managed identity

HOSTED = f"/msi/token?api-version=2019-08-01&resource={ARM}"
METADATA = f"/metadata/identity/oauth2/token?api-version=2018-02-01&resource={ARM}"


@pytest.mark.parametrize("name", ["X-IDENTITY-HEADER", "secret"])
def test_hosted_identity(name: str) -> None:
    """App Service's and Azure ML's header; ``expires_on`` is seconds as text (az-cli.md 2)."""
    azure = Guarded()
    answer = azure.get(HOSTED, version=None, headers={name: azure.directory.identity_secret})
    assert answer["resource"] == ARM
    assert int(answer["expires_on"]) == azure.clock.time + 3600
    azure.header = f"Bearer {answer['access_token']}"
    azure.group()


def test_hosted_identity_without_the_secret() -> None:
    """Missing or wrong: 401 and no token."""
    azure = Guarded()
    for headers in ({}, {"X-IDENTITY-HEADER": "guess"}, {"X-IDENTITY-HEADER": "é"}):
        response = azure.send("GET", HOSTED, version=None, headers=headers)
        assert response.status == 401
        assert b"access_token" not in response.body


def asking(azure: Guarded, **headers: str) -> dict[str, str]:
    """The headers of who asks as inside a virtual machine, and knows the secret."""
    return {"Metadata": "true", "X-IDENTITY-HEADER": azure.directory.identity_secret, **headers}


@pytest.mark.parametrize("place", ["header", "path"])
def test_instance_metadata(place: str) -> None:
    """Who is on this machine, says ``Metadata: true`` and knows the secret gets a token; all values are text."""
    azure = Guarded()
    if place == "header":
        answer = azure.get(METADATA, version=None, headers=asking(azure))
    else:
        path = f"/_identity/{azure.directory.identity_secret}{METADATA}"
        answer = azure.get(path, version=None, headers={"Metadata": "true"})
    assert set(map(type, answer.values())) == {str}
    assert answer["expires_in"] == "3600"
    azure.header = f"Bearer {answer['access_token']}"
    azure.group()


def test_instance_metadata_is_refused() -> None:
    """Without the header, without a resource, and for an identity that is none."""
    azure = Guarded()
    for path, headers in (
        (METADATA, {}),
        (METADATA.partition("&")[0], asking(azure)),
        (METADATA.replace(ARM, "x"), asking(azure)),
        (f"{METADATA}&client_id=nobody", asking(azure)),
    ):
        response = azure.send("GET", path, version=None, headers=headers)
        assert response.status == 400
        assert response.json()["error"] in {"invalid_request", "invalid_resource"}


@pytest.mark.parametrize("caller", [None, "owner", "contributor"])
def test_instance_metadata_without_the_secret(caller: str | None) -> None:
    """Whoever else is on this machine gets nothing, and no token of a principal stands for the secret."""
    azure = Guarded(caller or "reader")
    azure.header = azure.header if caller else None
    for path, header in ((METADATA, {}), (METADATA, {"X-IDENTITY-HEADER": "x"}), (f"/_identity/guess{METADATA}", {})):
        response = azure.send("GET", path, version=None, headers={"Metadata": "true", **header})
        assert (response.status, response.json()["error"]) == (401, "unauthorized_client")
        assert b"access_token" not in response.body


def test_instance_metadata_by_a_proxy() -> None:
    """A request that was passed on is refused, as Azure's service does: it protects who runs an open proxy."""
    azure = Guarded()
    response = azure.send("GET", METADATA, version=None, headers=asking(azure, **{"X-Forwarded-For": "10.0.0.1"}))
    assert (response.status, response.json()["error"]) == (400, "invalid_request")


def test_an_identity_by_its_ids() -> None:
    """``client_id``, ``object_id`` and the end of a resource id pick one of several."""
    azure = Guarded()
    second = Principal.new("second", Role.READER, kind=Kind.MANAGED_IDENTITY)
    azure.directory.add(second)
    resource_id = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/second"
    for query in (f"client_id={second.client_id}", f"object_id={second.object_id}", f"msi_res_id={resource_id}"):
        answer = azure.get(f"{METADATA}&{query}", version=None, headers=asking(azure))
        assert answer["client_id"] == second.client_id


def test_instance_metadata_is_for_this_machine() -> None:
    """Where others can reach the server, it would give a token to everybody: there is none."""
    azure = Guarded(is_local=False)
    assert azure.send("GET", METADATA, version=None, headers=asking(azure)).status == 404


# ---- control plane


def test_the_owner_of_the_data_directory_may_do_everything() -> None:
    """The secret that is kept there stands for a token of an owner, on Azure's paths as well."""
    azure = Guarded()
    azure.header = "Bearer the owner's"
    assert azure.send("GET", "/_emulator/status", version=None).status == 200
    assert azure.post("/_emulator/principals", {"name": "x", "role": "Owner"}, version=None).status == 201
    assert azure.post("/_emulator/reset", version=None).status == 204
    azure.group()


@pytest.mark.parametrize(("secret", "shown"), [("the owner's", "a guess"), ("", ""), ("", "x"), ("the owner's", "")])
def test_a_wrong_secret_is_a_wrong_token(secret: str, shown: str) -> None:
    """A guess opens nothing, nor does nothing where there is no secret."""
    azure = Guarded(owner_secret=secret)
    azure.header = f"Bearer {shown}"
    assert azure.send("GET", "/_emulator/status", version=None).status == 401
    assert azure.send("GET", SUBSCRIPTION).status == 401


def test_secrets_are_not_shown() -> None:
    """What prints a directory shows none of them."""
    directory = Guarded().directory
    assert directory.owner_secret not in repr(directory)
    assert directory.identity_secret not in repr(directory)


@pytest.mark.parametrize("is_local", [True, False])
def test_the_control_plane_needs_a_token(is_local: bool) -> None:
    """A reader may look, a contributor of everything may change, an owner may add principals; on any address."""
    azure = Guarded(is_local=is_local)
    azure.header = None
    assert azure.send("GET", "/_emulator/status", version=None).status == 401
    body = {"name": "x", "role": "Owner"}
    for caller, looks, changes, grants in (
        ("in-group", 403, 403, 403),
        ("reader", 200, 403, 403),
        ("contributor", 200, 200, 403),
        ("owner", 200, 200, 201),
    ):
        azure.be(caller)
        assert azure.send("GET", "/_emulator/status", version=None).status == looks
        assert azure.post("/_emulator/clock", {"advance": 1}, version=None).status == changes
        assert azure.post("/_emulator/principals", body, version=None).status == grants


def resigned(azure: Guarded, **changes: Any) -> str:
    """The token with other claims, signed with the right key; None takes a claim away."""
    assert azure.header is not None
    claims = jwt.decode(azure.header.partition(" ")[2], options={"verify_signature": False})
    found = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return f"Bearer {jwt.encode(found, KEY, algorithm='RS256')}"


@pytest.mark.parametrize(
    "changes",
    [
        {"tid": "11111111-2222-3333-4444-555555555555"},
        {"tid": None},
        {"tid": ["x"]},
        {"exp": "9999999999"},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"exp": 10**400},
        {"exp": True},
        {"exp": [9999999999]},
        {"exp": None},
        {"nbf": "0"},
        {"nbf": False},
        {"nbf": float("-inf")},
        {"nbf": -1},
        {"iss": "https://sts.windows.net/other/"},
    ],
    ids=str,
)
def test_tokens_with_odd_claims(changes: dict[str, Any]) -> None:
    """Another tenant, and dates that are no numbers of seconds (RFC 7519, 2), are no tokens, whoever signed them."""
    azure = Guarded()
    azure.header = resigned(azure)
    assert azure.send("GET", GROUP).status == 404
    azure.header = resigned(azure, **changes)
    assert azure.error(azure.send("GET", GROUP))[:2] == (401, "InvalidAuthenticationToken")


def test_a_removed_principal_sees_nothing() -> None:
    """Its tokens are good until they expire, as Entra's are, and open nothing: lists of all subscriptions are empty."""
    azure = Guarded()
    azure.create(model(1))
    for name, scope in (("none", "/subscriptions/none/resourceGroups/none"), ("ops", "/")):
        azure.group(scope if scope != "/" else GROUP)
        azure.directory.add(Principal.new(name, Role.OWNER, scope))
        azure.be(name)
        assert azure.directory.remove(name)
        assert azure.get("/subscriptions")["value"] == []
        for path in (SUBSCRIPTION, GROUP, SET, f"{SUBSCRIPTION}/locations", "/subscriptions/none/resourceGroups/none"):
            assert azure.error(azure.send("GET", path))[:2] == (403, "AuthorizationFailed")
            assert azure.send("DELETE", path).status in (403, 405)
        assert azure.send("GET", "/_emulator/status", version=None).status == 403
        azure.be("owner")


def test_principals_come_and_go() -> None:
    """One that is added can log in with the secret that was told once; one that is removed cannot."""
    azure = Guarded("owner")
    told = azure.post("/_emulator/principals", {"name": "ops", "role": "reader", "scope": GROUP}, version=None).json()
    assert (told["role"], told["scope"]) == ("Reader", GROUP)
    assert azure.form(client_id=told["clientId"], client_secret=told["secret"]).status == 200
    listed = azure.send("GET", "/_emulator/principals", version=None)
    assert told["secret"].encode() not in listed.body
    assert "ops" in [item["name"] for item in listed.json()["value"]]
    assert azure.send("DELETE", "/_emulator/principals?name=ops", version=None).status == 204
    assert azure.form(client_id=told["clientId"], client_secret=told["secret"]).status == 400


@pytest.mark.parametrize(
    ("body", "target", "said"),
    [
        ({"role": "Reader"}, "name", "'name' must be a text"),
        ({"name": "ops"}, "role", "'role' must be a text"),
        ({"name": "ops", "role": "King"}, "body", "'King' is no role: expected Owner, Contributor, Reader"),
        ({"name": "O P S", "role": "Reader"}, "body", "'O P S' is no name for a principal"),
        ({"name": "ops", "role": "Reader", "scope": "here"}, "body", "'here' is no scope"),
        ({"name": "ops", "role": "Reader", "kind": "Dog"}, "kind", "'kind' must be one of ServicePrincipal"),
        ({"name": "ops", "role": "Reader", "color": 1}, "color", "Unknown member 'color'"),
    ],
)
def test_principals_that_are_none(body: dict[str, Any], target: str, said: str) -> None:
    """The refusal names the member and what was expected."""
    azure = Guarded("owner")
    response = azure.post("/_emulator/principals", body, version=None)
    assert azure.error(response)[::2] == (400, target)
    assert said in response.json()["error"]["message"]


def test_control_of_a_scale_set_with_a_token() -> None:
    """The rest of the control plane is where it was."""
    azure = Guarded("owner")
    azure.create(model(1))
    assert azure.send("GET", f"{CONTROL}/instances", version=None).status == 200
    assert wire.decode(azure.send("DELETE", "/_emulator/principals?name=nobody", version=None).body)["error"]["target"]


def test_one_tenant_everywhere() -> None:
    """Tokens, subscriptions, tenants and the identities of scale sets name the same tenant."""
    azure = Guarded()
    azure.create({**model(1), "identity": {"type": "SystemAssigned"}})
    tenants = azure.get("/tenants")["value"]
    found = [azure.get(SET)["identity"], azure.get(SUBSCRIPTION), *tenants]
    assert {place["tenantId"] for place in found} == {azure.directory.tenant_id}
