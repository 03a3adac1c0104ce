"""The commands about extensions, scripts, lifecycle hooks, parts of the model and the platform, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.client.test_platform import asking
from vmss_sdk import VmssClient
from vmss_sdk.testing import captured_requests

SET = "/virtualMachineScaleSets/web"
ONE = f"{SET}/virtualMachines/0"
IDENTITY = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities"
WHOSE = "-g rg --vmss-name web"
CUSTOM = "--publisher Microsoft.Azure.Extensions -n CustomScript"


def sent_by(run: Run, client: VmssClient, line: str, *more: str) -> list[tuple[str, str, Any]]:
    """Method, path below the provider and body of what a command writes; it must succeed."""
    with captured_requests(client) as sent:
        ran = run(line, *more)
    assert ran.code == 0, ran.err
    requests = [each.request for each in sent if each.request.method != "GET"]
    return [
        (
            each.method,
            each.url.partition("?")[0].partition("/Microsoft.Compute")[2],
            json.loads(each.body) if each.body else None,
        )
        for each in requests
    ]


@pytest.mark.parametrize(
    ("line", "address", "body"),
    [
        (
            f"extension set {WHOSE} {CUSTOM} --version 2.1.7 --settings {{}} --no-auto-upgrade",
            ("PUT", f"{SET}/extensions/CustomScript"),
            {
                "properties": {
                    "publisher": "Microsoft.Azure.Extensions",
                    "type": "CustomScript",
                    "typeHandlerVersion": "2.1",
                    "autoUpgradeMinorVersion": False,
                    "settings": {},
                }
            },
        ),
        (
            f"extension set {WHOSE} {CUSTOM} --version 2.1 --instance-id 0 --extension-instance-name x",
            ("PUT", f"{ONE}/extensions/x"),
            {
                "properties": {
                    "publisher": "Microsoft.Azure.Extensions",
                    "type": "CustomScript",
                    "typeHandlerVersion": "2.1",
                    "autoUpgradeMinorVersion": True,
                }
            },
        ),
        (
            "run-command invoke -g rg -n web --instance-id 0 --command-id RunShellScript --scripts 'a b' c"
            " --parameters x=1=2 y",
            ("POST", f"{ONE}/runCommand"),
            {
                "commandId": "RunShellScript",
                "script": ["a b", "c"],
                "parameters": [{"name": "x", "value": "1=2"}, {"name": "arg1", "value": "y"}],
            },
        ),
        (
            f"run-command create {WHOSE} --instance-id 0 --run-command-name r --script uptime --run-as-user ops"
            " --run-as-password p --timeout-in-seconds 9 --async-execution --protected-parameters k=v --tags a=b",
            ("PUT", f"{ONE}/runCommands/r"),
            {
                "location": "westus",
                "tags": {"a": "b"},
                "properties": {
                    "source": {"script": "uptime"},
                    "runAsUser": "ops",
                    "runAsPassword": "p",
                    "timeoutInSeconds": 9,
                    "asyncExecution": True,
                    "protectedParameters": [{"name": "k", "value": "v"}],
                },
            },
        ),
        (
            f"run-command create {WHOSE} --instance-id 0 -n r --command-id ifconfig --diagnostic -l westus",
            ("PUT", f"{ONE}/diagnosticRunCommands/r"),
            {"location": "westus", "properties": {"source": {"commandId": "ifconfig"}}},
        ),
        (
            f"update-domain-walk {WHOSE} --platform-update-domain 1 --zone 2",
            ("POST", f"{SET}/forceRecoveryServiceFabricPlatformUpdateDomainWalk"),
            None,
        ),
        ("reapply -g rg -n web", ("POST", f"{SET}/reapply"), None),
        ("approve-rolling-upgrade -g rg -n web", ("POST", f"{SET}/approveRollingUpgrade"), None),
        ("scale-out -g rg -n web --count 1", ("POST", f"{SET}/scaleOut"), {"capacity": 1}),
        (
            "convert-to-single-placement-group -g rg -n web",
            ("POST", f"{SET}/convertToSinglePlacementGroup"),
            {},
        ),
        ("identity assign -g rg -n web", ("PATCH", SET), {"identity": {"type": "SystemAssigned"}}),
        (
            f"disk attach {WHOSE} --instance-id 0 --disk data --lun 3 --caching readonly",
            ("POST", f"{ONE}/attachDetachDataDisks"),
            {
                "dataDisksToAttach": [
                    {
                        "diskId": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg"
                        "/providers/Microsoft.Compute/disks/data",
                        "lun": 3,
                        "caching": "ReadOnly",
                    }
                ]
            },
        ),
    ],
)
def test_what_is_written(run: Run, web: VmssClient, line: str, address: tuple[str, str], body: Any) -> None:
    """Method, path and body; nothing that was not said is in it."""
    assert sent_by(run, web, line) == [(*address, body)]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (f"extension set {WHOSE} {CUSTOM} --settings {{a", 2, "--settings: this is no JSON at character 1"),
        (f"extension set {WHOSE} {CUSTOM} --settings [1]", 2, "--settings: expected a JSON object"),
        (f"extension set {WHOSE} -n Nothing --publisher P", 1, "no version of the extension 'P.Nothing' is known"),
        (f"extension show {WHOSE} -n x", 3, "Code: NotFound"),
        (f"extension delete {WHOSE} -n x", 1, "Extension x not found"),
        (f"extension update {WHOSE} -n x", 2, "say what to change"),
        ("extension image list-names -l westus", 2, "the following arguments are required: --publisher/-p"),
        ("extension image show --ids /subscriptions/x", 2, "is no id of the catalogue of extensions"),
        (f"run-command create {WHOSE} -n x --script y", 2, "required: --instance-id"),
        (f"run-command create {WHOSE} --instance-id 0 -n x --script @none", 2, "--script: none: No such file"),
        (f"run-command create {WHOSE} --instance-id 0 -n x --script y --command-id z", 2, "say one of --script"),
        (f"run-command update {WHOSE} --instance-id 0 -n x", 2, "say what to change"),
        (f"run-command delete {WHOSE} --instance-id 0 -n x", 1, "say --yes if that is what you want"),
        (f"run-command wait {WHOSE} --instance-id 0 -n x --updated", 3, "Code: NotFound"),
        (f"lifecycle-hook show {WHOSE} --type UpgradeAutoOSScheduling", 3, "was not found on VMSS 'web'"),
        (f"lifecycle-hook remove {WHOSE}", 2, "Specify exactly one of --type or --all."),
        (f"lifecycle-hook add {WHOSE} --type Always", 2, "invalid choice: 'Always'"),
        (f"lifecycle-hook-event update {WHOSE} -n e", 2, "Specify at least one of --action-state or --wait-until."),
        (f"lifecycle-hook-event update {WHOSE} -n e --wait-until soon", 2, "'soon' is no moment"),
        (f"lifecycle-hook-event update {WHOSE} -n e --instance-ids 0", 2, "--instance-ids requires --action-state."),
        (
            "set-orchestration-service-state -g rg -n web --service-name AutomaticRepairs --action Suspend",
            1,
            "automatic repairs are not enabled",
        ),
        ("simulate-eviction -g rg -n web --instance-id 0", 1, "allowed only for Spot"),
        ("boot-diagnostics get-boot-log-uris -g rg -n web --instance-id 0", 1, "boot diagnostics is not enabled"),
        ("migrate-zone -g rg -n web --instance-ids 0", 1, "targetZone"),
        ("identity assign -g rg -n web --role Reader", 2, "use 'az role assignment create'"),
        (f"identity remove -g rg -n web --identities {IDENTITY}/a", 1, "are not associated with 'web'"),
        (f"disk attach {WHOSE} --size-gb 1 --instance-id 0", 2, "usage error: --disk EXIST_DISK --instance-id ID"),
        (f"disk attach {WHOSE} --disk d --instance-id 0 --sku Premium_LRS", 2, "--sku: a disk that exists has its own"),
        (f"disk detach {WHOSE} --lun 0", 1, "Data disk doesn't exist"),
        ("application set -g rg -n web --app-version-ids a b --app-config-overrides c", 2, "the same number of items"),
        ("application set -g rg -n web --app-version-ids a --treat-deployment-as-failure x", 2, "only accepts a list"),
    ],
)
def test_what_is_refused(run: Run, web: VmssClient, line: str, code: int, said: str) -> None:
    """It is said what is wrong; nothing is on standard output, and nothing has changed."""
    etag = web.scale_set("rg", "web").get().etag
    ran = run(line)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert web.scale_set("rg", "web").get().etag == etag


@pytest.mark.parametrize("flag", ["--settings", "--protected-settings"])
def test_settings_from_a_file(run: Run, web: VmssClient, tmp_path: Path, flag: str) -> None:
    """With or without ``@``; what is no JSON is not repeated, for it may be secret."""
    path = tmp_path / "settings.json"
    path.write_text('{"a": 1}')
    for spelling in (str(path), f"@{path}"):
        [(_, _, body)] = sent_by(run, web, f"extension set {WHOSE} {CUSTOM} {flag}", spelling)
        assert {"a": 1} in body["properties"].values()
    ran = run(f"extension set {WHOSE} {CUSTOM} {flag} hunter2")
    assert ran.code == 2
    assert "hunter2" not in ran.err


def test_an_extension_of_the_same_handler_is_replaced(run: Run, web: VmssClient) -> None:
    """A scale set has one extension of a handler, so that of another name goes, in one change of the model (az)."""
    run(f"extension set {WHOSE} {CUSTOM}")
    changed = run(f"extension set {WHOSE} {CUSTOM} --extension-instance-name other --query name")
    listed = run(f"extension list {WHOSE} --query", "[].[name, type, typeHandlerVersion]")
    assert (changed.json, listed.json) == ("web", [["other", "CustomScript", "2.1"]])


def test_an_extension_is_changed_in_what_is_given(run: Run, web: VmssClient) -> None:
    """The rest stays; afterwards it can be deleted, which shows the scale set as az does."""
    run(f"extension set {WHOSE} {CUSTOM} --settings", '{"a": 1}')
    line = f"extension update {WHOSE} -n CustomScript --no-auto-upgrade-minor-version --query"
    assert run(line, "[settings.a, autoUpgradeMinorVersion]").json == [1, False]
    assert run(f"extension delete {WHOSE} -n CustomScript --query virtualMachineProfile.extensionProfile").json == {
        "extensions": []
    }


def test_the_catalogue_of_extensions(run: Run, client: VmssClient) -> None:
    """By parts of names, the newest alone; by id as well as by names; the properties are flat (az)."""
    found = run("extension image list -l westus -p managedservices -n linux --latest").json
    assert [(row["publisher"], row["name"]) for row in found] == [
        ("Microsoft.ManagedServices", "ApplicationHealthLinux")
    ]
    versions = "extension image list-versions -l 'West US' -p Microsoft.ManagedServices -n ApplicationHealthLinux"
    newest = run(versions).json[-1]
    assert newest["name"] == found[0]["version"]
    shown = run(f"extension image show --ids {newest['id']}").json
    assert (shown["name"], shown["operatingSystem"]) == (newest["name"], "Linux")


@pytest.mark.parametrize("family", ["", "--diagnostic"])
def test_a_kept_script(run: Run, web: VmssClient, tmp_path: Path, family: str) -> None:
    """Made of a file, changed, looked at, listed, deleted."""
    (tmp_path / "s.sh").write_text("uptime\n")
    one = f"{WHOSE} --instance-id 0 -n check {family}"
    assert run(f"run-command create {one} --script", f"@{tmp_path / 's.sh'}").json["source"] == {"script": "uptime\n"}
    assert run(f"run-command update {one} --command-id ifconfig --query source").json == {"commandId": "ifconfig"}
    assert run(f"run-command update {one} --location eastus").code == 2
    assert run(f"run-command wait {one} --expand instanceView --custom instanceView.endTime").code == 0
    assert run(f"run-command show {one} --instance-view --query instanceView.executionState").json == "Succeeded"
    assert run(f"run-command list {WHOSE} --instance-id 0 {family} --query [].name").json == ["check"]
    assert run(f"run-command delete {one} --yes").code == 0
    assert run(f"run-command show {one}").code == 3


def test_lifecycle_hooks(run: Run, web: VmssClient) -> None:
    """One of a type; it is changed in what is given, and taken away; the answer is the scale set, as in az."""
    kind = "--type upgradeautoosscheduling"
    made = run(f"lifecycle-hook add {WHOSE} {kind} --wait-duration PT2H --query lifecycleHooksProfile.lifecycleHooks")
    assert made.json == [{"type": "UpgradeAutoOSScheduling", "waitDuration": "PT2H"}]
    assert "already exists" in run(f"lifecycle-hook add {WHOSE} {kind}").err
    run(f"lifecycle-hook update {WHOSE} {kind} --default-action reject")
    assert run(f"lifecycle-hook show {WHOSE} {kind}").json["defaultAction"] == "Reject"
    run(f"lifecycle-hook remove {WHOSE} {kind}")
    assert run(f"lifecycle-hook list {WHOSE}").json == []


def _asked(monkeypatch: pytest.MonkeyPatch, run: Run, kind: str) -> str:
    """An event that waits for an answer; its name."""
    client, _ = asking(kind)
    monkeypatch.setattr("vmss_sdk.cli.connection.connect", lambda _: client)
    monkeypatch.setattr(client, "close", lambda: None)
    [event] = run(f"lifecycle-hook-event list {WHOSE}").json
    assert event["properties"]["state"] == "Active"
    return str(event["name"])


def test_an_event_is_answered(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """For one instance, with more time for the others in one request, then for those that are left."""
    event = f"{WHOSE} -n {_asked(monkeypatch, run, 'UpgradeAutoOSRollingBatchStarting')}"
    limit = run(f"lifecycle-hook-event show {event}").json["properties"]["maxWaitUntil"]
    line = f"lifecycle-hook-event update {event} --action-state rejected --instance-ids 0 --wait-until {limit} --query"
    states = "properties.[waitUntil, targetResources[].actionState]"
    assert run(line, states).json == [limit, ["Rejected", "Waiting", "Waiting"]]
    assert run(f"lifecycle-hook-event approve {event} --query", states).json[1] == ["Rejected", "Approved", "Approved"]
    assert run(f"lifecycle-hook-event approve {event} --instance-ids 99").code == 2


def test_an_event_about_the_whole_is_answered_by_its_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scale set's name stands for it, as in az."""
    event = f"{WHOSE} -n {_asked(monkeypatch, run, 'UpgradeAutoOSScheduling')}"
    ran = run(
        f"lifecycle-hook-event reject {event} --instance-ids WEB --query properties.targetResources[].actionState"
    )
    assert ran.json == ["Rejected"]


