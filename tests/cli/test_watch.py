"""``vmss watch``, ``pending`` and ``log``: a roll as it is seen while it goes on, and afterwards."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from tests.cli.conftest import Run
from tests.emulator.arm.azure import RICH_HEALTH, rolling
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.cli.watch.changes import changes
from vmss_sdk.cli.watch.live import LiveDisplay
from vmss_sdk.cli.watch.loop import Options, watch
from vmss_sdk.cli.watch.plain import PlainLines
from vmss_sdk.cli.watch.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmss_sdk.cli.watch.changes import Change
    from vmss_sdk.cli.watch.source import Observation


@pytest.fixture
def roll(client: VmssClient) -> VmssClient:
    """A rolling upgrade of ten instances that has just begun."""
    web = client.scale_set("rg", "web")
    document = rolling(10, {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT30S"})
    web.create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    client.emulator.clock.settle()
    return client


def change_image(client: VmssClient, name: str = "web") -> None:
    """The change that every instance has to get."""
    web = client.scale_set("rg", name)
    model = web.get()
    assert model.virtual_machine_profile is not None
    assert model.virtual_machine_profile.storage_profile is not None
    assert model.virtual_machine_profile.storage_profile.image_reference is not None
    model.virtual_machine_profile.storage_profile.image_reference.version = "2.0.0"
    web.create_or_update(model)


def break_it(client: VmssClient) -> None:
    """Instances 2 and 3 are unhealthy once they have the new image."""
    client.emulator.scale_set("rg", "web").faults.unhealthy_after_upgrade(["2", "3"])


def test_a_roll_that_goes_well_ends_with_0(run: Run, roll: VmssClient) -> None:
    """A line for each batch, and the instances sign by sign: five batches of two (semantics 2.4.22)."""
    change_image(roll)
    ran = run("watch -g rg -n web")
    assert (ran.code, ran.out.count(" begins: instances")) == (0, 5)
    assert "oooooooooo" in ran.out
    assert "##########" in ran.out
    assert ran.out.splitlines()[-1] == "10 of 10 instances are healthy: 10 new model."


def test_a_roll_that_fails_says_at_which_gate_and_ends_with_1(run: Run, roll: VmssClient) -> None:
    """With the figures: 2 of 7 upgraded ones are more than 20 % (semantics 2.4.26)."""
    break_it(roll)
    change_image(roll)
    ran = run("watch -g rg -n web")
    assert ran.code == 1
    assert "2 of 7 upgraded instances are unhealthy: 28.57 % is more than the 20 %" in ran.out
    assert "5 done, 2 failed, 0 in progress, 3 pending." in ran.out
    assert ran.out.splitlines()[-1] == "8 of 10 instances are healthy: 3 old model, 5 new model, 2 unhealthy."


def test_programs_get_a_json_object_for_each_change(run: Run, roll: VmssClient) -> None:
    """From ``begin`` to ``end``, each with its time."""
    change_image(roll)
    objects: list[dict[str, Any]] = [json.loads(line) for line in run("watch -g rg -n web -o json").out.splitlines()]
    assert (objects[0]["type"], objects[0]["capacity"], len(objects[0]["instances"])) == ("begin", 10, 10)
    assert (objects[-1]["type"], objects[-1]["outcome"], objects[-1]["exitCode"]) == ("end", "completed", 0)
    assert all(each["time"] for each in objects)
    assert [each["batch"] for each in objects if each.get("kind") == "BatchStarted"] == [1, 2, 3, 4, 5]


def test_without_a_roll_it_ends_at_once(run: Run, roll: VmssClient) -> None:
    """And says so; nothing is printed with ``-o none``."""
    ran = run("watch -g rg -n web")
    assert (ran.code, "Nothing is in progress in web" in ran.out) == (0, True)
    assert run("watch -g rg -n web -o none").out == ""


def test_any_work_can_be_watched(run: Run, roll: VmssClient) -> None:
    """A reimage and a scale-out too, which are no rolling upgrade."""
    roll.scale_set("rg", "web").reimage(["4"])
    ran = run("watch -g rg -n web")
    assert (ran.code, "Everything came to rest after" in ran.out) == (0, True)
    roll.scale_set("rg", "web").set_capacity(12)
    assert "12 of 12 instances are healthy" in run("watch -g rg -n web").out


def test_a_reimaged_instance_is_waited_for_until_it_tells_its_health(run: Run, roll: VmssClient) -> None:
    """It is not over while one is started and has said nothing."""
    web = roll.scale_set("rg", "web")
    web.reimage(["0"])
    assert run("watch -g rg -n web -o none").code == 0
    assert {each.health_state for each in web.instance_summaries()} == {"healthy"}


def test_an_upgraded_instance_that_is_unhealthy_ends_with_1(run: Run, roll: VmssClient) -> None:
    """Whether somebody watched how it came or looks only later."""
    web = roll.scale_set("rg", "web")
    web.set_upgrade_policy(mode="Manual").result()
    roll.emulator.scale_set("rg", "web").faults.unhealthy_after_upgrade(["0"])
    change_image(roll)
    web.upgrade_instances(["0"])
    for _ in range(2):
        ran = run("watch -g rg -n web")
        assert (ran.code, "Instance 0 is unhealthy." in ran.out.splitlines()) == (1, True)


def test_an_instance_that_never_tells_its_health_ends_with_1(run: Run, client: VmssClient) -> None:
    """It is waited for until nothing can come any more."""
    web = client.scale_set("rg", "web")
    web.create_or_update(VirtualMachineScaleSet.from_wire(rolling(3, None, RICH_HEALTH))).result()
    client.emulator.clock.settle()
    client.emulator.scale_set("rg", "web").report_health(["0"], "Unknown")
    ran = run("watch -g rg -n web")
    assert (ran.code, "Instance 0 has not told its health." in ran.out.splitlines()) == (1, True)


def test_an_unhealthy_instance_that_the_roll_allows_is_told_and_ends_with_1(run: Run, roll: VmssClient) -> None:
    """The upgrade is complete, the scale set is not well."""
    roll.emulator.scale_set("rg", "web").faults.unhealthy_after_upgrade(["9"])
    change_image(roll)
    ran = run("watch -g rg -n web")
    assert ran.code == 1
    assert "The rolling upgrade completed" in ran.out
    assert "Instance 9 is unhealthy." in ran.out


@pytest.mark.parametrize("events", [1, 6, 12, 20])
def test_who_comes_late_sees_each_moment_with_its_own_picture(
    client: VmssClient, capsys: pytest.CaptureFixture[str], events: int
) -> None:
    """The lines of the past are those that an earlier watcher got at the time.

    Only when an instance of a running batch became healthy is not known any more.
    """
    document = rolling(10, {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT30S"})
    web = client.scale_set("rg", "web")
    web.create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    client.emulator.clock.settle()
    change_image(client)
    early, late = PlainLines(), PlainLines()
    source = Source(client, web)
    before = None
    for _ in range(events):
        observation = source.observe()
        early.show(observation, changes(before, observation))
        before = observation
        client.emulator.clock.skip()
    observation = source.observe()
    early.show(observation, changes(before, observation))
    printed = capsys.readouterr().out.splitlines()
    observation = Source(client, web).observe()
    late.show(observation, changes(None, observation))
    known = [line for line in printed if "(rule" in line and " got model version " not in line]
    lines = capsys.readouterr().out.splitlines()
    found = [line for line in lines if "(rule" in line and " got model version " not in line]
    assert found[: len(known)] == known
    assert len(known) >= 3


def test_waiting_for_a_roll_and_for_health(run: Run, roll: VmssClient) -> None:
    """What is true already is not waited for; a roll that failed, and an instance that is not healthy, end with 1."""
    assert run("wait -g rg -n web --rolled --healthy").code == 0
    change_image(roll)
    assert run("wait -g rg -n web --rolled --healthy").code == 0
    assert run("rolling-upgrade get-latest -g rg -n web").json["runningStatus"]["code"] == "Completed"
    roll.emulator.scale_set("rg", "web").report_health(["4"], "Unhealthy")
    late = run("wait -g rg -n web --healthy --timeout 60")
    assert (late.code, "4 is unhealthy" in late.err) == (1, True)
    assert run("wait -g rg -n web --healthy --instance-id 5").code == 0


def test_waiting_for_two_kinds_of_things_is_a_wrong_line(run: Run, roll: VmssClient) -> None:
    """Azure's conditions look at the resource, ours at its roll."""
    ran = run("wait -g rg -n web --healthy --exists")
    assert (ran.code, "--rolled and --healthy cannot be combined with --exists" in ran.err) == (2, True)
    assert "--rolled, --healthy" in run("wait -g rg -n web").err
    assert run("wait -g rg -n nowhere --rolled").code == 3


