"""The time model: durations of the emulated Azure."""

from typing import Self

import attrs

from vmss_sdk.emulator.engine.platform import seeded_random

__all__ = ["Timings"]


@attrs.frozen(kw_only=True)
class Timings:
    """Seconds that each kind of work takes; every value is CHOICE, near the real durations known (semantics 8).

    Attributes:
        create_linux: Creation of an instance with a Linux image.
        create_windows: The same with a Windows image.
        extension: One run of one extension.
        model_only: Marking a model as applied when nothing changes on the instance.
        hot: A change applied while the instance keeps running.
        restart: A restart.
        resize: A change of VM size.
        start: A start.
        power_off: A power-off.
        deallocate: A deallocation.
        delete: A deletion.
        reimage_linux: A reimage with a Linux image; an image upgrade takes as long, and its extensions.
        reimage_windows: The same with a Windows image.
        reimage_ephemeral: The same with an ephemeral OS disk.
        write: A write to the scale set that touches no instance.
        run_command_create: A new run command, beside what its script takes; the handler is installed first.
        run_command_change: A run command that is written again or taken away.
        run_command_action: The action ``runCommand``, beside what its script takes.
        batch: Bookkeeping before each batch of a rolling upgrade, the pre-check included.
        os_rollout: Within what time Azure begins an automatic OS upgrade once a newer image is there (semantics 4.4).
        os_retry: When it looks again while another upgrade runs.
        repair_retry: When a repair is tried again while as many as allowed are under way.
        health_wait: How long an upgraded instance may take to report healthy (5 minutes, semantics 2.4.25).
        upgrade_limit: How long a whole rolling upgrade may take.
        boot_from: With `boot_to`: how long an instance takes at least to come up from a fresh OS disk, in place of the
            durations of a creation and a reimage; its extensions come on top.
        boot_to: How long at most; each boot takes another time between the two. 0: the durations above.
        jitter: Each other duration varies by up to this fraction, up and down.
    """

    create_linux: float = 75
    create_windows: float = 180
    extension: float = 40
    model_only: float = 5
    hot: float = 25
    restart: float = 45
    resize: float = 300
    start: float = 40
    power_off: float = 20
    deallocate: float = 60
    delete: float = 60
    reimage_linux: float = 85
    reimage_windows: float = 240
    reimage_ephemeral: float = 45
    write: float = 2
    run_command_create: float = 34
    run_command_change: float = 10
    run_command_action: float = 38
    batch: float = 15
    os_rollout: float = 3 * 3600
    os_retry: float = 600
    repair_retry: float = 60
    health_wait: float = 300
    upgrade_limit: float = 12 * 3600
    boot_from: float = 0
    boot_to: float = 0
    jitter: float = attrs.field(default=0.25)

    @jitter.validator
    def _check_jitter(self, _: object, value: float) -> None:
        if not 0 <= value < 1:
            raise ValueError(f"jitter is {value}: expected a fraction from 0 to below 1")

    def __attrs_post_init__(self) -> None:
        if self.boot_from > self.boot_to:
            raise ValueError(f"boot_from is {self.boot_from}: expected at most boot_to, {self.boot_to}")
        for field in attrs.fields(type(self)):
            if getattr(self, field.name) < 0:
                raise ValueError(f"{field.name} is negative: expected seconds >= 0")

    @classmethod
    def exact(cls) -> Self:
        """The same durations without variation."""
        return cls(jitter=0)

    @classmethod
    def instant(cls) -> Self:
        """Everything at once, except the time an upgrade waits for health."""
        keep = {"health_wait", "upgrade_limit"}
        return cls(**{field.name: 0 for field in attrs.fields(cls) if field.name not in keep})

    def vary(self, seconds: float, seed: int, *purpose: object) -> float:
        """A duration with its seeded variation, rounded to the tenth of a microsecond that Azure writes."""
        if not self.jitter or not seconds:
            return seconds
        return round(seconds * (1 + self.jitter * (2 * seeded_random.fraction(seed, *purpose) - 1)), 6)