def test_identities(run: Run, web: VmssClient) -> None:
    """More are added to those that there are, and taken away by ids whose case does not matter."""
    run(f"identity assign -g rg -n web --identities {IDENTITY}/a {IDENTITY}/b")
    added = run("identity assign -g rg -n web").json
    assert (list(added["userAssignedIdentities"]), bool(added["systemAssignedIdentity"])) == (
        [f"{IDENTITY}/a", f"{IDENTITY}/b"],
        True,
    )
    left = run(f"identity remove -g rg -n web --identities {IDENTITY.lower()}/a [system]").json
    assert (left["type"], list(left["userAssignedIdentities"])) == ("UserAssigned", [f"{IDENTITY}/b"])
    run(f"identity remove -g rg -n web --identities {IDENTITY}/b")
    assert run("identity show -g rg -n web").json == {}


def test_data_disks_of_all(run: Run, web: VmssClient) -> None:
    """The lowest free number is taken; one is taken away by its number."""
    query = "virtualMachineProfile.storageProfile.dataDisks[].[lun, diskSizeGB, managedDisk.storageAccountType]"
    run("disk attach -g rg -n web -z 8 --lun 1")
    disks = run(f"disk attach {WHOSE} --size-gb 64 --sku premium_lrs --query", query).json
    assert disks[1] == [0, 64, "Premium_LRS"]
    assert [disk[0] for disk in run(f"disk detach {WHOSE} --lun 1 --query", query).json] == [0]


