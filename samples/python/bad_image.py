"""A bad image meets production: the roll stops at a gate, the decision log says why, a mended image goes on.

Ten instances, batches of 20 % with a pause between them. The policy allows 20 % of the upgraded instances to be
unhealthy; of the first batch both are, so the other eight never notice. The decision log tells what was looked at and
what it meant. Two sick instances of ten are not more than 20 % either, so the mended image may begin at once.
"""

from _common import heading, new_image, production, show, tell

from vmss_sdk import RollingUpgradeFailedError

DECISIVE = ("BatchStarted", "BatchFinished", "UpgradeCompleted")


def main() -> None:
    """Roll out, find out, mend, go on."""
    with production() as (client, web):
        faults = client.emulator.scale_set(web.resource_group, web.name).faults
        faults.unhealthy_after_upgrade()  # what is wrong with image 24.04.2

        heading("Image 24.04.2 rolls out:")
        seen = web.decision_log()[-1].seq
        try:
            web.update(new_image("24.04.2")).result()
        except RollingUpgradeFailedError as error:
            print(f"  it failed: {error.code}")
            for detail in error.details:
                print(f"  {detail.target}: {detail.message}")
        show(web)

        heading("Why did it stop?")
        tell(web, seen)

        heading("Image 24.04.3 is mended, and rolls out:")
        faults.clear()
        seen = web.decision_log()[-1].seq
        web.update(new_image("24.04.3")).result()
        tell(web, seen, *DECISIVE)
        show(web)
        progress = web.rolling_upgrade.latest().progress
        assert progress
        print(f"  {progress.successful_instance_count} upgraded, {progress.failed_instance_count} failed")


if __name__ == "__main__":
    main()
