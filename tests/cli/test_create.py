"""``vmss create``: what it deploys is what az deploys for the same words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jmespath
import pytest

from tests.cli.conftest import SUBSCRIPTION, Run
from tests.cli.flag_samples import sample
from vmss_sdk import VmssClient
from vmss_sdk.cli.arguments import WAITING
from vmss_sdk.cli.parser import found
from vmss_sdk.testing import captured_requests

RECORDED = json.loads((Path(__file__).parent / "az_templates.json").read_text())
"""What az 2.91 sent for these lines, recorded; the text of its custom data is left out."""
PASSWORD = "Correct-Horse-7"
LOGIN = f"--admin-username ops --admin-password {PASSWORD} --authentication-type password"
UNIFORM = f"create -g rg -n web --orchestration-mode Uniform --image Ubuntu2204 {LOGIN}"
FLEXIBLE = f"create -g rg -n web --image Ubuntu2204 {LOGIN}"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPSCmVSnbFJX0ur0qUkxEPL2bnKLdY3zHaJHQUEZ7lr+ me"


def template(run: Run, line: str) -> Any:
    """What would be deployed."""
    ran = run(f"{line} --dry-run")
    assert ran.code == 0, ran.err
    return ran.json


def scale_set(run: Run, line: str) -> Any:
    """The scale set of that template."""
    return next(each for each in template(run, line)["resources"] if each["type"].endswith("virtualMachineScaleSets"))


def resource(client: VmssClient, kind: str, name: str, properties: Mapping[str, Any]) -> None:
    """A network resource that is there already."""
    id = f"{GROUP}/providers/Microsoft.Network/{kind}/{name}"
    document = {"location": "westus", "properties": properties}
    client.resource(id, api_version="2024-05-01").create_or_update(document).wait()


@pytest.mark.parametrize("recorded", RECORDED)
def test_the_template_is_that_of_az(
    run: Run, client: VmssClient, recorded: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Down to the names; apart from a capital letter, and from custom data, which is a secure parameter here."""
    other = VmssClient.in_process(subscription_id="11111111-1111-1111-1111-111111111111")  # of the recordings
    other.resource_groups.create_or_update("rgt", "westus2")
    monkeypatch.setattr("vmss_sdk.cli.connection.connect", lambda _: other)
    az = json.loads(json.dumps(recorded["template"]).replace('"manual"', '"Manual"'))
    ours = template(run, f"create -g rgt {recorded['line']}")
    if "customData" in ours["parameters"]:
        assert ours["parameters"].pop("customData")["type"] == "securestring"
        ours = json.loads(json.dumps(ours).replace("[parameters('customData')]", "(a web server)"))
    for each in (az, ours):
        each["resources"].sort(key=lambda one: one["name"])
    assert ours == az


def test_a_scale_set_with_all_that_it_needs(run: Run, client: VmssClient) -> None:
    """It prints what az prints, and everything is there."""
    ran = run(f"{UNIFORM} --instance-count 3")
    assert (ran.code, list(ran.json)) == (0, ["vmss"]), ran.err
    assert ran.json["vmss"]["upgradePolicy"]["mode"] == "Manual"
    assert run("list-instances -g rg -n web --query [].latestModelApplied").json == [True] * 3
    listed = client.resource(f"{GROUP}/resources", api_version="2024-11-01").get()["value"]
    kinds = {each["type"].rpartition("/")[2] for each in listed}
    assert kinds >= {"virtualNetworks", "loadBalancers", "publicIPAddresses", "networkSecurityGroups"}


def test_rolling_mode_brings_a_health_source(run: Run, client: VmssClient) -> None:
    """As az does; it says so, and the upgrade after it works."""
    ran = run(f"{UNIFORM} --upgrade-policy-mode rolling --max-batch-instance-percent 50")
    assert (ran.code, ran.json["vmss"]["upgradePolicy"]["mode"]) == (0, "Rolling"), ran.err
    assert "ApplicationHealthLinux asks http://localhost:80/" in ran.err
    assert run("update -g rg -n web --vm-sku Standard_D4s_v5").code == 0
    assert run("list-instances -g rg -n web --query [].latestModelApplied").json == [True] * 2


