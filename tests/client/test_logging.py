"""What the logger ``vmss_sdk`` tells: each request, each retry, each long wait, and nothing that is secret."""

import logging
import subprocess
import sys
from typing import Any

import pytest

from tests.client.scripted import COMPUTE, POLL, SUBSCRIPTION, Script, accepted, answer, ended, running
from tests.emulator.arm.azure import MODEL
from vmss_sdk import (
    RequestNotSentError,
    ResponseLostError,
    StaticTokenCredential,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetUpdate,
    VmssClient,
)
from vmss_sdk.transport.log import shown

TOKEN, PASSWORD = "secret-token", "secret-password"
SIGNED = POLL + "&t=638&c=secret-certificate&s=secret-signature&h=secret-hash"


def logged(caplog: pytest.LogCaptureFixture, level: int, *outcomes: Any) -> tuple[VmssClient, Script]:
    caplog.set_level(level, "vmss_sdk")
    script = Script(*outcomes)
    return VmssClient(SUBSCRIPTION, transport=script, credential=StaticTokenCredential(TOKEN)), script


def test_every_request_is_one_line_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    """Method, URL, status, milliseconds, attempt, and the two ids that Azure's support asks for."""

    def slow(_: Any) -> Any:
        script.clock.time += 0.035
        return answer(200, {}, x_ms_request_id="their-id")

    client, script = logged(caplog, logging.DEBUG, slow)

    client.scale_set("rg", "web").get()

    ours = script.requests[0].headers["x-ms-client-request-id"]
    url = f"{COMPUTE}/virtualMachineScaleSets/web?api-version=2026-04-01"
    told = f"GET {url}: 200 in 35 ms (attempt 1, client-request-id {ours}, request-id their-id)"
    assert caplog.messages == [told]
    assert caplog.records[0].name == "vmss_sdk"


def test_attempts_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    """Each one has its line, also one without an answer."""
    client, _ = logged(caplog, logging.DEBUG, RequestNotSentError("no"), answer(503), answer(200, {}))

    client.scale_set("rg", "web").get()

    lines = [line.partition(": ")[2] for line in caplog.messages if "client-request-id" in line]
    assert [line.partition(",")[0] for line in lines] == [
        "RequestNotSentError in 0 ms (attempt 1",
        "503 in 0 ms (attempt 2",
        "200 in 0 ms (attempt 3",
    ]


def test_retries_are_told_at_info(caplog: pytest.LogCaptureFixture) -> None:
    """What came, how long the pause is, and whether the service wants it."""
    client, _ = logged(caplog, logging.INFO, answer(429, retry_after="17"), ResponseLostError("reset"), answer(200, {}))

    client.scale_set("rg", "web").get()

    first, second = caplog.messages
    assert first.endswith(
        "web?api-version=2026-04-01: attempt 1 of 4 brought 429; the next one in 17.0 s, as the service asks"
    )
    assert "attempt 2 of 4 brought ResponseLostError; the next one in " in second
    assert "as the service asks" not in second


def test_long_waits_are_told_at_info(caplog: pytest.LogCaptureFixture) -> None:
    """An operation that is asked again in ten seconds or more says so; quick polls do not."""
    client, _ = logged(caplog, logging.INFO, accepted(), running(retry_after="5"), running(retry_after="10"), ended())

    client.scale_set("rg", "web").reimage(["0"]).result()

    assert caplog.messages == [f"POST {COMPUTE}/virtualMachineScaleSets/web/reimage: InProgress; asked again in 10 s"]


def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Neither tokens, nor bodies, nor the signature of a poll URL, at any level and in any answer."""
    client, _ = logged(
        caplog,
        logging.DEBUG,
        answer(429, {"error": {"message": PASSWORD}}, retry_after="1"),
        answer(201, {"properties": {"secret": PASSWORD}}, azure_asyncoperation=SIGNED),
        ResponseLostError("reset"),
        running(retry_after="30"),
        ended(),
        answer(200, {"tags": {"x": PASSWORD}}),
    )
    model = VirtualMachineScaleSet.from_wire({"properties": {"osProfile": {"adminPassword": PASSWORD}}})

    client.scale_set("rg", "web").create_or_update(model).result()

    assert len(caplog.messages) > 6
    assert "secret" not in caplog.text
    assert "&c=REDACTED&s=REDACTED&h=REDACTED" in caplog.text


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://a.test/x", "https://a.test/x"),
        ("https://a.test/x?$expand=instanceView&api-version=1", "https://a.test/x?$expand=instanceView&api-version=1"),
        ("https://a.test/x?SIG=a&sas=b&empty=", "https://a.test/x?SIG=REDACTED&sas=REDACTED&empty=REDACTED"),
        ("https://a.test/x?bare", "https://a.test/x?bare=REDACTED"),
    ],
)
def test_of_a_query_only_what_is_known_is_shown(url: str, text: str) -> None:
    """A name that nobody thought of may hold a secret."""
    assert shown(url) == text


ALONE = """
import sys
from vmss_sdk import Response, VmssClient
from vmss_sdk.transport.base import WallClock

class Fixed:
    clock = WallClock()

    def send(self, request):
        return Response(200, {}, b'{"value": []}')

print(list(VmssClient("s", transport=Fixed()).scale_sets()), "logging" in sys.modules)
"""


def test_nobody_pays_for_logging_who_does_not_listen() -> None:
    """A call does not even import it."""
    told = subprocess.run([sys.executable, "-c", ALONE], check=True, capture_output=True, text=True).stdout
    assert told.split() == ["[]", "False"]


NOTED = (
    "resilientVMDeletionPolicy is kept without effect: deletions are not tried again, and the status stays Disabled."
)
RESILIENT = {"properties": {"resiliencyPolicy": {"resilientVMDeletionPolicy": {"enabled": True}}}}


def test_what_an_emulator_keeps_without_effect_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """A sentence for each member, by the logger, and again at the operation; polls do not say it again."""
    caplog.set_level(logging.WARNING, "vmss_sdk")
    with VmssClient.in_process() as client:
        client.resource_groups.create_or_update("rg", "westus")
        web = client.scale_set("rg", "web")
        web.create_or_update(VirtualMachineScaleSet.from_wire(MODEL)).result()
        assert caplog.messages == []
        operation = web.update(VirtualMachineScaleSetUpdate.from_wire(RESILIENT))
        operation.result()
    assert caplog.messages == [NOTED]
    assert operation.emulator_notes == (NOTED,)


def test_azure_keeps_nothing_without_effect(caplog: pytest.LogCaptureFixture) -> None:
    """Its answers have no such header, so there is nothing to tell."""
    client, _ = logged(caplog, logging.WARNING, accepted(), ended())
    assert client.scale_set("rg", "web").restart(["0"]).emulator_notes == ()
    assert caplog.messages == []
