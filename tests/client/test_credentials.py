"""Tokens: who is asked, when again, and where a token never goes."""

import base64
import logging
import pickle
import threading
from typing import Any

import pytest
from azure.core.credentials import AccessTokenInfo

from tests.client.identity import CHALLENGE, CLAIMS
from tests.client.scripted import ENDPOINT, POLL, SUBSCRIPTION, Script, accepted, answer, ended
from tests.transport.stand_in import CountingClock
from vmss_sdk import (
    AccessToken,
    AuthenticationError,
    ClientUsageError,
    CredentialError,
    EmulatorCredential,
    ForeignHostError,
    InsecureTransportError,
    Response,
    StaticTokenCredential,
    TokenCredential,
    VmssClient,
    VmssError,
)
from vmss_sdk.credentials import BearerTokens, demanded_claims
from vmss_sdk.transport.base import Headers
from vmss_sdk.transport.origin import Origin

AZURE = Origin.of(ENDPOINT)
SECRET = "secret-token"


class Counting:
    """A credential whose tokens live for an hour."""

    def __init__(self, clock: CountingClock, lifetime: float = 3600.0) -> None:
        self.clock = clock
        self.lifetime = lifetime
        self.scopes: list[tuple[str, ...]] = []
        self.error: Exception | None = None

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        self.scopes.append(scopes)
        if self.error is not None:
            raise self.error
        return AccessToken(f"token-{len(self.scopes)}", self.clock.now() + self.lifetime)


def tokens(lifetime: float = 3600.0) -> tuple[BearerTokens, Counting, CountingClock]:
    clock = CountingClock()
    credential = Counting(clock, lifetime)
    return BearerTokens(credential, AZURE, clock), credential, clock


def test_a_token_is_used_until_five_minutes_before_its_end() -> None:
    """Then a new one is fetched, at most a minute earlier (so that many clients do not ask at once)."""
    bearer, credential, clock = tokens()

    assert bearer.header() == "Bearer token-1"
    clock.time += 3600 - 300 - 60 - 1
    assert bearer.header() == "Bearer token-1"
    clock.time += 61
    assert bearer.header() == "Bearer token-2"
    assert len(credential.scopes) == 2


@pytest.mark.parametrize(
    ("endpoint", "audience", "scope"),
    [
        ("https://management.azure.com", None, "https://management.azure.com/.default"),
        ("https://management.chinacloudapi.cn", None, "https://management.chinacloudapi.cn/.default"),
        ("https://localhost:8443", None, "https://localhost:8443/.default"),
        ("https://localhost:8443", "https://management.azure.com/", "https://management.azure.com/.default"),
    ],
)
def test_the_scope_is_the_audiences_default(endpoint: str, audience: str | None, scope: str) -> None:
    """Public Azure has its own audience, every other endpoint is its own unless another one is given."""
    clock = CountingClock()
    credential = Counting(clock)

    BearerTokens(credential, Origin.of(endpoint), clock, audience).header()

    assert credential.scopes == [(scope,)]


def test_threads_that_need_a_token_ask_once() -> None:
    """Twenty threads without a token cause one call of the credential."""
    bearer, credential, _ = tokens()
    slow = threading.Event()
    fetch = credential.get_token

    def wait_and_fetch(*scopes: str, **options: Any) -> AccessToken:
        slow.wait(5)
        return fetch(*scopes, **options)

    credential.get_token = wait_and_fetch  # type: ignore[method-assign]  # a credential that takes its time
    headers: list[str] = []
    threads = [threading.Thread(target=lambda: headers.append(bearer.header())) for _ in range(20)]
    for thread in threads:
        thread.start()
    slow.set()
    for thread in threads:
        thread.join(5)

    assert (headers, len(credential.scopes)) == (["Bearer token-1"] * 20, 1)


