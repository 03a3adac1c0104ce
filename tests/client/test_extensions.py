"""The verbs on extensions: on the wire as in operations.md, and against the emulator in process."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.client.scripted import WEB, accepted, answer, scripted
from tests.client.test_platform import there
from tests.emulator.arm.azure import FLEXIBLE
from vmss_sdk import ClientUsageError, InvalidRequestError, NotFoundError, ScaleSet
from vmss_sdk.models import (
    VirtualMachineExtension,
    VirtualMachineScaleSetExtension,
    VirtualMachineScaleSetVMExtension,
)

VERSION = "api-version=2026-04-01"
NAMES = f"{WEB}/extensions"
AUTOMATIC = {"properties.upgradePolicy.mode": "Automatic"}


def script(**members: Any) -> VirtualMachineScaleSetExtension:
    """A custom script for the model of a scale set."""
    return VirtualMachineScaleSetExtension(
        publisher="Microsoft.Azure.Extensions", type="CustomScript", type_handler_version="2.1", **members
    )


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        (lambda web: list(web.extensions), f"GET {NAMES}?{VERSION}"),
        (lambda web: web.extensions.get("a b", expand="x"), f"GET {NAMES}/a%20b?$expand=x&{VERSION}"),
        (lambda web: web.extensions.create_or_update("s", script()), f"PUT {NAMES}/s?{VERSION}"),
        (lambda web: web.extensions.update("s", script()), f"PATCH {NAMES}/s?{VERSION}"),
        (lambda web: web.extensions.delete("s"), f"DELETE {NAMES}/s?{VERSION}"),
    ],
)
def test_on_the_wire(call: Callable[[ScaleSet], object], sent: str) -> None:
    """Each verb sends the request of operations.md."""
    client, wire = scripted(accepted() if sent.startswith("DELETE") else answer(200, {"value": [], "properties": {}}))
    call(client.scale_set("rg", "web"))
    assert wire.sent == [sent]


def test_from_none_to_none() -> None:
    """An extension is made, listed, changed and removed; each operation ends when the instances have followed."""
    _, web = there(AUTOMATIC)
    made = web.extensions.create_or_update("script", script(settings={"commandToExecute": "true"})).result()
    assert (made.name, made.provisioning_state) == ("script", "Succeeded")
    assert [extension.name for extension in web.extensions] == ["script"]
    assert all(instance.latest_model_applied for instance in web.instances())
    changed = web.extensions.update("script", VirtualMachineScaleSetExtension(force_update_tag="2")).result()
    assert (changed.force_update_tag, changed.settings) == ("2", {"commandToExecute": "true"})
    assert web.extensions.get("script").wire == changed.wire
    assert web.extensions.delete("script").result() is None
    assert list(web.extensions.list()) == []
    assert web.extensions.delete("script").result() is None


def test_errors() -> None:
    """What is not there is not found, what lacks a handler is refused, what cannot be a name is not sent."""
    _, web = there()
    with pytest.raises(NotFoundError):
        web.extensions.get("script")
    with pytest.raises(InvalidRequestError, match="publisher"):
        web.extensions.create_or_update("script", VirtualMachineScaleSetExtension(type="CustomScript"))
    with pytest.raises(ClientUsageError, match="extension name"):
        web.extensions.get("")


def test_of_one_instance() -> None:
    """An instance has the model's and its own; setting one makes its model its own, until its upgrade."""
    _, web = there()
    first = web.instance("0")
    own = VirtualMachineScaleSetVMExtension.from_wire(script(settings={"a": 1}).wire)
    made = first.extensions.create_or_update("script", own).result()
    assert (made.name, made.provisioning_state, made.settings) == ("script", "Succeeded", {"a": 1})
    assert [item.name for item in first.get().resources or ()] == ["script"]
    view = first.extensions.get("script", expand="instanceView").instance_view
    assert view is not None
    assert view.name == "script"
    assert (first.get().model_definition_applied, list(web.extensions)) == ("VirtualMachine", [])
    first.upgrade().result()
    assert list(first.extensions) == []
    assert first.extensions.delete("script").result() is None


def test_of_a_flexible_virtual_machine() -> None:
    """By the virtual machine's own address."""
    client, web = there(FLEXIBLE, capacity=1)
    [name] = [instance.instance_id or "" for instance in web.instances()]
    machine = client.virtual_machine("rg", name)
    machine.extensions.create_or_update("script", VirtualMachineExtension.from_wire(script().wire)).result()
    changed = machine.extensions.update("script", VirtualMachineExtension(force_update_tag="2")).result()
    assert (changed.resource_type, changed.force_update_tag) == ("Microsoft.Compute/virtualMachines/extensions", "2")
    machine.extensions.delete("script").result()
    assert list(machine.extensions) == []
