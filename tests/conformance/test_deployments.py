"""Deployments by Microsoft's own client, azure-mgmt-resource-deployments."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.resource.deployments import DeploymentsMgmtClient

from tests.conformance.conftest import SUBSCRIPTION, credential_of
from tests.serving import SecureServer

pytestmark = pytest.mark.conformance

TEMPLATES = Path(__file__).parents[2] / "samples/templates"


@pytest.fixture(scope="module")
def client(secure: SecureServer) -> Iterator[Any]:
    """The client, as anybody constructs it."""
    options: dict[str, Any] = {"base_url": secure.url, "connection_verify": secure.ca}
    with credential_of(secure) as credential, DeploymentsMgmtClient(credential, SUBSCRIPTION, **options) as found:
        yield found


def _sample(**changes: Any) -> dict[str, Any]:
    document = json.loads((TEMPLATES / "rolling-scale-set.json").read_text())
    given = json.loads((TEMPLATES / "rolling-scale-set.parameters.json").read_text())["parameters"]
    parameters = {**given, **{name: {"value": value} for name, value in changes.items()}}
    return {"properties": {"mode": "Incremental", "template": document, "parameters": parameters}}


def test_a_template_is_deployed(client: Any, compute: Any, group: str) -> None:
    """The poller ends with outputs and resources, and the scale set is there."""
    found = client.deployments.begin_create_or_update(group, "first", _sample()).result()
    assert found.properties.provisioning_state == "Succeeded"
    assert found.properties.outputs["upgradeMode"] == {"type": "String", "value": "Rolling"}
    assert len(found.properties.output_resources) == 5
    scale_set = compute.virtual_machine_scale_sets.get(group, "web")
    assert (scale_set.sku.capacity, scale_set.zones) == (5, ["1", "2", "3"])


def test_operations_and_history(client: Any, group: str) -> None:
    """What was done is listed by resource; the deployment is listed, exported, and forgotten."""
    client.deployments.begin_create_or_update(group, "first", _sample()).result()
    done = list(client.deployment_operations.list(group, "first"))
    assert {item.properties.provisioning_state for item in done} == {"Succeeded"}
    assert "web" in {item.properties.target_resource.resource_name for item in done if item.properties.target_resource}
    assert [item.name for item in client.deployments.list_by_resource_group(group)] == ["first"]
    assert client.deployments.export_template(group, "first").template["languageVersion"] == "2.0"
    assert client.deployments.check_existence(group, "first")
    client.deployments.begin_delete(group, "first").result()
    with pytest.raises(ResourceNotFoundError):
        client.deployments.get(group, "first")


def test_validation(client: Any, group: str) -> None:
    """A good template is valid, of a bad one the error tells what is wrong."""
    valid = client.deployments.begin_validate(group, "first", _sample()).result()
    assert valid.properties.provisioning_state == "Succeeded"
    with pytest.raises(HttpResponseError) as caught:
        client.deployments.begin_validate(group, "first", _sample(instanceCount=0)).result()
    assert "Value should be greater than or equal to '1'" in caught.value.message


def test_refused_deployments(client: Any, group: str) -> None:
    """A template that is refused is an error with ARM's code, and leaves nothing."""
    wrong = _sample(rollingUpgradePolicy={"maxBatchInstancePercent": 500})
    with pytest.raises(HttpResponseError) as caught:
        client.deployments.begin_create_or_update(group, "first", wrong).result()
    assert caught.value.error is not None
    assert caught.value.error.code == "InvalidTemplateDeployment"
    assert not client.deployments.check_existence(group, "first")


def test_what_if(client: Any, group: str) -> None:
    """What would be created, then what would be changed."""
    before = client.deployments.begin_what_if(group, "first", _sample()).result()
    assert {change.change_type for change in before.properties.changes} == {"Create"}
    client.deployments.begin_create_or_update(group, "first", _sample()).result()
    after = client.deployments.begin_what_if(group, "first", _sample(instanceCount=7)).result()
    changed = [change for change in after.properties.changes if change.change_type == "Modify"]
    assert [change.resource_id.rpartition("/")[2] for change in changed] == ["web"]
    assert [(item.path, item.before, item.after) for item in changed[0].delta] == [("sku.capacity", 5, 7)]


def test_template_hash(client: Any) -> None:
    """Templates with the same content have the same hash."""
    template = _sample()["properties"]["template"]
    first = client.deployments.calculate_template_hash(template)
    assert first.template_hash.isdecimal()
    again = client.deployments.calculate_template_hash(json.loads(first.minified_template))
    assert again.template_hash == first.template_hash
