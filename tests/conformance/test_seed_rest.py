"""The REST request of the mission's document, sent as it stands there, by the standard library and by curl."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from azure.mgmt.compute.models import SubResource, VirtualMachine, VirtualMachineProperties

from tests.conformance.backdoor import Backdoor
from tests.conformance.conftest import SUBSCRIPTION
from tests.conformance.parameters import scale_set
from tests.serving import SecureServer

pytestmark = pytest.mark.conformance

BODY = {"instanceIds": ["myScaleSet1", "myScaleSet2"]}


def _reimage(backdoor: Backdoor, group: str, body: Any) -> Any:
    path = f"{backdoor.subscription_path}/resourceGroups/{group}/providers/Microsoft.Compute"
    return backdoor.send("POST", f"{path}/virtualMachineScaleSets/myScaleSet/reimage?api-version=2024-07-01", body)


def test_documented_request_on_a_uniform_set_names_the_wrong_id(compute: Any, group: str, backdoor: Backdoor) -> None:
    """A Uniform set has no instances of these names: 400 InvalidParameter that names the first."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "myScaleSet", scale_set(1)).result()
    answer = _reimage(backdoor, group, BODY)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "InvalidParameter"
    assert answer.body["error"]["target"] == "instanceIds"
    assert "myScaleSet1" in answer.body["error"]["message"]


def test_documented_request_on_a_flexible_set_names_the_wrong_id(compute: Any, group: str, backdoor: Backdoor) -> None:
    """A Flexible set's VMs are named otherwise: 400 with Azure's text for an unknown id."""
    parameters = scale_set(1, orchestration_mode="Flexible", platform_fault_domain_count=1)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "myScaleSet", parameters).result()
    answer = _reimage(backdoor, group, BODY)
    assert answer.status == 400
    assert answer.body["error"] == {
        "code": "InvalidParameter",
        "message": "The provided instanceId myScaleSet1 is not an active Virtual Machine Scale Set VM instanceId.",
        "target": "instanceIds",
    }


@pytest.mark.rule("6.reimage", "6.9")
def test_documented_request_as_it_stands(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Machines of these names, made one by one in a Flexible set, are reimaged: 202, and the operation succeeds."""
    parameters = scale_set(0, orchestration_mode="Flexible", platform_fault_domain_count=1)
    owner = compute.virtual_machine_scale_sets.begin_create_or_update(group, "myScaleSet", parameters).result()
    for name in BODY["instanceIds"]:
        inside = VirtualMachineProperties(virtual_machine_scale_set=SubResource(id=owner.id))
        machine = VirtualMachine(location=owner.location, properties=inside)
        made = compute.virtual_machines.begin_create_or_update(group, name, machine).result()
        assert (made.name, made.provisioning_state) == (name, "Succeeded")
    answer = _reimage(backdoor, group, BODY)
    assert (answer.status, answer.body) == (202, None)
    operation = answer.headers["Azure-AsyncOperation"].removeprefix(backdoor.endpoint)
    while (polled := backdoor.send("GET", operation)).body["status"] == "InProgress":
        pass
    assert polled.body["status"] == "Succeeded"


@pytest.mark.rule("6.reimage", "6.7")
@pytest.mark.parametrize("mode", ["Uniform", "Flexible"])
def test_documented_request_with_ids_that_exist(compute: Any, group: str, backdoor: Backdoor, mode: str) -> None:
    """202 without a body, with the operation's two addresses and no Retry-After (wire 3.15)."""
    count: dict[str, Any] = {"platform_fault_domain_count": 1} if mode == "Flexible" else {}
    parameters = scale_set(2, orchestration_mode=mode, **count)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "myScaleSet", parameters).result()
    ids = [vm.instance_id for vm in compute.virtual_machine_scale_set_vms.list(group, "myScaleSet")]
    answer = _reimage(backdoor, group, {"instanceIds": ids})
    assert (answer.status, answer.body) == (202, None)
    operation, location = answer.headers["Azure-AsyncOperation"], answer.headers["Location"]
    assert operation.startswith(f"{backdoor.endpoint}{backdoor.subscription_path}/providers/Microsoft.Compute/")
    assert location.startswith(operation.partition("?")[0])
    assert "monitor=true" in location
    assert answer.headers["x-ms-request-charge"] == ("2" if mode == "Uniform" else None)


