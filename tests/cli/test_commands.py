"""The commands about scale sets and instances, as they are typed."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from vmss_sdk import VmssClient
from vmss_sdk.testing import captured_requests

ID = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg"
    "/providers/Microsoft.Compute/virtualMachineScaleSets/web"
)


@pytest.mark.parametrize("flag", ["--instance-id", "--instance-ids"])
def test_reimage_as_the_documentation_has_it(run: Run, web: VmssClient, flag: str) -> None:
    """The line of Microsoft's page with ``vmss`` for ``az vmss``: that instance and no other, by ``reimage``."""
    with captured_requests(web) as sent:
        ran = run(f"reimage --resource-group rg --name web {flag} 1")
    posts = [(each.request.url.partition("?")[0].rpartition("/")[2], each.request.body) for each in sent]
    assert (ran.code, ran.out) == (0, "")
    assert posts[0] == ("reimage", b'{"instanceIds":["1"]}')


def test_reimage_of_all_is_not_done_unasked(run: Run, web: VmssClient) -> None:
    """Where nobody can be asked it fails, says how to mean it, and sends nothing."""
    with captured_requests(web) as sent:
        ran = run("reimage -g rg -n web")
    assert ran.code == 1
    assert "say --yes if that is what you want" in ran.err
    assert not sent


@pytest.mark.parametrize("named", ["", "--instance-ids *"])
def test_reimage_of_all_is_done_when_it_is_meant(run: Run, web: VmssClient, named: str) -> None:
    """``--yes`` is the answer in advance; what is sent is ``reimage``, not ``reimageall``."""
    with captured_requests(web) as sent:
        assert run(f"reimage -g rg -n web --yes {named}").code == 0
    assert sent[0].request.url.partition("?")[0].endswith("/web/reimage")


def test_dry_run_says_what_would_be_touched_and_changes_nothing(run: Run, web: VmssClient) -> None:
    """A protected instance is passed over by an action on all, and makes one that names it fail."""
    web.scale_set("rg", "web").instance("1").protect(from_scale_set_actions=True).result()
    with captured_requests(web) as sent:
        everything = run("reimage -g rg -n web --dry-run").json
        named = run("restart -g rg -n web --instance-ids 1 --dry-run")
    assert {row["instanceId"]: row["touched"][:3] for row in everything} == {"0": "yes", "1": "no:", "2": "yes"}
    assert (named.code, "OperationNotAllowed" in named.err) == (1, True)
    changing = {each.request.url.partition("?")[0] for each in sent if each.request.method != "GET"}
    assert {url.rpartition("/")[2] for url in changing} == {"preview"}


@pytest.mark.parametrize(
    "line",
    [
        "reimage -g rg -n web --instance-ids 1",
        "update-instances -g rg -n web --instance-ids 1",
        "delete-instances -g rg -n web --instance-ids 1",
    ],
)
def test_a_dry_run_is_refused_as_the_action_is(run: Run, web: VmssClient, line: str) -> None:
    """In the same words, with the same exit code."""
    web.scale_set("rg", "web").instance("1").protect(from_scale_set_actions=True).result()
    dry, real = run(f"{line} --dry-run"), run(line)
    assert (dry.code, dry.out) == (real.code, "") == (1, "")
    assert dry.err.splitlines() == [text for text in real.err.splitlines() if not text.startswith("Request id: ")]


def test_a_dry_run_of_a_reimage_says_what_is_lost(run: Run, web: VmssClient) -> None:
    """Who is reached, and that the OS disk goes; of each by its own operation too."""
    said = run("reimage -g rg -n web --instance-ids 0 2 --dry-run").err
    assert "accepted (202)" in said
    assert "instances 0, 2: reimage; lost: the OS disk and what is on it" in said
    assert "instance 1: restart; nothing is lost" in run("restart -g rg -n web --include-protected --dry-run").err


