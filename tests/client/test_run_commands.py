"""Run commands and boot diagnostics of a machine: on the wire as in operations.md, and against the emulator."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.client.scripted import COMPUTE, WEB, accepted, answer, ended, scripted
from tests.client.test_platform import there
from tests.emulator.arm.azure import FLEXIBLE
from vmss_sdk import (
    ClientUsageError,
    ConflictError,
    Instance,
    InvalidRequestError,
    NotFoundError,
    OperationFailedError,
    OperationNotAllowedError,
)
from vmss_sdk.models import (
    RunCommandInput,
    RunCommandInputParameter,
    VirtualMachineDiagnosticRunCommand,
    VirtualMachineRunCommand,
    VirtualMachineRunCommandScriptSource,
    VirtualMachineRunCommandUpdate,
)

VERSION = "api-version=2026-04-01"
SOURCE = VirtualMachineRunCommandScriptSource(script="migrate.sh")
MIGRATE = VirtualMachineRunCommand(location="westus", source=SOURCE)
DIAGNOSE = VirtualMachineDiagnosticRunCommand(location="westus", source=SOURCE)
CHANGE = VirtualMachineRunCommandUpdate(timeout_in_seconds=60)
SHELL = RunCommandInput(command_id="RunShellScript", script=["ls"])
BODY = {"location": "westus", "properties": {"source": {"script": "migrate.sh"}}}


@pytest.mark.parametrize(
    ("verb", "sent", "body"),
    [
        (lambda i: i.run_commands.get("a"), "GET {i}/runCommands/a?{v}", None),
        (
            lambda i: i.run_commands.get("a", expand="instanceView"),
            "GET {i}/runCommands/a?$expand=instanceView&{v}",
            None,
        ),
        (lambda i: list(i.run_commands.list()), "GET {i}/runCommands?{v}", None),
        (lambda i: i.run_commands.create_or_update("a", MIGRATE), "PUT {i}/runCommands/a?{v}", BODY),
        (
            lambda i: i.run_commands.update("a", CHANGE),
            "PATCH {i}/runCommands/a?{v}",
            {"properties": {"timeoutInSeconds": 60}},
        ),
        (lambda i: i.run_commands.delete("a b"), "DELETE {i}/runCommands/a%20b?{v}", None),
        (lambda i: i.diagnostic_run_commands.get("a"), "GET {i}/diagnosticRunCommands/a?{v}", None),
        (
            lambda i: list(i.diagnostic_run_commands.list(expand="instanceView")),
            "GET {i}/diagnosticRunCommands?$expand=instanceView&{v}",
            None,
        ),
        (
            lambda i: i.diagnostic_run_commands.create_or_update("a", DIAGNOSE),
            "PUT {i}/diagnosticRunCommands/a?{v}",
            BODY,
        ),
        (
            lambda i: i.diagnostic_run_commands.update("a", CHANGE),
            "PATCH {i}/diagnosticRunCommands/a?{v}",
            {"properties": {"timeoutInSeconds": 60}},
        ),
        (lambda i: i.diagnostic_run_commands.delete("a"), "DELETE {i}/diagnosticRunCommands/a?{v}", None),
        (
            lambda i: i.run_command(SHELL),
            "POST {i}/runCommand?{v}",
            {"commandId": "RunShellScript", "script": ["ls"]},
        ),
        (lambda i: i.boot_diagnostics(), "POST {i}/retrieveBootDiagnosticsData?{v}", None),
        (
            lambda i: i.boot_diagnostics(expiration_minutes=5),
            "POST {i}/retrieveBootDiagnosticsData?sasUriExpirationTimeInMinutes=5&{v}",
            None,
        ),
    ],
)
def test_what_is_sent(verb: Callable[[Instance], object], sent: str, body: Any) -> None:
    """Method, URL and body of every verb."""
    first = (
        answer(200, {"value": [], "properties": {}}) if not sent.startswith(("DELETE", "POST {i}/run")) else accepted()
    )
    client, script = scripted(first)
    verb(client.scale_set("rg", "web").instance("0"))
    [request] = script.sent
    assert request.replace("%24expand", "$expand") == sent.format(i=f"{WEB}/virtualMachines/0", v=VERSION)
    assert script.body == body


def test_a_virtual_machine_has_them_too() -> None:
    """Under its own address."""
    client, script = scripted(accepted(), answer(200, {"value": []}))
    machine = client.virtual_machine("rg", "web_1")
    machine.run_command(SHELL)
    assert list(machine.run_commands.list()) == []
    base = f"{COMPUTE}/virtualMachines/web_1"
    assert script.sent == [f"POST {base}/runCommand?{VERSION}", f"GET {base}/runCommands?{VERSION}"]


@pytest.mark.parametrize("name", ["", "a/b", ".."])
def test_a_name_that_cannot_be_one(name: str) -> None:
    """Nothing is sent."""
    client, script = scripted(answer())
    with pytest.raises(ClientUsageError, match="a run command name"):
        client.scale_set("rg", "web").instance("0").run_commands.get(name)
    assert script.sent == []


def test_the_result_of_the_action_is_fetched_from_the_location() -> None:
    """As recorded: a value with a status (wire.md 3.31)."""
    status = {"code": "ProvisioningState/succeeded", "level": "Info", "message": "Enable succeeded: \n[stdout]\n"}
    client, _ = scripted(
        accepted(), ended(properties={"output": {"value": [status]}}), answer(200, {"value": [status]})
    )
    result = client.scale_set("rg", "web").instance("0").run_command(SHELL).result()
    assert result.value is not None
    assert [item.wire for item in result.value] == [status]


def test_secrets_are_not_represented() -> None:
    """Passwords, protected parameters and addresses that may be signed."""
    secret = "hunter2-the-secret"
    source = VirtualMachineRunCommandScriptSource(script_uri=f"https://a/{secret}")
    command = VirtualMachineRunCommand(
        source=source,
        run_as_password=secret,
        protected_parameters=[RunCommandInputParameter(name="key", value=secret)],
        output_blob_uri=f"https://a/{secret}",
        error_blob_uri=f"https://a/{secret}",
    )
    assert secret not in repr(command)


def test_a_run_command_against_the_emulator() -> None:
    """Written, seen with its output, changed, listed, deleted."""
    client, web = there(capacity=1)
    faults = client.emulator.scale_set("rg", "web").faults
    faults.script_answer("migrate", ["0"], script="*.sh", output="done", seconds=30, count=1)
    commands = web.instance("0").run_commands
    made = commands.create_or_update("migrate", MIGRATE).result()
    assert (made.name, made.provisioning_state) == ("migrate", "Succeeded")
    view = commands.get("migrate", expand="instanceView").instance_view
    assert view is not None
    assert (view.execution_state, view.exit_code, view.output) == ("Succeeded", 0, "done")
    assert view.start_time is not None
    assert view.end_time is not None
    assert (view.end_time - view.start_time).total_seconds() == 30
    assert commands.update("migrate", CHANGE).result().timeout_in_seconds == 60
    [listed] = commands.list(expand="instanceView")
    assert (listed.name, listed.instance_view is not None) == ("migrate", True)
    commands.delete("migrate").result()
    assert list(commands.list()) == []


def test_a_failing_script_fails_the_operation_on_demand() -> None:
    """With treat_failure_as_deployment_failure, with the service's words."""
    client, web = there(capacity=1)
    client.emulator.scale_set("rg", "web").faults.script_answer(exit_code=3)
    strict = VirtualMachineRunCommand(location="westus", source=SOURCE, treat_failure_as_deployment_failure=True)
    with pytest.raises(OperationFailedError, match="exit status=3") as caught:
        web.instance("0").run_commands.create_or_update("migrate", strict).result()
    assert caught.value.code == "VMExtensionProvisioningError"


