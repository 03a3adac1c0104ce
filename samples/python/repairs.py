"""Automatic repairs: an instance that stays unhealthy is replaced; a repair that never helps is suspended.

The policy repairs what has been unhealthy for ten minutes, in a scale set of this size one instance at a time. The
first failure is an accident, and the replacement is healthy. Then the application itself is broken: repairs go on
without helping, until the platform gives up and waits for somebody to resume them.
"""

from datetime import timedelta

from _common import heading, let_pass, linux_scale_set, resource_group, tell, until_healthy

from vmss_sdk import ScaleSet, UpgradeMode, models

REPLACE = models.AutomaticRepairsPolicy(enabled=True, grace_period=timedelta(minutes=10), repair_action="Replace")
OFF = models.AutomaticRepairsPolicy(enabled=False)
RESTART = models.AutomaticRepairsPolicy(enabled=True, repair_action="Restart")


def main() -> None:
    """An accident, then a broken application, then the repair of that."""
    with resource_group() as (client, group):
        web = client.scale_set(group, "web")
        model = linux_scale_set(5, UpgradeMode.MANUAL)
        model.automatic_repairs_policy = REPLACE
        web.create_or_update(model).result()
        until_healthy(client, web)
        web.instance("4").protect(from_scale_in=True).result()
        emulated = client.emulator.scale_set(group, "web")
        show(web)

        heading("Instances 2 and 3 become unhealthy, and so does 4, which is protected:")
        seen = web.decision_log()[-1].seq
        emulated.report_health(["2", "3", "4"], "Unhealthy")
        let_pass(client, minutes=9)
        print(f"  after 9 minutes nothing has happened: {len(web.decision_log(since=seen))} decisions")
        let_pass(client, minutes=30)
        tell(web, seen)
        show(web)

        heading("The application is broken now, so no restart helps:")
        seen = web.decision_log()[-1].seq
        for policy in (OFF, RESTART):  # the action can be changed only while repairs are off
            web.update(models.VirtualMachineScaleSetUpdate(automatic_repairs_policy=policy)).result()
        emulated.report_health(["0"], "Unhealthy")
        let_pass(client, minutes=120)
        tell(web, seen)
        print(f"  repairs: {service_state(web)}")

        heading("Somebody repairs the application, and resumes the repairs:")
        emulated.report_health(["0", "4"], None)
        web.resume_repairs().result()
        print(f"  repairs: {service_state(web)}")
        show(web)


def service_state(web: ScaleSet) -> str:
    """Whether automatic repairs are at work."""
    services = web.instance_view().orchestration_services or []
    return ", ".join(str(service.service_state) for service in services)


def show(web: ScaleSet) -> None:
    """Print who is there, and how they are."""
    there = sorted(web.instance_summaries(), key=lambda instance: int(instance.instance_id))
    print("  instances:", "  ".join(f"{i.instance_id} {i.health_state}" for i in there))


if __name__ == "__main__":
    main()
