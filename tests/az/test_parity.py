"""``vmss`` beside ``az vmss``: the same line on the same server, the same output, and the same end."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.az.az import SUBSCRIPTION, Az, Outcome
from tests.emulator.arm.azure import FLEXIBLE, model, rolling
from tests.serving import SecureServer
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.cli import main

GROUP = "parity"
PLACE = f"-g {GROUP} -n web"
IGNORED = {
    "extension": (".id", ".provisioningState", ".resourceGroup"),  # az looks into the scale set's model alone
    "scale": (".etag",),  # each writes, so there is another version
    "update": (".etag",),
}
"""Where the output of a command differs, by its first word."""
Typed = Callable[[str], tuple[Outcome, Outcome]]


@pytest.fixture(scope="session")
def stage(client: VmssClient) -> VmssClient:
    """A scale set that was upgraded in batches, one in zones with an outdated instance, and a Flexible one."""
    client.resource_groups.create_or_update(GROUP, "westus2", tags={"team": "shop"})
    for name, document in (
        ("web", rolling()),
        ("zonal", model(2, {"zones": ["1", "2"], "tags": {"team": "shop"}})),
        ("flex", model(2, FLEXIBLE)),
    ):
        _put(client, name, document)
    image = "properties.virtualMachineProfile.storageProfile.imageReference.version"
    _put(client, "web", _at(rolling(), image, "1.0.1"))
    _put(client, "zonal", _at(model(2, {"zones": ["1", "2"]}), image, "1.0.1"))
    client.emulator.clock.settle()
    return client


def _at(document: dict[str, Any], path: str, value: str) -> dict[str, Any]:
    holder = document
    *parts, last = path.split(".")
    for part in parts:
        holder = holder[part]
    holder[last] = value
    return document


def _put(client: VmssClient, name: str, document: dict[str, Any]) -> None:
    found = VirtualMachineScaleSet.from_wire({**document, "location": "westus2"})
    client.scale_set(GROUP, name).create_or_update(found).result()


@pytest.fixture
def both(
    az: Az,
    stage: VmssClient,
    secure: SecureServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Typed:
    """Types a line with ``az`` and with ``vmss``, which is logged in as the same principal."""
    for name, value in {
        "VMSS_ENDPOINT": secure.url,
        "AZURE_AUTHORITY_HOST": secure.url,
        "AZURE_TENANT_ID": secure.tenant_id,
        "AZURE_CLIENT_ID": secure.client_id,
        "AZURE_CLIENT_SECRET": secure.client_secret,
        "AZURE_SUBSCRIPTION_ID": SUBSCRIPTION,
    }.items():
        monkeypatch.setenv(name, value)

    def typed(line: str) -> tuple[Outcome, Outcome]:
        theirs = az.run(line if line.startswith("group ") else f"vmss {line}")
        code = main(shlex.split(line))
        ours = capsys.readouterr()
        return Outcome(code, ours.out, ours.err), theirs

    return typed


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    """Where two documents differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in sorted({*ours, *theirs}):
            yield from differences(ours.get(name, "nothing"), theirs.get(name, "nothing"), f"{path}.{name}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(one, other, f"{path}[{at}]")
    elif ours != theirs:
        yield f"{path}: {ours!r}, az {theirs!r}"


@pytest.mark.parametrize(
    "line",
    [
        f"show {PLACE}",
        f"show -g {GROUP} -n zonal",
        f"show -g {GROUP} -n flex",
        f"show {PLACE} --instance-id 0",
        f"show {PLACE} --include-user-data",
        f"list -g {GROUP}",
        f"list-instances {PLACE}",
        f"list-instances {PLACE} --expand instanceView",
        f"list-instances -g {GROUP} -n flex",
        f"list-instances -g {GROUP} -n zonal --filter 'properties/latestModelApplied eq false'",
        f"list-instances {PLACE} --max-items 1 --query [].instanceId",
        f"scale {PLACE} --new-capacity 3",
        f"update {PLACE} --set overprovision=false",
        f"update {PLACE} --instance-id 0 --protect-from-scale-in true",
        f"get-instance-view {PLACE}",
        f"get-instance-view {PLACE} --instance-id 1",
        f"get-instance-view {PLACE} --instance-id *",
        f"list-skus {PLACE}",
        f"rolling-upgrade get-latest {PLACE}",
        f"get-os-upgrade-history {PLACE}",
        f"nic list -g {GROUP} --vmss-name web",
        f"nic list-vm-nics -g {GROUP} --vmss-name web --instance-id 1",
        f"nic show -g {GROUP} --vmss-name web --instance-id 1 -n nic",
        f"list-instance-public-ips {PLACE}",
        f"extension list -g {GROUP} --vmss-name web",
        f"extension show -g {GROUP} --vmss-name web -n health",
        "extension image list-names -l westus2 -p Microsoft.ManagedServices",
        f"identity show {PLACE}",
        f"run-command list -g {GROUP} --vmss-name web --instance-id 0",
        f"application list {PLACE}",
        f"lifecycle-hook list -g {GROUP} --vmss-name web",
        f"lifecycle-hook-event list -g {GROUP} --vmss-name web",
        f"group show -n {GROUP}",
        f"group list --query \"[?name=='{GROUP}']\"",
        f"group exists -n {GROUP}",
    ],
)
def test_the_same_json(both: Typed, line: str) -> None:
    """Every member by the same name at the same place."""
    ours, theirs = both(line)
    assert (ours.status, theirs.status) == (0, 0), (ours.errors, theirs.errors)
    found = differences(json.loads(ours.output), json.loads(theirs.output))
    ignored = IGNORED.get(line.split(" ", maxsplit=1)[0], ())
    assert [one for one in found if not one.split(":")[0].endswith(ignored)] == []


@pytest.mark.parametrize(
    "line",
    [
        f"list -g {GROUP} -o table",
        f"show {PLACE} -o table",
        f"list-instances {PLACE} -o table --query [].{{Id:instanceId,Applied:latestModelApplied,Zone:zones}}",
        f"list-instances {PLACE} -o table --query [].[instanceId,latestModelApplied]",
        f"list-instances {PLACE} -o tsv --query [].[instanceId,latestModelApplied,sku]",
        f"list-instances {PLACE} -o tsv --query [].instanceId",
        f"show {PLACE} -o tsv --query upgradePolicy.mode",
        f"show {PLACE} -o tsv --query tags.nothing",
        f"show {PLACE} -o tsv --query sku",
        f"show {PLACE} -o yaml",
        f"list-instances {PLACE} -o tsv",
        f"get-instance-view {PLACE} -o table",
        f"rolling-upgrade get-latest {PLACE} -o table --query runningStatus",
        f"group list -o table --query \"[?name=='{GROUP}']\"",
        f"group show -n {GROUP} -o tsv",
        f"group exists -n {GROUP} -o tsv",
        f"show {PLACE} -o none",
        f"list-skus {PLACE} -o table",
    ],
)
def test_the_same_text(both: Typed, line: str) -> None:
    """Letter by letter: scripts cut columns out of it. Where az shows every member as a column, ours chooses some."""
    ours, theirs = both(line)
    assert (ours.status, theirs.status) == (0, 0), (ours.errors, theirs.errors)
    assert ours.output == theirs.output


@pytest.mark.parametrize(
    "line",
    [
        f"show -g {GROUP} -n nothing",
        "show -g nothing -n web",
        f"show {PLACE} --instance-id 99",
        f"show -g {GROUP}",
        f"update-instances {PLACE} --instance-ids 99",
        f"update-instances {PLACE}",
        f"restart {PLACE} --instance-ids 99",
        f"rolling-upgrade cancel {PLACE}",
        f"rolling-upgrade get-latest -g {GROUP} -n zonal",
        f"delete -g {GROUP} -n nothing",
        f"show {PLACE} --query [?",
        f"show {PLACE} -o pretty",
        "group show -n nothing",
        "group exists -n nothing",
        "nonsense",
    ],
)
def test_the_same_end(both: Typed, line: str) -> None:
    """The exit code, and what the service said in az's words."""
    ours, theirs = both(line)
    assert ours.status == theirs.status, (ours.errors, theirs.errors)
    if theirs.errors.startswith("ERROR: ("):
        assert ours.errors.splitlines()[:3] == theirs.errors.splitlines()[:3]
