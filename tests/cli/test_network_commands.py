"""``vmss nic`` and public addresses, as they are typed."""

from __future__ import annotations

from tests.cli.conftest import Run
from vmss_sdk import VmssClient


def test_interfaces(run: Run, web: VmssClient) -> None:
    """Of all instances, of one, and one by its name or its id; what is inside of them is flat as az has it."""
    listed = run("nic list -g rg --vmss-name web").json
    assert [nic["virtualMachine"]["id"][-1] for nic in listed] == ["0", "1", "2"]
    assert listed[0]["ipConfigurations"][0]["privateIPAddress"].startswith("10.0.0.")
    assert run("nic list-vm-nics -g rg --vmss-name web --instance-id 0").json == listed[:1]
    assert run(f"nic show -g rg --vmss-name web --instance-id 0 -n {listed[0]['name']}").json == listed[0]


def test_public_addresses_where_there_are_none(run: Run, web: VmssClient) -> None:
    """The model asks for none, so the list is empty."""
    assert run("list-instance-public-ips -g rg -n web").json == []


def test_an_interface_that_is_not_there(run: Run, web: VmssClient) -> None:
    """Exit code 3; and one has to be named."""
    assert run("nic show -g rg --vmss-name web --instance-id 0 -n none").code == 3
    assert run("nic show -g rg --vmss-name web -n nic").code == 2
    assert "required: --name/-n" in run("nic show -g rg --vmss-name web --instance-id 0").err
