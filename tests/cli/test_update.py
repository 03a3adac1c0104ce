"""``vmss update``: az's flags and generic update, and what is safer than az's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.flag_samples import sample
from tests.emulator.arm.azure import FLEXIBLE, model, rolling
from vmss_sdk import NotAnEmulatorError, ScaleSet, VirtualMachineScaleSet, VmssClient
from vmss_sdk.cli.parser import found
from vmss_sdk.cli.table.members import MEMBERS
from vmss_sdk.models.schema import schema
from vmss_sdk.testing import captured_requests

IMAGE = "virtualMachineProfile.storageProfile.imageReference"


def shown(run: Run, query: str) -> object:
    """A part of the model as ``vmss show`` has it."""
    return run("show -g rg -n web --query", query).json


def test_every_row_is_a_member_of_the_model() -> None:
    """What a flag writes exists, and no flag is there twice."""
    from vmss_sdk.cli.model.paths import place

    assert [place(schema(VirtualMachineScaleSet), {}, row.path).node for row in MEMBERS]
    flags = [(command, flag) for row in MEMBERS for flag in row.flags for command in row.commands]
    assert len(flags) == len(set(flags))


ROLL = "upgradePolicy.rollingUpgradePolicy"
NOTICE = "virtualMachineProfile.scheduledEventsProfile.terminateNotificationProfile"


@pytest.mark.parametrize(
    ("words", "query", "value"),
    [
        ("--set upgradePolicy.mode=Automatic", "upgradePolicy.mode", "Automatic"),
        ("--set upgrade_policy.mode=automatic", "upgradePolicy.mode", "Automatic"),
        ("--set properties.upgradePolicy.mode=Automatic", "upgradePolicy.mode", "Automatic"),
        (f"--set {IMAGE}.version=1.1.0", f"{IMAGE}.version", "1.1.0"),
        ("--set tags.team=ops tags.cost=1", "tags", {"team": "ops", "cost": "1"}),
        ('--set tags=\'{"a": "b"}\'', "tags", {"a": "b"}),
        ("--set overprovision=true", "overprovision", True),
        (f"--set {ROLL}.maxBatchInstancePercent=30", f"{ROLL}.maxBatchInstancePercent", 30),
        (f"--set {ROLL}='{{\"maxSurge\": false}}'", f"{ROLL}.maxSurge", False),
        ("--max-batch-instance-percent 7", f"{ROLL}.maxBatchInstancePercent", 7),
        ("--pause-time-between-batches 90", f"{ROLL}.pauseTimeBetweenBatches", "PT90S"),
        ("--upgrade-policy-mode automatic --set upgradePolicy.mode=Rolling", "upgradePolicy.mode", "Automatic"),
        ("--scale-in-policy OldestVM newestvm", "scaleInPolicy.rules", ["OldestVM", "NewestVM"]),
        ("--force-deletion", "scaleInPolicy.forceDeletion", True),
        ("--vm-sku Standard_D4s_v3", "sku.name", "Standard_D4s_v3"),
        ("--license-type rhel_byos", "virtualMachineProfile.licenseType", "RHEL_BYOS"),
        ("--enable-terminate-notification --terminate-notification-time 7", f"{NOTICE}.notBeforeTimeout", "PT7M"),
    ],
)
def test_flags_and_paths(run: Run, web: VmssClient, words: str, query: str, value: object) -> None:
    """Az's words write what az writes; values get the type that the model has."""
    ran = run(f"update -g rg -n web {words}")
    assert (ran.code, shown(run, query)) == (0, value), ran.err


def test_zone_balance_of_a_scale_set_in_zones(run: Run, client: VmssClient) -> None:
    """Azure takes it with two zones or more only."""
    document = model(0, {"location": "westus2", "zones": ["1", "2"], "properties.zoneBalance": True})
    client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    assert run("update -g rg -n web --zone-balance false").code == 0
    assert shown(run, "zoneBalance") is False


