"""Tokens and roles: who gets a token, and what Azure answers who has the wrong one, or may not do what it asks for."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

import jwt
import pytest

from tests.emulator.arm.azure import BASE, GROUP, SET, SUBSCRIPTION, Azure, model
from tests.emulator.arm.guarded import ARM, OTHER_GROUP, Guarded
from vmss_sdk.emulator.arm.identity.directory import Directory
from vmss_sdk.transport.base import Response


def challenge(response: Response) -> str:
    """The part of the challenge that tells why."""
    return response.headers["WWW-Authenticate"].partition('error_description="')[2].removesuffix('"')


# ---- 401


def test_no_token() -> None:
    """ARM's words (wire.md 7), and a challenge with the tenant."""
    azure = Guarded()
    response = azure.send("GET", SET, headers={"Authorization": ""})
    assert azure.error(response)[:2] == (401, "AuthenticationFailed")
    assert response.json()["error"]["message"] == "Authentication failed. The 'Authorization' header is missing."
    assert response.headers["WWW-Authenticate"] == (
        f'Bearer authorization_uri="{BASE}/{azure.directory.tenant_id}", error="invalid_token",'
        " error_description=\"The authentication failed because of missing 'Authorization' header.\""
    )


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer "])
def test_another_kind_of_header(header: str) -> None:
    """Whatever is no bearer token."""
    azure = Guarded()
    response = azure.send("GET", SET, headers={"Authorization": header})
    assert azure.error(response)[:2] == (401, "AuthenticationFailedInvalidHeader")


def forged(azure: Guarded, **options: Any) -> str:
    """A token with the right claims, and another signature."""
    assert azure.header is not None
    claims = jwt.decode(azure.header.partition(" ")[2], options={"verify_signature": False})
    return jwt.encode(claims, **options)


def test_forged_tokens() -> None:
    """Garbage, another key, no signature, and the public key taken for a secret."""
    azure = Guarded()
    stranger = Directory(tenant_id=azure.directory.tenant_id, clock=azure.clock)
    other = stranger.give(azure.directory.named("contributor"), ARM).text  # type: ignore[arg-type]  # it is there
    unsigned = forged(azure, key=None, algorithm="none")
    confused = forged(azure, key="x" * 64, algorithm="HS256")
    for token in ("garbage", "a.b.c", other, unsigned, confused):
        response = azure.send("GET", SET, headers={"Authorization": f"Bearer {token}"})
        assert azure.error(response)[:2] == (401, "InvalidAuthenticationToken")
        assert challenge(response) == "The access token is invalid."


def test_a_changed_token() -> None:
    """The signature covers the claims."""
    azure = Guarded("reader")
    assert azure.header is not None
    head, claims, signature = azure.header.split(".")
    text = base64.urlsafe_b64decode(claims + "==")
    reader, owner = azure.directory.named("reader"), azure.directory.named("owner")
    assert reader is not None
    assert owner is not None
    changed = text.replace(reader.object_id.encode(), owner.object_id.encode())
    assert changed != text
    token = f"{head}.{base64.urlsafe_b64encode(changed).rstrip(b'=').decode()}.{signature}"
    response = azure.send("GET", SET, headers={"Authorization": token})
    assert azure.error(response)[:2] == (401, "InvalidAuthenticationToken")


def test_expired_token() -> None:
    """Real time counts, to the second, and the text has both times as reported."""
    azure = Guarded()
    azure.clock.time = 1_503_010_481.0  # 8/17/2017 10:54:41 PM
    azure.be("contributor")
    azure.clock.time += 3599
    assert azure.send("GET", GROUP).status == 404
    azure.clock.time += 1 + 62
    response = azure.send("GET", GROUP)
    assert azure.error(response)[:2] == (401, "ExpiredAuthenticationToken")
    assert response.json()["error"]["message"] == (
        "The access token expiry UTC time '8/17/2017 11:54:41 PM' is earlier than current UTC time"
        " '8/17/2017 11:55:43 PM'."
    )
    assert challenge(response) == response.json()["error"]["message"]


def test_a_token_of_tomorrow() -> None:
    """One whose time has not come counts as little."""
    azure = Guarded()
    azure.clock.time -= 3600
    assert azure.error(azure.send("GET", GROUP))[:2] == (401, "InvalidAuthenticationToken")


def test_the_emulated_clock_ages_no_token() -> None:
    """A year of virtual time later it is still good: clients compare with their own clock."""
    azure = Guarded()
    azure.emulator.clock.advance(365 * 86400)
    assert azure.send("GET", GROUP).status == 404


