"""The same words, typed after ``az vmss`` and after ``vmss``, make the same scale set."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from typing import Any

import pytest

from tests.az.az import SUBSCRIPTION, Az
from vmss_sdk import VmssClient
from vmss_sdk.cli import main

LOGIN = "--admin-username ops --admin-password Correct-Horse-7 --authentication-type password"
UNIFORM = f"create --orchestration-mode Uniform --image Ubuntu2204 {LOGIN}"
ROLLING = f"{UNIFORM} --upgrade-policy-mode Rolling --max-batch-instance-percent 50 --pause-time-between-batches PT2S"
MODEL = "virtualMachineProfile"
_OWN = {"etag", "timeCreated", "uniqueId", "createdAt", "lastModifiedAt", "systemData"}
"""What no two scale sets have in common."""
_MANY = ("deployments", "virtualMachines")  # they have names of their own


@pytest.fixture
def groups(client: VmssClient, group: str) -> tuple[str, str]:
    """One for az, one for us."""
    client.resource_groups.create_or_update(f"{group}-ours", "westus2")
    return group, f"{group}-ours"


@pytest.fixture
def ours(
    client: VmssClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], None]:
    """Types a command of ours, which has to succeed."""
    monkeypatch.setattr("vmss_sdk.cli.connection.connect", lambda _: client)
    monkeypatch.setattr(client, "close", lambda: None)

    def type_it(line: str) -> None:
        code = main(shlex.split(line))
        assert code == 0, capsys.readouterr().err

    return type_it


def everything(client: VmssClient, group: str) -> Any:
    """The scale set and what was made with it, without what differs anyway."""
    id = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}"
    listed = client.resource(f"{id}/resources", api_version="2024-11-01").get()["value"]
    kinds = sorted(f"{each['type']}/{each['name']}" for each in listed if not each["type"].endswith(_MANY))
    found = json.dumps([_common(client.scale_set(group, "web").get().wire), kinds])
    return json.loads(re.sub(r"web[0-9a-f]{6}", "web******", found).replace(group, "the-group"))


def _common(value: Any) -> Any:
    if isinstance(value, list):
        return [_common(item) for item in value]
    if isinstance(value, dict):
        return {name: _common(item) for name, item in value.items() if name not in _OWN}
    return value


@pytest.mark.parametrize(
    "lines",
    [
        [f"{UNIFORM} --instance-count 3 --tags team=shop --zones 1 2 3"],
        [f"{ROLLING} --data-disk-sizes-gb 8 16 --storage-sku os=Premium_LRS 0=Premium_LRS 1=Standard_LRS"],
        [f"create --image Debian:debian-12:12-gen2:latest {LOGIN} --lb '' --ultra-ssd-enabled false --priority Spot"],
        ["create --orchestration-mode Flexible --platform-fault-domain-count 1"],
        [
            f"{UNIFORM} --vm-sku Standard_D4s_v5 --public-ip-per-vm --scale-in-policy OldestVM --data-disk-sizes-gb 4",
            "update --set tags.team=ops upgradePolicy.mode=Automatic --max-batch-instance-percent 30",
            f"update --add {MODEL}.storageProfile.dataDisks lun=3 createOption=Empty diskSizeGB=8",
            f"update --remove {MODEL}.storageProfile.dataDisks 0",
            "update --license-type RHEL_BYOS --enable-automatic-repairs false",
        ],
        [
            f"{UNIFORM} --disable-overprovision --single-placement-group true --terminate-notification-time 5",
            f"update --set {MODEL}.storageProfile.imageReference.version=22.04.202405070",
        ],
    ],
    ids=["zones", "rolling", "flexible", "empty", "updates", "image"],
)
def test_the_same_scale_set(
    az: Az, ours: Callable[[str], None], client: VmssClient, groups: tuple[str, str], lines: list[str]
) -> None:
    """Its model, and the resources that were made with it, down to their names."""
    for line in lines:
        az(f"vmss {line} -g {groups[0]} -n web")
        ours(f"{line} -g {groups[1]} -n web")
    assert everything(client, groups[1]) == everything(client, groups[0])
