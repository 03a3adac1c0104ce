"""The table of operations, what of it is there, and the page that tells it."""

import inspect
from typing import Any

import pytest
from azure.mgmt.compute import ComputeManagementClient

from tests.coverage_page import PAGE, cmdlets, commands, operations, page, powershell, server, verbs

IDS = {operation.id for operation in operations()}


class AnyCredential:
    """The least that azure-core takes for a credential."""

    def get_token(self, *_scopes: str, **_options: Any) -> Any:
        """Never asked for."""
        raise AssertionError("nothing is sent")


def test_the_page_is_what_the_code_says() -> None:
    """After a change of either, `python -m tests.coverage_page` writes it anew."""
    assert PAGE.read_text() == page()


def test_the_table_has_all_operations_of_microsofts_client() -> None:
    """72, group by group, under the names that azure-mgmt-compute gives them."""
    groups = {operation.group for operation in operations()}
    with ComputeManagementClient(AnyCredential(), "subscription") as client:
        known = {
            f"{group}.{name}"
            for group in groups
            for name, _ in inspect.getmembers(getattr(client, group), inspect.ismethod)
            if not name.startswith("_")
        }
        all_groups = {name for name in dir(client) if name.startswith("virtual_machine_scale_set")}
    assert (IDS, groups, len(IDS)) == (known, all_groups, 72)


def test_the_module_exports_no_cmdlet_that_az_compute_lacks() -> None:
    """65 names of Az 16.2.0; whatever is exported with Az in its name is one of them."""
    exported = {path.stem for path in (PAGE.parents[1] / "powershell" / "VmssSdk" / "Public").glob("*-Az*.ps1")}
    known = cmdlets()
    assert len(known) == 65
    assert exported == {name for name, there in known.items() if there}


def test_the_server_answers_every_operation() -> None:
    """Each has a route."""
    assert server() == IDS


def test_the_client_has_a_verb_for_every_operation() -> None:
    """Each is sent by some verb, called as it can be called."""
    assert verbs().keys() == IDS


@pytest.mark.parametrize(
    ("operation", "verb"),
    [
        ("virtual_machine_scale_sets.list_by_location", "client.scale_sets"),
        ("virtual_machine_scale_sets.begin_update_instances", "scale_set.instance.upgrade"),
        ("virtual_machine_scale_set_rolling_upgrades.begin_cancel", "scale_set.rolling_upgrade.cancel"),
        ("virtual_machine_scale_set_life_cycle_hook_events.update", "scale_set.lifecycle_hook_event.approve"),
        ("virtual_machine_scale_set_vm_run_commands.begin_delete", "scale_set.instance.run_commands.delete"),
    ],
)
def test_verbs_are_found_by_what_they_send(operation: str, verb: str) -> None:
    """Through every handle, in each way they can be called, and also when they ask something first."""
    assert verb in verbs()[operation]


def test_commands_name_operations_that_exist() -> None:
    """A command or PowerShell function that names another is a slip."""
    assert commands().keys() | powershell().keys() <= IDS


def test_powershell_functions_are_found_by_their_comments() -> None:
    """Each comment counts for the function in which it stands."""
    text = "function Get-AzVmss {\n  # Operation: a.get\n  # Operation: a.list\n}\n"
    text += "function Stop-AzVmss {\n# operation: b.stop\n"
    assert powershell(iter([text])) == {"a.get": ("Get-AzVmss",), "a.list": ("Get-AzVmss",), "b.stop": ("Stop-AzVmss",)}
