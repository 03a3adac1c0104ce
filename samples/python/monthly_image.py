"""The image of the month: it comes by itself, not during a freeze, and a bad one goes back. The history tells.

The model says ``latest`` and the scale set follows: within hours after an image was published a rolling upgrade
begins, whatever the upgrade mode. During a freeze that is switched off, and in the maintenance window after it somebody
starts the upgrade by hand. An instance that is not healthy with a new image gets its old disk back, and the upgrade
stops.
"""

from _common import IMAGE, heading, let_pass, production, show, tell

from vmss_sdk import AutomaticOSUpgradePolicy, ScaleSet, UpgradeMode, VmssClient

FOLLOW = AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=True)
FREEZE = AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=False)
TOLD = ("OsUpgradeDue", "UpgradeStarted", "InstanceFailed", "RolledBack", "UpgradeFaulted", "UpgradeCompleted")
DAY = 24 * 60  # minutes


def main() -> None:
    """From October to December."""
    with production(UpgradeMode.MANUAL, image="latest") as (client, web):
        web.set_upgrade_policy(automatic_os=FOLLOW).result()
        show(web)

        published(client, web, "24.04.202610010", "The image of October is published, and nobody does anything:")

        let_pass(client, minutes=27 * DAY)
        web.set_upgrade_policy(automatic_os=FREEZE).result()
        published(
            client,
            web,
            "24.04.202611010",
            "The image of November is published, but during a sale nothing changes:",
        )

        let_pass(client, minutes=13 * DAY)
        heading("The maintenance window after it: somebody starts the upgrade by hand, and the freeze is over:")
        seen = web.decision_log()[-1].seq
        web.rolling_upgrade.start_os().result()
        web.set_upgrade_policy(automatic_os=FOLLOW).result()
        tell(web, seen, *TOLD)
        show(web)

        let_pass(client, minutes=14 * DAY)
        faults = client.emulator.scale_set(web.resource_group, web.name).faults
        faults.unhealthy_after_upgrade()  # what is wrong with the next one
        published(client, web, "24.04.202612010", "The image of December is published, and does not come up:")
        faults.clear()
        published(client, web, "24.04.202612020", "A day later it is published once more, mended:")

        heading("What happened, the newest first:")
        history(web)


def published(client: VmssClient, web: ScaleSet, version: str, what: str) -> None:
    """Publish a version, let a day pass, and tell what happened."""
    heading(what)
    seen = web.decision_log()[-1].seq
    client.emulator.publish_image(IMAGE, version)
    let_pass(client, minutes=DAY)
    tell(web, seen, *TOLD)
    show(web)


def history(web: ScaleSet) -> None:
    """Print the OS upgrades, which the service remembers for two months."""
    for entry in web.os_upgrade_history():
        done = entry.wire["properties"]  # the document itself; members are typed, too
        image, counts = done["targetImageReference"]["version"], done["progress"]
        print(
            f"  {image}  {done['runningStatus']['code']:<9}  started by {done['startedBy']:<8}"
            f"  {counts['successfulInstanceCount']:2} upgraded, {counts['failedInstanceCount']} failed,"
            f" {done['rollbackInfo']['successfullyRolledbackInstanceCount']} rolled back"
        )


if __name__ == "__main__":
    main()