@pytest.mark.parametrize("audience", ["https://graph.microsoft.com", "https://localhost.evil.example", "urn://x"])
def test_wrong_audience(audience: str) -> None:
    """A token for somebody else; the text names it and what would do."""
    azure = Guarded()
    azure.be("contributor", audience)
    response = azure.send("GET", GROUP)
    assert azure.error(response)[:2] == (401, "InvalidAuthenticationTokenAudience")
    assert response.json()["error"]["message"] == (
        f"The access token has been obtained for wrong audience or resource '{audience}'. It should exactly match with"
        " one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net',"
        f"'https://management.azure.com/','https://management.azure.com','{BASE}/','{BASE}'."
    )


@pytest.mark.parametrize(
    "audience",
    ["https://management.core.windows.net/", "https://localhost:1/", "https://[::1]:1", "https://a.lab.test"],
)
def test_right_audiences(audience: str) -> None:
    """Azure's own, this machine's names, and those that the server was given."""
    azure = Guarded(names=("*.lab.test",))
    azure.be("contributor", audience)
    assert azure.send("GET", GROUP).status == 404


def test_who_calls_is_asked_before_anything_else() -> None:
    """Without a token nobody learns which paths and versions there are."""
    azure = Guarded()
    azure.header = None
    for path in ("/nothing/here/at/all", f"{GROUP}?api-version=1", f"{SUBSCRIPTION}/providers/No.Such/things/x"):
        assert azure.send("GET", path).status == 401


def test_an_odd_audience_cannot_break_the_header() -> None:
    """Quotation marks in a claim do not reach the challenge."""
    azure = Guarded()
    azure.be("contributor", 'https://x/", error="none')
    assert '", error="none' not in challenge(azure.send("GET", GROUP))


def test_without_a_directory_nobody_is_asked() -> None:
    """The emulator in process takes calls with or without a token, and gives none."""
    azure = Azure()
    assert azure.send("GET", GROUP, headers={"Authorization": "Bearer x"}).status == 404
    assert azure.send("POST", "/tenant/oauth2/v2.0/token", b"", version=None).status == 404


# ---- 403


def test_a_reader_reads() -> None:
    """Every GET, and no other method; the text is Azure's (azure-sdk issues)."""
    azure = Guarded()
    azure.create(model(1))
    azure.be("reader")
    for path in (SET, f"{SET}/virtualMachines", f"{SET}/instanceView", GROUP, f"{SUBSCRIPTION}/resourceGroups"):
        assert azure.send("GET", path).status == 200
    reader = azure.directory.named("reader")
    assert reader is not None
    response = azure.put(model(2))
    assert azure.error(response)[:2] == (403, "AuthorizationFailed")
    assert response.json()["error"]["message"] == (
        f"The client '{reader.client_id}' with object id '{reader.object_id}' does not have authorization to perform"
        f" action 'Microsoft.Compute/virtualMachineScaleSets/write' over scope '{SET}' or the scope is invalid."
        " If access was recently granted, please refresh your credentials."
    )


@pytest.mark.parametrize(
    ("method", "path", "action", "scope"),
    [
        ("PUT", GROUP, "Microsoft.Resources/subscriptions/resourceGroups/write", GROUP),
        ("DELETE", GROUP, "Microsoft.Resources/subscriptions/resourceGroups/delete", GROUP),
        ("PATCH", SET, "Microsoft.Compute/virtualMachineScaleSets/write", SET),
        ("DELETE", SET, "Microsoft.Compute/virtualMachineScaleSets/delete", SET),
        ("POST", f"{SET}/reimage", "Microsoft.Compute/virtualMachineScaleSets/reimage/action", SET),
        ("POST", f"{SET}/OSROLLINGUPGRADE", "Microsoft.Compute/virtualMachineScaleSets/osRollingUpgrade/action", SET),
        (
            "POST",
            f"{SET}/rollingUpgrades/cancel",
            "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades/action",
            f"{SET}/rollingUpgrades/cancel",
        ),
        (
            "POST",
            f"{SET}/virtualMachines/0/reimage",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/reimage/action",
            f"{SET}/virtualMachines/0",
        ),
        (
            "PUT",
            f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net",
            "Microsoft.Network/virtualNetworks/write",
            f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net",
        ),
    ],
)
def test_actions_and_scopes(method: str, path: str, action: str, scope: str) -> None:
    """The action is made of the types in the path and the method, as in Azure's list of operations."""
    azure = Guarded("reader")
    response = azure.send(method, path, {})
    assert response.status == 403
    assert f"perform action '{action}' over scope '{scope}' or" in response.json()["error"]["message"]


def test_a_role_in_one_group() -> None:
    """Everything inside, nothing outside, and whether there is something outside is not told."""
    azure = Guarded()
    azure.group(OTHER_GROUP)
    azure.be("in-group")
    azure.create(model(1))
    assert azure.put(model(1), SET.replace("/Shop/", "/Other/")).status == 403
    for path in (OTHER_GROUP, f"{GROUP}2", f"{SUBSCRIPTION[:-1]}9"):
        assert azure.send("GET", path).status == 403


