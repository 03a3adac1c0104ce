"""Scripts on instances: when they run, what they answer, what cuts them off."""

from typing import Any

import pytest

from tests.emulator.arm.azure import model
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest import run_commands
from vmss_sdk.emulator.engine.platform.faults import ScriptAnswer
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.emulator.engine.record.execution import Execution, ExecutionState
from vmss_sdk.emulator.engine.record.operation import Operation, OperationStatus
from vmss_sdk.emulator.engine.record.run_command import CommandKind, RunCommand
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

UP = 1000.0
"""All instances are up, and nothing goes on."""
CREATE, CHANGE, ACTION = 34.0, 10.0, 38.0
"""Seconds that the platform takes: the medians recorded (wire.md 1.1)."""


def fleet(changes: dict[str, Any] | None = None) -> ScaleSet:
    """Two instances that run."""
    settings = Settings(timings=Timings.exact())
    scale_set, _ = ScaleSet.create(
        model(2, changes), subscription_id="s", resource_group="g", name="web", now=0, settings=settings
    )
    scale_set.advance(UP)
    return scale_set


def put(scale_set: ScaleSet, name: str = "migrate", *, merge: bool = False, **properties: Any) -> RunCommand:
    """Write a run command on instance 0."""
    body = {"location": "westus", "properties": {"source": {"script": "migrate.sh"}, **properties}}
    return run_commands.put(scale_set, scale_set.instances["0"], CommandKind.MANAGED, name, body, merge=merge)


def invoke(scale_set: ScaleSet, command: str = "RunShellScript", **options: Any) -> tuple[Operation, Execution]:
    """Have the action run a script on instance 0."""
    instance = scale_set.instances["0"]
    operation = run_commands.invoke(scale_set, instance, command, options.get("script", ["ls"]), [])
    assert isinstance(operation.result, Execution)
    return operation, operation.result


def running(command: RunCommand) -> Execution:
    """Its script."""
    assert command.execution is not None
    return command.execution


def answers(scale_set: ScaleSet, **answer: Any) -> None:
    """Say what scripts answer."""
    scale_set.faults.items.append(ScriptAnswer(**answer))


def test_a_script_is_sent_run_and_reported() -> None:
    """Half of the platform's time goes by before the script starts, half after it has ended."""
    scale_set = fleet()
    answers(scale_set, seconds=60)
    command = put(scale_set)
    seen = []
    for moment in (0, CREATE / 2, CREATE / 2 + 60, CREATE + 60):
        scale_set.advance(UP + moment)
        seen.append((running(command).state, command.provisioning))
    assert seen == [
        (ExecutionState.PENDING, ProvisioningState.CREATING),
        (ExecutionState.RUNNING, ProvisioningState.CREATING),
        (ExecutionState.SUCCEEDED, ProvisioningState.CREATING),
        (ExecutionState.SUCCEEDED, ProvisioningState.SUCCEEDED),
    ]


def test_a_script_without_answer_succeeds_at_once() -> None:
    """Nothing is scripted: exit code 0, and nothing is written."""
    scale_set = fleet()
    execution = running(put(scale_set))
    scale_set.advance(UP + CREATE)
    assert (execution.state, execution.answer.exit_code, execution.answer.output) == (ExecutionState.SUCCEEDED, 0, "")
    assert execution.started_at == execution.ended_at == UP + CREATE / 2


def test_a_failing_script_does_not_fail_the_deployment() -> None:
    """The platform did its work; only the execution tells."""
    scale_set = fleet()
    answers(scale_set, exit_code=127)
    command = put(scale_set)
    scale_set.advance(UP + CREATE)
    assert running(command).state is ExecutionState.FAILED
    assert command.provisioning is ProvisioningState.SUCCEEDED


