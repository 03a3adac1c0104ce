"""What the samples share: where they run, the scale set they begin with, and the emulator's control plane."""

import argparse
import base64
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from vmss_sdk import (
    ClientUsageError,
    Request,
    RollingUpgradePolicy,
    ScaleSet,
    Sku,
    TransportError,
    UpgradeMode,
    UpgradePolicy,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetUpdate,
    VmssClient,
    models,
    wire,
)

__all__ = [
    "Control",
    "emulator",
    "heading",
    "linux_scale_set",
    "new_custom_data",
    "new_image",
]


@contextmanager
def emulator(story: str | None) -> Iterator[tuple[VmssClient, str, "Control"]]:
    """A client, an empty resource group of its own, and the control plane.

    In this process, or with ``--endpoint URL`` at a server that ``vmss emulator start`` has started.
    """
    parser = argparse.ArgumentParser(description=story, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--endpoint", help="of a running emulator; by default one in this process")
    endpoint = parser.parse_args().endpoint
    subscription = "00000000-0000-0000-0000-000000000000"
    try:
        client = VmssClient(subscription, endpoint=endpoint) if endpoint else VmssClient.in_process()
    except ClientUsageError as error:
        parser.error(str(error))
    group = f"sample-{uuid.uuid4().hex[:8]}"
    with client:
        try:
            client.resource_groups.create_or_update(group, "westus2")
        except TransportError as error:
            raise SystemExit(f"no emulator answers there: {error}") from None
        try:
            yield client, group, Control(client)
        finally:
            client.resource_groups.delete(group).result()


class Control:
    """What Azure does not have: faults, the decision log, and time that skips. Plain HTTP, JSON in and out."""

    def __init__(self, client: VmssClient) -> None:
        self._client = client

    def now(self) -> float:
        """The emulated time, in seconds."""
        return float(self._send("GET", "clock")["seconds"])

    def let_pass(self, seconds: float) -> None:
        """Move the clock forward."""
        self._send("POST", "clock", {"advance": seconds})

    def add_fault(self, scale_set: ScaleSet, kind: str, **members: Any) -> None:
        """Let something go wrong, for example ``unhealthyAfterUpgrade``."""
        self._send("POST", f"{_place(self._client, scale_set)}/faults", {"kind": kind, **members})

    def clear_faults(self, scale_set: ScaleSet) -> None:
        """Let nothing go wrong any more."""
        self._send("DELETE", f"{_place(self._client, scale_set)}/faults")

    def decisions(self, scale_set: ScaleSet, since: int = 0) -> list[dict[str, Any]]:
        """What the machinery decided, and why: seq, time, kind, instanceIds, batch, figures, text."""
        found = self._send("GET", f"{_place(self._client, scale_set)}/decisions?since={since}")["value"]
        return list(found)

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        url = f"{self._client.endpoint}/_emulator/{path}"
        content = b"" if body is None else wire.encode(body)
        answer = self._client.transport.send(Request(method, url, {"Content-Type": "application/json"}, content))
        if answer.status >= 300:
            raise SystemExit(f"{method} {url} was refused: {answer.status} {answer.json()}")
        return answer.json()


def _place(client: VmssClient, scale_set: ScaleSet) -> str:
    return (
        f"subscriptions/{client.subscription_id}/resourceGroups/{scale_set.resource_group}/scaleSets/{scale_set.name}"
    )


def linux_scale_set(
    capacity: int,
    mode: UpgradeMode,
    *,
    rolling: RollingUpgradePolicy | None = None,
    image: str = "1.0.0",
    custom_data: str = "v1",
) -> VirtualMachineScaleSet:
    """A scale set of Linux instances whose health the Application Health extension reports."""
    network = models.VirtualMachineScaleSetNetworkConfiguration(
        name="nic",
        primary=True,
        ip_configurations=[
            models.VirtualMachineScaleSetIPConfiguration(
                name="ip",
                subnet=models.ApiEntityReference(
                    id="/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/web"
                ),
            )
        ],
    )
    health = models.VirtualMachineScaleSetExtension(
        name="health",
        publisher="Microsoft.ManagedServices",
        type="ApplicationHealthLinux",
        type_handler_version="1.0",
        settings={"protocol": "http", "port": 80, "requestPath": "/healthz"},
    )
    return VirtualMachineScaleSet(
        location="westus2",
        sku=Sku(name="Standard_D2s_v5", capacity=capacity),
        upgrade_policy=UpgradePolicy(mode=mode, rolling_upgrade_policy=rolling),
        overprovision=False,  # or instances beyond the capacity are made at first, and the ids have gaps
        virtual_machine_profile=models.VirtualMachineScaleSetVMProfile(
            os_profile=models.VirtualMachineScaleSetOSProfile(
                computer_name_prefix="web",
                admin_username="azureuser",
                admin_password="Only-For-Samples-1",
                custom_data=_base64(custom_data),
            ),
            storage_profile=models.VirtualMachineScaleSetStorageProfile(image_reference=_ubuntu(image)),
            network_profile=models.VirtualMachineScaleSetNetworkProfile(network_interface_configurations=[network]),
            extension_profile=models.VirtualMachineScaleSetExtensionProfile(extensions=[health]),
        ),
    )


def new_image(version: str) -> VirtualMachineScaleSetUpdate:
    """A change of the image's version, and of nothing else."""
    storage = models.VirtualMachineScaleSetUpdateStorageProfile(image_reference=_ubuntu(version))
    profile = models.VirtualMachineScaleSetUpdateVMProfile(storage_profile=storage)
    return VirtualMachineScaleSetUpdate(virtual_machine_profile=profile)


def new_custom_data(text: str) -> VirtualMachineScaleSetUpdate:
    """A change of the custom data, and of nothing else."""
    os_profile = models.VirtualMachineScaleSetUpdateOSProfile(custom_data=_base64(text))
    profile = models.VirtualMachineScaleSetUpdateVMProfile(os_profile=os_profile)
    return VirtualMachineScaleSetUpdate(virtual_machine_profile=profile)


def heading(text: str, lines: Sequence[str] = ()) -> None:
    """Print what comes next."""
    print(f"\n{text}", *(f"  {line}" for line in lines), sep="\n")


def _ubuntu(version: str) -> models.ImageReference:
    return models.ImageReference(publisher="Canonical", offer="ubuntu-24_04-lts", sku="server", version=version)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