def test_lists_are_added_to_and_taken_from(run: Run, web: VmssClient) -> None:
    """Words with an equals sign make one item whose members are typed; items are chosen by position or by a member."""
    disks = "virtualMachineProfile.storageProfile.dataDisks"
    assert run(f"update -g rg -n web --add {disks} lun=1 createOption=Empty diskSizeGB=16").code == 0
    assert run(f"update -g rg -n web --add {disks}", '{"lun": 2, "createOption": "Empty", "diskSizeGB": 8}').code == 0
    assert run(f"update -g rg -n web --set {disks}[lun=2].caching=readonly {disks}[0].caching=None").code == 0
    assert shown(run, f"{disks}[].[lun, diskSizeGB, caching]") == [[1, 16, "None"], [2, 8, "ReadOnly"]]
    assert run(f"update -g rg -n web --remove {disks} 0").code == 0
    assert shown(run, f"{disks}[].lun") == [2]
    assert run(f"update -g rg -n web --remove {disks}[lun=2]").code == 0
    assert shown(run, disks) == []


def test_the_order_that_was_typed_is_the_order_of_the_edits(run: Run, web: VmssClient) -> None:
    """As in az: what is removed after it was set is gone."""
    assert run("update -g rg -n web --set tags.a=x tags.b=y --remove tags.a").code == 0
    assert shown(run, "tags") == {"b": "y"}
    assert run("update -g rg -n web --remove tags.b --set tags.b=z").code == 0
    assert shown(run, "tags") == {"b": "z"}