@pytest.mark.parametrize(
    ("answer", "reason"),
    [({"exit_code": 3}, Reason.SCRIPT_FAILED), ({"seconds": 61}, Reason.SCRIPT_TIMED_OUT)],
)
def test_a_failing_script_fails_the_deployment_on_demand(answer: dict[str, Any], reason: Reason) -> None:
    """With treatFailureAsDeploymentFailure the state and the operation are Failed."""
    scale_set = fleet()
    answers(scale_set, **answer)
    command = put(scale_set, treatFailureAsDeploymentFailure=True, timeoutInSeconds=60)
    scale_set.advance(UP + CREATE + 61)
    assert command.provisioning is ProvisioningState.FAILED
    assert command.operation.failure is not None
    assert command.operation.failure.reason is reason


def test_asynchronous_execution_ends_the_operation_when_the_script_starts() -> None:
    """The script goes on alone."""
    scale_set = fleet()
    answers(scale_set, seconds=600)
    command = put(scale_set, asyncExecution=True)
    scale_set.advance(UP + CREATE / 2)
    assert command.provisioning is ProvisioningState.SUCCEEDED
    assert running(command).state is ExecutionState.RUNNING
    scale_set.advance(UP + CREATE / 2 + 600)
    assert running(command).state is ExecutionState.SUCCEEDED


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(59, ExecutionState.SUCCEEDED), (60, ExecutionState.SUCCEEDED), (61, ExecutionState.TIMED_OUT)],
)
def test_a_script_is_stopped_when_its_time_is_up(seconds: float, state: ExecutionState) -> None:
    """After timeoutInSeconds of running."""
    scale_set = fleet()
    answers(scale_set, seconds=seconds)
    execution = running(put(scale_set, timeoutInSeconds=60))
    scale_set.advance(UP + CREATE + 61)
    assert execution.state is state
    assert execution.started_at is not None
    assert execution.ended_at == execution.started_at + min(seconds, 60)


def test_the_action_stops_a_script_after_90_minutes() -> None:
    """Its operation fails then; it has no timeout of its own."""
    scale_set = fleet()
    answers(scale_set, seconds=5401)
    operation, execution = invoke(scale_set)
    scale_set.advance(UP + ACTION + 5400)
    assert execution.state is ExecutionState.TIMED_OUT
    assert operation.failure is not None
    assert operation.failure.reason is Reason.SCRIPT_TIMED_OUT


def test_the_action_hides_the_exit_code() -> None:
    """Its operation succeeds whatever the script ends with (azure-cli#14425)."""
    scale_set = fleet()
    answers(scale_set, exit_code=1, error="no such file")
    operation, execution = invoke(scale_set)
    scale_set.advance(UP + ACTION)
    assert operation.status is OperationStatus.SUCCEEDED
    assert execution.answer.error == "no such file"


def test_the_action_runs_one_script_at_a_time() -> None:
    """A second one on the same instance is a conflict; on another it is not."""
    scale_set = fleet()
    invoke(scale_set)
    with pytest.raises(Refused) as refused:
        invoke(scale_set)
    assert [failure.reason for failure in refused.value.failures] == [Reason.RUN_COMMAND_BUSY]
    run_commands.invoke(scale_set, scale_set.instances["1"], "RunShellScript", [], [])
    scale_set.advance(UP + ACTION)
    invoke(scale_set)


def test_run_commands_run_beside_each_other() -> None:
    """As resources they need not wait for one another, nor for the action."""
    scale_set = fleet()
    answers(scale_set, seconds=100)
    executions = [running(put(scale_set, "one")), running(put(scale_set, "two")), invoke(scale_set)[1]]
    scale_set.advance(UP + 50)
    assert {execution.state for execution in executions} == {ExecutionState.RUNNING}


def test_the_first_answer_that_fits_is_taken() -> None:
    """By the command's name in any case, by the script's text, and by the instance; one for once is used up."""
    scale_set = fleet()
    answers(scale_set, instance_ids=("1",), exit_code=9)
    answers(scale_set, command="MIGRATE-*", exit_code=1, count=1)
    answers(scale_set, script="*migrate.sh*", exit_code=2)
    codes = []
    for name in ("migrate-one", "migrate-two", "other"):
        execution = running(put(scale_set, name))
        scale_set.advance(scale_set.now + CREATE)
        codes.append(execution.answer.exit_code)
    assert codes == [1, 2, 2]