def test_diagnostic_run_commands_are_a_family_of_their_own() -> None:
    """What is in one list is not in the other."""
    _, web = there(capacity=1)
    instance = web.instance("0")
    instance.diagnostic_run_commands.create_or_update("dump", DIAGNOSE).result()
    made = instance.diagnostic_run_commands.get("dump")
    assert made.type == "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/diagnosticRunCommands"
    assert [command.name for command in instance.diagnostic_run_commands.list()] == ["dump"]
    assert list(instance.run_commands.list()) == []


def test_the_action_against_the_emulator() -> None:
    """Its result has what the script wrote; a second one meanwhile is a conflict."""
    client, web = there(capacity=1)
    client.emulator.scale_set("rg", "web").faults.script_answer("RunShellScript", output="hello\n", error="oh")
    instance = web.instance("0")
    operation = instance.run_command(SHELL)
    with pytest.raises(ConflictError, match="in progress"):
        instance.run_command(SHELL)
    value = operation.result().value
    assert value is not None
    assert value[0].message == "Enable succeeded: \n[stdout]\nhello\n\n[stderr]\noh"


REFUSALS: dict[str, tuple[Callable[[Instance], object], type[Exception]]] = {
    "unknown built-in command": (lambda i: i.run_command(RunCommandInput(command_id="Nonsense")), NotFoundError),
    "no built-in command": (lambda i: i.run_command(RunCommandInput(script=["ls"])), InvalidRequestError),
    "unknown run command": (lambda i: i.run_commands.get("nothing"), NotFoundError),
    "no source": (
        lambda i: i.run_commands.create_or_update("a", VirtualMachineRunCommand(location="westus")),
        InvalidRequestError,
    ),
    "no boot diagnostics": (lambda i: i.boot_diagnostics(), OperationNotAllowedError),
    "no minute": (lambda i: i.boot_diagnostics(expiration_minutes=0), InvalidRequestError),
}


@pytest.mark.parametrize(("verb", "error"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(verb: Callable[[Instance], object], error: type[Exception]) -> None:
    """Each with its own class."""
    _, web = there(capacity=1)
    with pytest.raises(error):
        verb(web.instance("0"))


def test_an_instance_that_is_down() -> None:
    """Runs nothing."""
    _, web = there(capacity=1)
    web.instance("0").power_off().result()
    with pytest.raises(OperationNotAllowedError, match="not running"):
        web.instance("0").run_command(SHELL)


def test_boot_diagnostics_can_be_read() -> None:
    """The addresses are on the emulator's own host, and secret in the representation."""
    enabled = {"properties.virtualMachineProfile.diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}
    client, web = there({**FLEXIBLE, **enabled}, capacity=1)
    [instance] = web.instances()
    assert instance.instance_id is not None
    for machine in (web.instance(instance.instance_id), client.virtual_machine("rg", instance.instance_id)):
        found = machine.boot_diagnostics(expiration_minutes=1)
        assert found.serial_console_log_blob_uri is not None
        assert "/_blob/" in found.serial_console_log_blob_uri
        assert "/_blob/" not in repr(found)
