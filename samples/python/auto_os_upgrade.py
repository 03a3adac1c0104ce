"""Automatic OS upgrades: somebody publishes an image, and the scale set moves by itself; a bad one is undone.

The model says ``latest``, and the policy lets Azure follow. Nobody calls anything: a rolling upgrade begins within
three hours of the publication. An instance that does not become healthy gets its old disk back, and the upgrade stops
after the first batch. The history tells all of it, and who started it.
"""

from _common import Control, emulator, heading, linux_scale_set

from vmss_sdk import AutomaticOSUpgradePolicy, ScaleSet, UpgradeMode, UpgradePolicy, VmssClient

IMAGE = "Canonical:ubuntu-24_04-lts:server"


def main() -> None:
    """A good image, then a bad one, then the repaired one."""
    with emulator(__doc__) as (client, group, control):
        client.emulator.publish_image(IMAGE, "24.04.1")
        web = client.scale_set(group, "web")
        model = linux_scale_set(6, UpgradeMode.MANUAL, image="latest")
        model.upgrade_policy = UpgradePolicy(
            mode=UpgradeMode.MANUAL,
            automatic_os_upgrade_policy=AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=True),
        )
        web.create_or_update(model).result()
        heading("Six instances on 'latest', upgrade mode Manual, automatic OS upgrades on:")
        show(client, group)

        published(client, web, control, "24.04.2", "Version 24.04.2 is published, and nobody does anything:")
        show(client, group)

        faults = client.emulator.scale_set(group, "web").faults
        faults.unhealthy_after_upgrade(count=1)
        published(client, web, control, "24.04.3", "Version 24.04.3 does not boot properly:")
        show(client, group)

        faults.clear()
        published(client, web, control, "24.04.4", "Version 24.04.4 is repaired:")
        show(client, group)

        heading("The history, the newest first:")
        for entry in web.os_upgrade_history():
            document = entry.wire["properties"]  # the document itself; members are typed, too
            image, counts = document["targetImageReference"]["version"], document["progress"]
            print(
                f"  {image}  {document['runningStatus']['code']:<9} started by {document['startedBy']}:"
                f" {counts['successfulInstanceCount']} upgraded, {counts['failedInstanceCount']} failed,"
                f" {document['rollbackInfo']['successfullyRolledbackInstanceCount']} rolled back"
            )


def published(client: VmssClient, web: ScaleSet, control: Control, version: str, what: str) -> None:
    """Publish a version, let time pass until nothing goes on, and tell what happened."""
    heading(what)
    seen = len(control.decisions(web))
    client.emulator.publish_image(IMAGE, version)
    client.emulator.clock.settle()
    for decision in web.decision_log(since=seen):
        if decision.kind not in ("ImageUpgraded", "BatchStarted", "PreCheckPassed"):
            print(f"  {decision.time:%H:%M:%S}  {decision.text}")


def show(client: VmssClient, group: str) -> None:
    """Print which image each instance really runs."""
    instances = client.emulator.scale_set(group, "web").instances()
    print("  images:", "  ".join(f"{i.instance_id}: {i.os_disk.image_version}" for i in instances))


if __name__ == "__main__":
    main()