@pytest.mark.parametrize("act", ["restart", "powerOff", "deallocate", "reimage", "delete"])
def test_what_stops_the_guest_cuts_its_scripts_off(act: str) -> None:
    """The script is canceled, and who waits for it learns that it was preempted."""
    scale_set = fleet()
    answers(scale_set, seconds=1000)
    command = put(scale_set)
    scale_set.advance(UP + 100)
    {
        "restart": lifecycle.restart,
        "powerOff": lifecycle.power_off,
        "deallocate": lifecycle.deallocate,
        "reimage": reimage,
        "delete": lifecycle.delete_instances,
    }[act](scale_set, ["0"])
    assert (running(command).state, running(command).ended_at) == (ExecutionState.CANCELED, UP + 100)
    assert command.operation.failure is not None
    assert command.operation.failure.reason is Reason.PREEMPTED
    scale_set.advance(UP + 3000)
    assert running(command).state is ExecutionState.CANCELED


def test_a_reimage_leaves_run_commands_and_does_not_run_them_again() -> None:
    """They are resources of the instance, not files on its disk."""
    scale_set = fleet()
    command = put(scale_set)
    scale_set.advance(UP + CREATE)
    reimage(scale_set, ["0"])
    scale_set.advance(UP + 1000)
    assert list(scale_set.instances["0"].commands.values()) == [command]
    assert running(command).started_at == UP + CREATE / 2


def test_writing_again_replaces_and_runs_again() -> None:
    """A script that still runs is cut off, and the new one runs in its place."""
    scale_set = fleet()
    answers(scale_set, seconds=1000, count=1)
    first = put(scale_set)
    scale_set.advance(UP + 100)
    second = put(scale_set, "MIGRATE", source={"commandId": "ifconfig"})
    assert (second.name, second.provisioning) == ("migrate", ProvisioningState.UPDATING)
    assert running(first).state is ExecutionState.CANCELED
    scale_set.advance(UP + 100 + CHANGE)
    assert (running(second).state, second.provisioning) == (ExecutionState.SUCCEEDED, ProvisioningState.SUCCEEDED)
    assert running(second).script == "ifconfig"


def test_a_patch_keeps_what_it_does_not_name() -> None:
    """A source is replaced whole, the rest is merged."""
    scale_set = fleet()
    put(scale_set, runAsUser="ops", timeoutInSeconds=60)
    body = {"properties": {"source": {"commandId": "ifconfig"}, "timeoutInSeconds": 30}}
    instance = scale_set.instances["0"]
    command = run_commands.put(scale_set, instance, CommandKind.MANAGED, "migrate", body, merge=True)
    expected = {"source": {"commandId": "ifconfig"}, "runAsUser": "ops", "timeoutInSeconds": 30}
    assert command.document == {"location": "westus", "properties": expected}


def test_tags_alone_run_nothing() -> None:
    """A PATCH without properties writes, and the script stays as it ended."""
    scale_set = fleet()
    command = put(scale_set)
    scale_set.advance(UP + CREATE)
    instance = scale_set.instances["0"]
    tagged = run_commands.put(scale_set, instance, CommandKind.MANAGED, "migrate", {"tags": {"a": "b"}}, merge=True)
    scale_set.advance(UP + 100)
    assert tagged.execution is command.execution
    assert tagged.provisioning is ProvisioningState.SUCCEEDED


def test_secrets_are_not_kept() -> None:
    """Password and protected parameters go nowhere: no guest is there that could need them."""
    secrets: dict[str, Any] = {"runAsPassword": "hunter2", "protectedParameters": [{"name": "key", "value": "hunter2"}]}
    command = put(fleet(), **secrets)
    assert "hunter2" not in str(command.document)


def test_deletion_takes_its_time() -> None:
    """It is Deleting, then gone; a script of it that runs is cut off at once."""
    scale_set = fleet()
    answers(scale_set, seconds=1000)
    command = put(scale_set)
    scale_set.advance(UP + 100)
    instance = scale_set.instances["0"]
    run_commands.delete(scale_set, instance, command)
    assert command.provisioning is ProvisioningState.DELETING
    assert running(command).state is ExecutionState.CANCELED
    scale_set.advance(UP + 100 + CHANGE)
    assert instance.commands == {}
    assert command.operation.status is OperationStatus.SUCCEEDED


