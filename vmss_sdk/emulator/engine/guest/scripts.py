"""Scripts that run on instances. No guest is there to run them: what they answer is scripted, see `ScriptAnswer`."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.platform.faults import ScriptAnswer
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.execution import Execution, ExecutionState
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation

__all__ = ["ScriptExecution", "begin", "os_of", "refuse_unless_ready"]


@attrs.define(eq=False, kw_only=True)
class ScriptExecution(Execution):
    """A run that goes on as the time does."""

    def step(self, scale_set: Aggregate) -> None:
        """It arrived, it ended, or its end was reported."""
        instance = scale_set.instances.get(self.instance_id)
        if instance is None or self not in instance.executions:
            return  # it was cut off
        if self.state is ExecutionState.PENDING:
            self._start(scale_set)
        elif self.state is ExecutionState.RUNNING:
            self._end(scale_set)
        else:
            instance.executions.remove(self)
            self._settle(scale_set, self._failure(instance))

    def cut_off(self, scale_set: Aggregate) -> None:
        """The script is stopped where it is.

        CHOICE: it counts as canceled, and who waits for it learns that it was preempted.
        """
        scale_set.instances[self.instance_id].executions.remove(self)
        if not self.over:
            self.state, self.ended_at = ExecutionState.CANCELED, scale_set.now
        self._settle(scale_set, Failure(Reason.PREEMPTED))

    def _start(self, scale_set: Aggregate) -> None:
        self.state, self.started_at = ExecutionState.RUNNING, scale_set.now
        self.answer = scale_set.faults.script(self.instance_id, self.name, self.script) or ScriptAnswer()
        if self.detached:
            self._settle(scale_set)
        scale_set.schedule.add(scale_set.now + min(self.answer.seconds, self.timeout), self)

    def _end(self, scale_set: Aggregate) -> None:
        self.ended_at = scale_set.now
        if self.answer.seconds > self.timeout:
            self.state = ExecutionState.TIMED_OUT
        else:
            self.state = ExecutionState.FAILED if self.answer.exit_code else ExecutionState.SUCCEEDED
        scale_set.schedule.add(scale_set.now + self.overhead / 2, self)

    def _failure(self, instance: Instance) -> Failure | None:
        timed_out = self.state is ExecutionState.TIMED_OUT
        if not ((self.strict and not self.succeeded) or (self.exclusive and timed_out)):
            return None
        publisher, kind = self.handler
        facts = {"instance_id": instance.id, "vm": instance.name, "extension": self.name}
        more = {"publisher": publisher, "type": kind, "exit_code": self.answer.exit_code}
        return Failure(Reason.SCRIPT_TIMED_OUT if timed_out else Reason.SCRIPT_FAILED, {**facts, **more})

    def _settle(self, scale_set: Aggregate, failure: Failure | None = None) -> None:
        if not self.settled:
            self.settled = True
            scale_set.settle(self.operation_id, failure)


def begin(scale_set: Aggregate, instance: Instance, execution: Execution, operation: Operation) -> None:
    """Send a script to an instance; the operation ends with it."""
    operation.outstanding += 1
    operation.instance_count = 1
    instance.executions.append(execution)
    scale_set.schedule.add(scale_set.now + execution.overhead / 2, execution)


def os_of(scale_set: Aggregate, instance: Instance) -> str:
    """``Windows`` or ``Linux``."""
    return scale_set.version(instance.applied).os_type


def refuse_unless_ready(scale_set: Aggregate, instance: Instance, operation: str) -> None:
    """See whether the agent of an instance takes anything on.

    Raises:
        Refused: The scale set or the instance is being deleted, the guest is down, or its model allows no extensions.
    """
    scale_set.refuse_if_deleting(operation)
    if instance.deleting:
        raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=scale_set.name, operation=operation)
    if not instance.running:
        raise Refused.because(Reason.VM_NOT_RUNNING, vm=instance.name)
    if not _takes_extensions(scale_set, instance):
        raise Refused.because(Reason.EXTENSIONS_DISALLOWED, vm=instance.name)


def _takes_extensions(scale_set: Aggregate, instance: Instance) -> bool:
    profile = scale_set.version(instance.applied).profile.get("osProfile", {})
    configuration = profile.get(f"{os_of(scale_set, instance).lower()}Configuration", {})
    return profile.get("allowExtensionOperations") is not False and configuration.get("provisionVMAgent") is not False