def test_a_limit_ends_the_watching_and_not_the_roll(run: Run, roll: VmssClient) -> None:
    """Exit code 1, and how to watch again."""
    change_image(roll)
    ran = run("watch -g rg -n web --timeout 60")
    assert ran.code == 1
    assert "Watch again:  vmss watch -g rg -n web" in ran.out
    assert roll.scale_set("rg", "web").rolling_upgrade.latest().wire["properties"]["runningStatus"]["code"] == (
        "RollingForward"
    )


def test_ctrl_c_leaves_the_roll_alone(roll: VmssClient, capsys: pytest.CaptureFixture[str]) -> None:
    """130, and how to watch again or to cancel."""
    change_image(roll)

    class Impatient(PlainLines):
        def pause(self, *, eventful: bool) -> None:
            raise KeyboardInterrupt

    outcome = watch(roll, roll.scale_set("rg", "web"), Options(), Impatient())
    assert outcome.exit_code == 130
    assert "vmss rolling-upgrade cancel -g rg -n web" in capsys.readouterr().out


class Deleting(PlainLines):
    """Loses the scale set from its sight at the third look, as when an emulator is started anew."""

    def __init__(self, client: VmssClient) -> None:
        super().__init__()
        self._client, self._looks = client, 0

    def show(self, observation: Observation, changes: Sequence[Change]) -> None:
        """Count the looks."""
        self._looks += 1
        if self._looks == 3:
            self._client.emulator.reset()