def test_dry_run_of_an_instance_that_is_not_there(run: Run, web: VmssClient) -> None:
    """It is said which there are."""
    ran = run("restart -g rg -n web --instance-ids 7 --dry-run")
    assert (ran.code, ran.err) == (1, "ERROR: 'web' has no instance 7; it has 0, 1, 2\n")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("show -g rg -n nothing", 3, "ERROR: (ResourceNotFound)"),
        ("reimage -g rg -n web --instance-ids 99", 1, "Target: instanceIds"),
        ("rolling-upgrade cancel -g rg -n web", 1, "There is no ongoing Rolling Upgrade to cancel."),
        ("rolling-upgrade get-latest -g rg -n web", 3, "Code: NotFound"),
        ("show -g rg", 2, "the following arguments are required: --name/-n"),
        ("show --ids nonsense", 2, "'nonsense' is no id of a scale set"),
        ("update-instances -g rg -n web", 2, "the following arguments are required: --instance-ids"),
        ("restart -g rg -n web --instance-ids 0 *", 2, "'*' means all instances, so it stands alone"),
        ("list-instances -g rg -n web --next-token x", 2, "was not printed by an earlier call"),
        ("wait -g rg -n web", 2, "say what to wait for"),
        ("group create -n x", 2, "--location/-l"),
    ],
)
def test_exit_codes_and_errors_are_those_of_az(run: Run, web: VmssClient, line: str, code: int, said: str) -> None:
    """3 for what is not there, 2 for wrong usage, 1 for what the service refuses; nothing on standard output."""
    ran = run(line)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_the_model_is_shown_flat_as_az_shows_it(run: Run, web: VmssClient) -> None:
    """A query written for az finds what it found there; the customer's own JSON keeps its shape."""
    shown = run("show -g rg -n web").json
    assert (shown["upgradePolicy"]["mode"], shown["resourceGroup"], "properties" in shown) == ("Manual", "rg", False)
    nic = shown["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]
    assert (nic["name"], nic["primary"], nic["ipConfigurations"][0]["name"]) == ("nic", True, "ip")


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        ("-o json", '"Manual"\n'),
        ("-o jsonc", '"Manual"\n'),
        ("-o tsv", "Manual\n"),
        ("-o yaml", "Manual\n...\n"),
        ("-o table", "Result\n--------\nManual\n"),
        ("-o none", ""),
        ("--out TSV", "Manual\n"),
    ],
)
def test_output_formats(run: Run, web: VmssClient, arguments: str, out: str) -> None:
    """As az 2.91 writes the result of such a query."""
    assert run(f"show -g rg -n web --query upgradePolicy.mode {arguments}").out == out


def test_tab_separated_values_of_several_columns(run: Run, web: VmssClient) -> None:
    """A query's columns keep their order; booleans are written as az writes them."""
    query = "[].[instanceId, latestModelApplied, name]"
    assert run("list-instances -g rg -n web -o tsv --query", query).out.splitlines()[0] == "0\tTrue\tweb_0"


def test_a_list_as_a_table(run: Run, web: VmssClient) -> None:
    """Columns of the command, as wide as they have to be."""
    heading, rule, row = run("list -o table").out.splitlines()
    assert heading.split() == [
        "Name",
        "ResourceGroup",
        "Location",
        "Zones",
        "Capacity",
        "Overprovision",
        "UpgradePolicy",
    ]
    assert set(rule) == {"-", " "}
    assert row.split()[-3:] == ["3", "False", "Manual"]


def test_ids_instead_of_names(run: Run, web: VmssClient) -> None:
    """Several make a list; that of an instance is that instance."""
    assert run(f"show --ids {ID} {ID} --query [].name").json == ["web", "web"]
    assert run(f"show --ids {ID}/virtualMachines/1 --query name").json == "web_1"