def test_a_role_in_one_group_follows_its_operations() -> None:
    """The URL of an operation is the subscription's, and who began it may ask how it goes."""
    azure = Guarded("in-group")
    azure.create(model(1))  # polls until it is complete
    azure.done(azure.post(f"{SET}/restart"))


def test_lists_have_what_the_caller_may_read() -> None:
    """Lists over a subscription are not refused, but shortened."""
    azure = Guarded()
    azure.create(model(1))
    azure.create(model(1), SET.replace("/Shop/", "/Other/"))
    sets = f"{SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachineScaleSets"
    for caller, seen in (("contributor", 2), ("in-group", 1), ("group-reader", 1)):
        azure.be(caller)
        assert len(azure.get(f"{SUBSCRIPTION}/resourceGroups")["value"]) == seen
        assert len(azure.get(sets)["value"]) == seen
        assert [item["id"] for item in azure.get("/subscriptions")["value"]] == [SUBSCRIPTION]


def test_what_a_subscription_offers_is_everybodys() -> None:
    """Regions and providers are listed for a role in one group as for all; resources are its own alone."""
    azure = Guarded()
    azure.create(model(1))
    azure.create(model(1), SET.replace("/Shop/", "/Other/"))
    offers = [azure.get(f"{SUBSCRIPTION}/{kind}")["value"] for kind in ("locations", "providers")]
    azure.be("in-group")
    assert [azure.get(f"{SUBSCRIPTION}/{kind}")["value"] for kind in ("locations", "providers")] == offers
    assert [item["id"] for item in azure.get(f"{SUBSCRIPTION}/resources")["value"]] == [SET]


def test_a_role_in_a_group_that_is_still_to_come() -> None:
    """Its subscription is listed, so that az finds one to work in, and the group can be made."""
    azure = Guarded("in-group")
    assert [item["id"] for item in azure.get("/subscriptions")["value"]] == [SUBSCRIPTION]
    azure.group()


def test_a_removed_principal() -> None:
    """Its token is still one, but opens nothing."""
    azure = Guarded()
    assert azure.directory.remove("contributor")
    assert azure.error(azure.send("GET", GROUP))[:2] == (403, "AuthorizationFailed")


# ---- Entra ID


def test_a_token_for_a_secret() -> None:
    """The answer of v2.0, and a token with the claims of Entra's v1.0 tokens, which are ARM's."""
    azure = Guarded()
    answer = azure.form().json()
    assert {name: answer[name] for name in ("token_type", "expires_in")} == {"token_type": "Bearer", "expires_in": 3600}
    head = jwt.get_unverified_header(answer["access_token"])
    [key] = azure.get(f"/{azure.directory.tenant_id}/discovery/v2.0/keys", version=None)["keys"]
    assert (head["alg"], head["kid"]) == ("RS256", key["kid"])
    claims = jwt.decode(
        answer["access_token"], jwt.PyJWK(key).key, algorithms=["RS256"], audience=ARM, options={"verify_exp": False}
    )
    principal = azure.directory.named("contributor")
    assert principal is not None
    tenant = azure.directory.tenant_id
    wanted = {"tid": tenant, "iss": f"https://sts.windows.net/{tenant}/", "appid": principal.client_id, "ver": "1.0"}
    assert {**claims, **wanted, "oid": principal.object_id, "idtyp": "app"} == claims
    assert claims["nbf"] == claims["iat"] < azure.clock.time < claims["exp"] == azure.clock.time + 3600
    azure.header = f"Bearer {answer['access_token']}"
    azure.group()


def test_a_token_of_v1() -> None:
    """``/oauth2/token`` takes a resource and answers numbers as text."""
    azure = Guarded()
    answer = azure.form("oauth2/token", scope=None, resource=ARM).json()
    assert (answer["expires_in"], answer["resource"]) == ("3600", ARM)
    assert int(answer["expires_on"]) == azure.clock.time + 3600


