"""``vmss capture``, ``vmss emulator load`` and ``vmss forecast``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.emulator.arm.azure import rolling
from vmss_sdk import ALL_INSTANCES, VirtualMachineScaleSet, VmssClient


def typed(run: Run, *words: object) -> Ran:
    """Types a command of several parts."""
    return run(" ".join(map(str, words)))


@pytest.fixture
def twin(web: VmssClient, run: Run, tmp_path: Path) -> Path:
    """The file that ``vmss capture`` fills."""
    path = tmp_path / "web.twin"
    path.write_text(run("capture -g rg -n web").out)
    return path


def test_a_captured_scale_set_is_loaded_and_there(twin: Path, client: VmssClient, run: Run) -> None:
    """After the original is gone, with the same instances; a second time it is refused."""
    before = run("list-instances -g rg -n web --query [].vmId").json
    client.scale_set("rg", "web").delete().result()
    assert typed(run, "emulator load", twin, "--query name").json == "web"
    assert run("list-instances -g rg -n web --query [].vmId").json == before
    again = typed(run, "emulator load", twin)
    assert again.code == 1
    assert "There is a scale set web in rg already" in again.err


def test_what_az_printed_is_captured_without_a_service(web: VmssClient, run: Run, tmp_path: Path) -> None:
    """With its instances, or with as many as the capacity says; what is no JSON is refused by its name."""
    shown, listed = tmp_path / "show.json", tmp_path / "instances.json"
    shown.write_text(run("show -g rg -n web").out)
    listed.write_text(run("list-instances -g rg -n web --expand instanceView").out)
    found = typed(run, "capture --from-json", shown, "--instances-json", listed).json
    assert len(found["instances"]) == len(json.loads(listed.read_text()))
    assert "not captured: The instances were not given" in typed(run, "capture --from-json", shown).err
    wrong = typed(run, "capture --from-json", tmp_path / "nothing.json")
    assert (wrong.code, "cannot read" in wrong.err) == (2, True)
    assert "--instances-json needs --from-json" in typed(run, "capture -g rg -n web --instances-json", listed).err


def test_a_forecast_is_made_of_flags_and_changes_nothing(web: VmssClient, run: Run) -> None:
    """Of a scale set by its name; the model stays as it is."""
    before = run("show -g rg -n web").json
    found = run("forecast -g rg -n web --vm-sku Standard_D4s_v3 --stories 3 --jitter 0").json
    assert (found["refused"], found["stories"]) == (False, 3)
    assert run("show -g rg -n web").json == before


def test_a_forecast_of_a_file_needs_no_service(twin: Path, run: Run, tmp_path: Path, client: VmssClient) -> None:
    """Of a twin, and the change as the body of a PATCH."""
    client.scale_set("rg", "web").delete().result()
    patch = tmp_path / "patch.json"
    patch.write_text(
        json.dumps({"properties": {"upgradePolicy": {"mode": "Automatic"}}, "sku": {"name": "Standard_D4s_v3"}})
    )
    found = typed(run, "forecast --twin", twin, "--patch", patch, "--stories 2").json
    assert found["minCapacity"] == 0
    assert found["pending"] == "nothing is pending"


def test_a_gate_that_is_met_ends_with_3_and_says_why(twin: Path, run: Run, tmp_path: Path) -> None:
    """With both reports; a gate that is not met ends with 0."""
    xml, text = tmp_path / "forecast.xml", tmp_path / "forecast.md"
    command = "forecast --stories 2 --set upgradePolicy.mode=Automatic sku.name=Standard_D4s_v3 --twin"
    failed = typed(run, command, twin, "--fail-if 'min_capacity < 80%' --junit", xml, "--markdown", text)
    assert failed.code == 3
    assert "min_capacity is 0 of" in failed.err
    assert 'failures="1"' in xml.read_text()
    assert "fails" in text.read_text()
    assert typed(run, command, twin, "--fail-if 'p90 > 5h or refused'").code == 0


def test_a_change_that_is_refused_is_said(twin: Path, run: Run) -> None:
    """As the service would, and it is what a gate may ask for."""
    found = typed(run, "forecast --vm-sku Standard_Nope --twin", twin)
    assert found.json["refused"] is True
    assert "would be refused: (InvalidParameter)" in found.err
    assert typed(run, "forecast --vm-sku Standard_Nope --fail-if refused --twin", twin).code == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--fail-if 'lunch > 1'", "is no condition"),
        ("--boot 4m..90s", "is no range of times"),
        ("--boot soon", "is no time"),
        ("--unhealthy-rate 120%", "is no chance"),
        ("--stories 0", "at least 1"),
        ("--at-least 80%", "--at-least needs --compare"),
        ("--compare lunch=1", "'lunch' is no part of a policy"),
        ("--compare nothing.yaml", "cannot read 'nothing.yaml'"),
        ("--compare batch=20 --fail-if refused", "--fail-if and --compare cannot be had at once"),
        ("--patch nothing.json", "cannot read 'nothing.json'"),
        ("--markdown /nowhere/x.md", "cannot write '/nowhere/x.md'"),
    ],
)
def test_what_makes_no_sense_is_refused(twin: Path, run: Run, words: str, told: str) -> None:
    """With the name of what is wrong, and nothing is told."""
    found = typed(run, "forecast --twin", twin, words)
    assert found.code == 2
    assert told in found.err
    assert found.out == ""


def test_policies_are_compared_and_one_is_chosen(web: VmssClient, run: Run, tmp_path: Path) -> None:
    """From words or from a file, with the line that sets it; and 3 with the limit that binds when none fits."""
    web.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet.from_wire(rolling(10))).result()
    web.scale_set("rg", "web").upgrade_instances(ALL_INSTANCES).result()
    command = "forecast -g rg -n web --vm-sku Standard_D4s_v3 --stories 2 --compare"
    found = typed(run, command, "batch=20,100 pause=PT0S --at-least 60%")
    assert sum(row["chosen"] for row in found.json) == 1
    assert "az vmss update -g rg -n web --upgrade-policy-mode Rolling --max-batch-instance-percent" in found.err
    path = tmp_path / "policies.yaml"
    path.write_text("- {batch: 20}\n- {batch: 50, surge: true}\n")
    assert len(typed(run, command, path).json) == 2
    none = typed(run, command, path, "--within 1s")
    assert (none.code, "--within binds" in none.err) == (3, True)