def test_defaults_come_from_the_variables_of_az(run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Group, scale set and output format."""
    monkeypatch.setenv("AZURE_DEFAULTS_GROUP", "rg")
    monkeypatch.setenv("AZURE_DEFAULTS_VMSS", "web")
    monkeypatch.setenv("AZURE_CORE_OUTPUT", "tsv")
    assert run("show --query sku.capacity").out == "3\n"


def test_what_is_not_waited_for_can_be_waited_for_later(run: Run, web: VmssClient) -> None:
    """``--no-wait`` prints no result, and how to wait; ``resume`` does."""
    ran = run("restart -g rg -n web --no-wait")
    assert (ran.code, ran.out) == (0, "")
    line = ran.err.splitlines()[-1].strip()
    assert line.startswith("vmss resume ")
    assert run(line.removeprefix("vmss ")).code == 0
    assert web.scale_set("rg", "web").get().provisioning_state == "Succeeded"


def test_the_last_operation_that_was_left_needs_no_name(run: Run, web: VmssClient) -> None:
    """``resume`` alone goes on with it; where none was left, it says so."""
    assert run("resume").code == 2
    run("restart -g rg -n web --no-wait")
    assert run("resume").code == 0


def test_an_operation_is_resumed_by_its_token_elsewhere(
    run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The id is known where it was left; the token everywhere, and it is what is printed where nothing can be kept."""
    operation = web.scale_set("rg", "web").restart(["0"])
    assert run(f"resume {operation.operation_id}").code == 1
    assert run(f"resume {operation.resume_token}").code == 0
    monkeypatch.setenv("VMSS_HOME", "/dev/null")
    assert run("restart -g rg -n web --no-wait").err.splitlines()[-1].strip().startswith("vmss resume eyJ")


def test_a_wait_that_takes_too_long_says_how_to_go_on(run: Run, web: VmssClient) -> None:
    """``--timeout`` ends the waiting, not the work."""
    ran = run("restart -g rg -n web --timeout 1")
    assert ran.code == 1
    assert "It goes on at the service: restart of all instances of 'web'" in ran.err
    assert run(ran.err.splitlines()[-1].strip().removeprefix("vmss ")).code == 0


def test_ctrl_c_while_waiting_says_how_to_go_on(run: Run, web: VmssClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work goes on at the service; exit code 130."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vmss_sdk.operation.watch", interrupt)
    ran = run("restart -g rg -n web")
    assert ran.code == 130
    assert ran.err.splitlines()[-1].strip().startswith("vmss resume ")


def test_waiting_in_a_pipe_is_told_in_plain_lines(run: Run, web: VmssClient) -> None:
    """On standard error, so that the result stays alone; nothing of it with ``-o none``."""
    ran = run("scale -g rg -n web --new-capacity 4 --query sku.capacity")
    assert ran.out == "4\n"
    assert ran.err.splitlines()[-1].startswith("scaling of 'web' to 4: Succeeded after 0:0")
    assert run("scale -g rg -n web --new-capacity 3 -o none").err == ""


def test_a_list_in_parts(run: Run, web: VmssClient) -> None:
    """What comes next is said; the last part says nothing."""
    first = run("list-instances -g rg -n web --max-items 2 --query [].instanceId")
    token = first.err.split()[-1]
    rest = run(f"list-instances -g rg -n web --max-items 2 --query [].instanceId --next-token {token}")
    assert (first.json, rest.json, rest.err) == (["0", "1"], ["2"], "")


def test_wait_until_it_is_as_expected(run: Run, web: VmssClient) -> None:
    """By a condition of one's own, by the change that is under way, and not for ever."""
    run("scale -g rg -n web --new-capacity 4 --no-wait")
    assert run("wait -g rg -n web --updated --interval 5").code == 0
    assert run("wait -g rg -n web --custom sku.capacity==`4`").code == 0
    assert run("wait -g rg -n web --custom sku.capacity==`5` --timeout 60").code == 1
    assert run("wait -g rg -n nothing --deleted").code == 0
    assert run("wait -g rg -n nothing --updated").code == 3


def test_protection_of_a_leader(run: Run, web: VmssClient) -> None:
    """Nothing but the protection is sent, so the instance stays at the latest model."""
    assert run("protect -g rg -n web --instance-ids 0 2 --from-scale-set-actions").code == 0
    shown = run("show -g rg -n web --instance-id 0").json
    assert shown["protectionPolicy"]["protectFromScaleSetActions"] is True
    assert shown["latestModelApplied"] is True


def test_resource_groups(run: Run, client: VmssClient) -> None:
    """Made, shown, listed, asked for, deleted."""
    assert run("group create -n shop -l westus2 --tags team=ops").json["tags"] == {"team": "ops"}
    assert run("group show -n shop --query properties.provisioningState").json == "Succeeded"
    assert run("group list --query [].name").json == ["rg", "shop"]
    assert run("group list --tag team=ops --query [].name").json == ["shop"]
    assert run("group delete -n shop --yes").code == 0
    assert run("group exists -n shop").json is False


def test_nothing_says_where_the_service_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to do; nothing is emulated in secret."""
    from vmss_sdk.cli import main

    for name in ("VMSS_ENDPOINT", "AZURE_SUBSCRIPTION_ID"):
        monkeypatch.delenv(name, raising=False)
    assert main(["show", "-g", "rg", "-n", "web"]) == 2
    assert "--endpoint in-process" in capsys.readouterr().err
