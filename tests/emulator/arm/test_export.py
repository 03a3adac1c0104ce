"""A resource group as a template."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, Azure, changed, model

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"


@pytest.fixture
def azure() -> Azure:
    """A scale set with an identity, and a network with a subnet."""
    azure = Azure()
    azure.create(model(2, {"identity": {"type": "SystemAssigned"}, "tags": {"note": "[odd]"}}))
    subnet = {"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}
    azure.put({"location": "westus", "properties": {"subnets": [subnet]}}, NETWORK)
    return azure


def exported(azure: Azure, options: str = "", resources: Any = ("*",)) -> Any:
    """The template."""
    answer = azure.post(f"{GROUP}/exportTemplate", {"resources": list(resources), "options": options})
    assert answer.status == 200, answer.body
    return answer.json()["template"]


def test_it_can_be_deployed(azure: Azure) -> None:
    """To another group it makes the same, once the password, which nobody shows, is filled in."""
    template = exported(azure, "SkipAllParameterization")
    [web] = [item for item in template["resources"] if item["type"].endswith("virtualMachineScaleSets")]
    web["properties"]["virtualMachineProfile"]["osProfile"]["adminPassword"] = "Correct-Horse-7"
    other = GROUP.replace("Shop", "Other")
    azure.group(other)
    body = {"properties": {"mode": "Incremental", "template": template}}
    deployment = f"{other}/providers/Microsoft.Resources/deployments/copy"
    answer = azure.put(body, deployment)
    assert answer.status == 201, answer.body
    azure.settle()
    assert azure.get(deployment)["properties"]["provisioningState"] == "Succeeded"
    copy = azure.get(SET.replace("/Shop/", "/Other/"))
    assert (copy["sku"], copy["tags"]) == (azure.get()["sku"], {"note": "[odd]"})
    assert azure.get(NETWORK.replace("/Shop/", "/Other/"))["properties"]["subnets"][0]["name"] == "s"


def test_names_are_parameters(azure: Azure) -> None:
    """Unless they are not wanted; with their values on demand."""
    template = exported(azure, "IncludeParameterDefaultValue")
    assert template["parameters"]["virtualMachineScaleSets_web_name"] == {"type": "String", "defaultValue": "web"}
    assert "[parameters('virtualMachineScaleSets_web_name')]" in [item["name"] for item in template["resources"]]
    assert exported(azure)["parameters"]["virtualNetworks_net_name"] == {"type": "String"}
    assert exported(azure, "SkipResourceNameParameterization")["parameters"] == {}


def test_what_only_the_service_sets_is_left_out(azure: Azure) -> None:
    """Else Azure would refuse the template."""
    [web] = exported(azure, resources=[SET])["resources"]
    assert web["identity"] == {"type": "SystemAssigned"}
    assert not {"provisioningState", "uniqueId", "timeCreated"} & web["properties"].keys()
    assert not {"id", "etag", "provisioningState"} & web.keys()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"resources": [f"{SET}x"]}, 404),
        ({"resources": []}, 400),
        ({"resources": "*"}, 400),
        ({"options": "Everything"}, 400),
    ],
)
def test_what_is_refused(azure: Azure, changes: dict[str, Any], status: int) -> None:
    """With the reason."""
    body = changed({"resources": ["*"]}, {}) | changes
    assert azure.post(f"{GROUP}/exportTemplate", body).status == status