def test_a_scale_set_that_is_gone_without_having_been_deleted_is_told(roll: VmssClient) -> None:
    """Exit code 3, as for one that was never there."""
    change_image(roll)
    outcome = watch(roll, roll.scale_set("rg", "web"), Options(), Deleting(roll))
    assert (outcome.word, outcome.exit_code) == ("gone", 3)


def test_commands_to_type_go_where_this_one_went(roll: VmssClient) -> None:
    """What else says where the service is comes along."""
    change_image(roll)
    options = Options(timeout=60, place=" --endpoint in-process --state here.state")
    outcome = watch(roll, roll.scale_set("rg", "web"), options, PlainLines())
    assert "vmss watch -g rg -n web --endpoint in-process --state here.state" in outcome.lines[0]


@pytest.mark.parametrize(
    ("size", "shown"), [((100, 40), "│ fault domain 0  0 ●  5 ●"), ((80, 24), "newest model"), ((50, 10), "web: ")]
)
def test_the_picture_fits_the_terminal(roll: VmssClient, size: tuple[int, int], shown: str) -> None:
    """With ids where there is room, counts alone where there is none; the gate that stopped the roll is in it."""
    break_it(roll)
    change_image(roll)
    console = Console(
        width=size[0], height=size[1], record=True, force_terminal=True, color_system=None, file=StringIO()
    )
    watch(roll, roll.scale_set("rg", "web"), Options(), LiveDisplay(0.0, console))
    text = console.export_text()
    assert shown in text
    assert "28.57 %" in text