def test_get_token_info_is_preferred() -> None:
    """As azure-core does since it exists."""

    class Newer(Counting):
        def get_token_info(self, *scopes: str) -> AccessToken:
            return AccessToken("newer", self.clock.now() + self.lifetime)

    clock = CountingClock()

    assert BearerTokens(Newer(clock), AZURE, clock).header() == "Bearer newer"


@pytest.mark.parametrize(("refresh_on", "renewed"), [(600, True), (3590, False), (None, False)])
def test_the_credential_says_when_to_renew(refresh_on: int | None, renewed: bool) -> None:
    """refresh_on wins over the five minutes, at most a minute later (AccessTokenInfo of azure-core)."""
    clock = CountingClock()

    class Newer(Counting):
        def get_token_info(self, *scopes: str, options: Any = None) -> AccessTokenInfo:
            self.scopes.append(scopes)
            said = None if refresh_on is None else int(self.clock.now()) + refresh_on
            return AccessTokenInfo("newer", int(self.clock.now()) + 3600, refresh_on=said)

    credential = Newer(clock)
    bearer = BearerTokens(credential, AZURE, clock)
    bearer.header()
    clock.time += 599
    bearer.header()
    assert len(credential.scopes) == 1
    clock.time += 62
    bearer.header()
    assert (len(credential.scopes) == 2) is renewed


def test_a_renewal_that_failed_is_tried_again_after_half_a_minute() -> None:
    """While the token is good, a credential that fails is not asked on every call."""
    bearer, credential, clock = tokens()
    bearer.header()
    credential.error = OSError("no network")
    clock.time += 3400
    for _ in range(5):
        bearer.header()
    assert len(credential.scopes) == 2
    clock.time += 31
    bearer.header()
    assert len(credential.scopes) == 3


def test_a_slow_renewal_holds_up_nobody_whose_token_is_good() -> None:
    """One thread asks; the others go on with the token they have."""
    bearer, credential, clock = tokens()
    bearer.header()
    clock.time += 3400
    asking, answered = threading.Event(), threading.Event()
    fetch = credential.get_token

    def take_long(*scopes: str, **options: Any) -> AccessToken:
        asking.set()
        answered.wait(5)
        return fetch(*scopes, **options)

    credential.get_token = take_long  # type: ignore[method-assign]  # a credential that takes its time
    renewing = threading.Thread(target=bearer.header)
    renewing.start()
    asking.wait(5)

    assert bearer.header() == "Bearer token-1"
    answered.set()
    renewing.join(5)
    assert bearer.header() == "Bearer token-2"


@pytest.mark.parametrize(
    ("challenge", "claims"),
    [
        (CHALLENGE, CLAIMS),
        ('PoP realm="x", ' + CHALLENGE, CLAIMS),
        ('Bearer claims="eyJhIjoxfQ==", error="insufficient_claims"', '{"a":1}'),
        ('bearer error=insufficient_claims, claims="eyJhIjoxfQ"', '{"a":1}'),
        ('Bearer error="invalid_token", claims="eyJhIjoxfQ"', None),
        ('Bearer error="insufficient_claims"', None),
        ('Bearer error="insufficient_claims", claims=""', None),
        ('Bearer error="insufficient_claims", claims="a"', None),
        ('Basic error="insufficient_claims", claims="eyJhIjoxfQ"', None),
        ("Bearer", None),
        ("", None),
    ],
)
def test_claims_are_read_from_the_challenge(challenge: str, claims: str | None) -> None:
    """Of the Bearer scheme, with error insufficient_claims, in base64 with or without padding; else there are none."""
    assert demanded_claims(Headers({"WWW-Authenticate": challenge})) == claims


class Claiming(Counting):
    """A credential that also takes claims."""

    def __init__(self, clock: CountingClock) -> None:
        super().__init__(clock)
        self.claims: list[str | None] = []

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        self.claims.append(options.get("claims"))
        return super().get_token(*scopes, **options)