def test_one_written_while_it_is_deleted_stays() -> None:
    """The removal is of the one before."""
    scale_set = fleet()
    command = put(scale_set)
    scale_set.advance(UP + CREATE)
    instance = scale_set.instances["0"]
    run_commands.delete(scale_set, instance, command)
    again = put(scale_set)
    scale_set.advance(UP + 1000)
    assert list(instance.commands.values()) == [again]


@pytest.mark.parametrize(
    ("properties", "reason", "target"),
    [
        ({"source": {}}, Reason.REQUIRED, "properties.source"),
        ({"source": {"script": "a", "commandId": "ifconfig"}}, Reason.INVALID, "properties.source"),
        ({"source": {"scriptUri": "script.sh"}}, Reason.INVALID, "properties.source.scriptUri"),
        ({"parameters": [{"name": "a"}]}, Reason.REQUIRED, "properties.parameters[0].value"),
        ({"protectedParameters": [{"value": "a"}]}, Reason.REQUIRED, "properties.protectedParameters[0].name"),
        ({"timeoutInSeconds": -1}, Reason.INVALID, "properties.timeoutInSeconds"),
        ({"outputBlobUri": "blob"}, Reason.INVALID, "properties.outputBlobUri"),
        ({"source": {"commandId": "Nonsense"}}, Reason.UNKNOWN_COMMAND, None),
        ({"source": {"commandId": "RunPowerShellScript"}}, Reason.COMMAND_FOR_OTHER_OS, None),
    ],
)
def test_what_a_run_command_must_not_say(properties: dict[str, Any], reason: Reason, target: str | None) -> None:
    """It is refused by the member's name, and nothing is kept."""
    scale_set = fleet()
    with pytest.raises(Refused) as refused:
        put(scale_set, **properties)
    assert [(failure.reason, failure.facts.get("target")) for failure in refused.value.failures] == [(reason, target)]
    assert scale_set.instances["0"].commands == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"properties.virtualMachineProfile.osProfile.allowExtensionOperations": False}, Reason.EXTENSIONS_DISALLOWED),
        (
            {"properties.virtualMachineProfile.osProfile.linuxConfiguration": {"provisionVMAgent": False}},
            Reason.EXTENSIONS_DISALLOWED,
        ),
    ],
)
def test_an_instance_without_agent_runs_nothing(changes: dict[str, Any], reason: Reason) -> None:
    """Its model says that there are no extension operations."""
    with pytest.raises(Refused) as refused:
        invoke(fleet(changes))
    assert refused.value.failures[0].reason is reason


@pytest.mark.parametrize("act", [lifecycle.power_off, lifecycle.deallocate])
def test_an_instance_that_is_down_runs_nothing(act: Any) -> None:
    """Neither the action nor a run command, and none can be taken away."""
    scale_set = fleet()
    command = put(scale_set)
    scale_set.advance(UP + 100)
    act(scale_set, ["0"])
    scale_set.advance(UP + 300)
    instance = scale_set.instances["0"]
    tries = (
        lambda: invoke(scale_set),
        lambda: put(scale_set),
        lambda: run_commands.delete(scale_set, instance, command),
    )
    for attempt in tries:
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.failures[0].reason is Reason.VM_NOT_RUNNING


def test_commands_of_windows() -> None:
    """A Windows image takes PowerShell, in any case, and no shell script."""
    path = "properties.virtualMachineProfile.storageProfile"
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022", "version": "1.0.0"}
    scale_set = fleet(
        {f"{path}.imageReference": image, f"{path}.osDisk": {"createOption": "FromImage", "osType": "Windows"}}
    )
    assert invoke(scale_set, "runpowershellscript")[1].name == "RunPowerShellScript"
    with pytest.raises(Refused):
        invoke(scale_set, "RunShellScript")
