"""Run commands and boot diagnostics through azure-mgmt-compute (wire 3.31)."""

from collections.abc import Callable
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import LOCATION, error_of, scale_set

pytestmark = pytest.mark.conformance

SHELL = models.RunCommandInput(command_id="RunShellScript", script=["echo $0 $1"])


def _create(compute: Any, group: str, **profile: Any) -> None:
    parameters: Any = scale_set(1)
    for name, value in profile.items():
        setattr(parameters.properties.virtual_machine_profile, name, value)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()


def _script(text: str, **more: Any) -> models.VirtualMachineRunCommandProperties:
    source = models.VirtualMachineRunCommandScriptSource(script=text)
    return models.VirtualMachineRunCommandProperties(source=source, **more)


def _command(text: str = "migrate.sh", **more: Any) -> models.VirtualMachineRunCommand:
    return models.VirtualMachineRunCommand(location=LOCATION, properties=_script(text, **more))


def _diagnostic(text: str = "dump.sh") -> models.VirtualMachineDiagnosticRunCommand:
    return models.VirtualMachineDiagnosticRunCommand(location=LOCATION, properties=_script(text))


def _power_off(compute: Any, group: str) -> None:
    compute.virtual_machine_scale_set_vms.begin_power_off(group, "web", "0").result()


