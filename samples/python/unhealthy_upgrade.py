"""A bad image: the first batch does not become healthy, the upgrade stops, and eight of ten never notice.

The emulator is told that instances are unhealthy once they run the new image. The policy allows 20 % of the upgraded
instances to fail; two of two are 100 %, so it stops after the first batch. The error reaches the caller as a typed
exception, the decision log tells the story, and a repaired image then rolls over all ten.
"""

from datetime import timedelta

from _common import Control, emulator, heading, linux_scale_set, new_image

from vmss_sdk import RollingUpgradeFailedError, RollingUpgradePolicy, ScaleSet, UpgradeMode

POLICY = RollingUpgradePolicy(
    max_batch_instance_percent=20,
    max_unhealthy_instance_percent=20,
    max_unhealthy_upgraded_instance_percent=20,
    pause_time_between_batches=timedelta(seconds=30),
)


def main() -> None:
    """Roll a bad image out, look at what it did, repair."""
    with emulator(__doc__) as (client, group, control):
        web = client.scale_set(group, "web")
        web.create_or_update(linux_scale_set(10, UpgradeMode.ROLLING, rolling=POLICY)).result()
        control.let_pass(60)  # until the extension has reported on all of them
        control.add_fault(web, "unhealthyAfterUpgrade")

        heading("The image changes to 2.0.0, which does not work:")
        seen = len(control.decisions(web))
        try:
            web.update(new_image("2.0.0")).result()
            print("  it went through")
        except RollingUpgradeFailedError as error:
            print(f"  {type(error).__name__}: {error.code}\n  {error.message}")
            for detail in error.details:
                print(f"  - {detail.target}: {detail.message}")
        show(web)

        heading("Why, in the words of the decision log:")
        tell(control, web, seen)

        control.clear_faults(web)
        heading("Image 2.0.1 is repaired. Two of ten unhealthy are not more than 20 %, so the upgrade may begin:")
        web.update(new_image("2.0.1")).result()
        show(web)


def show(web: ScaleSet) -> None:
    """Print who has the new image, and how they are."""
    for instance in web.instances(expand="instanceView"):
        image = instance.storage_profile and instance.storage_profile.image_reference
        view = instance.instance_view
        status = view and view.vm_health and view.vm_health.status
        health = (status.code or "") if status else ""
        print(
            f"  instance {instance.instance_id}  image {image.version if image else '?'}"
            f"  {health.removeprefix('HealthState/')}"
        )


def tell(control: Control, web: ScaleSet, since: int) -> None:
    """Print the decisions after the one with that number."""
    for decision in control.decisions(web, since=since):
        print(f"  {decision['time'][11:19]}  {decision['text']}")


if __name__ == "__main__":
    main()
