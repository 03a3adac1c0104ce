"""Cloud Custodian, which knows only Azure's names; the policies are in ``custodian/policies.yml``."""

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.clients.foreign import FOLDER, installed, run
from tests.clients.pages import example
from tests.emulator.arm.azure import FLEXIBLE, model
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.handles.scale_set import ScaleSet

Policy = Callable[..., list[dict[str, Any]]]

POLICIES = FOLDER / "custodian" / "policies.yml"

_numbers = count()


@pytest.fixture
def policy(principal: dict[str, str], names: dict[str, str], tmp_path: Path) -> Policy:
    """Runs one policy; the answer is what it found."""
    custodian = installed("VMSS_CUSTODIAN", ".venv-custodian/bin/custodian")

    def found(name: str, policies: Path = POLICIES) -> list[dict[str, Any]]:
        options = ["run", "--cache-period", "0", "--output-dir", str(tmp_path), "--policies", name]
        run([custodian, *options, policies], tmp_path, {**principal, **names})
        resources: list[dict[str, Any]] = json.loads((tmp_path / name / "resources.json").read_text())
        return resources

    return found


@pytest.fixture
def group(client: VmssClient) -> str:
    """A resource group; it is the only one while the test runs, as policies look at the whole subscription."""
    for old in client.resource_groups.list():
        client.resource_groups.delete(str(old.name)).result()
    name = f"custodian{next(_numbers)}"
    client.resource_groups.create_or_update(name, "westeurope")
    return name


def created(client: VmssClient, group: str, name: str, changes: dict[str, Any]) -> ScaleSet:
    """A scale set of the tests' usual model, complete."""
    scale_set = client.scale_set(group, name)
    document = model(2, {"location": "westeurope", **changes})
    scale_set.create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    return scale_set


def names_of(resources: list[dict[str, Any]]) -> list[str]:
    """The names of what a policy found, sorted."""
    return sorted(str(resource["name"]) for resource in resources)


def test_scale_sets_are_found_by_what_they_are(policy: Policy, client: VmssClient, group: str) -> None:
    """All of them, and those whose size and upgrade mode match."""
    created(client, group, "small", {"sku.name": "Standard_D2s_v5"})
    created(client, group, "large", {"sku.name": "Standard_D8s_v5"})
    assert names_of(policy("every-scale-set")) == ["large", "small"]
    assert names_of(policy("by-size-and-mode")) == ["small"]


def test_flexible_machines_are_found_by_their_power(policy: Policy, client: VmssClient, group: str) -> None:
    """The machines of a Flexible scale set are machines; those that run are told from one that does not."""
    flexible = created(client, group, "flexible", FLEXIBLE)
    running = sorted(str(machine.name) for machine in flexible.instances())
    client.virtual_machine(group, running[0]).power_off().result()
    assert [name for name in names_of(policy("running-machines")) if name in running] == running[1:]


def test_a_scale_set_that_is_chosen_is_deleted(policy: Policy, client: VmssClient, group: str) -> None:
    """And no other one; Custodian does not wait for the end."""
    created(client, group, "first", {})
    created(client, group, "second", {})
    policy("delete-the-first")
    states = {str(found.name): found.provisioning_state for found in client.scale_sets(group)}
    assert states.pop("second") == "Succeeded"
    assert states in ({}, {"first": "Deleting"})


def test_groups_with_nothing_in_them_are_found(policy: Policy, client: VmssClient, group: str) -> None:
    """A group that has a scale set is none of them."""
    created(client, group, "web", {})
    client.resource_groups.create_or_update(f"{group}-empty", "westeurope")
    assert names_of(policy("empty-groups")) == [f"{group}-empty"]


def tags(client: VmssClient, group: str, name: str) -> dict[str, str]:
    """The tags of a scale set."""
    return dict(client.scale_set(group, name).get().tags or {})


def test_scale_sets_are_tagged_and_untagged(policy: Policy, client: VmssClient, group: str) -> None:
    """Through the tags at a scope, which are the scale set's own; other tags stay."""
    created(client, group, "first", {"tags": {"team": "web"}})
    created(client, group, "second", {"tags": {"owner": "somebody"}})
    assert names_of(policy("tag-those-without-an-owner")) == ["first"]
    assert tags(client, group, "first") == {"team": "web", "owner": "shop"}
    assert tags(client, group, "second") == {"owner": "somebody"}
    policy("untag")
    assert tags(client, group, "first") == {"team": "web"}
    assert policy("tagged") == []


def test_a_scale_set_is_marked_for_a_later_deletion(policy: Policy, client: VmssClient, group: str) -> None:
    """The mark is a tag, by which it is found when its time has come."""
    created(client, group, "first", {"tags": {"owner": "shop"}})
    created(client, group, "second", {"tags": {"owner": "shop"}})
    policy("mark-for-deletion")
    assert names_of(policy("marked-for-deletion")) == ["first"]


def test_the_example_of_the_page(policy: Policy, client: VmssClient, group: str, tmp_path: Path) -> None:
    """Its two policies find what they say."""
    created(client, group, "small", {})
    created(client, group, "large", {"sku.capacity": 11})
    policies = tmp_path / "example.yml"
    policies.write_text(example("cloud-custodian.md", "yaml"))
    assert names_of(policy("large-and-manual", policies)) == ["large"]
    assert policy("running-machines", policies) == []
