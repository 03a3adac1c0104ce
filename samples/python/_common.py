"""What the samples share: whom they ask, the scale set that they begin with, and what they show of it."""

import base64
import os
import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from vmss_sdk import (
    ClientUsageError,
    NotAnEmulatorError,
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
)

__all__ = [
    "GROUP",
    "IMAGE",
    "POLICY",
    "heading",
    "images",
    "let_pass",
    "linux_scale_set",
    "new_custom_data",
    "new_image",
    "production",
    "resource_group",
    "show",
    "tell",
    "until_healthy",
]

IMAGE = "Canonical:ubuntu-24_04-lts:server"
GROUP = "shop"
POLICY = RollingUpgradePolicy(
    max_batch_instance_percent=20,
    max_unhealthy_instance_percent=20,
    max_unhealthy_upgraded_instance_percent=20,
    pause_time_between_batches=timedelta(seconds=30),
)
# Only Azure asks whether they exist.
_SUBNET = os.environ.get(
    "SAMPLE_SUBNET_ID",
    "/subscriptions/s/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/web",
)
_LOCATION = os.environ.get("SAMPLE_LOCATION", "westus2")


@contextmanager
def resource_group(*, azure: bool = False) -> Iterator[tuple[VmssClient, str]]:
    """A client, and an empty resource group that is gone afterwards.

    It is in an emulator in this process, or where ``VMSS_ENDPOINT`` or ``AZURE_CLOUD`` say.

    Args:
        azure: Whether the sample can do without what only an emulator has.
    """
    elsewhere = bool(os.environ.get("VMSS_ENDPOINT") or os.environ.get("AZURE_CLOUD"))
    try:
        client = VmssClient.from_environment() if elsewhere else VmssClient.in_process()
    except ClientUsageError as error:
        raise SystemExit(str(error)) from None
    group = f"{GROUP}-{uuid.uuid4().hex[:8]}" if elsewhere else GROUP
    with client:
        _check(client, azure=azure)
        client.resource_groups.create_or_update(group, _LOCATION)
        try:
            yield client, group
        finally:
            client.resource_groups.delete(group).result()


def _check(client: VmssClient, *, azure: bool) -> None:
    """Say what is missing before anything is made."""
    try:
        client.emulator.status()
    except TransportError as error:
        raise SystemExit(f"nobody answers at {client.endpoint}: {error}") from None
    except NotAnEmulatorError:
        if not azure:
            raise SystemExit("this sample lets things go wrong to order, and for that it needs an emulator") from None
        missing = [name for name in ("SAMPLE_SUBNET_ID", "SAMPLE_IMAGES") if not os.environ.get(name)]
        if missing:
            raise SystemExit(f"on Azure set {' and '.join(missing)}: see the README") from None


@contextmanager
def production(
    mode: UpgradeMode = UpgradeMode.ROLLING, *, image: str | None = None, azure: bool = False
) -> Iterator[tuple[VmssClient, ScaleSet]]:
    """The scale set of all stories: ``web``, ten instances with the old image, all of them healthy.

    Args:
        mode: What happens when its model changes.
        image: The version, if not the old one.
        azure: Whether the story can be told on Azure.
    """
    with resource_group(azure=azure) as (client, group):
        web = client.scale_set(group, "web")
        web.create_or_update(linux_scale_set(10, mode, rolling=POLICY, image=image or images()[0])).result()
        until_healthy(client, web)
        yield client, web


def images() -> tuple[str, str]:
    """The old and the new version of the image; on Azure they have to exist."""
    old, new = os.environ.get("SAMPLE_IMAGES", "24.04.1 24.04.2").split()
    return old, new


