"""Rotate the custom data of a scale set: change the model, then reimage, a few instances at a time.

This is the automation under test, see ``test_rotate.py``. It takes a client and does not know whether that is Azure's.
"""

from __future__ import annotations

import base64
import sys

from vmss_sdk import VirtualMachineScaleSetUpdate, VmssClient
from vmss_sdk.models import VirtualMachineScaleSetUpdateOSProfile, VirtualMachineScaleSetUpdateVMProfile


def rotate(client: VmssClient, group: str, name: str, custom_data: str, at_once: int = 2) -> list[str]:
    """Bring new custom data to every instance; never more than `at_once` of them are down.

    Returns:
        The instances that were reimaged, in order.

    Raises:
        VmssError: An instance is not healthy, before or after its reimage: those that follow are left alone.
    """
    web = client.scale_set(group, name)
    profile = VirtualMachineScaleSetUpdateOSProfile(custom_data=base64.b64encode(custom_data.encode()).decode())
    change = VirtualMachineScaleSetUpdate(
        virtual_machine_profile=VirtualMachineScaleSetUpdateVMProfile(os_profile=profile)
    )
    web.update(change).result()
    ids = [one.instance_id for one in web.instance_summaries()]
    done: list[str] = []
    while waiting := ids[len(done) :]:
        check(client, group, name)
        web.reimage(waiting[:at_once]).result(timeout=3600)
        done += waiting[:at_once]
    check(client, group, name)
    return done


def check(client: VmssClient, group: str, name: str) -> None:
    """Give the instances five minutes to become healthy.

    Raises:
        UnhealthyError: They did not.
    """
    client.scale_set(group, name).wait_until_healthy(timeout=300, interval=15)


if __name__ == "__main__":
    with VmssClient.from_environment() as service:
        print("reimaged", *rotate(service, sys.argv[1], sys.argv[2], sys.argv[3]))