def test_extensions_in_az_shape(run: Run, web: VmssClient) -> None:
    """JSON may be flat, as az shows it; an extension's settings stay what they are, whole."""
    health = {
        "name": "health",
        "publisher": "Microsoft.ManagedServices",
        "typePropertiesType": "ApplicationHealthLinux",
        "type_handler_version": "1.0",
        "settings": {"protocol": "http", "port": 80, "requestPath": "/"},
    }
    path = "virtualMachineProfile.extensionProfile.extensions"
    assert run(f"update -g rg -n web --add {path}", json.dumps(health)).code == 0
    assert run(f"update -g rg -n web --set {path}[name=health].settings.port=8080").code == 0
    found = shown(run, f"{path}[0].[name, type, settings]")
    assert found == ["health", "ApplicationHealthLinux", {"protocol": "http", "port": 8080, "requestPath": "/"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--set upgradePolicy.mod=Rolling", "did you mean 'upgradePolicy.mode'?"),
        ("--set imageReference.version=2", f"did you mean '{IMAGE}.version'?"),
        ("--set provisioningState=Failed", "'provisioningState' is set by the service alone"),
        ("--set sku.capacity=many", "'sku.capacity': expected a whole number, got 'many'"),
        ("--set overprovision=1", "'overprovision': expected true or false, got 1"),
        ("--set zones=1", "expected a JSON list"),
        ("--set upgradePolicy.rollingUpgradePolicy.pauseTimeBetweenBatches=9", "an ISO 8601 duration"),
        ('--set upgradePolicy=\'{"modus": "Manual"}\'', "did you mean 'mode'?"),
        ("--set novalue", "'novalue' is no path=value"),
        ("--set sku.name.x=1", "'sku.name' has no members: it is a string"),
        ("--remove tags.nothing", "'tags.nothing' is not there"),
        ("--remove virtualMachineProfile.storageProfile.dataDisks 0", "has no item [0]; it has none"),
        ("--add sku.name x", "'sku.name' is no list"),
        ("--protect-from-scale-in", "need --instance-id"),
        ("--instance-id 0 --vm-sku Standard_D2s_v5", "--vm-sku is for the scale set as a whole"),
        ("--instance-id 0", "say what to change of the instance"),
        ("--include-zones 1 --exclude-zones 2", "exclude each other"),
        ("--max-batch-instance-percent 3", "'3' is no percentage"),
        ("--license-type none-such", "invalid choice: 'none-such'"),
        ("--regular-priority-count 1", "for Flexible scale sets only"),
        ("--change-reference x", "--change-reference is not supported: it belongs to az"),
        ("--user-data @no-such-file", "--user-data: cannot read no-such-file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(run: Run, web: VmssClient, words: str, said: str) -> None:
    """Where az is silent, or fails at the service, the path and what was expected are named; exit code 2."""
    with captured_requests(web) as sent:
        ran = run(f"update -g rg -n web {words}")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert {each.request.method for each in sent} <= {"GET"}


def test_what_cannot_be_removed_is_refused_before_anything_is_sent(run: Run, web: VmssClient) -> None:
    """A write merges, so a member that it leaves out stays (wire.md 3.2): az reports success for that."""
    ran = run("update -g rg -n web --set tags.a=b --remove virtualMachineProfile.osProfile.adminUsername")
    assert ran.code == 1
    assert "'virtualMachineProfile.osProfile.adminUsername' cannot be removed" in ran.err
    assert run("show -g rg -n web --query tags").out == ""


def test_what_is_sent_is_the_change_and_the_version_that_was_read(run: Run, web: VmssClient) -> None:
    """A PATCH of what changed with If-Match; where a PATCH cannot carry it, a PUT of the model that was read."""
    with captured_requests(web) as sent:
        run("update -g rg -n web --set tags.team=ops --vm-sku Standard_D4s_v3")
        run("update -g rg -n web --set virtualMachineProfile.osProfile.adminUsername=boss")
    writes = [each.request for each in sent if each.request.method in ("PATCH", "PUT")]
    assert [(each.method, each.headers.get("If-Match")) for each in writes] == [("PATCH", '"1"'), ("PUT", '"2"')]
    assert json.loads(writes[0].body) == {"tags": {"team": "ops"}, "sku": {"name": "Standard_D4s_v3"}}
    assert json.loads(writes[1].body)["properties"]["virtualMachineProfile"]["osProfile"]["adminUsername"] == "boss"


def test_what_another_writer_did_meanwhile_is_not_lost(
    run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The write is refused, the error says so, and the other one's change stays."""
    from vmss_sdk.cli.handlers import update
    from vmss_sdk.cli.model.difference import kept

    def meanwhile(*told: Any) -> Any:
        web.scale_set("rg", "web").set_capacity(4).result()
        return kept(*told)

    monkeypatch.setattr(update, "kept", meanwhile)
    ran = run("update -g rg -n web --set sku.capacity=2")
    assert ran.code == 1
    assert "was changed by somebody else after it was read. Nothing was written" in ran.err
    assert shown(run, "sku.capacity") == 4


def test_dry_run_shows_the_difference_and_its_effect(run: Run, web: VmssClient) -> None:
    """Old and new values, what it does to instances (semantics 1.4), and what brings it; secrets are not shown."""
    with captured_requests(web) as sent:
        ran = run(
            "update -g rg -n web --dry-run --vm-sku Standard_D4s_v3 --custom-data second --set tags.a=b"
            f" {IMAGE}.version=1.1.0"
        )
    assert [each.request.method for each in sent] == ["GET", "POST"]
    assert sent[1].request.url.endswith("/_emulator/preview")
    assert run("update -g rg -n web --dry-run --vm-sku Standard_D4s_v3 -o table").out.splitlines()[2].split() == [
        "sku.name", "Standard_D2s_v3", "Standard_D4s_v3", "restart", "vmss", "update-instances"
    ]  # fmt: skip
    assert "Nothing would change" in run("update -g rg -n web --dry-run").err
    rows = {row["path"]: (row["old"], row["new"], row["effect"], row["reachedBy"]) for row in ran.json}
    assert rows == {
        "sku.name": ("Standard_D2s_v3", "Standard_D4s_v3", "restart", "vmss update-instances"),
        "tags.a": (None, "b", "none", ""),
        "virtualMachineProfile.osProfile.customData": (None, "********", "reimage", "vmss reimage"),
        f"{IMAGE}.version": ("1.0.0", "1.1.0", "swap", "vmss update-instances"),
    }


def test_in_manual_mode_it_says_what_brings_instances_up(run: Run, web: VmssClient) -> None:
    """How many are outdated, and the command; nothing for what concerns the scale set alone."""
    assert "outdated" not in run("update -g rg -n web --set tags.a=b").err
    said = run("update -g rg -n web --vm-sku Standard_D4s_v3").err
    assert "3 instances are outdated now" in said
    line = next(line.strip() for line in said.splitlines() if line.strip().startswith("vmss update-instances"))
    assert run(line.removeprefix("vmss ")).code == 0
    assert run("list-instances -g rg -n web --query [].latestModelApplied").json == [True, True, True]


def test_custom_data_from_a_file(run: Run, web: VmssClient, tmp_path: object) -> None:
    """It is sent as base64, is never shown, and existing instances need a reimage for it."""
    from pathlib import Path

    script = Path(str(tmp_path)) / "init.sh"
    script.write_text("#!/bin/sh\n")
    with captured_requests(web) as sent:
        ran = run("update -g rg -n web --debug --custom-data", str(script))
    body = next(json.loads(each.request.body) for each in sent if each.request.method == "PATCH")
    assert body["properties"]["virtualMachineProfile"]["osProfile"] == {"customData": "IyEvYmluL3NoCg=="}
    assert "IyEvYmluL3NoCg==" not in ran.out + ran.err
    assert "by a reimage only" in ran.err


def test_without_a_change_a_rolling_upgrade_goes_on(run: Run, client: VmssClient) -> None:
    """The same as az's repeated PUT: what was cancelled is started again (semantics 2.5.35)."""
    model = VirtualMachineScaleSet.from_wire(rolling(4))
    client.scale_set("rg", "web").create_or_update(model).result()
    assert run("update -g rg -n web --vm-sku Standard_D4s_v3 --no-wait").code == 0
    assert run("rolling-upgrade cancel -g rg -n web").code == 0
    assert run("list-instances -g rg -n web --query [?latestModelApplied].instanceId").json != ["0", "1", "2", "3"]
    ran = run("update -g rg -n web --query provisioningState")
    assert (ran.code, ran.json) == (0, "Succeeded")
    assert "vmss watch -g rg -n web" in ran.err
    assert run("list-instances -g rg -n web --query [].latestModelApplied").json == [True] * 4


def test_protection_as_az_has_it(run: Run, web: VmssClient) -> None:
    """Nothing but the protection is sent, so the instance stays at the latest model (azure-cli#30708)."""
    ran = run("update -g rg -n web --instance-id 1 --protect-from-scale-in --protect-from-scale-set-actions false")
    assert ran.json["protectionPolicy"] == {"protectFromScaleIn": True, "protectFromScaleSetActions": False}
    assert ran.json["latestModelApplied"] is True
    ran = run("update -g rg -n web --instance-id 1 --set protectionPolicy.protectFromScaleIn=false")
    assert ran.json["protectionPolicy"]["protectFromScaleIn"] is False
    assert shown(run, "provisioningState") == "Succeeded"


def test_every_flag_does_something(run: Run, client: VmssClient) -> None:
    """No flag of az is ignored: it changes the model, or it is an error that names it."""
    document = model(2, FLEXIBLE)
    client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    ignored = []
    for argument in found(("update",)).arguments:  # type: ignore[union-attr]  # there is such a command
        flag = argument.flags[0]
        words = _WORDS.get(flag) or sample(argument)
        if flag in _ALONE or argument.section == "Resource id":
            continue
        ran = run(f"update -g rg -n web {flag} {words} {_WITH.get(flag, '')} --dry-run")
        refused = "\nMessage: " in ran.err or "cannot be removed" in ran.err  # so it was seen
        if (ran.code == 0 and not ran.json) or (ran.code and flag not in ran.err and not refused):
            ignored.append((flag, ran.out, ran.err))
    assert ignored == []


_ALONE = ("--dry-run", "--no-wait", "--timeout", "--force-string", "--instance-id")
"""Tested by themselves."""
_WORDS = {
    "--image": "Debian11",
    "--set": "tags.a=b",
    "--add": "zones 2",
    "--remove": "sku.tier",
    "--ephemeral-os-disk": "true",
}
_WITH = {
    "--enable-terminate-notification": "--terminate-notification-time 5",
    "--instance-percent-policy": "--max-instance-percent 50",
    "--skuprofile-rank": "--skuprofile-vmsizes Standard_D2s_v5",
    "--enable-vtpm": "--security-type TrustedLaunch",
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("platformFaultDomainCount=2", "PropertyChangeNotAllowed"),
        ("location=westus2", "InvalidResourceLocation"),
        ("virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType=Standard_LRS", "PropertyChange"),
        ("upgradePolicy.mode=Rolling", "BadRequest"),
        ("sku.name=Standard_D3s_v99", "InvalidParameter"),
    ],
)
def test_a_dry_run_is_refused_as_the_update_is(run: Run, web: VmssClient, change: str, code: str) -> None:
    """The same error in the same words, and the same exit code (azure-docs#108952); nothing is changed."""
    dry, real = run(f"update -g rg -n web --set {change} --dry-run"), run(f"update -g rg -n web --set {change}")
    assert (dry.code, dry.out) == (real.code, "") == (1, "")
    assert code in dry.err
    assert dry.err.splitlines() == [line for line in real.err.splitlines() if not line.startswith("Request id: ")]


def test_the_image_and_its_version_have_flags(run: Run, web: VmssClient) -> None:
    """A version, a URN, a short name or an id; what is no image is a wrong line."""
    line, query = "update -g rg -n web", f"--query {IMAGE}"
    assert run(f"{line} --image-version 1.1.0 {query}").json["version"] == "1.1.0"
    urn = "Canonical:ubuntu-24_04-lts:server:latest"
    assert run(f"{line} --image {urn} {query}.sku").json == "server"
    assert run(f"{line} --image Debian11 {query}.publisher").json == "Debian"
    assert "'Nonsense' is no image" in run(f"{line} --image Nonsense").err
    assert run(f"{line} --image Debian11 --image-version 2").code == 2


def test_a_dry_run_of_an_instance_is_refused_as_the_update_is(run: Run, web: VmssClient) -> None:
    """The instance's own document is judged as well."""
    line = "update -g rg -n web --instance-id 0 --set hardwareProfile.vmSize=Standard_D3s_v99"
    dry, real = run(f"{line} --dry-run"), run(line)
    assert (dry.code, dry.out) == (real.code, "") == (1, "")
    assert dry.err.splitlines() == [text for text in real.err.splitlines() if not text.startswith("Request id: ")]
    fine = run("update -g rg -n web --instance-id 0 --protect-from-scale-in true --dry-run")
    assert (fine.code, "accepted (200)" in fine.err) == (0, True)


def test_a_dry_run_says_who_is_reached_and_what_is_lost(run: Run, web: VmssClient) -> None:
    """At once, and by what comes later."""
    said = run(f"update -g rg -n web --set {IMAGE}.version=1.1.0 --dry-run").err
    assert "accepted (200); no instance is reached" in said
    assert "upgrade: the OS disk and what is on it" in said
    run("update -g rg -n web --set upgradePolicy.mode=Automatic")
    said = run(f"update -g rg -n web --set {IMAGE}.version=1.1.0 --dry-run").err
    assert ": swap; lost: the OS disk and what is on it" in said


def test_against_azure_a_dry_run_tells_what_the_rules_tell(
    run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that nobody was asked; what can never change is refused by the rules."""

    def none(*_: object, **__: object) -> None:
        raise NotAnEmulatorError("https://management.azure.com is no emulator")

    monkeypatch.setattr(ScaleSet, "preview", none)
    ran = run("update -g rg -n web --vm-sku Standard_D4s_v3 --dry-run")
    assert (ran.code, [row["effect"] for row in ran.json]) == (0, ["restart"])
    assert "may still refuse" in ran.err
    ran = run("update -g rg -n web --set platformFaultDomainCount=2 --dry-run")
    assert ran.code == 1
    assert "properties.platformFaultDomainCount cannot be changed" in ran.err


def test_a_preview_as_a_table(run: Run, web: VmssClient) -> None:
    """With columns of its own: what changes, and how it reaches the instances."""
    ran = run("update -g rg -n web --set virtualMachineProfile.osProfile.adminUsername=root2 --dry-run -o table")
    heading, _, row = ran.out.splitlines()
    assert heading.split() == ["Path", "Old", "New", "Effect", "ReachedBy"]
    assert row.split()[:3] == ["virtualMachineProfile.osProfile.adminUsername", "ops", "root2"]
    assert row.endswith("vmss reimage")


def test_what_the_emulator_keeps_without_effect_is_one_line_on_standard_error(run: Run, web: VmssClient) -> None:
    """Beside the result, once, and not when only errors are wanted."""
    member = "resiliencyPolicy.resilientVMDeletionPolicy.enabled"
    line = (
        "WARNING: resilientVMDeletionPolicy is kept without effect: deletions are not tried again, and the status stays"
        " Disabled.\n"
    )
    change = f"update -g rg -n web --set {member}=true"
    told = run(change)
    assert told.json["resiliencyPolicy"]["resilientVMDeletionPolicy"]["enabled"] is True
    assert told.err.count(line) == 1
    assert line not in run(f"update -g rg -n web --set {member}=true --only-show-errors").err
    assert "WARNING" not in run("update -g rg -n web --set tags.a=b").err


def test_a_rehearsed_creation_tells_it_too(run: Run, client: VmssClient) -> None:
    """``vmss create`` sends a deployment, whose answer has the notes of all that it makes."""
    told = run(
        "create -g rg -n spot --image Ubuntu2204 --admin-username ops --admin-password Correct-Horse-7 --priority Spot"
        " --orchestration-mode Uniform --vm-sku Standard_D2s_v5 --enable-spot-restore true --spot-restore-timeout PT1H"
    )
    assert told.code == 0, told.err
    assert told.err.count("WARNING: spotRestorePolicy is kept without effect") == 1
