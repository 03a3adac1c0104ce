"""`preview`: what a call would be answered, by the client, in this process and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.client.scripted import answer, scripted
from tests.serving import served
from vmss_sdk import (
    ALL_INSTANCES,
    ClientUsageError,
    InvalidRequestError,
    NotAnEmulatorError,
    ScaleSet,
    Sku,
    UpgradeMode,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetUpdate,
    VmssClient,
)
from vmss_sdk.testing import captured_requests, linux_scale_set

OS_DISK = "the OS disk and what is on it"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server on a virtual clock."""
    with served() as address:
        yield address


@pytest.fixture(params=["in process", "http"])
def web(request: pytest.FixtureRequest) -> Iterator[ScaleSet]:
    """A scale set of two instances."""
    if request.param == "http":
        client = VmssClient("sub", endpoint=request.getfixturevalue("endpoint"))
        client.emulator.reset()
    else:
        client = VmssClient.in_process()
    with client:
        client.resource_groups.create_or_update("rg", "westeurope")
        found = client.scale_set("rg", "web")
        found.create_or_update(linux_scale_set(2)).result()
        yield found


def size(name: str) -> VirtualMachineScaleSetUpdate:
    """A change of the size."""
    return VirtualMachineScaleSetUpdate(sku=Sku(name=name))


def test_who_is_reached_and_what_is_lost(web: ScaleSet) -> None:
    """Typed, and as text."""
    found = web.preview(lambda it: it.reimage(["1"]))
    assert (found.refused, found.status, found.error) == (False, 202, None)
    (one,) = found.instances
    assert (one.instance_id, one.effects, one.loses) == ("1", ("reimage",), (OS_DISK,))
    assert found.text.splitlines()[:2] == ["accepted (202)", f"instance 1: reimage; lost: {OS_DISK}"]
    found.check()
    assert web.get().provisioning_state == "Succeeded"


def test_what_is_refused_raises_the_call_s_own_exception(web: ScaleSet) -> None:
    """When it is checked; the text says it in a line."""
    found = web.preview(size("Standard_D3s_v99"))
    assert (found.refused, found.status, found.instances) == (True, 400, ())
    assert found.text.startswith("refused (400): (InvalidParameter) The requested VM size Standard_D3s_v99 is not")
    with pytest.raises(InvalidRequestError) as checked:
        found.check()
    with pytest.raises(InvalidRequestError) as called:
        web.update(size("Standard_D3s_v99"))
    wanted = (called.value.code, called.value.message, called.value.target)
    assert (checked.value.code, checked.value.message, checked.value.target) == wanted


def test_what_is_pending_afterwards(web: ScaleSet) -> None:
    """A change that waits for an upgrade."""
    found = web.preview(lambda it: it.set_upgrade_policy(mode=UpgradeMode.MANUAL))
    assert found.instances == ()
    web.set_upgrade_policy(mode=UpgradeMode.MANUAL).result()
    found = web.preview(size("Standard_D4s_v5"))
    assert found.pending is not None
    assert found.pending.summary == "2 instances: upgrade"
    assert web.pending().summary == "nothing is pending"


def test_a_whole_model_and_one_that_is_not_there(web: ScaleSet) -> None:
    """A PUT, with its condition."""
    model = web.get()
    assert model.sku is not None
    model.sku.capacity = 4
    assert [one.effects for one in web.preview(model).instances] == [("create",)] * 2
    assert web.preview(model, if_match='"99"').status == 412
    assert web.preview(lambda it: it.delete()).text.count("delete") == 1


def test_of_one_instance_and_of_all(web: ScaleSet) -> None:
    """Any call that the handle can make."""
    assert len(web.preview(lambda it: it.restart(ALL_INSTANCES)).instances) == 2
    assert web.preview(lambda it: it.instance("0").reimage()).instances[0].instance_id == "0"
    assert web.preview(lambda it: it.instance("9").reimage()).refused


def test_what_only_reads_is_no_call_to_try(web: ScaleSet) -> None:
    """Nothing would be changed."""
    with pytest.raises(ClientUsageError, match="nothing that changes anything"):
        web.preview(lambda it: it.get())


def test_one_request_is_sent(web: ScaleSet) -> None:
    """To the preview, in place of the call."""
    client = VmssClient.in_process()
    with captured_requests(client) as sent:
        assert client.scale_set("rg", "web").preview(VirtualMachineScaleSet()).status == 404
    assert [(each.request.method, each.request.url.rpartition("/")[2]) for each in sent] == [("POST", "preview")]


def test_azure_is_not_asked_to_do_it() -> None:
    """What is no emulator has no preview: nothing is changed there."""
    client, _ = scripted(answer(404, {"error": {"code": "NotFound"}}))
    with pytest.raises(NotAnEmulatorError):
        client.scale_set("rg", "web").preview(size("Standard_D4s_v5"))