def _curl(server: SecureServer, *arguments: str, body: str) -> str:
    """What curl prints; the body is not on its command line, where other users could read a secret."""
    command = ["curl", "--silent", "--show-error", "--cacert", server.ca, "--data", "@-", *arguments]
    return subprocess.run(command, input=body, capture_output=True, text=True, check=True, timeout=30).stdout


@pytest.fixture
def machines(compute: Any, backdoor: Backdoor) -> Iterator[list[str]]:
    """The document's group and scale set, with the virtual machines that its request names and one more."""
    backdoor.create_resource_group("myResourceGroup")
    parameters = scale_set(0, orchestration_mode="Flexible", platform_fault_domain_count=1)
    sets = compute.virtual_machine_scale_sets
    sets.begin_create_or_update("myResourceGroup", "myScaleSet", parameters).result()
    backdoor.machine_names("myResourceGroup", "myScaleSet", *BODY["instanceIds"])
    sets.begin_update("myResourceGroup", "myScaleSet", {"sku": {"capacity": 3}}).result()
    yield [vm.name for vm in compute.virtual_machine_scale_set_vms.list("myResourceGroup", "myScaleSet")]
    sets.begin_delete("myResourceGroup", "myScaleSet", force_deletion=True).result()


@pytest.mark.rule("6.reimage-flexible")
def test_documented_request_by_curl(
    compute: Any, backdoor: Backdoor, secure: SecureServer, machines: list[str]
) -> None:
    """The two virtual machines that it names get a new OS disk, the third keeps its own."""

    def disks() -> dict[str, str]:
        machine = compute.virtual_machines.get
        return {name: machine("myResourceGroup", name).storage_profile.os_disk.name for name in machines}

    before = disks()
    form = f"grant_type=client_credentials&client_id={secure.client_id}&client_secret={secure.client_secret}"
    scope = "https%3A%2F%2Fmanagement.azure.com%2F.default"
    given = _curl(secure, f"{secure.url}/{secure.tenant_id}/oauth2/v2.0/token", body=f"{form}&scope={scope}")
    path = "resourceGroups/myResourceGroup/providers/Microsoft.Compute/virtualMachineScaleSets/myScaleSet/reimage"
    status = _curl(
        secure,
        *("--request", "POST", f"{secure.url}/subscriptions/{SUBSCRIPTION}/{path}?api-version=2024-07-01"),
        *("--header", f"Authorization: Bearer {json.loads(given)['access_token']}"),
        *("--header", "Content-Type: application/json", "--write-out", "%{http_code}"),
        body='{\n  "instanceIds": [\n    "myScaleSet1",\n    "myScaleSet2"\n  ]\n}\n',
    )
    assert status == "202"
    backdoor.advance(3600)
    after = disks()
    assert {name for name in machines if after[name] != before[name]} == {"myScaleSet1", "myScaleSet2"}
    assert len(machines) == 3


@pytest.mark.rule("6.7")
def test_operation_is_polled_to_its_end(compute: Any, group: str, backdoor: Backdoor) -> None:
    """The operation tells start, end and status; its Location ends with 200 and no body (wire 1)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "myScaleSet", scale_set(1)).result()
    accepted = _reimage(backdoor, group, {"instanceIds": ["0"]})
    operation = accepted.headers["Azure-AsyncOperation"].removeprefix(backdoor.endpoint)
    while (polled := backdoor.send("GET", operation)).body["status"] == "InProgress":
        assert polled.body.keys() == {"startTime", "status", "name"}
    assert polled.status == 200
    assert list(polled.body) == ["startTime", "endTime", "status", "name"]
    assert polled.body["status"] == "Succeeded"
    finished = backdoor.send("GET", accepted.headers["Location"].removeprefix(backdoor.endpoint))
    assert (finished.status, finished.body) == (200, None)
