"""Upgrade mode Manual, and two groups: the canaries get the new image first, the rest when they have done well.

In Manual mode a change of the model touches nobody until somebody names instances. Those that are named are all
upgraded at once, without batches and without a look at anybody's health: how many are out of service at a time, and
whether to go on, is for this script to decide.
"""

from _common import heading, images, let_pass, new_image, production, show, until_healthy

from vmss_sdk import ScaleSet, UpgradeMode

CANARIES = ["0", "1"]  # they serve the staff
AT_A_TIME = 4


def main() -> None:
    """Change the model, upgrade the canaries, wait, upgrade the rest."""
    with production(UpgradeMode.MANUAL, azure=True) as (client, web):
        heading(f"The model gets image {images()[1]}, and nobody moves:")
        web.update(new_image(images()[1])).result()
        show(web)

        heading(f"The canaries {' and '.join(CANARIES)} first:")
        web.upgrade_instances(CANARIES).result()
        until_healthy(client, web)
        show(web)

        heading("Half an hour later:")
        let_pass(client, minutes=30)
        sick = [instance.instance_id for instance in web.instance_summaries() if instance.health_state != "healthy"]
        if sick:
            raise SystemExit(f"  {' '.join(sick)} not healthy: the rest keeps the image that it has")
        print("  the canaries are well")

        rest = outdated(web)
        heading(f"The other {len(rest)}, {AT_A_TIME} at a time:")
        for first in range(0, len(rest), AT_A_TIME):
            group = rest[first : first + AT_A_TIME]
            web.upgrade_instances(group).result()
            until_healthy(client, web)
            print(f"  instances {' '.join(group)} are upgraded and healthy, {len(outdated(web))} to go")
        show(web)


def outdated(web: ScaleSet) -> list[str]:
    """Who has not got the latest model."""
    return [vm.instance_id for vm in web.instance_summaries(filter="properties/latestModelApplied eq false")]


if __name__ == "__main__":
    main()
