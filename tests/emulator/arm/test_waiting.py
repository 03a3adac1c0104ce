"""Waiting without polling an operation: on a virtual clock, behind a server, reading the same again is waiting."""

from tests.emulator.arm.azure import GROUP, SET, Azure, model, rolling
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings

LATEST = f"{SET}/rollingUpgrades/latest"


def served() -> Azure:
    """An emulator as the server has it."""
    return Azure(Emulator(settings=Settings(timings=Timings.exact()), skip_on_poll=True))


def creating() -> Azure:
    """A scale set that is being created; nothing has been read."""
    azure = served()
    azure.group()
    assert azure.put(model()).status == 201
    return azure


def test_a_loop_over_one_read_ends() -> None:
    """Who reads the scale set until it is there gets there, as ``az vmss wait --created`` does."""
    azure = creating()
    reads = [azure.get()["properties"]["provisioningState"] for _ in range(50)]
    assert (reads[0], reads[-1]) == ("Creating", "Succeeded")


def test_a_loop_over_several_reads_ends() -> None:
    """Who reads the upgrade and then the instances, again and again, sees the upgrade end."""
    azure = served()
    azure.create(rolling(4))
    azure.put({"tags": {"a": "b"}, "sku": {"name": "Standard_D4s_v3"}, "location": "westus"})
    states = []
    for _ in range(200):
        states.append(azure.get(LATEST)["properties"]["runningStatus"]["code"])
        azure.instances()
    assert (states[0], states[-1]) == ("RollingForward", "Completed")


def test_different_reads_see_one_moment() -> None:
    """Reading one thing after another lets no time pass."""
    azure = creating()
    before = azure.emulator.clock.now()
    azure.get()
    azure.get(f"{SET}/virtualMachines")
    azure.get(f"{SET}?$expand=userData")
    azure.get(GROUP)
    assert azure.emulator.clock.now() == before


def test_a_write_in_between_is_no_waiting() -> None:
    """Read, write, read: the second read is a first one."""
    azure = creating()
    azure.get()
    azure.patch({"tags": {"team": "shop"}})
    before = azure.emulator.clock.now()
    azure.get()
    assert azure.emulator.clock.now() == before


def test_who_moves_the_clock_by_hand_does_not_wait() -> None:
    """After the clock was moved over the control plane a read is a first one."""
    azure = creating()
    azure.get()
    azure.post("/_emulator/clock", {"advance": 1})
    before = azure.emulator.clock.now()
    azure.get()
    assert azure.emulator.clock.now() == before


def test_nothing_going_on_moves_nothing() -> None:
    """Where nothing happens no time passes, however often one reads."""
    azure = served()
    azure.create()
    before = azure.emulator.clock.now()
    for _ in range(3):
        azure.get()
    assert azure.emulator.clock.now() == before


def test_in_process_only_waiting_moves_the_clock() -> None:
    """Without `skip_on_poll` reads never move the clock: there whoever waits says so."""
    azure = Azure()
    azure.group()
    azure.put(model())
    before = azure.emulator.clock.now()
    azure.get()
    azure.get()
    assert azure.emulator.clock.now() == before