def test_what_is_there_is_changed(run: Run, client: VmssClient) -> None:
    """As by az: the template is deployed over it, defaults included; here that is said."""
    run(UNIFORM)
    ran = run(f"{UNIFORM} --instance-count 1")
    assert ran.code == 0
    assert "'web' is there already: it is changed" in ran.err
    assert run("show -g rg -n web --query sku.capacity").json == 1


def test_validate_and_no_wait(run: Run, client: VmssClient) -> None:
    """``--validate`` makes nothing and says what is wrong; ``--no-wait`` says how to wait."""
    ran = run(f"{UNIFORM} --validate --query properties.provisioningState")
    assert (ran.code, ran.json) == (0, "Succeeded")
    wrong = run(f"{UNIFORM} --validate --upgrade-policy-mode Rolling --enable-cross-zone-upgrade")
    assert (wrong.code, "Cross zone upgrade cannot be enabled" in wrong.err) == (1, True)
    assert not client.scale_set("rg", "web").exists()
    ran = run(f"{UNIFORM} --no-wait")
    assert (ran.code, ran.out) == (0, "")
    assert run(ran.err.splitlines()[-1].strip().removeprefix("vmss ")).code == 0
    assert client.scale_set("rg", "web").get().provisioning_state == "Succeeded"


def test_no_secret_is_told(run: Run, client: VmssClient, caplog: pytest.LogCaptureFixture) -> None:
    """Password and custom data go as secure parameters: they are in no output, no log, and not in the deployment."""
    caplog.set_level("DEBUG")
    line = f"{UNIFORM} --custom-data open-sesame"
    said = [run(f"{line} --dry-run"), run(f"{line} --validate"), run(f"{line} --debug")]
    listed = client.resource(f"{GROUP}/providers/Microsoft.Resources/deployments", api_version="2024-11-01").get()
    told = "".join(each.out + each.err for each in said) + caplog.text + json.dumps(listed)
    assert [each.code for each in said] == [0, 0, 0]
    for secret in (PASSWORD, "open-sesame", "b3Blbi1zZXNhbWU="):
        assert secret not in told


def test_a_network_that_has_room_is_used(run: Run, client: VmssClient) -> None:
    """The first subnet of the region with enough addresses, as by az; else a new one."""
    subnets = [{"name": name, "properties": {"addressPrefix": f"10.1.{at}.0/{size}"}} for at, (name, size) in enumerate(
        [("GatewaySubnet", 24), ("small", 30), ("blue", 26)]
    )]  # fmt: skip
    resource(client, "virtualNetworks", "mine", {"subnets": subnets})
    path = "properties.virtualMachineProfile.networkProfile.*[].properties.ipConfigurations[].properties.subnet.id"
    found = jmespath.search(path, scale_set(run, f"{UNIFORM} --instance-count 10"))
    assert found == [f"{GROUP}/providers/Microsoft.Network/virtualNetworks/mine/subnets/blue"]
    assert jmespath.search(path, scale_set(run, f"{UNIFORM} --instance-count 60"))[0].endswith(
        "/webVNET/subnets/webSubnet"
    )


def test_a_load_balancer_that_is_there_is_used(run: Run, client: VmssClient) -> None:
    """With its only pool and the probe that was named; automatic repairs go by that probe."""
    resource(client, "loadBalancers", "front", {"backendAddressPools": [{"name": "pool"}], "probes": [{"name": "up"}]})
    line = f"{UNIFORM} --lb front --health-probe up --automatic-repairs-grace-period 30 --upgrade-policy-mode Rolling"
    made = template(run, line)
    assert {each["type"] for each in made["resources"]} == {
        "Microsoft.Network/virtualNetworks",
        "Microsoft.Compute/virtualMachineScaleSets",
    }
    properties = made["resources"][-1]["properties"]
    profile, front = properties["virtualMachineProfile"], f"{GROUP}/providers/Microsoft.Network/loadBalancers/front"
    assert profile["networkProfile"]["healthProbe"] == {"id": f"{front}/probes/up"}
    assert "extensionProfile" not in profile
    assert properties["automaticRepairsPolicy"] == {"enabled": True, "gracePeriod": "PT30M", "repairAction": "Replace"}
    assert f"{front}/backendAddressPools/pool" in json.dumps(profile)