def test_a_data_disk_of_one_instance(run: Run, web: VmssClient) -> None:
    """Attached and taken away again; the instance is shown."""
    query = "--query storageProfile.dataDisks[].lun"
    assert run(f"disk attach {WHOSE} --instance-id 0 --disk data {query}").json == [0]
    assert run(f"disk detach {WHOSE} --instance-id 0 --lun 0 {query}").json == []


def test_applications(run: Run, web: VmssClient) -> None:
    """In their order, each with what is said for it."""
    application = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/applications"
    first, second = f"{application}/a/versions/1.0.0", f"{application}/b/versions/1.0.0"
    run(
        f"application set -g rg -n web --app-version-ids {first} {second} --order-applications"
        " --app-config-overrides null https://x --treat-deployment-as-failure TRUE false"
    )
    names = ("packageReferenceId", "order", "configurationReference", "treatFailureAsDeploymentFailure")
    found = run("application list -g rg -n web").json["galleryApplications"]
    assert [[one.get(name) for name in names] for one in found] == [
        [first, 1, None, True],
        [second, 2, "https://x", False],
    ]


def test_the_resiliency_view(run: Run, web: VmssClient) -> None:
    """That of one instance, as az asks for it."""
    assert run("get-resiliency-view -g rg -n web --instance 0 --query resilientVMDeletionStatus").json == "Disabled"