def challenged(*outcomes: Response) -> tuple[Script, Claiming, VmssClient]:
    script = Script(*outcomes)
    credential = Claiming(script.clock)
    return script, credential, VmssClient(SUBSCRIPTION, transport=script, credential=credential)


@pytest.mark.parametrize("verb", ["get", "start"])
def test_a_challenge_is_answered_once(verb: str) -> None:
    """The credential is asked with the claims, and the same request, also a POST, is sent again with its token."""
    script, credential, client = challenged(answer(401, www_authenticate=CHALLENGE), answer(200, {}))
    web = client.scale_set("rg", "web")

    _ = web.get() if verb == "get" else web.start(["0"])

    first, second = script.requests
    assert (first.method, first.url, first.body) == (second.method, second.url, second.body)
    assert first.headers["x-ms-client-request-id"] == second.headers["x-ms-client-request-id"]
    assert [request.headers["Authorization"] for request in script.requests] == ["Bearer token-1", "Bearer token-2"]
    assert credential.claims == [None, CLAIMS]


def test_a_second_challenge_is_handed_on() -> None:
    """No circle: the second 401 is the answer."""
    script, credential, client = challenged(answer(401, www_authenticate=CHALLENGE))

    with pytest.raises(AuthenticationError):
        client.scale_set("rg", "web").get()
    assert len(script.requests) == 2
    assert credential.claims == [None, CLAIMS]


def test_a_refused_token_is_forgotten() -> None:
    """After a 401 without a challenge the next call asks the credential anew."""
    script, credential, client = challenged(answer(401), answer(200, {}))

    with pytest.raises(AuthenticationError):
        client.scale_set("rg", "web").get()
    client.scale_set("rg", "web").get()

    assert credential.claims == [None, None]
    assert script.requests[1].headers["Authorization"] == "Bearer token-2"


def test_a_token_that_another_thread_renewed_answers_the_challenge() -> None:
    """Many requests that were refused together cause one call of the credential."""
    clock = CountingClock()
    credential = Claiming(clock)
    bearer = BearerTokens(credential, AZURE, clock)
    refused, headers = bearer.header(), Headers({"WWW-Authenticate": CHALLENGE})

    assert [bearer.after_refusal(headers, refused) for _ in range(3)] == ["Bearer token-2"] * 3
    assert credential.claims == [None, CLAIMS]


def test_a_credential_that_cannot_meet_the_claims_is_an_error() -> None:
    """It says that claims were demanded; they themselves are not shown."""
    _, credential, client = challenged(answer(401, www_authenticate=CHALLENGE))
    client.scale_set("rg", "web")
    granted = credential.get_token

    def refuse(*scopes: str, **options: Any) -> AccessToken:
        if "claims" in options:
            raise OSError("interaction required")
        return granted(*scopes, **options)

    credential.get_token = refuse  # type: ignore[method-assign]  # a credential that cannot ask the user

    with pytest.raises(CredentialError, match="with the claims that the service demands; its OSError") as caught:
        client.scale_set("rg", "web").get()
    assert "nbf" not in str(caught.value)


def test_a_failing_credential_is_an_error_of_its_own() -> None:
    """It names the credential and the scope; the cause is the credential's error."""
    bearer, credential, _ = tokens()
    credential.error = OSError("no network")

    with pytest.raises(CredentialError, match="Counting gave no token for the scope https://management") as caught:
        bearer.header()
    assert caught.value.__cause__ is credential.error


def test_a_token_that_cannot_be_renewed_is_used_to_its_end() -> None:
    """A passing failure of the identity service five minutes early stops nobody."""
    bearer, credential, clock = tokens()
    bearer.header()
    credential.error = OSError("no network")

    clock.time += 3500
    assert bearer.header() == "Bearer token-1"
    clock.time += 101
    with pytest.raises(CredentialError):
        bearer.header()


