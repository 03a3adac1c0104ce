"""Two instances do special work: protect them, and see what passes them by and what does not.

Instance 3 must not be lost when the scale set shrinks. Instance 4 is the leader of a cluster: no action on the whole
scale set may touch it. Both protections hold against the scale set, never against whoever names the instance itself.
"""

from collections.abc import Callable

from _common import emulator, heading, linux_scale_set, new_image

from vmss_sdk import ScaleSet, ServiceError, UpgradeMode


def main() -> None:
    """Protect, upgrade, scale in, lift the protection."""
    with emulator(__doc__) as (client, group, control):
        web = client.scale_set(group, "web")
        web.create_or_update(linux_scale_set(5, UpgradeMode.AUTOMATIC)).result()
        web.instance("3").protect(from_scale_in=True).result()
        web.instance("4").protect(from_scale_set_actions=True).result()
        heading("Instance 3 is protected from scale-in, instance 4 from every action on the scale set.")
        show(web)

        web.update(new_image("2.0.0")).result()
        heading("The image changes, mode Automatic: everybody is upgraded but the leader.")
        show(web)

        heading("An action on the scale set that names the leader is refused, and touches nobody:")
        refused(lambda: web.upgrade_instances(["0", "4"]).result())

        web.set_capacity(3).result()
        heading("Scale-in from five to three takes two that are not protected.")
        show(web)
        heading("Scale-in to one would need a protected one:")
        refused(lambda: web.set_capacity(1).result())

        seen = len(control.decisions(web))
        web.instance("4").reimage().result()
        heading("Reimage by the instance's own address works: the protection is against the scale set.")
        for decision in control.decisions(web, since=seen):
            print(f"  {decision['text']}")

        web.instance("4").protect(from_scale_set_actions=False).result()
        web.apply_model().result()
        heading("Protection lifted, and an update without any change: the platform finds who is outdated.")
        show(web)


def show(web: ScaleSet) -> None:
    """Print each instance: model and protection."""
    for instance in web.instance_summaries():
        protection = ""
        if instance.protect_from_scale_set_actions:
            protection = "protected from scale set actions"
        elif instance.protect_from_scale_in:
            protection = "protected from scale-in"
        model = "latest model" if instance.latest_model_applied else "outdated"
        print(f"  instance {instance.instance_id}  {model:<13} {protection}".rstrip())


def refused(action: Callable[[], object]) -> None:
    """Do something, and print why the service refuses."""
    try:
        action()
    except ServiceError as error:
        print(f"  {type(error).__name__}: {error.status} {error.code}\n  {error.message}")
    else:
        print("  it was not refused")


if __name__ == "__main__":
    main()
