"""The join token in the custom data is rotated: everybody counts as up to date, and nobody has it before a reimage.

New custom data is accepted in every upgrade mode. The roll that follows marks the instances as having the latest model
and touches nothing on them: they start with the old token until they are reimaged. A reimage takes all that it is told
at once, so two at a time is what this script makes of it. A password is rotated in the same way, by a PUT.
"""

from _common import heading, new_custom_data, production, until_healthy

from vmss_sdk import NotAnEmulatorError, ScaleSet

AT_A_TIME = 2


def main() -> None:
    """Change it, see who lacks it, reimage."""
    with production(azure=True) as (client, web):
        heading("The model gets new custom data:")
        web.update(new_custom_data("token of this quarter")).result()
        instances = web.instance_summaries()
        print(f"  {sum(bool(vm.latest_model_applied) for vm in instances)} of {len(instances)} have the latest model")
        print(f"  {pending(web)}")

        ids = [vm.instance_id for vm in instances]
        heading(f"Reimage, {AT_A_TIME} at a time, the next ones when these are healthy:")
        for first in range(0, len(ids), AT_A_TIME):
            group = ids[first : first + AT_A_TIME]
            web.reimage(group).result()
            until_healthy(client, web)
            print(f"  instances {' '.join(group)} start with it, and are healthy; {pending(web)}")


def pending(web: ScaleSet) -> str:
    """Who lacks what, which Azure does not tell."""
    try:
        return web.pending().summary
    except NotAnEmulatorError:
        return "keep account of who was reimaged"


if __name__ == "__main__":
    main()
