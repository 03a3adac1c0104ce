"""MaxSurge: new instances come up first, old ones go afterwards, and capacity never drops.

An ordinary rolling upgrade takes instances out of service while they get their new image. With ``maxSurge`` each batch
is made of new instances; the old ones are deleted once the new ones are healthy. That costs quota while it lasts, and
ids, names and addresses change. When the quota has no room, the upgrade falls back to upgrading in place.
"""

from typing import Any

from _common import heading, linux_scale_set, new_image, resource_group, tell, until_healthy

from vmss_sdk import Operation, RollingUpgradePolicy, ScaleSet, UpgradeMode, VirtualMachineScaleSetUpdate, VmssClient

CAPACITY = 10
POLICY = RollingUpgradePolicy(max_batch_instance_percent=20, max_surge=True)


class Watch:
    """Counts after every poll who is there and who serves."""

    def __init__(self, web: ScaleSet) -> None:
        self.web = web
        self.serving: list[int] = []
        self.there: list[int] = []

    def look(self, _: Operation[Any]) -> None:
        """Called by the SDK after every poll of the operation."""
        instances = self.web.instance_summaries()
        self.there.append(len(instances))
        self.serving.append(sum(instance.health_state == "healthy" for instance in instances))


def main() -> None:
    """Upgrade with room in the quota, then without."""
    with resource_group() as (client, group):
        web = client.scale_set(group, "web")
        web.create_or_update(linux_scale_set(CAPACITY, UpgradeMode.ROLLING, rolling=POLICY)).result()
        until_healthy(client, web)
        show(web)

        heading("Image 24.04.2, 20 % at a time, with surge:")
        upgrade(web, new_image("24.04.2"))
        show(web)

        heading("Image 24.04.3, and the quota has room for no instance more:")
        with client.emulator.scale_set(group, "web").faults as faults:
            faults.quota(0)
            upgrade(web, new_image("24.04.3"))
        show(web)
        summary(client, group)


def upgrade(web: ScaleSet, change: VirtualMachineScaleSetUpdate) -> None:
    """Change the image; tell what the machinery decides, and how many served at worst."""
    watch, seen = Watch(web), web.decision_log()[-1].seq
    web.update(change).on_progress(watch.look).result()
    tell(web, seen, "BatchStarted", "Surged", "SurgeFellBack", "UpgradeCompleted")
    print(f"  {min(watch.serving)} to {max(watch.serving)} of {CAPACITY} healthy, at most {max(watch.there)} there")


def show(web: ScaleSet) -> None:
    """Print who is there."""
    print("  instances:", ", ".join(sorted((i.instance_id for i in web.instance_summaries()), key=int)))


def summary(client: VmssClient, group: str) -> None:
    """Print which image each instance runs, and on which disk."""
    disks = [instance.os_disk for instance in client.emulator.scale_set(group, "web").instances()]
    images, numbers = {disk.image_version for disk in disks}, {disk.number for disk in disks}
    heading(f"In place the instances stay: image {' '.join(images)}, each on its OS disk number {max(numbers)}.")


if __name__ == "__main__":
    main()
