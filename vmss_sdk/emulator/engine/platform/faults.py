"""Faults that a rehearsal injects, as data: each says what goes wrong, with whom, and how often."""

from __future__ import annotations

from collections.abc import Container, Sequence
from fnmatch import fnmatchcase

import attrs

from vmss_sdk.emulator.engine.common.states import HealthState

__all__ = [
    "FAULTS",
    "Conflict",
    "ExtensionFailure",
    "Fault",
    "Faults",
    "MachineNames",
    "ProvisioningFailure",
    "QuotaExhausted",
    "ScriptAnswer",
    "SlowBoot",
    "UnhealthyAfterUpgrade",
    "ZoneDown",
]


@attrs.define(kw_only=True)
class Fault:
    """What all faults have.

    Attributes:
        instance_ids: Whom it hits; None: any instance.
        count: How many more times it hits; None: until it is removed.
    """

    instance_ids: tuple[str, ...] | None = None
    count: int | None = None

    def hits(self, instance_id: str) -> bool:
        """Whether it hits this instance now; if so, that is counted."""
        if self.count == 0 or (self.instance_ids is not None and instance_id not in self.instance_ids):
            return False
        if self.count is not None:
            self.count -= 1
        return True


@attrs.define(kw_only=True)
class UnhealthyAfterUpgrade(Fault):
    """An instance reports this health once it was upgraded, until it is reimaged or upgraded again.

    Attributes:
        state: What it reports.
    """

    state: HealthState = HealthState.UNHEALTHY


@attrs.define(kw_only=True)
class ProvisioningFailure(Fault):
    """The next creation, reimage or upgrade of an instance fails.

    Attributes:
        code: The service's error code.
        message: Its text; None: Azure's own for the code.
    """

    code: str = "OSProvisioningTimedOut"
    message: str | None = None


@attrs.define(kw_only=True)
class ExtensionFailure(Fault):
    """The next run of an extension fails.

    Attributes:
        extension: Its name; None: any extension.
        code: The service's error code.
        message: Its text; None: Azure's own for the code.
    """

    extension: str | None = None
    code: str = "VMExtensionProvisioningError"
    message: str | None = None


@attrs.define(kw_only=True)
class QuotaExhausted(Fault):
    """The quota has room for so many more instances than there are when it is first asked for, and no others.

    Attributes:
        left: How many.
        limit: How many there may be in all; set when it is first asked for.
    """

    left: int = 0
    limit: int | None = None

    def room(self, present: int) -> int:
        """For how many more there is room when so many are there."""
        if self.limit is None:
            self.limit = present + self.left
        return max(0, self.limit - present)


@attrs.define(kw_only=True)
class ZoneDown(Fault):
    """A zone takes no new instances.

    Attributes:
        zone: Its number.
    """

    zone: str = "1"


@attrs.define(kw_only=True)
class SlowBoot(Fault):
    """Creating, reimaging and upgrading by a new OS disk take longer.

    Attributes:
        seconds: How much longer.
    """

    seconds: float = 0.0


@attrs.define(kw_only=True)
class ScriptAnswer(Fault):
    """What a script that is run on an instance answers; unless one is set it succeeds at once and writes nothing.

    Attributes:
        command: A pattern such as ``deploy-*`` of the run command's name or of the built-in command's id, in any case;
            None: any.
        script: A pattern such as ``*systemctl*`` of the script's text, or of the URI where it is; None: any.
        exit_code: What it ends with.
        output: What it writes to its standard output.
        error: What it writes to its standard error.
        seconds: How long it runs.
    """

    command: str | None = None
    script: str | None = None
    exit_code: int = 0
    output: str = ""
    error: str = ""
    seconds: float = 0.0

    def fits(self, name: str, text: str) -> bool:
        """Whether it is for this command with this script."""
        named = self.command is None or fnmatchcase(name.lower(), self.command.lower())
        return named and (self.script is None or fnmatchcase(text, self.script))