def test_keys_are_made_and_kept(run: Run, client: VmssClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--generate-ssh-keys`` makes them once, readable by their owner alone; the next command takes the same ones."""
    monkeypatch.setenv("HOME", str(tmp_path))
    line = "create -g rg -n web --image Ubuntu2204 --admin-username ops"
    assert "--generate-ssh-keys makes one" in run(line).err
    assert "--dry-run makes no keys" in run(f"{line} --generate-ssh-keys --dry-run").err
    assert not (tmp_path / ".ssh").exists()
    assert run(f"{line} --generate-ssh-keys --ssh-key-type Ed25519").code == 0
    private, public = tmp_path / ".ssh" / "id_ed25519", tmp_path / ".ssh" / "id_ed25519.pub"
    assert private.stat().st_mode & 0o777 == 0o600
    keys = "properties.virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys[].keyData"
    found = scale_set(run, f"{line} --generate-ssh-keys --ssh-key-type Ed25519")
    assert jmespath.search(keys, found) == [public.read_text()]


def test_a_password_is_asked_for(run: Run, client: VmssClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, unseen; where nobody can be asked it is said which flag to use."""
    line = "create -g rg -n web --image Ubuntu2204 --admin-username ops --authentication-type password --dry-run"
    assert "there is no terminal to ask at: use --admin-password" in run(line).err
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "another"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda *_: next(answers))
    assert run(line).json["parameters"]["adminPassword"]["type"] == "securestring"
    assert "the two passwords differ" in run(line).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--image nothing-like-it", "there is no image 'nothing-like-it'"),
        ("--image Debian:debian-12:12-gen2:9.9.9", "there is no image Debian:debian-12:12-gen2:9.9.9 in westus"),
        ("--image https://x.blob.example/v/x.vhd", "Azure has retired disks in storage accounts"),
        ("--use-unmanaged-disk", "--use-unmanaged-disk is not supported: Azure has retired"),
        ("--app-gateway gw", "there is no application gateway"),
        ("--app-gateway-sku Standard_Large", "make one of version 2 and name it with --app-gateway"),
        ("--scope /subscriptions/x --role Reader", "use 'az role assignment create'"),
        ("--health-probe up", "name that with --load-balancer"),
        ("--automatic-repairs-action Restart", "automatic repairs need to know the health"),
        ("--os-disk-delete-option Delete", "--os-disk-delete-option is for --orchestration-mode Flexible only"),
        ("--subnet blue", "by --subnet NAME and --vnet-name NAME together"),
        ("--admin-username root", "'root' is a name that Azure does not allow"),
        ("--admin-password short", "it must have 12 to 72 characters"),
        ("--ssh-key-values x", "SSH keys cannot be used with --authentication-type password"),
        ("--data-disk-iops 500", "expected one value for each data disk: 0, got 1"),
        ("--storage-sku 3=Premium_LRS", "'3=Premium_LRS' is none of os=..."),
        ("--public-ip-address ip --lb ''", "--public-ip-address is for a new load balancer only"),
        ("--lb-sku Basic --zones 1", "zones need a Standard load balancer"),
        ("--patch-mode Manual", "--patch-mode: for this image it is one of AutomaticByPlatform, ImageDefault"),
        ("--eviction-policy Delete", "--eviction-policy needs a --priority"),
        ("--secrets {}", "--secrets: number 1 must have sourceVault.id"),
        ("--encryption-identity /x", "one of the identities of --assign-identity"),
        ("--zone-placement-policy Auto", "--zone-placement-policy needs --disable-overprovision"),
        ("--vnet-address-prefix nonsense", "'nonsense' is no range of addresses"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_made(run: Run, client: VmssClient, words: str, said: str) -> None:
    """The flag is named, and what to do; exit code 2, as az's for what it finds while it makes the template."""
    with captured_requests(client) as sent:
        ran = run(f"{UNIFORM} {words}")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert {each.request.method for each in sent} <= {"GET"}


P = "properties.virtualMachineProfile"
OS_DISK, DATA_DISKS = f"{P}.storageProfile.osDisk", f"{P}.storageProfile.dataDisks"
ADDRESS = f"{P}.*.networkInterfaceConfigurations[].properties.ipConfigurations[].properties"
PPG = f"{GROUP}/providers/Microsoft.Compute/proximityPlacementGroups/near"
WINDOWS = UNIFORM.replace("Ubuntu2204", "Win2022Datacenter")


@pytest.mark.parametrize(
    ("line", "query", "value"),
    [
        (f"{FLEXIBLE} --tags a=b", "tags", {"a": "b"}),
        (f"{FLEXIBLE} -l eastus", "location", "eastus"),
        (f"{UNIFORM} --disable-overprovision", "properties.overprovision", False),
        (f"{UNIFORM} --instance-count 200", "properties.singlePlacementGroup", False),
        (f"{UNIFORM} --priority spot --eviction-policy Delete --max-price -1", f"{P}.billingProfile.maxPrice", -1),
        (f"{UNIFORM} --assign-identity", "identity", {"type": "SystemAssigned"}),
        (f"{UNIFORM} --assign-identity [system] me", "identity.type", "SystemAssigned, UserAssigned"),
        (f"{UNIFORM} --security-type TrustedLaunch", f"{P}.securityProfile.uefiSettings.secureBootEnabled", True),
        (f"{UNIFORM} --data-disk-sizes-gb 8 16", f"{DATA_DISKS}[].[lun, diskSizeGB]", [[0, 8], [1, 16]]),
        (f"{UNIFORM} --data-disk-sizes-gb 8 --data-disk-caching 0=readonly", f"{DATA_DISKS}[].caching", ["ReadOnly"]),
        (f"{UNIFORM} --storage-sku os=Premium_LRS", f"{OS_DISK}.managedDisk.storageAccountType", "Premium_LRS"),
        (f"{UNIFORM} --ephemeral-os-disk", f"{OS_DISK}.[caching, diffDiskSettings.option]", ["ReadOnly", "Local"]),
        (f"{UNIFORM} --scale-in-policy OldestVM", "properties.scaleInPolicy.rules", ["OldestVM"]),
        (f"{UNIFORM} --terminate-notification-time 5", f"{P}.scheduledEventsProfile.*.enable", [True]),
        (f"{UNIFORM} --public-ip-per-vm", f"{ADDRESS}.publicIPAddressConfiguration.name", ["instancepublicip"]),
        (f"{UNIFORM} --ppg near", "properties.proximityPlacementGroup.id", PPG),
        (f"{WINDOWS} --patch-mode Manual", f"{P}.osProfile.windowsConfiguration.patchSettings.patchMode", "Manual"),
        (f"{UNIFORM} --edge-zone e", "extendedLocation", {"name": "e", "type": "EdgeZone"}),
    ],
)
def test_words_and_what_becomes_of_them(run: Run, client: VmssClient, line: str, query: str, value: object) -> None:
    """Members of the scale set in the template, az's (facts: its template for the same words)."""
    assert jmespath.search(query, scale_set(run, line)) == value


_NO_PART_OF_THE_TEMPLATE = ("--resource-group", "--name", "--validate", "--dry-run", "--image", "--admin-password",
    "--generate-ssh-keys", "--ssh-key-type", "--accept-term", "--disable-integrity-monitoring", "--orchestration-mode",
    "--authentication-type")  # fmt: skip
"""Tested by themselves; and one that says what is so anyway."""
_FLEXIBLE_ONLY = ("--os-disk-delete-option", "--data-disk-delete-option", "--regular-priority-count",
    "--regular-priority-percentage")  # fmt: skip
_SAMPLES = {
    "--location": "eastus", "--lb-sku": "Basic", "--upgrade-policy-mode": "Automatic", "--ssh-key-values": f"'{KEY}'",
    "--ssh-dest-key-path": "/keys", "--vnet-address-prefix": "10.9.0.0/16", "--storage-sku": "Premium_LRS",
    "--subnet-address-prefix": "10.0.9.0/24", "--data-disk-caching": "0=ReadOnly", "--app-gateway": "gw",
    "--secrets": """'{"sourceVault": {"id": "/v"}, "vaultCertificates": [{"certificateUrl": "https://c"}]}'""",
    "--encryption-identity": "/me", "--assign-identity": "", "--instance-count": "60", "--zones": "1",
    "--data-disk-delete-option": "Delete", "--tags": "a=b", "--os-disk-caching": "ReadOnly",
    "--os-type": "windows", "--public-ip-address": "''", "--public-ip-address-allocation": "dynamic",
}  # fmt: skip
_CONFIDENTIAL = "--security-type ConfidentialVM --os-disk-security-encryption-type"
_WITH = {
    "--ssh-key-values": "--authentication-type all",
    "--ssh-dest-key-path": f"--authentication-type all --ssh-key-values '{KEY}'",
    "--vm-domain-name": "--public-ip-per-vm",
    "--data-disk-caching": "--data-disk-sizes-gb 8",
    "--data-disk-encryption-sets": "--data-disk-sizes-gb 8",
    "--data-disk-iops": "--data-disk-sizes-gb 8",
    "--data-disk-mbps": "--data-disk-sizes-gb 8",
    "--data-disk-delete-option": "--data-disk-sizes-gb 8",
    "--encryption-identity": "--assign-identity /me",
    "--eviction-policy": "--priority Spot",
    "--ephemeral-os-disk-placement": "--ephemeral-os-disk",
    "--ephemeral-os-disk-enable-full-caching": "--ephemeral-os-disk",
    "--enable-integrity-monitoring": "--security-type TrustedLaunch",
    "--subnet": "--vnet-name v",
    "--disable-integrity-monitoring-autoupgrade": "--security-type TrustedLaunch --enable-integrity-monitoring",
    "--automatic-repairs-grace-period": "--upgrade-policy-mode Rolling",
    "--enable-automatic-repairs": "--upgrade-policy-mode Rolling",
    "--automatic-repairs-action": "--upgrade-policy-mode Rolling",
    "--instance-percent-policy": "--max-instance-percent 50",
    "--max-instance-percent": "--instance-percent-policy",
    "--zone-placement-policy": "--disable-overprovision",
    "--os-disk-secure-vm-disk-encryption-set": f"{_CONFIDENTIAL} DiskWithVMGuestState",
    "--skuprofile-rank": "--skuprofile-vmsizes Standard_D2s_v5",
}
"""What else has to be said, so that a flag makes sense."""


def test_every_flag_does_something(run: Run, client: VmssClient) -> None:
    """No flag of az is ignored: it changes the template, or it is an error that names it."""
    resource(client, "applicationGateways", "gw", {"backendAddressPools": [{"name": "pool"}]})
    plain = {FLEXIBLE: json.dumps(template(run, FLEXIBLE)), UNIFORM: json.dumps(template(run, UNIFORM))}
    ignored = []
    for argument in found(("create",)).arguments:  # type: ignore[union-attr]  # there is such a command
        flag = argument.flags[0]
        if argument in WAITING or flag in _NO_PART_OF_THE_TEMPLATE:
            continue
        base = FLEXIBLE if flag in _FLEXIBLE_ONLY else UNIFORM
        words = _SAMPLES.get(flag) or sample(argument)
        companion = f"{base} {_WITH.get(flag, '')}"
        before = plain[base] if companion == f"{base} " else run(f"{companion} --dry-run").out
        ran = run(f"{companion} {flag} {words} --dry-run")
        same = ran.code == 0 and json.loads(ran.out) == json.loads(before or "null")
        if same or (ran.code and flag not in ran.err):
            ignored.append((flag, ran.err))
    assert ignored == []
