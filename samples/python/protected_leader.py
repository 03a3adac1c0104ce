"""Instance 9 leads a cluster: a roll and a scale-in pass it by, then another one takes over and it gets its turn.

Protection from scale set actions (which implies scale-in) holds against whatever is done to the scale set as a whole,
and against requests to the scale set that name the instance; not against requests to the instance itself.
"""

from _common import heading, images, new_image, production, show

from vmss_sdk import OperationNotAllowedError, ScaleSet

LEADER, NEXT_LEADER = "9", "1"


def main() -> None:
    """Protect, roll, scale in, hand over."""
    with production(azure=True) as (_, web):
        heading(f"Instance {LEADER} leads, and is protected.")
        web.instance(LEADER).protect(from_scale_in=True, from_scale_set_actions=True).result()

        heading(f"Image {images()[1]} rolls out:")
        web.update(new_image(images()[1])).result()
        latest = web.rolling_upgrade.latest()
        assert latest.running_status
        assert latest.progress
        print(f"  {latest.running_status.code}: {latest.progress.successful_instance_count} upgraded")
        show(web)

        heading("Somebody names the leader all the same:")
        try:
            web.upgrade_instances([LEADER]).result()
        except OperationNotAllowedError as error:
            print(f"  {error.status} {error.code}: {error.message}")

        heading("Ten are too many at night. The two with the highest ids would go, and 9 is one of them:")
        web.set_capacity(8).result()
        show(web)

        heading(f"Instance {NEXT_LEADER} takes over, and is protected instead. An update that changes nothing:")
        web.instance(NEXT_LEADER).protect(from_scale_in=True, from_scale_set_actions=True).result()
        web.instance(LEADER).protect(from_scale_in=False, from_scale_set_actions=False).result()
        web.apply_model().result()
        show(web)
        print(f"  protected: {' '.join(protected(web))}")


def protected(web: ScaleSet) -> list[str]:
    """Who is passed by."""
    return [vm.instance_id for vm in web.instance_summaries() if vm.protect_from_scale_set_actions]


if __name__ == "__main__":
    main()
