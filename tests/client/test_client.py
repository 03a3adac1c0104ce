"""The client itself: resource groups, lists, Flexible virtual machines, clocks, what is imported."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any, cast

import pytest

from tests.client.scripted import COMPUTE, ENDPOINT, SUBSCRIPTION, WEB, Script, accepted, answer, ended, scripted
from tests.transport.stand_in import CountingClock
from vmss_sdk import (
    ClientUsageError,
    ForeignHostError,
    Request,
    Response,
    UnexpectedAnswerError,
    VmssClient,
    models,
)

GROUPS = f"{ENDPOINT}/subscriptions/{SUBSCRIPTION}/resourcegroups"
VERSION = "api-version=2026-04-01"


def test_scale_sets_of_a_group_and_of_the_subscription() -> None:
    """Two lists with two paths; pages are followed."""
    client, script = scripted(answer(200, {"value": [{"name": "web"}]}))

    names = [s.name for s in client.scale_sets("rg")] + [s.name for s in client.scale_sets()]

    assert names == ["web", "web"]
    assert script.sent == [
        f"GET {COMPUTE}/virtualMachineScaleSets?{VERSION}",
        f"GET {ENDPOINT}/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachineScaleSets?{VERSION}",
    ]


@pytest.mark.parametrize("body", [{}, {"value": None}, {"value": [], "nextLink": f"{WEB}?again"}], ids=repr)
def test_a_page_that_is_none_is_an_error(body: dict[str, Any]) -> None:
    """No list, or a page that names itself as the next one: no endless loop."""
    client, script = scripted(answer(200, {"value": [], "nextLink": f"{WEB}?again"}), answer(200, body))

    with pytest.raises(UnexpectedAnswerError, match="expected a page"):
        list(client.scale_sets("rg"))
    assert len(script.sent) == 2


@pytest.mark.parametrize("link", ["https://evil.example/page", "http://management.azure.com/page", "//evil.example/p"])
def test_a_next_page_of_another_host_is_not_followed(link: str) -> None:
    """The nextLink decides where a token would go."""
    client, script = scripted(answer(200, {"value": [{"name": "web"}], "nextLink": link}))

    with pytest.raises(ForeignHostError):
        list(client.scale_sets("rg"))
    assert len(script.sent) == 1


def test_a_next_page_with_the_default_port_is_the_same_host() -> None:
    """Scheme, host and port are compared, not texts."""
    link = "HTTPS://Management.Azure.com:443/page?x=1"
    client, script = scripted(answer(200, {"value": [], "nextLink": link}), answer(200, {"value": [{"name": "web"}]}))

    assert [s.name for s in client.scale_sets("rg")] == ["web"]
    assert script.sent[1] == f"GET {link}"


def test_resource_group_is_created() -> None:
    """A PUT with location and tags."""
    client, script = scripted(answer(201, {"name": "rg", "properties": {"provisioningState": "Succeeded"}}))

    group = client.resource_groups.create_or_update("rg", "westus", tags={"a": "b"})

    assert (group.name, group.provisioning_state) == ("rg", "Succeeded")
    assert script.sent == [f"PUT {GROUPS}/rg?api-version=2021-04-01"]
    assert script.body == {"location": "westus", "tags": {"a": "b"}}


def test_resource_group_exists_is_a_head() -> None:
    """204 means yes, 404 no."""
    client, script = scripted(answer(204), answer(404))

    assert (client.resource_groups.exists("rg"), client.resource_groups.exists("rg")) == (True, False)
    assert script.sent[0] == f"HEAD {GROUPS}/rg?api-version=2021-04-01"


def test_resource_group_is_deleted_by_a_long_running_operation() -> None:
    """ARM answers 202 with Location only."""
    client, script = scripted(answer(202, location=f"{ENDPOINT}/operationresults/1", retry_after="15"), answer(200))

    client.resource_groups.delete("rg").result()

    assert script.sent == [f"DELETE {GROUPS}/rg?api-version=2021-04-01", f"GET {ENDPOINT}/operationresults/1"]
    assert script.clock.naps == [15.0]


def test_resource_groups_are_listed_and_fetched() -> None:
    """Both give models."""
    client, script = scripted(answer(200, {"value": [{"name": "rg"}], "name": "rg", "location": "westus"}))

    assert [group.name for group in client.resource_groups.list()] == ["rg"]
    assert client.resource_groups.get("rg").location == "westus"
    assert script.sent[0] == f"GET {GROUPS}?api-version=2021-04-01"


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        (lambda v: v.reimage(temp_disk=True), "POST {}/reimage?"),
        (lambda v: v.restart(), "POST {}/restart?"),
        (lambda v: v.start(), "POST {}/start?"),
        (lambda v: v.power_off(skip_shutdown=True), "POST {}/powerOff?skipShutdown=true&"),
        (lambda v: v.deallocate(hibernate=True), "POST {}/deallocate?hibernate=true&"),
        (lambda v: v.delete(force=True), "DELETE {}?forceDeletion=true&"),
        (lambda v: v.create_or_update(models.VirtualMachine(location="westus")), "PUT {}?"),
        (lambda v: v.get(expand="instanceView"), "GET {}?$expand=instanceView&"),
        (lambda v: v.instance_view(), "GET {}/instanceView?"),
    ],
    ids=["reimage", "restart", "start", "powerOff", "deallocate", "delete", "put", "get", "instanceView"],
)
def test_flexible_virtual_machine(call: Callable[[Any], Any], sent: str) -> None:
    """Its verbs are on Microsoft.Compute/virtualMachines."""
    client, script = scripted(answer(202, {"name": "web_1"}, azure_asyncoperation=f"{ENDPOINT}/op"))

    call(client.virtual_machine("rg", "web_1"))

    assert script.sent == [f"{sent.format(f'{COMPUTE}/virtualMachines/web_1')}{VERSION}"]


def test_flexible_virtual_machines_are_listed() -> None:
    """By resource group or subscription."""
    client, script = scripted(answer(200, {"value": [{"name": "web_1"}]}))

    assert [vm.name for vm in client.virtual_machines("rg")] == ["web_1"]
    assert script.sent == [f"GET {COMPUTE}/virtualMachines?{VERSION}"]


def test_every_request_says_what_it_accepts_and_who_it_is() -> None:
    """Accept and x-ms-client-request-id are on each; without a credential there is no Authorization."""
    client, script = scripted(answer(200, {}))

    client.scale_set("rg", "web").get()

    headers = script.requests[0].headers
    assert headers["Accept"] == "application/json"
    assert len(headers["x-ms-client-request-id"]) == 36
    assert "Authorization" not in headers
    assert "Content-Type" not in headers


def test_the_api_version_is_the_clients() -> None:
    """One for all of Microsoft.Compute."""
    client, script = scripted(answer(200, {}), api_version="2024-07-01")

    client.scale_set("rg", "web").get()

    assert script.sent == [f"GET {WEB}?api-version=2024-07-01"]


def test_a_trailing_slash_of_the_endpoint_does_no_harm() -> None:
    """Paths do not get two."""
    script = Script(answer(200, {}))

    VmssClient(SUBSCRIPTION, endpoint=f"{ENDPOINT}/", transport=script).scale_set("rg", "web").get()

    assert script.sent == [f"GET {WEB}?{VERSION}"]


@pytest.mark.parametrize("options", [{"polling_interval": 0}, {"polling_interval": float("inf")}, {"endpoint": "x"}])
def test_options_that_can_never_work_are_refused(options: dict[str, Any]) -> None:
    """When the client is made, not at the first request."""
    with pytest.raises(ClientUsageError):
        VmssClient(SUBSCRIPTION, **options)


@pytest.mark.parametrize("subscription", ["", "a/b", None], ids=repr)
def test_a_subscription_id_is_needed(subscription: Any) -> None:
    """It is part of every path."""
    with pytest.raises(ClientUsageError, match="a subscription id"):
        VmssClient(subscription)


def test_a_client_is_a_context_manager() -> None:
    """Leaving it closes the transport."""
    closed: list[bool] = []
    script = Script(answer(200, {}))
    cast("Any", script).close = lambda: closed.append(True)

    with VmssClient(SUBSCRIPTION, transport=script) as client:
        assert client.clock is script.clock

    assert closed == [True]


class Emulator:
    """As little of an emulator as the in-process transport needs."""

    def __init__(self) -> None:
        self.clock = CountingClock()
        self.urls: list[str] = []

    def in_process(self) -> None:
        """The way in: there is but one."""

    def handle(self, request: Request, entrance: None) -> Response:
        self.urls.append(request.url)
        return accepted() if request.method == "POST" else ended()


def test_in_process_asks_the_emulator_and_goes_by_its_clock() -> None:
    """No network, no credential; several clients may share an emulator."""
    emulator = cast("Any", Emulator())

    client = VmssClient.in_process(emulator, polling_interval=5)
    VmssClient.in_process(emulator, "other").scale_set("rg", "web").get()

    assert client.clock is emulator.clock
    assert client.subscription_id == "00000000-0000-0000-0000-000000000000"
    assert emulator.urls[0].startswith("https://emulator.invalid/subscriptions/other/")


def test_in_process_makes_an_emulator_of_its_own() -> None:
    """By default it is a new one, empty, with virtual time."""
    first, second = VmssClient.in_process(), VmssClient.in_process()

    first.resource_groups.create_or_update("rg", "westus")

    assert first.resource_groups.exists("rg")
    assert not second.resource_groups.exists("rg")


def modules_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


HEAVY = {"requests", "urllib3", "tenacity", "sqlite3", "granian", "rich", "logging", "asyncio", "vmss_sdk.emulator"}


def test_importing_the_package_imports_nothing_heavy() -> None:
    """Neither the HTTP library nor the emulator is needed to begin."""
    assert not HEAVY & modules_after("import vmss_sdk")


def test_making_a_client_imports_nothing_heavy() -> None:
    """The HTTP library comes with the first request."""
    code = "import vmss_sdk; vmss_sdk.VmssClient('s').scale_set('rg', 'web').instance('0')"

    assert not HEAVY & modules_after(code)
