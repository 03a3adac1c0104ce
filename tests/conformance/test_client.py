"""The client's own machinery on our answers: streams, resumed pollers, many operations, many threads."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.compute import ComputeManagementClient

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import HEALTH_EXTENSION, os_disks, patch, scale_set
from tests.serving import served

pytestmark = pytest.mark.conformance


def test_client_without_credential() -> None:
    """The construction that the server prints when it starts without HTTPS works as printed."""
    credential: Any = object()
    with (
        served() as endpoint,
        ComputeManagementClient(
            credential,
            "00000000-0000-0000-0000-000000000000",
            base_url=endpoint,
            authentication_policy=SansIOHTTPPolicy[Any, Any](),
        ) as client,
    ):
        assert list(client.virtual_machine_scale_sets.list_all()) == []


def test_parameters_from_a_stream(compute: Any, group: str) -> None:
    """The client sends a stream of bytes as it is."""
    stream = io.BytesIO(json.dumps(scale_set(1).as_dict()).encode())
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", stream).result()
    assert created.provisioning_state == "Succeeded"


def test_create_is_resumed_from_its_token(compute: Any, group: str) -> None:
    """Another poller takes over a creation and returns the same scale set."""
    first = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1))
    second = compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(1), continuation_token=first.continuation_token()
    )
    assert second.result().as_dict() == first.result().as_dict()
    assert (first.status(), second.status()) == ("Succeeded", "Succeeded")


def test_reimage_is_resumed_from_its_token(compute: Any, group: str) -> None:
    """The same for an action, and each instance is reimaged once."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    first = compute.virtual_machine_scale_sets.begin_reimage(group, "web")
    token = first.continuation_token()
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", continuation_token=token).result()
    disks = os_disks(compute, group)
    first.result()
    assert os_disks(compute, group) == disks


def test_operations_on_one_instance_queue(compute: Any, group: str) -> None:
    """Several operations at once on the same instances all end well."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(4)).result()
    pollers = [compute.virtual_machine_scale_set_vms.begin_reimage(group, "web", str(number)) for number in range(4)]
    pollers.append(compute.virtual_machine_scale_sets.begin_restart(group, "web"))
    assert [poller.result() for poller in pollers] == [None] * 5


def test_scale_sets_are_upgraded_side_by_side(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Eight threads each take a scale set through its life on one server and one clock."""

    def live(number: int) -> int:
        own = f"{group}-{number}"
        backdoor.create_resource_group(own)
        sets = compute.virtual_machine_scale_sets
        sets.begin_create_or_update(own, "web", scale_set(4, "Rolling", extension=HEALTH_EXTENSION)).result()
        sets.begin_update(own, "web", patch(image_version="2.0.0")).result()
        latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(own, "web")
        sets.begin_delete(own, "web").result()
        assert list(sets.list(own)) == []
        count: int = latest.progress.successful_instance_count
        return count

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(live, range(8))) == [4] * 8