@pytest.mark.parametrize(
    ("fields", "status", "error", "number"),
    [
        ({"client_secret": "a guess"}, 401, "invalid_client", 7000215),
        ({"client_secret": None}, 401, "invalid_client", 7000218),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 400, "unauthorized_client", 700016),
        ({"client_id": None}, 400, "invalid_request", 900144),
        ({"grant_type": None}, 400, "invalid_request", 900144),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"scope": "https://management.azure.com"}, 400, "invalid_scope", 1002012),
        ({"scope": "/.default"}, 400, "invalid_scope", 1002012),
        ({"scope": None}, 400, "invalid_request", 900144),
        ({"scope": "nothing/.default"}, 400, "invalid_resource", 500011),
        ({"tenant": "11111111-1111-1111-1111-111111111111"}, 400, "invalid_request", 90002),
    ],
)
def test_refused_as_entra_does(fields: dict[str, str | None], status: int, error: str, number: int) -> None:
    """The word of OAuth, Entra's number in the text and in the list, and the ids by which one would ask for help."""
    response = Guarded().form(**fields)  # type: ignore[arg-type]  # the cases are texts
    document = response.json()
    assert (response.status, document["error"], document["error_codes"]) == (status, error, [number])
    assert document["error_description"].startswith(f"AADSTS{number}: ")
    assert f"Trace ID: {document['trace_id']}" in document["error_description"]
    assert f"Correlation ID: {document['correlation_id']}" in document["error_description"]
    assert document["timestamp"] == "2023-11-14 22:13:20Z"


@pytest.mark.parametrize("endpoint", ["oauth2/v2.0/token", "oauth2/token"])
def test_a_token_is_not_given_by_get(endpoint: str) -> None:
    """400 with Entra's number for it, not ARM's 401: the address is right, the method is not."""
    azure = Guarded()
    response = azure.send("GET", f"/{azure.directory.tenant_id}/{endpoint}")
    assert (response.status, response.json()["error_codes"]) == (400, [900561])


def test_a_secret_is_never_repeated() -> None:
    """Neither what was sent nor what would have been right is in an error or in a repr."""
    azure = Guarded()
    principal = azure.directory.named("contributor")
    assert principal is not None
    response = azure.form(client_secret="a-wrong-guess")
    assert b"a-wrong-guess" not in response.body
    shown = f"{response.body!r} {azure.directory!r} {principal!r} {azure.directory.give(principal, ARM)!r}"
    assert principal.secret not in shown
    assert azure.directory.identity_secret not in shown
    assert "PRIVATE KEY" not in shown
    assert "eyJ" not in shown


def test_openid_configuration() -> None:
    """MSAL takes the token endpoint from it, which has to be https and of this tenant."""
    azure = Guarded()
    tenant = azure.directory.tenant_id
    azure.header = None
    document = azure.get(f"/{tenant}/v2.0/.well-known/openid-configuration", version=None)
    assert document["token_endpoint"] == f"{BASE}/{tenant}/oauth2/v2.0/token"
    assert document["issuer"] == f"{BASE}/{tenant}/v2.0"
    assert azure.get(document["jwks_uri"], version=None)["keys"]
    response = azure.send("GET", "/nobody/v2.0/.well-known/openid-configuration", version=None)
    assert (response.status, response.json()["error"]) == (400, "invalid_tenant")


def test_instance_discovery() -> None:
    """The authority is its own only alias."""
    azure = Guarded()
    tenant = azure.directory.tenant_id
    asked = quote(f"{BASE}/{tenant}/oauth2/v2.0/authorize", safe="")
    document = azure.get(f"/common/discovery/instance?api-version=1.1&authorization_endpoint={asked}", version=None)
    assert document["tenant_discovery_endpoint"] == f"{BASE}/{tenant}/v2.0/.well-known/openid-configuration"
    assert document["metadata"] == [
        {"preferred_network": "localhost:8443", "preferred_cache": "localhost:8443", "aliases": ["localhost:8443"]}
    ]


def test_faults_of_arm_spare_entra() -> None:
    """A throttled ARM does not throttle logins; a fault that names their path does."""
    azure = Guarded()
    azure.post("/_emulator/faults", {"kind": "throttle"}, version=None)
    assert azure.form().status == 200
    assert azure.send("GET", GROUP).status == 429
    azure.post("/_emulator/faults", {"kind": "serverError", "status": 503, "path": "*/token"}, version=None)
    assert azure.form().status == 503


def test_what_az_reads_of_a_cloud() -> None:
    """The members without which ``az cloud register`` fails, without a token (az-cli.md 2)."""
    azure = Guarded()
    azure.header = None
    document = azure.get("/metadata/endpoints", version=None)
    assert document["authentication"]["loginEndpoint"] == BASE
    assert document["authentication"]["audiences"] == [f"{BASE}/", BASE]
    assert document["suffixes"]["storage"] == "core.windows.net"
    assert azure.get("/metadata/imageAliases", version=None)


def test_the_tenant_is_one_everywhere() -> None:
    """Subscriptions and the list of tenants name the tenant of the tokens."""
    azure = Guarded()
    [tenant] = azure.get("/tenants")["value"]
    [subscription] = azure.get("/subscriptions")["value"]
    assert tenant["tenantId"] == subscription["tenantId"] == azure.directory.tenant_id