@pytest.mark.parametrize(
    "endpoint",
    ["http://management.azure.com", "http://10.0.0.1:8080", "http://127.0.0.1.nip.io", "http://localhost.evil.example"],
)
def test_no_token_over_plain_http_to_another_machine(endpoint: str) -> None:
    """The client refuses when it is made; without a credential it would be allowed."""
    with pytest.raises(InsecureTransportError, match="plain HTTP") as caught:
        VmssClient(SUBSCRIPTION, endpoint=endpoint, credential=StaticTokenCredential(SECRET))
    assert SECRET not in str(caught.value)
    VmssClient(SUBSCRIPTION, endpoint=endpoint)


@pytest.mark.parametrize(
    "endpoint", ["http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:80", "https://far.test"]
)
def test_a_token_may_go_to_this_machine_or_over_tls(endpoint: str) -> None:
    """Loopback is never read by others."""
    script = Script(answer(200, {}))
    client = VmssClient(SUBSCRIPTION, endpoint=endpoint, transport=script, credential=StaticTokenCredential(SECRET))

    client.scale_set("rg", "web").get()

    assert script.requests[0].headers["Authorization"] == f"Bearer {SECRET}"


def test_polls_and_the_final_get_carry_the_token() -> None:
    """Every request to the endpoint does."""
    script = Script(answer(200, {}, azure_asyncoperation=POLL), ended(), answer(200, {}))
    client = VmssClient(SUBSCRIPTION, transport=script, credential=StaticTokenCredential(SECRET))

    client.scale_set("rg", "web").apply_model().result()

    assert [request.headers["Authorization"] for request in script.requests] == [f"Bearer {SECRET}"] * 3


def test_a_token_is_in_no_error_token_repr_or_log(caplog: pytest.LogCaptureFixture) -> None:
    """Not when it works, and not when the service says where else to go."""
    caplog.set_level(logging.DEBUG)
    script = Script(answer(500), accepted(), answer(200, {"status": "InProgress"}))
    credential = StaticTokenCredential(SECRET)
    client = VmssClient(SUBSCRIPTION, transport=script, credential=credential)
    seen: list[object] = [client, credential, credential.get_token(), client.scale_set("rg", "web"), script.requests]
    with pytest.raises(VmssError) as refused:
        client.scale_set("rg", "web").start(["0"])
    operation = client.scale_set("rg", "web").start(["0"])
    with pytest.raises(VmssError) as late:
        operation.wait(1)
    script.outcomes = [answer(202, azure_asyncoperation="https://evil.example/op")]
    with pytest.raises(ForeignHostError) as foreign:
        client.scale_set("rg", "web").start(["0"]).wait()
    seen += [
        operation,
        refused.value,
        late.value,
        foreign.value,
        base64.urlsafe_b64decode(operation.resume_token + "=="),
    ]

    assert not [thing for thing in seen if SECRET in repr(thing) + str(thing)]
    assert SECRET.encode() not in pickle.dumps([refused.value, late.value, foreign.value])
    assert SECRET not in caplog.text
    assert all(request.url.startswith(ENDPOINT) for request in script.requests)


@pytest.mark.parametrize("token", ["", " ", "two words", "line\nbreak", "tökén"], ids=repr)
def test_a_token_must_fit_into_a_header(token: str) -> None:
    """It is not repeated in the error."""
    with pytest.raises(ClientUsageError) as caught:
        StaticTokenCredential(token)
    assert not token.strip() or token not in str(caught.value)


def test_what_is_no_credential_is_refused() -> None:
    """A token as a text is a usual mistake."""
    with pytest.raises(ClientUsageError, match=r"needs a method get_token\(\*scopes\), str has none"):
        VmssClient(SUBSCRIPTION, credential=SECRET)  # type: ignore[arg-type]  # the mistake


def test_our_credentials_keep_the_protocol() -> None:
    """They can be given to any Azure client."""
    assert isinstance(StaticTokenCredential("x"), TokenCredential)
    assert isinstance(EmulatorCredential(), TokenCredential)
    assert EmulatorCredential().get_token("scope").token