def linux_scale_set(
    capacity: int,
    mode: UpgradeMode,
    *,
    rolling: RollingUpgradePolicy | None = None,
    image: str = "24.04.1",
    custom_data: str = "v1",
) -> VirtualMachineScaleSet:
    """A scale set of Linux instances, which are healthy as soon as SSH answers."""
    network = models.VirtualMachineScaleSetNetworkConfiguration(
        name="nic",
        primary=True,
        ip_configurations=[
            models.VirtualMachineScaleSetIPConfiguration(name="ip", subnet=models.ApiEntityReference(id=_SUBNET))
        ],
    )
    health = models.VirtualMachineScaleSetExtension(
        name="health",
        publisher="Microsoft.ManagedServices",
        type="ApplicationHealthLinux",
        type_handler_version="1.0",
        settings={"protocol": "tcp", "port": 22},
    )
    return VirtualMachineScaleSet(
        location=_LOCATION,
        sku=Sku(name="Standard_D2s_v5", capacity=capacity),
        upgrade_policy=UpgradePolicy(mode=mode, rolling_upgrade_policy=rolling),
        overprovision=False,  # or instances beyond the capacity are made at first, and the ids have gaps
        virtual_machine_profile=models.VirtualMachineScaleSetVMProfile(
            os_profile=models.VirtualMachineScaleSetOSProfile(
                computer_name_prefix="web",
                admin_username="azureuser",
                admin_password=f"Aa1-{secrets.token_urlsafe(24)}",
                custom_data=_base64(custom_data),
            ),
            storage_profile=models.VirtualMachineScaleSetStorageProfile(image_reference=_image(image)),
            network_profile=models.VirtualMachineScaleSetNetworkProfile(network_interface_configurations=[network]),
            extension_profile=models.VirtualMachineScaleSetExtensionProfile(extensions=[health]),
        ),
    )


def new_image(version: str) -> VirtualMachineScaleSetUpdate:
    """A change of the image's version, and of nothing else."""
    storage = models.VirtualMachineScaleSetUpdateStorageProfile(image_reference=_image(version))
    profile = models.VirtualMachineScaleSetUpdateVMProfile(storage_profile=storage)
    return VirtualMachineScaleSetUpdate(virtual_machine_profile=profile)


def new_custom_data(text: str) -> VirtualMachineScaleSetUpdate:
    """A change of the custom data, and of nothing else."""
    os_profile = models.VirtualMachineScaleSetUpdateOSProfile(custom_data=_base64(text))
    profile = models.VirtualMachineScaleSetUpdateVMProfile(os_profile=os_profile)
    return VirtualMachineScaleSetUpdate(virtual_machine_profile=profile)


def until_healthy(client: VmssClient, web: ScaleSet) -> None:
    """Wait until every instance has told its health."""
    try:
        client.emulator.clock.settle()
    except NotAnEmulatorError:
        web.wait_until_healthy(interval=10)


def let_pass(client: VmssClient, *, minutes: float) -> None:
    """Wait; an emulator's clock moves forward at once."""
    try:
        client.emulator.clock.advance(60 * minutes)
    except NotAnEmulatorError:
        client.clock.sleep(60 * minutes)


def heading(text: str) -> None:
    """Print what comes next."""
    print(f"\n{text}")


def show(web: ScaleSet) -> None:
    """Print who runs which image, and how they are."""
    alike = defaultdict(list)
    for instance in web.instances(expand="instanceView"):
        storage, view = instance.storage_profile, instance.instance_view
        image = storage and storage.image_reference and storage.image_reference.exact_version
        health = view and view.vm_health and view.vm_health.status and view.vm_health.status.code
        alike[image, (health or "").removeprefix("HealthState/")].append(str(instance.instance_id))
    for (image, health), ids in sorted(alike.items()):
        print(f"  image {image}  {health:<9}  instances {' '.join(ids)}")


def tell(web: ScaleSet, since: int, *kinds: str) -> None:
    """Print what was decided after the entry of that number, and how long after the first of it.

    Args:
        web: The scale set.
        since: The number of an entry.
        kinds: Only these; by default all.
    """
    decisions = web.decision_log(since=since)
    for decision in decisions:
        if not kinds or decision.kind in kinds:
            after = timedelta(seconds=round((decision.time - decisions[0].time).total_seconds()))
            print(f"  +{after}  {decision.text}")


def _image(version: str) -> models.ImageReference:
    publisher, offer, sku = IMAGE.split(":")
    return models.ImageReference(publisher=publisher, offer=offer, sku=sku, version=version)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
