"""New custom data in each of the three upgrade modes: what reaches whom, before and after a reimage.

Custom data, the OS profile and the data-disk profile are exceptions to every upgrade policy. A change of them is
accepted in any mode, new instances get it at once, and existing ones only by reimage. ``latestModelApplied`` says
whether the model was applied to an instance; it does not say what is on its OS disk. The two differ in Automatic and
Rolling mode, and that is how old passwords survive for years.
"""

from collections.abc import Sequence

from _common import heading, linux_scale_set, new_custom_data, resource_group, until_healthy

from vmss_sdk import ScaleSet, UpgradeMode, VmssClient
from vmss_sdk.testing import Decision

CUSTOM_DATA = {1: "v1", 2: "v2"}  # by model version: the change makes version 2
WIDTH = 14


def main() -> None:
    """Tell the same story in three modes."""
    with resource_group() as (client, group):
        print("Custom data on the OS disk of each instance, and whether it has the latest model.")
        reached = {}
        for mode in (UpgradeMode.MANUAL, UpgradeMode.AUTOMATIC, UpgradeMode.ROLLING):
            web = client.scale_set(group, f"web-{mode.lower()}")
            tell(client, web, mode)
            disks = made_from(web.decision_log())
            reached[mode.value] = [number for number, version in disks.items() if CUSTOM_DATA[version] == "v2"]
        heading("So v2 is on the disks of")
        print(*(f"  {mode:<10} {' and '.join(ids)}" for mode, ids in reached.items()), sep="\n")
        print("Who counts as 'latest' is another matter: see above.")


def tell(client: VmssClient, web: ScaleSet, mode: UpgradeMode) -> None:
    """Change the custom data, add an instance, reimage one; look after each."""
    web.create_or_update(linux_scale_set(3, mode, custom_data="v1")).result()
    until_healthy(client, web)  # which Rolling asks for
    print(f"\n{mode.value:<22}" + "".join(f"instance {number}".ljust(WIDTH) for number in range(4)).rstrip())
    show("before", web)
    web.update(new_custom_data("v2")).result()
    show("custom data changed", web)
    web.set_capacity(4).result()
    show("a new instance", web)
    web.reimage(["0"]).result()
    show("instance 0 reimaged", web)


def show(moment: str, web: ScaleSet) -> None:
    """Print one row of the table."""
    disks = made_from(web.decision_log())
    cells = []
    for instance in web.instance_summaries():
        model = "latest" if instance.latest_model_applied else "outdated"
        cells.append(f"{CUSTOM_DATA[disks[instance.instance_id]]} {model}".ljust(WIDTH))
    print(f"  {moment:<20}{''.join(cells).rstrip()}")


def made_from(decisions: Sequence[Decision]) -> dict[str, int]:
    """From which model version each OS disk was made. Azure does not tell; the decision log does."""
    disks: dict[str, int] = {}
    for decision in decisions:
        if decision.kind in ("ScaledOut", "Reimaged"):
            version = decision.figures["version" if decision.kind == "ScaledOut" else "from_model"]
            disks.update(dict.fromkeys(decision.instance_ids, int(version)))
    return disks


if __name__ == "__main__":
    main()
