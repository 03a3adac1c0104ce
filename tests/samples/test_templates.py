"""The sample templates deploy."""

from pathlib import Path
from typing import Any

from tests.emulator.arm.azure import GROUP, SET, Azure
from tests.emulator.arm.deploying import deploy
from vmss_sdk import wire

TEMPLATES = Path(__file__).parents[2] / "samples/templates"


def _body(**changes: Any) -> dict[str, Any]:
    given = wire.decode((TEMPLATES / "rolling-scale-set.parameters.json").read_bytes())["parameters"]
    changes = {"location": "westus2", **changes}  # a region with zones
    parameters = {**given, **{name: {"value": value} for name, value in changes.items()}}
    template = wire.decode((TEMPLATES / "rolling-scale-set.json").read_bytes())
    return {"properties": {"mode": "Incremental", "template": template, "parameters": parameters}}


def test_the_rolling_scale_set_is_created() -> None:
    """With its parameters file there are five instances in three zones, in Rolling mode with a probe."""
    azure = Azure()
    outputs = deploy(azure, _body())["properties"]["outputs"]
    assert (outputs["scaleSetId"]["value"], outputs["upgradeMode"]["value"]) == (SET, "Rolling")
    assert {item["zones"][0] for item in azure.instances()} == {"1", "2", "3"}
    profile = azure.get(SET)["properties"]["virtualMachineProfile"]["networkProfile"]
    assert (
        profile["healthProbe"]["id"] == f"{GROUP}/providers/Microsoft.Network/loadBalancers/web-balancer/probes/health"
    )


def test_deployed_again_a_change_is_rolled_out() -> None:
    """A new image in the parameters is rolled out in batches, and the deployment waits for the end of it."""
    azure = Azure()
    deploy(azure, _body())
    image = {"publisher": "Canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2"}
    deploy(azure, _body(imageReference={**image, "version": "22.04.202401010"}))
    assert azure.applied() == [True] * 5
    assert azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["progress"]["successfulInstanceCount"] == 5


def test_the_bicep_source_has_the_same_parameters_and_resources() -> None:
    """The template is what its Bicep source says: parameters, resources with their versions, outputs."""
    template = wire.decode((TEMPLATES / "rolling-scale-set.json").read_bytes())
    lines = [line.split() for line in (TEMPLATES / "rolling-scale-set.bicep").read_text().splitlines()]
    declared = [words for words in lines if words and words[0] in ("param", "var", "resource", "output")]
    names = {kind: [words[1] for words in declared if words[0] == kind] for kind in ("param", "var", "output")}
    assert names["param"] == list(template["parameters"])
    assert names["var"] == list(template["variables"])
    assert names["output"] == list(template["outputs"])
    resources = {words[1]: words[2].strip("'") for words in declared if words[0] == "resource"}
    assert resources == {name: f"{item['type']}@{item['apiVersion']}" for name, item in template["resources"].items()}
