"""Azure's clouds: where they are, whose tokens they take, and how another place is asked what it is."""

from typing import Any

import pytest
from azure.core import AzureClouds
from azure.identity import AzureAuthorityHosts
from azure.mgmt.core.tools import get_arm_endpoints

from tests.client.scripted import SUBSCRIPTION, Script, answer
from tests.transport.stand_in import CountingClock
from vmss_sdk import (
    AccessToken,
    ClientUsageError,
    Cloud,
    DecodeError,
    Response,
    UnexpectedAnswerError,
    VmssClient,
)

STACK = "https://management.local.azurestack.external"


class Scopes:
    """A credential that remembers the scopes it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        self.asked.append(scopes)
        return AccessToken("x", CountingClock().now() + 3600)


def asked(**options: Any) -> tuple[str, tuple[str, ...]]:
    """The URL that a client asks, and the scopes it asks its credential for."""
    credential, script = Scopes(), Script(answer(200, {}))
    VmssClient(SUBSCRIPTION, credential=credential, transport=script, **options).scale_set("rg", "web").get()
    return script.requests[0].url, credential.asked[0]


@pytest.mark.parametrize(
    ("cloud", "theirs", "authority"),
    [
        (Cloud.PUBLIC, AzureClouds.AZURE_PUBLIC_CLOUD, AzureAuthorityHosts.AZURE_PUBLIC_CLOUD),
        (Cloud.CHINA, AzureClouds.AZURE_CHINA_CLOUD, AzureAuthorityHosts.AZURE_CHINA),
        (Cloud.US_GOVERNMENT, AzureClouds.AZURE_US_GOVERNMENT, AzureAuthorityHosts.AZURE_GOVERNMENT),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_cloud_is_what_azure_core_says(cloud: Cloud, theirs: AzureClouds, authority: str) -> None:
    """Endpoint, scope and authority are those of azure-mgmt-core and azure-identity."""
    facts = get_arm_endpoints(theirs)

    assert f"{cloud.endpoint}/" == facts["resource_manager"]
    assert cloud.authority_host == f"https://{authority}"
    for way in ({"cloud": cloud}, {"cloud": cloud.name}, {"cloud": theirs.value}, {"endpoint": cloud.endpoint}):
        url, scopes = asked(**way)
        assert url.startswith(facts["resource_manager"])
        assert list(scopes) == facts["credential_scopes"]


@pytest.mark.parametrize(
    ("name", "cloud"),
    [
        ("AzureCloud", Cloud.PUBLIC),
        ("azurepubliccloud", Cloud.PUBLIC),
        ("AZURE_PUBLIC_CLOUD", Cloud.PUBLIC),
        ("AzureChinaCloud", Cloud.CHINA),
        ("AZURE_CHINA_CLOUD", Cloud.CHINA),
        ("AzureUSGovernment", Cloud.US_GOVERNMENT),
        ("AZURE_US_GOVERNMENT", Cloud.US_GOVERNMENT),
        ("AzureUSGovernmentCloud", Cloud.US_GOVERNMENT),
        ("us-government", Cloud.US_GOVERNMENT),
    ],
)
def test_a_cloud_is_found_by_the_names_in_use(name: str, cloud: Cloud) -> None:
    """Those of az, of azure-core's AZURE_CLOUD and of the Az module."""
    assert Cloud.named(name) is cloud


def test_an_unknown_cloud_is_refused() -> None:
    """The error lists those there are; the German cloud was closed in 2021."""
    with pytest.raises(ClientUsageError, match=r"no cloud 'AzureGermanCloud': expected one of 'AzureCloud', 'AzureCh"):
        VmssClient(SUBSCRIPTION, cloud="AzureGermanCloud")


def test_a_client_has_one_place() -> None:
    """A cloud and an endpoint contradict each other."""
    with pytest.raises(ClientUsageError, match="not both"):
        VmssClient(SUBSCRIPTION, cloud=Cloud.CHINA, endpoint="https://management.azure.com")


def test_an_audience_of_ones_own_wins() -> None:
    """Over the cloud's."""
    assert asked(cloud=Cloud.CHINA, audience="https://management.core.chinacloudapi.cn/")[1] == (
        "https://management.core.chinacloudapi.cn/.default",
    )


@pytest.mark.parametrize("authority", ["https://login.chinacloudapi.cn/", "login.chinacloudapi.cn"])
def test_an_authority_tells_its_cloud(authority: str) -> None:
    """With and without scheme, as azure-identity takes it."""
    assert Cloud.of_authority(authority) is Cloud.CHINA
    assert Cloud.of_authority("https://login.microsoftonline.de") is None


def test_azure_stack_is_discovered() -> None:
    """One entry, whose audience is not the endpoint; no token is sent."""
    audience = "https://management.azurestack.onmicrosoft.com/e7d1b2a0"
    authentication = {"loginEndpoint": "https://adfs.local.azurestack.external/adfs/", "audiences": [audience]}
    script = Script(answer(200, {"portalEndpoint": "https://portal", "authentication": authentication}))

    cloud = Cloud.discover(f"{STACK}/", transport=script)

    assert cloud == Cloud(STACK, STACK, audience, "https://adfs.local.azurestack.external/adfs")
    assert script.sent == [f"GET {STACK}/metadata/endpoints?api-version=2022-09-01"]
    assert "Authorization" not in script.requests[0].headers
    assert asked(cloud=cloud) == (asked(endpoint=STACK)[0], (f"{audience}/.default",))


def test_azure_lists_all_its_clouds() -> None:
    """The one whose resource manager was asked is taken; of its two audiences the endpoint."""
    clouds = [
        {
            "name": cloud.name,
            "resourceManager": f"{cloud.endpoint}/",
            "authentication": {
                "loginEndpoint": cloud.authority_host,
                "audiences": ["https://management.core.windows.net/", f"{cloud.endpoint}/"],
            },
        }
        for cloud in (Cloud.CHINA, Cloud.PUBLIC)
    ]

    assert Cloud.discover("https://management.azure.com", transport=Script(answer(200, clouds))) == Cloud.PUBLIC


def test_the_emulator_is_discovered() -> None:
    """It tells of itself, wherever it is reached."""
    emulated = VmssClient.in_process()

    cloud = Cloud.discover("https://emulator.invalid", transport=emulated.transport)

    assert (cloud.audience, cloud.authority_host) == ("https://emulator.invalid", "https://emulator.invalid")


@pytest.mark.parametrize(
    ("response", "error", "text"),
    [
        (answer(404), UnexpectedAnswerError, "expected 200, got 404"),
        (Response(200, {}, b"<html>"), DecodeError, "nobody there speaks ARM"),
        (answer(200, {"name": "x"}), UnexpectedAnswerError, "expected authentication.loginEndpoint"),
        (answer(200, []), UnexpectedAnswerError, "expected authentication.loginEndpoint"),
        (
            answer(200, {"authentication": {"loginEndpoint": "http://evil.example", "audiences": [STACK]}}),
            UnexpectedAnswerError,
            "'http://evil.example', to which no secret may be sent",
        ),
        (
            answer(200, {"authentication": {"loginEndpoint": "nonsense", "audiences": [STACK]}}),
            UnexpectedAnswerError,
            "'nonsense', to which no secret may be sent",
        ),
    ],
)
def test_what_speaks_no_arm_is_no_cloud(response: Response, error: type[Exception], text: str) -> None:
    """The error says what was expected there."""
    with pytest.raises(error, match=text):
        Cloud.discover(STACK, transport=Script(response))