@attrs.define(kw_only=True)
class MachineNames(Fault):
    """The next instances of a Flexible scale set are called so, as a virtual machine is that was made by name.

    Attributes:
        names: Those that are still to be given, in this order.
    """

    names: list[str] = attrs.field(factory=list)


@attrs.define(kw_only=True)
class Conflict(Fault):
    """A write meets another one that is under way: it is refused, or it ends the other one.

    With instances: only writes that are about them while something is done there.

    Attributes:
        preempts: Whether the earlier one ends failed, in place of the later one being refused.
    """

    preempts: bool = False


FAULTS: dict[str, type[Fault]] = {
    "Conflict": Conflict,
    "ExtensionFailure": ExtensionFailure,
    "MachineNames": MachineNames,
    "ProvisioningFailure": ProvisioningFailure,
    "QuotaExhausted": QuotaExhausted,
    "ScriptAnswer": ScriptAnswer,
    "SlowBoot": SlowBoot,
    "UnhealthyAfterUpgrade": UnhealthyAfterUpgrade,
    "ZoneDown": ZoneDown,
}
"""The faults by their names in a state file, which stay when a class gets another name."""


@attrs.define
class Faults:
    """The faults that are set on one scale set, in the order in which they are tried."""

    items: list[Fault] = attrs.field(factory=list)

    def health_after_upgrade(self, instance_id: str) -> HealthState | None:
        """The health that a fault gives an instance that was just upgraded; None: no fault."""
        for fault in self.items:
            if isinstance(fault, UnhealthyAfterUpgrade) and fault.hits(instance_id):
                return fault.state
        return None

    def conflict(self, busy: Sequence[str]) -> Conflict | None:
        """The fault that a write meets where another one is under way; None: no fault.

        Args:
            busy: The ids of the instances that it is about and on which something is done already.
        """
        for fault in self.items:
            if isinstance(fault, Conflict) and any(map(fault.hits, busy if fault.instance_ids else [""])):
                return fault
        return None

    def provisioning(self, instance_id: str) -> ProvisioningFailure | None:
        """The fault that lets this provisioning fail; None: no fault."""
        for fault in self.items:
            if isinstance(fault, ProvisioningFailure) and fault.hits(instance_id):
                return fault
        return None

    def extension(self, instance_id: str, name: str) -> ExtensionFailure | None:
        """The fault that lets this run of an extension fail; None: no fault."""
        for fault in self.items:
            if isinstance(fault, ExtensionFailure) and fault.extension in (None, name) and fault.hits(instance_id):
                return fault
        return None

    def script(self, instance_id: str, name: str, text: str) -> ScriptAnswer | None:
        """What this script answers here; None: nothing was set for it."""
        for fault in self.items:
            if isinstance(fault, ScriptAnswer) and fault.fits(name, text) and fault.hits(instance_id):
                return fault
        return None

    def quota_left(self, present: int) -> int | None:
        """For how many more instances the quota has room when so many are there; None: no limit is set."""
        return min((fault.room(present) for fault in self.items if isinstance(fault, QuotaExhausted)), default=None)

    def machine_name(self, taken: Container[str]) -> str | None:
        """The name that was set for the next virtual machine, which is given once; None: it gets one of Azure's."""
        for fault in self.items:
            while isinstance(fault, MachineNames) and fault.names:
                name = fault.names.pop(0)
                if name not in taken:
                    return name
        return None

    def zones_down(self) -> set[str]:
        """The zones that take no new instances."""
        return {fault.zone for fault in self.items if isinstance(fault, ZoneDown)}

    def slow_boot(self, instance_id: str) -> float:
        """How many seconds longer this instance takes to come up."""
        slow = [fault for fault in self.items if isinstance(fault, SlowBoot)]
        return sum(fault.seconds for fault in slow if fault.hits(instance_id))
