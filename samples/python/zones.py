"""Three zones: an upgrade never touches two of them at once, and a zone that fails is evaded.

Nine instances are spread over the zones 1, 2 and 3. A rolling upgrade goes zone by zone: whatever a bad image does, two
zones keep serving. Then a zone fails. With the default balance new instances come up elsewhere; with strict balance
the scale-out fails instead.
"""

from collections import Counter

from _common import heading, linux_scale_set, new_image, resource_group, until_healthy

from vmss_sdk import OperationError, RollingUpgradePolicy, ScaleSet, UpgradeMode

POLICY = RollingUpgradePolicy(max_batch_instance_percent=40)


def main() -> None:
    """Upgrade, lose a zone, scale out twice."""
    with resource_group() as (client, group):
        web = client.scale_set(group, "web")
        model = linux_scale_set(9, UpgradeMode.ROLLING, rolling=POLICY)
        model.zones = ["1", "2", "3"]
        web.create_or_update(model).result()
        until_healthy(client, web)
        heading("Nine instances:")
        print(f"  {spread(web)}")

        heading("A new image; 40 % of nine would be three, but a batch stays in one zone and one update domain:")
        seen = web.decision_log()[-1].seq
        zones = zone_of(web)
        web.update(new_image("24.04.2")).result()
        for decision in web.decision_log(since=seen):
            if decision.kind == "BatchStarted":
                touched = sorted({zones[instance_id] for instance_id in decision.instance_ids})
                print(f"  batch {decision.batch}: instances {', '.join(decision.instance_ids):<8} zone {touched[0]}")
                assert len(touched) == 1, "two zones at once"

        faults = client.emulator.scale_set(group, "web").faults
        faults.zone_down("2")
        heading("Zone 2 is down. Scale-out to twelve, with the default balance:")
        web.set_capacity(12).result()
        print(f"  {spread(web)}")

        heading("Scale-out to fifteen, with strict balance:")
        model = web.get()
        model.zone_balance = True
        web.create_or_update(model).result()
        try:
            web.set_capacity(15).result()
            print("  it went through")
        except OperationError as error:
            print(f"  {type(error).__name__}: {error.code}\n  {error.message}")
        failed = [i.instance_id for i in web.instance_summaries() if i.provisioning_state == "Failed"]
        print(f"  failed: {', '.join(failed)}")

        faults.clear()
        heading("Zone 2 is back. The failed ones are deleted, and the capacity is asked for again:")
        web.delete_instances(failed).result()
        web.set_capacity(15).result()
        print(f"  {spread(web)}")


def zone_of(web: ScaleSet) -> dict[str, str]:
    """The zone of each instance."""
    return {str(instance.instance_id): (instance.zones or ["?"])[0] for instance in web.instances()}


def spread(web: ScaleSet) -> str:
    """How many instances each zone has."""
    counts = Counter(zone_of(web).values())
    return ", ".join(f"zone {zone}: {counts[zone]}" for zone in sorted(counts))


if __name__ == "__main__":
    main()
