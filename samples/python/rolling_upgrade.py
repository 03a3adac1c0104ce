"""A new image rolls over ten instances, two at a time, and the service stays up.

The upgrade policy is Rolling: batches of 20 %, a pause of 30 seconds between them. One call changes the image in the
model; from then on it is the policy's work. The sample looks on, counts who is healthy, and prints each batch.
"""

from datetime import timedelta
from typing import Any

from _common import Control, emulator, heading, linux_scale_set, new_image

from vmss_sdk import Operation, RollingUpgradePolicy, ScaleSet, UpgradeMode

POLICY = RollingUpgradePolicy(
    max_batch_instance_percent=20,
    max_unhealthy_instance_percent=20,
    max_unhealthy_upgraded_instance_percent=20,
    pause_time_between_batches=timedelta(seconds=30),
)


class Watch:
    """Prints each batch when it begins and ends, and remembers how many instances were healthy at worst."""

    def __init__(self, web: ScaleSet, control: Control) -> None:
        self.web = web
        self.control = control
        self.began = control.now()
        self.seen = len(control.decisions(web))
        self.batches: list[list[str]] = []
        self.lowest = self.healthy()

    def healthy(self) -> int:
        """How many instances the health extension reports as healthy."""
        return sum(instance.health_state == "healthy" for instance in self.web.instance_summaries())

    def look(self, _: Operation[Any]) -> None:
        """Called by the SDK after every poll of the operation."""
        healthy = self.healthy()
        self.lowest = min(self.lowest, healthy)
        for decision in self.control.decisions(self.web, since=self.seen):
            self.seen = decision["seq"]
            self.tell(decision, healthy)

    def tell(self, decision: dict[str, Any], healthy: int) -> None:
        """Print what a decision means."""
        ids = " and ".join(decision["instanceIds"])
        if decision["kind"] == "BatchStarted":
            self.batches.append(decision["instanceIds"])
            print(f"  batch {decision['batch']}: instances {ids} get the new image, {healthy:2} of 10 healthy")
        elif decision["kind"] == "BatchFinished":
            print(f"  batch {decision['batch']}: instances {ids} are back,          {healthy:2} of 10 healthy")


def main() -> None:
    """Create, change the image, watch."""
    with emulator(__doc__) as (client, group, control):
        web = client.scale_set(group, "web")
        web.create_or_update(linux_scale_set(10, UpgradeMode.ROLLING, rolling=POLICY)).result()
        control.let_pass(60)  # until the extension has reported on all of them

        heading("The image in the model changes from 1.0.0 to 2.0.0:")
        watch = Watch(web, control)
        web.update(new_image("2.0.0")).on_progress(watch.look).result()

        latest = web.rolling_upgrade.latest().wire["properties"]  # the document itself; members are typed, too
        status, progress = latest["runningStatus"]["code"], latest["progress"]
        heading(
            f"{status}: {progress['successfulInstanceCount']} instances upgraded,"
            f" {progress['failedInstanceCount']} failed",
            [
                f"{len(watch.batches)} batches: {' + '.join(str(len(batch)) for batch in watch.batches)} instances",
                f"capacity never below {watch.lowest} of 10",
                f"{(control.now() - watch.began) / 60:.1f} minutes of emulated time",
            ],
        )


if __name__ == "__main__":
    main()
