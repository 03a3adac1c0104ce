"""``az deployment group``: templates of people's own, sent in az's form that is no JSON (az-cli 5.9)."""

import json
from pathlib import Path

import pytest

from tests.az.az import Az
from tests.serving import ROOT
from vmss_sdk import VmssClient

TEMPLATES = ROOT / "samples" / "templates"
SAMPLE = f"-f {TEMPLATES / 'rolling-scale-set.json'} -p @{TEMPLATES / 'rolling-scale-set.parameters.json'}"
COMMENTED = """// a template as people write it
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"prefix": {"type": "string", "defaultValue": "shop"}},
  /* two of them */
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-01-01",
      "name": "[concat(parameters('prefix'), 'data',
                copyIndex())]",
      "location": "[resourceGroup().location]",
      "sku": {"name": "Standard_LRS"},
      "kind": "StorageV2",
      "copy": {"name": "accounts", "count": 2}
    }
  ],
  "outputs": {"first": {"type": "string", "value": "[concat(parameters('prefix'), 'data0')]"}}
}
"""


@pytest.fixture
def commented(az: Az) -> str:
    """The file of a template with comments and a string over two lines."""
    (az.folder / "commented.json").write_text(COMMENTED)
    return "-f commented.json"


def accounts(az: Az, group: str) -> list[str]:
    """The storage accounts of a group."""
    kind = "Microsoft.Storage/storageAccounts"
    return sorted(item["name"] for item in az(f"resource list -g {group} --resource-type {kind}"))


def test_sample(az: Az, client: VmssClient, group: str) -> None:
    """The rolling scale set of the samples is deployed, and a second deployment rolls a change out."""
    done = az(f"deployment group create -g {group} -n first {SAMPLE}")
    assert done["properties"]["provisioningState"] == "Succeeded"
    name = az(f"vmss list -g {group}")[0]["name"]
    web = client.scale_set(group, name)
    assert web.get().upgrade_policy.mode == "Rolling"  # type: ignore[union-attr]  # there is one
    az(f"deployment group create -g {group} -n second {SAMPLE} -p vmSize=Standard_D4s_v5")
    client.emulator.clock.settle()
    assert web.rolling_upgrade.latest().running_status.code == "Completed"  # type: ignore[union-attr]  # there is one
    assert {instance.sku.name for instance in web.instances() if instance.sku} == {"Standard_D4s_v5"}


def test_comments_and_long_strings(az: Az, group: str, commented: str) -> None:
    """Comments and strings over several lines come through; parameters and outputs too."""
    done = az(f"deployment group create -g {group} -n one {commented} -p prefix=abc")
    assert done["properties"]["outputs"]["first"]["value"] == "abcdata0"
    assert accounts(az, group) == ["abcdata0", "abcdata1"]


def test_show_list_delete(az: Az, group: str, commented: str) -> None:
    """A deployment can be read, listed with its operations, and deleted; its resources stay."""
    az(f"deployment group create -g {group} -n one {commented}")
    assert az(f"deployment group show -g {group} -n one")["properties"]["mode"] == "Incremental"
    assert [item["name"] for item in az(f"deployment group list -g {group}")] == ["one"]
    operations = az(f"deployment operation group list -g {group} -n one")
    targets = [item["properties"]["targetResource"] for item in operations if item["properties"].get("targetResource")]
    assert sorted(target["resourceName"] for target in targets) == ["shopdata0", "shopdata1"]
    az(f"deployment group delete -g {group} -n one")
    assert az(f"deployment group list -g {group}") == []
    assert accounts(az, group) == ["shopdata0", "shopdata1"]


def test_validate(az: Az, group: str, commented: str) -> None:
    """Nothing is created; a template that cannot work is refused."""
    own = f"{commented} -p prefix={group}"  # names of storage accounts are unique in all of Azure
    assert az(f"deployment group validate -g {group} {own}")["properties"]["provisioningState"] == "Succeeded"
    assert accounts(az, group) == []
    assert "colour" in az.fails(f"deployment group validate -g {group} {commented} -p colour=red")


def test_what_if(az: Az, group: str, commented: str) -> None:
    """What would be created, and afterwards that nothing would change."""
    own = f"{commented} -p prefix={group}"  # names of storage accounts are unique in all of Azure
    line = f"deployment group what-if -g {group} {own} --no-pretty-print"
    assert [change["changeType"] for change in az(line)["changes"]] == ["Create", "Create"]
    az(f"deployment group create -g {group} -n one {own}")
    assert {change["changeType"] for change in az(line)["changes"]} <= {"NoChange", "Ignore"}
    assert "no change" in az.run(line.removesuffix(" --no-pretty-print")).output.lower()


def test_unknown_function(az: Az, group: str) -> None:
    """A function that is not served is named."""
    template = json.loads((TEMPLATES / "rolling-scale-set.json").read_text())
    template["outputs"] = {"x": {"type": "string", "value": "[fortyTwo()]"}}
    Path(az.folder, "unknown.json").write_text(json.dumps(template))
    parameters = TEMPLATES / "rolling-scale-set.parameters.json"
    assert "fortyTwo" in az.fails(f"deployment group create -g {group} -f unknown.json -p @{parameters}")


def test_failing_resource(az: Az, client: VmssClient, group: str) -> None:
    """A resource that is refused fails the deployment, with the service's words in the error."""
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [
            {
                "type": "Microsoft.Compute/virtualMachineScaleSets",
                "apiVersion": "2024-07-01",
                "name": "web",
                "location": "westus2",
                "sku": {"name": "Standard_D2s_v5", "capacity": 1},
                "properties": {"upgradePolicy": {"mode": "Rolling"}, "virtualMachineProfile": {}},
            }
        ],
    }
    Path(az.folder, "failing.json").write_text(json.dumps(template))
    error = az.fails(f"deployment group create -g {group} -n one -f failing.json")
    assert "health probe" in error
    assert not client.scale_set(group, "web").exists()
