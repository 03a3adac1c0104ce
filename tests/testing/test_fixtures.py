"""The fixtures of the pytest plugin, used as a user's tests use them."""

from __future__ import annotations

import json
import urllib.request
from datetime import timedelta

import pytest
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.compute.models import VirtualMachineScaleSetReimageParameters

from vmss_sdk import NotFoundError, OperationFailedError, PermissionDeniedError, VmssClient
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import ReimageSource
from vmss_sdk.testing import (
    CapturedRequests,
    EmulatorServer,
    Faults,
    MakeScaleSet,
    SecureServer,
    VirtualTime,
    linux_scale_set,
)

IMAGE = "2.0.0"


def change_image(client: VmssClient) -> None:
    """What a user's script does."""
    web = client.scale_set("rg", "web")
    model = web.get()
    assert model.virtual_machine_profile is not None
    assert model.virtual_machine_profile.storage_profile is not None
    assert model.virtual_machine_profile.storage_profile.image_reference is not None
    model.virtual_machine_profile.storage_profile.image_reference.version = IMAGE
    web.create_or_update(model).result()


def test_a_scale_set_is_ready_at_once(vmss_client: VmssClient, vmss_scale_set: MakeScaleSet) -> None:
    """Complete, healthy, with ids from 0 on; what made it is not among what was captured."""
    web = vmss_scale_set("web", capacity=4, mode="Manual")
    assert [one.instance_id for one in web.instance_summaries()] == ["0", "1", "2", "3"]
    assert {one.health_state for one in vmss_client.scale_set("rg", "web").instance_summaries()} == {"healthy"}


def test_a_model_that_is_changed_changes_no_other() -> None:
    """Each scale set that is made to begin a test with is a document of its own."""
    extensions = [
        linux_scale_set().wire["properties"]["virtualMachineProfile"]["extensionProfile"]["extensions"]
        for _ in range(2)
    ]
    extensions[0][0]["properties"]["typeHandlerVersion"] = "2.0"
    assert extensions[1][0]["properties"]["typeHandlerVersion"] == "1.0"


def test_every_test_has_an_azure_of_its_own(vmss_client: VmssClient, vmss_emulator: Emulator) -> None:
    """Nothing of the tests before is left."""
    assert list(vmss_client.scale_sets()) == []
    assert vmss_client.transport.emulator is vmss_emulator  # type: ignore[attr-defined]  # that of the transport in process


@pytest.mark.vmss(seed=7, reimage_source="instance_model", page_size=2)
def test_the_marker_says_what_the_emulator_is_like(vmss_emulator: Emulator, vmss_scale_set: MakeScaleSet) -> None:
    """Its switches, and how lists are cut into pages."""
    assert vmss_emulator.settings.seed == 7
    assert vmss_emulator.settings.reimage_source is ReimageSource.INSTANCE_MODEL
    assert len(list(vmss_scale_set(capacity=5).instances())) == 5


def test_faults_and_what_becomes_of_a_roll(
    vmss_client: VmssClient, vmss_scale_set: MakeScaleSet, vmss_faults: Faults
) -> None:
    """Instances that get unhealthy stop the roll at a gate."""
    web = vmss_scale_set(capacity=5)
    vmss_faults.on(web).unhealthy_after_upgrade(["0", "1"])
    with pytest.raises(OperationFailedError):
        change_image(vmss_client)
    assert web.rolling_upgrade.latest().wire["properties"]["runningStatus"]["code"] == "Faulted"
    vmss_faults.clear()


def test_time_stands_still_until_somebody_lets_it_go(virtual_clock: VirtualTime, vmss_scale_set: MakeScaleSet) -> None:
    """It is moved in seconds or as a timedelta."""
    web = vmss_scale_set()
    before = virtual_clock.now
    web.restart(["0"])
    assert virtual_clock.now == before
    virtual_clock.advance(timedelta(minutes=10))
    assert virtual_clock.now - before == timedelta(minutes=10)
    assert virtual_clock.settle().next_event is None