@pytest.mark.parametrize(
    ("line", "method", "verb"),
    [
        ("restart", "POST", "/restart"),
        ("start", "POST", "/start"),
        ("stop --skip-shutdown", "POST", "/powerOff"),
        ("deallocate", "POST", "/deallocate"),
        ("redeploy", "POST", "/redeploy"),
        ("reimage", "POST", "/reimage"),
        ("reimage --all-disks", "POST", "/reimageall"),
        ("approve-rolling-upgrade", "POST", "/approveRollingUpgrade"),
        ("delete-instances", "DELETE", ""),
    ],
)
def test_protected_instances_are_reached_by_their_own_operations(
    run: Run, web: VmssClient, line: str, method: str, verb: str
) -> None:
    """What names a protected instance is refused, unless each does it by itself (semantics 5.2)."""
    web.scale_set("rg", "web").instance("0").protect(from_scale_set_actions=True).result()
    several = f"{line} -g rg -n web --instance-ids 0 1"
    assert run(several).code == 1
    assert run(f"{several} --dry-run --include-protected --query [].touched").json == ["yes", "yes"]
    paths = [(method, f"{SET}/virtualMachines/{one}{verb}") for one in (0, 1)]
    assert [sent[:2] for sent in sent_by(run, web, f"{several} --include-protected")] == paths


def test_the_own_operation_of_the_only_one(run: Run, web: VmssClient) -> None:
    """Az deallocates one named instance by its own operation, so that it may be protected; nothing is shown."""
    web.scale_set("rg", "web").instance("0").protect(from_scale_set_actions=True).result()
    line = "deallocate -g rg -n web --instance-ids 0"
    assert sent_by(run, web, line) == [("POST", f"{ONE}/deallocate", None)]
    ran = run("start -g rg -n web --instance-ids * --include-protected")
    assert (ran.code, ran.out) == (0, "")
    assert run(f"{line} 9 --include-protected").err == "ERROR: 'web' has no instance 9; it has 0, 1, 2\n"
    assert run(f"{line} --include-protected --hibernate").code == 2
