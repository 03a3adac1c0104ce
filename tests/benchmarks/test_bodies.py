"""The benchmarks' own bodies: the time of a refusal would say nothing about the work."""

from tests.benchmarks.bodies import new_scale_set
from vmss_sdk import VirtualMachineScaleSet, VmssClient


def test_the_scale_set_that_is_measured_is_one_the_emulator_takes() -> None:
    """It is made, and all its instances are there."""
    with VmssClient.in_process() as client:
        client.resource_groups.create_or_update("load", "westeurope")
        web = client.scale_set("load", "web")
        web.create_or_update(VirtualMachineScaleSet.from_wire(new_scale_set(3))).result()
        assert [instance.instance_id for instance in web.instances()] == ["0", "1", "2"]