def test_what_was_sent_can_be_compared(
    vmss_client: VmssClient, vmss_scale_set: MakeScaleSet, captured_requests: CapturedRequests
) -> None:
    """Method, path, body; polls are there too, and what the fixtures did is not."""
    vmss_scale_set()
    assert len(captured_requests) == 0
    vmss_client.scale_set("rg", "web").reimage(["1"]).result()
    (write,) = captured_requests.writes
    assert write.line.startswith("POST /subscriptions/")
    assert captured_requests.to("*/WEB/reimage", method="POST") == [write]
    assert (write.body, write.status, write.over_http) == ({"instanceIds": ["1"]}, 202, False)
    assert len(captured_requests) > 1


def test_a_secret_is_not_in_the_repr(vmss_client: VmssClient, captured_requests: CapturedRequests) -> None:
    """A failing assertion prints it, and whoever reads the log of CI sees it."""
    vmss_client.resource_groups.create_or_update("secret-rg", "westus", tags={"password": "Canary-1"})
    assert "Canary-1" not in repr(captured_requests) + repr(captured_requests[0]) + str(captured_requests.last)
    assert captured_requests.last.body["tags"] == {"password": "Canary-1"}


def test_foreign_programs_find_the_same_scale_sets(
    vmss_server: EmulatorServer, vmss_scale_set: MakeScaleSet, captured_requests: CapturedRequests
) -> None:
    """Over real HTTP, at an address of its own; time skips when they poll."""
    vmss_scale_set("web", capacity=2)
    azure = ComputeManagementClient(
        object(),  # type: ignore[arg-type]  # nobody to authenticate to
        vmss_server.subscription_id,
        base_url=vmss_server.url,
        authentication_policy=SansIOHTTPPolicy(),
        polling_interval=0,
    )
    azure.virtual_machine_scale_sets.begin_reimage(
        "rg", "web", VirtualMachineScaleSetReimageParameters(instance_ids=["0"])
    ).result()
    assert captured_requests.writes[-1].over_http
    path = f"/subscriptions/{vmss_server.subscription_id}/resourceGroups?api-version=2021-04-01"
    with urllib.request.urlopen(vmss_server.url + path) as answer:
        assert [group["name"] for group in json.load(answer)["value"]] == ["rg"]


def test_a_script_under_test_is_run_with_what_it_needs(
    vmss_server: EmulatorServer, vmss_scale_set: MakeScaleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line finds the server, and nothing that leads to the real Azure is inherited."""
    vmss_scale_set("web", capacity=2)
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "canary")
    ran = vmss_server.run("vmss", "list", "--query", "[].name", "-o", "tsv")
    assert (ran.returncode, ran.stdout) == (0, "web\n")
    assert "canary" not in vmss_server.run("python", "-c", "import os; print(os.environ)").stdout
    assert vmss_server.run("vmss", "show", "-g", "rg", "-n", "nothing").returncode == 3


def test_a_client_over_http(vmss_server: EmulatorServer) -> None:
    """A real connection, for code that makes its own client."""
    with pytest.raises(NotFoundError):
        vmss_server.client().scale_set("rg", "web").get()


def test_https_and_tokens(vmss_secure_server: SecureServer, vmss_scale_set: MakeScaleSet) -> None:
    """Who has the role Reader reads, and is refused a write as by Azure."""
    vmss_scale_set("web", capacity=1)
    reader = vmss_secure_server.client(credential=vmss_secure_server.credential("reader"))
    assert reader.scale_set("rg", "web").exists()
    with pytest.raises(PermissionDeniedError):
        reader.scale_set("rg", "web").restart(["0"])
    ran = vmss_secure_server.run("vmss", "list", "--query", "[].name", "-o", "tsv")
    assert ran.stdout == "web\n", ran.stderr