def test_run_command_from_beginning_to_end(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Created, read with its output, changed, listed, deleted; deleted again it is not there."""
    _create(compute, group)
    backdoor.script_answer(group, "web", command="migrate", exitCode=127, error="not found\n")
    commands = compute.virtual_machine_scale_set_vm_run_commands
    secret = [models.RunCommandInputParameter(name="key", value="hunter2")]
    body = _command(protected_parameters=secret, run_as_user="ops", run_as_password="hunter2")
    made = commands.begin_create_or_update(group, "web", "0", "migrate", body).result()
    assert (made.name, made.properties.provisioning_state) == ("migrate", "Succeeded")
    assert (made.properties.run_as_password, made.properties.protected_parameters) == (None, None)
    view = commands.get(group, "web", "0", "migrate", expand="instanceView").properties.instance_view
    assert (view.execution_state, view.exit_code, view.error) == ("Failed", 127, "not found\n")
    assert view.execution_message.endswith("exit status=127")
    change = models.VirtualMachineRunCommandUpdate(properties=_script("ls", timeout_in_seconds=60))
    changed = commands.begin_update(group, "web", "0", "migrate", change).result()
    assert (changed.properties.source.script, changed.properties.timeout_in_seconds) == ("ls", 60)
    assert [item.name for item in commands.list(group, "web", "0", expand="instanceView")] == ["migrate"]
    assert commands.begin_delete(group, "web", "0", "migrate").result() is None
    assert list(commands.list(group, "web", "0")) == []
    assert commands.begin_delete(group, "web", "0", "migrate").result() is None


def test_diagnostic_run_command_from_beginning_to_end(compute: Any, group: str) -> None:
    """The same in a family of its own."""
    _create(compute, group)
    commands = compute.virtual_machine_scale_set_vm_diagnostic_run_commands
    assert commands.begin_create_or_update(group, "web", "0", "dump", _diagnostic()).result() is None
    read = commands.get(group, "web", "0", "dump", expand="instanceView")
    assert (read.properties.provisioning_state, read.properties.instance_view.execution_state) == (
        "Succeeded",
        "Succeeded",
    )
    change = models.VirtualMachineRunCommandUpdate(properties=_script("ls"))
    assert commands.begin_update(group, "web", "0", "dump", change).result() is None
    [listed] = commands.diagnostic_list(group, "web", "0")
    assert (listed.name, listed.properties.source.script) == ("dump", "ls")
    assert commands.begin_delete(group, "web", "0", "dump").result() is None
    assert list(commands.diagnostic_list(group, "web", "0")) == []


def test_action_brings_what_the_script_wrote(compute: Any, group: str, backdoor: Backdoor) -> None:
    """One status on Linux; a second script meanwhile is a conflict."""
    _create(compute, group)
    backdoor.script_answer(group, "web", script="echo*", output="script.sh hello\n")
    instances = compute.virtual_machine_scale_set_vms
    poller = instances.begin_run_command(group, "web", "0", SHELL, polling=False)
    with pytest.raises(ResourceExistsError) as caught:
        instances.begin_run_command(group, "web", "0", SHELL)
    assert (caught.value.status_code, error_of(caught).code) == (409, "Conflict")
    assert poller is not None
    backdoor.advance(120)
    [status] = instances.begin_run_command(group, "web", "0", SHELL).result().value
    assert (status.code, status.display_status) == ("ProvisioningState/succeeded", "Provisioning succeeded")
    assert status.message == "Enable succeeded: \n[stdout]\nscript.sh hello\n\n[stderr]\n"


def test_failing_script_fails_the_poller_on_demand(compute: Any, group: str, backdoor: Backdoor) -> None:
    """With treatFailureAsDeploymentFailure."""
    _create(compute, group)
    backdoor.script_answer(group, "web", exitCode=1)
    commands = compute.virtual_machine_scale_set_vm_run_commands
    body = _command(treat_failure_as_deployment_failure=True)
    with pytest.raises(HttpResponseError) as caught:
        commands.begin_create_or_update(group, "web", "0", "migrate", body).result()
    assert error_of(caught).code == "VMExtensionProvisioningError"


def test_unknown_run_commands(compute: Any, group: str) -> None:
    """A name, a built-in command or an instance that is not there."""
    _create(compute, group)
    managed = compute.virtual_machine_scale_set_vm_run_commands
    diagnostic = compute.virtual_machine_scale_set_vm_diagnostic_run_commands
    change = models.VirtualMachineRunCommandUpdate(properties=_script("ls"))
    nonsense = models.RunCommandInput(command_id="Nonsense")
    attempts: list[Callable[[], Any]] = [
        lambda: managed.get(group, "web", "0", "nothing"),
        lambda: managed.begin_update(group, "web", "0", "nothing", change),
        lambda: list(managed.list(group, "web", "9")),
        lambda: diagnostic.get(group, "web", "0", "nothing"),
        lambda: diagnostic.begin_update(group, "web", "0", "nothing", change),
        lambda: list(diagnostic.diagnostic_list(group, "web", "9")),
        lambda: compute.virtual_machine_scale_set_vms.begin_run_command(group, "web", "0", nonsense),
    ]
    for attempt in attempts:
        with pytest.raises(ResourceNotFoundError) as caught:
            attempt()
        assert error_of(caught).code == "NotFound"


def test_instance_that_is_down_runs_nothing(compute: Any, group: str) -> None:
    """409 for everything that would have to reach the guest."""
    _create(compute, group)
    managed = compute.virtual_machine_scale_set_vm_run_commands
    diagnostic = compute.virtual_machine_scale_set_vm_diagnostic_run_commands
    managed.begin_create_or_update(group, "web", "0", "migrate", _command()).result()
    diagnostic.begin_create_or_update(group, "web", "0", "dump", _diagnostic()).result()
    _power_off(compute, group)
    attempts: list[Callable[[], Any]] = [
        lambda: managed.begin_create_or_update(group, "web", "0", "other", _command()),
        lambda: managed.begin_delete(group, "web", "0", "migrate"),
        lambda: diagnostic.begin_create_or_update(group, "web", "0", "other", _diagnostic()),
        lambda: diagnostic.begin_delete(group, "web", "0", "dump"),
        lambda: compute.virtual_machine_scale_set_vms.begin_run_command(group, "web", "0", SHELL),
    ]
    for attempt in attempts:
        with pytest.raises(HttpResponseError) as caught:
            attempt()
        assert (caught.value.status_code, error_of(caught).code) == (409, "OperationNotAllowed")


def test_boot_diagnostics_can_be_read(compute: Any, group: str, backdoor: Backdoor) -> None:
    """A picture and a log, at the addresses that the service gave."""
    _create(
        compute,
        group,
        diagnostics_profile=models.DiagnosticsProfile(boot_diagnostics=models.BootDiagnostics(enabled=True)),
    )
    retrieve = compute.virtual_machine_scale_set_vms.retrieve_boot_diagnostics_data
    found = retrieve(group, "web", "0", sas_uri_expiration_time_in_minutes=60)
    kind, picture = backdoor.read(found.console_screenshot_blob_uri)
    assert (kind, picture[:2]) == ("image/bmp", b"BM")
    assert b"ubuntu-24_04-lts" in backdoor.read(found.serial_console_log_blob_uri)[1]


def test_boot_diagnostics_that_are_not_enabled(compute: Any, group: str) -> None:
    """409."""
    _create(compute, group)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_set_vms.retrieve_boot_diagnostics_data(group, "web", "0")
    assert (caught.value.status_code, error_of(caught).code) == (409, "OperationNotAllowed")
