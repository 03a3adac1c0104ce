"""``vmss emulator``: the clock, the faults and what else only an emulator can do, as they are typed."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.client.scripted import answer, scripted
from tests.emulator.arm.azure import FLEXIBLE, model
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.cli.command import Command
from vmss_sdk.cli.table import COMMANDS
from vmss_sdk.handles.emulator import EmulatedScaleSet, ScaleSetFaults, ServiceFaults

GROUP = ("emulator", "faults", "add")
FAULTS = [command for command in COMMANDS if command.path[:-1] == GROUP]
FLAGS = {"instances": "instance-ids", "state": "health", "output": "stdout", "error": "stderr"}
"""Where the flag is not called as the client's parameter."""
NOT_EVENTS = {"instances", "pending", "decisions"}


def methods(owner: type, without: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The public methods that a class has itself, with their parameters as flags."""
    for name, method in vars(owner).items():
        if inspect.isfunction(method) and not name.startswith("_") and name not in without:
            _, *names = inspect.signature(method).parameters
            yield name.replace("_", "-"), [f"--{FLAGS.get(one, one).replace('_', '-')}" for one in names]


def flags(path: tuple[str, ...]) -> set[str]:
    """Those of a command; fails when there is no such command."""
    (command,) = [command for command in COMMANDS if command.path == path]
    return {flag for argument in command.arguments for flag in argument.flags}


def test_every_fault_of_the_client_is_a_command() -> None:
    """With a flag for each of its parameters; and no command is for a fault that there is not."""
    known = [*methods(ScaleSetFaults, set()), *methods(ServiceFaults, set())]
    for name, parameters in known:
        assert flags((*GROUP, name)) >= set(parameters), name
    assert {command.path[-1] for command in FAULTS} == {name for name, _ in known}


def test_every_event_of_the_client_is_a_command() -> None:
    """What happens at once is there in the same way."""
    known = list(methods(EmulatedScaleSet, NOT_EVENTS))
    for name, parameters in known:
        assert flags(("emulator", "event", name)) >= set(parameters), name
    assert len(known) == 5


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.path[-1])
def test_faults_as_their_examples_set_them(run: Run, client: VmssClient, fault: Command) -> None:
    """The line in the help does it, the fault is listed with what the line says, and cleared by its name."""
    changes: dict[str, Any] = FLEXIBLE if fault.path[-1] == "machine-names" else {"location": "westus2", "zones": ["1"]}
    created = client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet.from_wire(model(2, changes)))
    created.result()
    line = fault.examples[0].line.removeprefix("vmss ")
    place = "-g rg -n web" if " -g " in line else ""
    added = run(line).json
    assert added["kind"].lower() == fault.path[-1].replace("-", "")
    values = [str(value) for member in added.values() for value in (member if isinstance(member, list) else [member])]
    own = shlex.split(line.partition("-n web" if place else fault.path[-1])[2])
    assert {word for word in own if not word.startswith("--")} <= {*values, "PT10M"}
    if place:  # a fault of the service may hit nothing but what is asked next, and listing is never hit
        assert run(f"emulator faults list {place}").json == [added]
    assert run(f"emulator faults clear {place} --kind {fault.path[-1]}").code == 0
    assert run(f"emulator faults list {place}").json == []


def test_a_script_that_fails(run: Run, web: VmssClient) -> None:
    """``--stdout`` and ``--stderr`` are what Azure calls output and error; a duration is seconds."""
    line = "emulator faults add script-answer -g rg -n web --exit-code 3 --stdout done --stderr oops --seconds PT1M30S"
    added = run(line).json
    assert (added["exitCode"], added["output"], added["error"], added["seconds"]) == (3, "done", "oops", 90)


def test_what_a_reimage_takes(run: Run, web: VmssClient) -> None:
    """Data on the OS disk is gone with it, and the disk is another one."""
    assert run("emulator event write-data -g rg -n web --instance-ids * --place os --value orders").code == 0
    assert run("reimage -g rg -n web --instance-ids 1").code == 0
    shown = run("emulator list-instances -g rg -n web --query [].[instanceId,data.os,osDisk.number]").json
    assert shown == [["0", "orders", 1], ["1", None, 2], ["2", "orders", 1]]


def test_the_clock(run: Run, client: VmssClient) -> None:
    """Read, and moved by seconds or by an ISO 8601 duration."""
    start = run("emulator clock --query seconds").json
    assert run("emulator clock --advance PT10M --query seconds").json == start + 600
    assert run("emulator clock --advance 30 --query seconds").json == start + 630


def test_until_nothing_goes_on(run: Run, client: VmssClient) -> None:
    """``--skip`` goes to the next event, ``--settle`` until there is none."""
    client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet.from_wire(model(2)))
    first = run("emulator clock").json
    assert run("emulator clock --skip").json["now"] == first["nextEvent"]
    assert run("emulator clock --settle").json["nextEvent"] is None


def test_status_is_a_line_for_each_scale_set(run: Run, web: VmssClient) -> None:
    """As a table: what there is, and how many instances are outdated."""
    run("emulator faults add quota -g rg -n web")
    heading, _, line = run("emulator status -o table").out.splitlines()
    expected = {"Name": "web", "UpgradeMode": "Manual", "Instances": "3", "Outdated": "0", "Faults": "1"}
    assert expected.items() <= dict(zip(heading.split(), line.split(), strict=True)).items()


def test_a_newer_image(run: Run, client: VmssClient) -> None:
    """What is published is told, the newest last."""
    line = "emulator publish-image --image Canonical:ubuntu-24_04-lts:server --version"
    run(line, "1.0.1")
    assert run(line, "1.0.2").json["versions"][-2:] == ["1.0.1", "1.0.2"]


def test_starting_over(run: Run, web: VmssClient) -> None:
    """It is not done unasked; then nothing is left."""
    assert run("emulator reset").code == 1
    assert run("emulator reset --yes").code == 0
    assert run("group list").json == []


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("emulator clock --advance 1 --settle", 2, "--advance and --settle cannot be had at once"),
        ("emulator clock --advance P1Y", 2, "'P1Y' is no ISO 8601 duration"),
        ("emulator clock --speed 2", 1, "A virtual clock has no speed"),
        ("emulator faults add zone-down -g rg -n web --zone 1", 1, "scale set 'web' has no zones"),
        ("emulator faults add server-error --status 404", 2, "invalid choice: 404"),
        ("emulator faults add unhealthy-after-upgrade -g rg", 2, "required: --name/-n"),
        ("emulator faults clear --kind nonsense", 2, "invalid choice: 'nonsense'"),
        ("emulator event evict -g rg -n web --instance-ids 0", 1, "ERROR: (OperationNotAllowed)"),
        ("emulator list-instances -g rg -n nothing", 3, "ERROR: (ResourceNotFound)"),
    ],
)
def test_what_makes_no_sense_is_said(run: Run, web: VmssClient, line: str, code: int, said: str) -> None:
    """With az's exit codes, and nothing on standard output."""
    ran = run(line)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_azure_has_no_such_thing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said that it is no emulator, and what to do."""
    azure, _ = scripted(answer(404, {"error": {"code": "NotFound", "message": "no"}}))
    monkeypatch.setattr("vmss_sdk.cli.connection.connect", lambda _: azure)
    ran = run("emulator clock --advance 60")
    assert ran.code == 1
    assert "https://management.azure.com is no emulator" in ran.err


def test_no_subscription_is_needed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulator as a whole is nobody's, wherever it is."""
    from vmss_sdk.cli import main

    monkeypatch.delenv("AZURE_SUBSCRIPTION_ID", raising=False)
    assert main(["emulator", "status", "--endpoint", "https://localhost:1"]) == 1
    assert "AZURE_SUBSCRIPTION_ID" not in capsys.readouterr().err


def test_faults_of_the_default_scale_set_are_cleared_too(
    run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was added without naming a scale set is listed and cleared without naming it."""
    monkeypatch.setenv("AZURE_DEFAULTS_GROUP", "rg")
    monkeypatch.setenv("AZURE_DEFAULTS_VMSS", "web")
    run("emulator faults add quota --left 1")
    run("emulator faults add throttle --count 1")
    assert {fault["kind"] for fault in run("emulator faults list").json} == {"quota", "throttle"}
    assert run("emulator faults clear").code == 0
    assert run("emulator faults list").json == []