def test_what_is_pending_and_which_command_brings_it(run: Run, web: VmssClient) -> None:
    """A new size needs an upgrade; new custom data a reimage (the exceptions), and what that takes is said."""
    run("update -g rg -n web --set virtualMachineProfile.osProfile.customData=djI=")
    assert [row["remedy"] for row in run("pending -g rg -n web").json] == ["reimage"] * 3
    run("update -g rg -n web --set sku.name=Standard_D4s_v5")
    ran = run("pending -g rg -n web")
    row = ran.json[0]
    assert "(model 3; 2 of 10 models in use)" in ran.err
    assert "reimage: the OS disk and what is on it" in ran.err
    assert row["remedy"] == "upgrade, then reimage"
    assert [change["loses"] for change in row["pending"]] == [[], ["the OS disk and what is on it"]]
    assert row["commands"] == [
        "vmss update-instances -g rg -n web --instance-ids 0",
        "vmss reimage -g rg -n web --instance-ids 0",
    ]
    for command in row["commands"]:
        assert run(command.removeprefix("vmss ")).code == 0
    assert run("pending -g rg -n web").json[0]["remedy"] is None


def test_a_new_image_brings_what_else_is_on_the_disk(run: Run, web: VmssClient) -> None:
    """Who gets a new OS disk by the upgrade needs no reimage for its custom data."""
    run("update -g rg -n web --set virtualMachineProfile.osProfile.customData=djI=")
    run("update -g rg -n web --set virtualMachineProfile.storageProfile.imageReference.version=2.0.0")
    row = run("pending -g rg -n web").json[0]
    assert row["commands"] == ["vmss update-instances -g rg -n web --instance-ids 0"]
    run(row["commands"][0].removeprefix("vmss "))
    assert run("pending -g rg -n web").json[0]["remedy"] is None


def test_the_log_says_why(run: Run, roll: VmssClient) -> None:
    """As lines, as JSON, by kind, from a number on."""
    break_it(roll)
    change_image(roll)
    run("watch -g rg -n web")
    lines = run("log -g rg -n web --kind upgradedgatefailed").out.splitlines()
    assert len(lines) == 1
    assert "28.57 %" in lines[0]
    entries = run("log -g rg -n web -o json").json
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert run(f"log -g rg -n web --since {len(entries) - 1} --query [].kind").json == ["UpgradeFaulted"]
    assert run("log -g rg -n web --follow --since 0").out.count("Batch 1 begins") == 1


def test_the_log_says_how_many_older_entries_are_gone(
    run: Run, roll: VmssClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what it prints, so that programs read on; nothing is said of what was not asked for."""
    from vmss_sdk.handles.scale_set import ScaleSet

    whole = ScaleSet.decision_log
    monkeypatch.setattr(
        ScaleSet, "decision_log", lambda web, since=0: [entry for entry in whole(web, since) if entry.seq > 3]
    )
    change_image(roll)
    run("watch -g rg -n web")
    ran = run("log -g rg -n web -o json")
    assert ran.json[0]["seq"] == 4
    assert "3 older entries are not kept any more" in ran.err
    assert "not kept" not in run("log -g rg -n web --since 3").err


def test_a_kind_that_does_not_exist_is_refused(run: Run, web: VmssClient) -> None:
    """With the kind that was probably meant, instead of an empty log."""
    ran = run("log -g rg -n web --kind BatchStartd")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'BatchStarted'?" in ran.err


def test_a_log_that_is_followed_is_json_lines_for_programs(run: Run, roll: VmssClient) -> None:
    """One object for each entry, as it comes."""
    change_image(roll)
    lines = run("log -g rg -n web --follow -o json").out.splitlines()
    assert [json.loads(line)["kind"] for line in lines][-1] == "UpgradeCompleted"


def test_azure_keeps_no_log(run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """``log`` says so; ``pending`` tells what Azure tells: whether an instance is at the latest model."""
    from vmss_sdk import NotAnEmulatorError
    from vmss_sdk.handles.scale_set import ScaleSet

    def none(*_: object, **__: object) -> None:
        raise NotAnEmulatorError("https://management.azure.com is no emulator")

    run("update -g rg -n web --set virtualMachineProfile.storageProfile.imageReference.version=2.0.0")
    monkeypatch.setattr(ScaleSet, "pending", none)
    monkeypatch.setattr(ScaleSet, "decision_log", none)
    assert run("log -g rg -n web").code == 1
    ran = run("pending -g rg -n web")
    assert [row["remedy"] for row in ran.json] == ["upgrade"] * 3
    assert "known to an emulator alone" in ran.err
