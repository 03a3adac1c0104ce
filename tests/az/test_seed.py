"""The commands of Microsoft's page on reimaging, typed as they stand there."""

from collections.abc import Iterator

import pytest

from tests.az.az import Az
from tests.emulator.arm.azure import FLEXIBLE, model
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.handles.scale_set import ScaleSet

GROUP, NAME = "myResourceGroup", "myScaleSet"


@pytest.fixture
def named(client: VmssClient, request: pytest.FixtureRequest) -> Iterator[ScaleSet]:
    """The page's scale set, with two instances."""
    client.resource_groups.create_or_update(GROUP, "westus2")
    scale_set = client.scale_set(GROUP, NAME)
    document = model(2, {"location": "westus2", **(FLEXIBLE if request.param == "Flexible" else {})})
    scale_set.create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    yield scale_set
    client.resource_groups.delete(GROUP).result()


@pytest.mark.parametrize("named", ["Uniform", "Flexible"], indirect=True)
def test_reimage_as_written(az: Az, client: VmssClient, named: ScaleSet) -> None:
    """One instance gets a new OS disk, the other keeps its own; for a number and for a name."""
    emulated = client.emulator.scale_set(GROUP, NAME)
    before = {state.instance_id: state.os_disk.number for state in emulated.instances()}
    instance_id = list(before)[1]
    az(f"vmss reimage --resource-group myResourceGroup --name myScaleSet --instance-id {instance_id}")
    after = {state.instance_id: state.os_disk.number for state in emulated.instances()}
    assert {one: after[one] - before[one] for one in before} == {one: int(one == instance_id) for one in before}


@pytest.mark.parametrize("named", ["Uniform"], indirect=True)
def test_reimage_all_as_written(az: Az, client: VmssClient, named: ScaleSet) -> None:
    """Without an instance all are reimaged."""
    emulated = client.emulator.scale_set(GROUP, NAME)
    before = [state.os_disk.number for state in emulated.instances()]
    az("vmss reimage --resource-group myResourceGroup --name myScaleSet")
    assert [state.os_disk.number for state in emulated.instances()] == [number + 1 for number in before]
