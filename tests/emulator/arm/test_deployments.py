"""Deployments of templates over REST: order, time, failures, nesting, modes."""

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure
from tests.emulator.arm.deploying import DEPLOYMENT, SCALE_SETS, begun, body, deploy, end, scale_set, template
from vmss_sdk import wire
from vmss_sdk.emulator.arm.deployments.record import Deployments
from vmss_sdk.emulator.arm.identity.directory import Directory
from vmss_sdk.emulator.arm.identity.principal import Principal, Role

NETWORK = {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2015-06-15", "location": "westus"}
IP = {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-01-01", "location": "westus"}
SECRET = "Correct-Horse-7"


@pytest.fixture
def azure() -> Azure:
    """A subscription of its own."""
    return Azure()


def _operations(azure: Azure, path: str = DEPLOYMENT) -> dict[str, dict[str, Any]]:
    items = [item["properties"] for item in azure.get(f"{path}/operations")["value"]]
    return {item["targetResource"]["resourceName"]: item for item in items if "targetResource" in item}


def _seconds(text: str) -> float:
    return wire.parse_time(text).timestamp()


def _duration(operation: dict[str, Any]) -> float:
    return wire.parse_duration(operation["duration"]).total_seconds()


def _nested(name: str, document: dict[str, Any], scope: str = "inner", **more: Any) -> dict[str, Any]:
    properties = {"mode": "Incremental", "expressionEvaluationOptions": {"scope": scope}, "template": document}
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": name,
        "properties": {**properties, **more.pop("properties", {})},
        **more,
    }


def test_a_deployment_creates_what_a_put_would(azure: Azure) -> None:
    """A scale set from a template is the one that its PUT makes, and is complete at the end."""
    found = deploy(azure, body(template(scale_set("web"))))
    assert found["properties"]["provisioningState"] == "Succeeded"
    assert found["properties"]["outputResources"] == [{"id": SET}]
    assert azure.get(SET)["properties"]["provisioningState"] == "Succeeded"


def test_accepted_first(azure: Azure) -> None:
    """The PUT is answered with 201 and state Accepted before anything is there."""
    response = begun(azure, body(template(scale_set("web"))))
    assert (response.status, response.json()["properties"]["provisioningState"]) == (201, "Accepted")
    assert "/deployments/first/operationStatuses/" in response.headers["Azure-AsyncOperation"]
    assert azure.send("GET", SET).status == 404


def test_a_second_deployment_of_the_name_replaces_the_first(azure: Azure) -> None:
    """Deployed again, it is 200, and scale sets that are the same stay as they are."""
    deploy(azure, body(template(scale_set("web"))))
    again = begun(azure, body(template(scale_set("web"))))
    assert again.status == 200
    assert end(azure, again)["status"] == "Succeeded"
    assert len(azure.instances()) == 1


def test_output_names_are_written_as_arm_does(azure: Azure) -> None:
    """``VMSS`` comes back as ``vmss`` (recorded), with the properties of the scale set."""
    versions = "providers('Microsoft.Compute', 'virtualMachineScaleSets').apiVersions"
    value = f"[reference(resourceId('{SCALE_SETS}', 'web'), {versions}[0])]"
    outputs = {"VMSS": {"type": "object", "value": value}, "PublicIP": {"type": "int", "value": 1}}
    found = deploy(azure, body(template(scale_set("web"), outputs=outputs)))["properties"]["outputs"]
    assert list(found) == ["vmss", "publicIP"]
    assert found["vmss"]["type"] == "Object"
    assert found["vmss"]["value"]["upgradePolicy"]["mode"] == "Manual"


def test_dependencies_are_waited_for(azure: Azure) -> None:
    """A scale set that needs another one begins at the moment when that one's operation has ended."""
    deploy(azure, body(template(scale_set("b", f"{SCALE_SETS}/a"), scale_set("a"), scale_set("c"))))
    done = _operations(azure)
    assert done["a"]["timestamp"] == done["c"]["timestamp"]
    a_ends = _seconds(done["a"]["timestamp"])
    assert _seconds(done["b"]["timestamp"]) - _duration(done["b"]) == a_ends
    assert azure.get(f"{GROUP}/providers/{SCALE_SETS}/b")["properties"]["timeCreated"] == done["a"]["timestamp"]


def test_work_goes_on_when_nobody_asks(azure: Azure) -> None:
    """With one leap of an hour the same happens at the same moments as with polls."""
    document = body(template(scale_set("b", "a"), scale_set("a")))
    deploy(azure, document)
    other = Azure()
    begun(other, document)
    other.emulator.clock.advance(3600)
    assert _operations(other) == _operations(azure)


def test_next_event_knows_of_deployments(azure: Azure) -> None:
    """The control plane tells when a deployment begins its work."""
    begun(azure, body(template({**IP, "name": "ip"})))
    assert azure.get("/_emulator/clock", version=None)["secondsToNextEvent"] == 2.0
    azure.settle()
    assert azure.get(DEPLOYMENT)["properties"]["provisioningState"] == "Succeeded"


def test_resources_of_other_providers_are_kept(azure: Azure) -> None:
    """What is no scale set is kept as it was given, and can be referred to."""
    net = {**NETWORK, "name": "net", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}
    outputs = {"space": {"type": "array", "value": "[reference('net').addressSpace.addressPrefixes]"}}
    found = deploy(azure, body(template(net, outputs=outputs)))
    assert found["properties"]["outputs"]["space"]["value"] == ["10.0.0.0/16"]
    assert azure.get(f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net")["location"] == "westus"


def test_loops_and_parameters(azure: Azure) -> None:
    """A loop over a parameter makes as many scale sets."""
    looped = scale_set("[format('set{0}', copyIndex())]", copy={"name": "sets", "count": "[parameters('count')]"})
    deploy(azure, body(template(looped, parameters={"count": {"type": "int"}}), count=2))
    listed = azure.get(f"{GROUP}/providers/{SCALE_SETS}")["value"]
    assert sorted(item["name"] for item in listed) == ["set0", "set1"]


def test_a_refused_template_changes_nothing(azure: Azure) -> None:
    """Nothing is created when something at the end of the template is wrong; the place is told."""
    azure.group()
    bad = {**IP, "name": "ip", "properties": {"x": "[nosuch('a')]"}}
    response = azure.put(body(template(scale_set("web"), bad)), DEPLOYMENT)
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "InvalidTemplate")
    assert "Unable to process template language expressions for resource" in error["message"]
    assert "at line '1' and column '" in error["message"]
    assert "'The template function 'nosuch' is not valid." in error["message"]
    assert error["additionalInfo"][0]["info"]["path"] == "properties.template.resources[1]"
    assert azure.send("HEAD", DEPLOYMENT).status == 404
    assert azure.send("GET", SET).status == 404


def test_a_provider_refuses_before_anything_is_created(azure: Azure) -> None:
    """What a provider finds wrong with a body is told in details, before the first resource."""
    azure.group()
    rolling = {"properties.upgradePolicy": {"mode": "Rolling"}}
    response = azure.put(body(template({**IP, "name": "ip"}, scale_set("web", changes=rolling))), DEPLOYMENT)
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "InvalidTemplateDeployment")
    assert "The template deployment 'first' is not valid according to the validation procedure" in error["message"]
    assert "health probe or health extension was not provided" in error["details"][0]["message"]
    assert azure.send("GET", f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/ip").status == 404


def test_what_a_provider_refuses_is_found_beforehand(azure: Azure) -> None:
    """A virtual machine that lacks most of it cannot be made, which shows before anything else is."""
    azure.group()
    machine = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "properties": {}}
    machine["location"] = "westus"
    response = azure.put(body(template(scale_set("web"), machine)), DEPLOYMENT)
    error = response.json()["error"]
    assert (error["code"], error["details"][0]["code"]) == ("InvalidTemplateDeployment", "InvalidParameter")
    assert azure.send("GET", SET).status == 404


def test_a_failed_resource_fails_the_deployment(azure: Azure) -> None:
    """The rest goes on, what depends on the failed one is not begun, and the errors are in details."""
    azure.create()
    # refused only when it is written: an existing scale set cannot move
    elsewhere = {**scale_set("web"), "location": "eastus"}
    sent = body(template(elsewhere, scale_set("after", "web"), scale_set("apart")))
    status = end(azure, begun(azure, sent))
    error = status["error"]
    assert (status["status"], error["code"], error["target"]) == ("Failed", "DeploymentFailed", DEPLOYMENT)
    assert error["message"].startswith("At least one resource deployment operation failed. Please list")
    assert [detail["code"] for detail in error["details"]] == ["InvalidResourceLocation"]
    done = _operations(azure)
    assert {name: item["provisioningState"] for name, item in done.items()} == {"web": "Failed", "apart": "Succeeded"}
    assert done["web"]["statusCode"] == "Conflict"
    assert azure.get(DEPLOYMENT)["properties"]["error"] == error


def test_an_operation_that_fails_later(azure: Azure) -> None:
    """A scale set whose instances fail ends the deployment with ResourceDeploymentFailure."""
    azure.group()
    response = begun(azure, body(template(scale_set("web"))))
    azure.emulator.clock.advance(3)
    control = f"/_emulator{GROUP}/scaleSets/web/faults"
    fault = {"kind": "provisioningFailure", "code": "OSProvisioningTimedOut"}
    assert azure.post(control, fault, version=None).status == 201
    detail = end(azure, response)["error"]["details"][0]
    assert (detail["code"], detail["target"]) == ("ResourceDeploymentFailure", SET)
    assert "terminal provisioning state 'Failed'" in detail["message"]
    assert detail["details"]


def test_a_running_deployment_is_not_replaced(azure: Azure) -> None:
    """While it goes on, a PUT of the same name is refused."""
    begun(azure, body(template(scale_set("web"))))
    response = azure.put(body(template()), DEPLOYMENT)
    assert azure.error(response) == (409, "DeploymentActive", None)


def test_cancel_begins_nothing_more(azure: Azure) -> None:
    """After a cancel what was begun is finished, and the rest is not begun."""
    begun(azure, body(template(scale_set("a"), scale_set("b", "a"))))
    azure.emulator.clock.advance(3)
    assert azure.post(f"{DEPLOYMENT}/cancel").status == 204
    azure.settle()
    assert azure.get(DEPLOYMENT)["properties"]["provisioningState"] == "Canceled"
    assert [item["name"] for item in azure.get(f"{GROUP}/providers/{SCALE_SETS}")["value"]] == ["a"]
    assert azure.error(azure.post(f"{DEPLOYMENT}/cancel"))[:2] == (409, "DeploymentCannotBeCancelled")


def test_secrets_are_nowhere(azure: Azure, caplog: pytest.LogCaptureFixture) -> None:
    """A secure parameter's value is in no answer, and nowhere in what is kept when it is over."""
    password = {"properties.virtualMachineProfile.osProfile.adminPassword": "[parameters('secret')]"}
    secure = {"secret": {"type": "securestring"}}
    outputs = {"out": {"type": "securestring", "value": "[parameters('secret')]"}}
    document = body(template(scale_set("web", changes=password), parameters=secure, outputs=outputs), secret=SECRET)
    deploy(azure, document)
    texts = [
        azure.send(method, path, document if method == "POST" else None).body.decode()
        for method, path in (
            ("GET", DEPLOYMENT),
            ("GET", f"{DEPLOYMENT}/operations"),
            ("POST", f"{DEPLOYMENT}/exportTemplate"),
            ("POST", f"{DEPLOYMENT}/validate"),
            ("GET", SET),
        )
    ]
    assert [SECRET in text for text in texts] == [False] * 5
    assert azure.get(DEPLOYMENT)["properties"]["parameters"] == {"secret": {"type": "SecureString"}}
    kept = azure.emulator._state.part(Deployments).items.values()
    assert [item.plan for item in kept] == [None]
    assert SECRET not in "".join(map(repr, kept))
    assert SECRET not in caplog.text


def test_deployment_tells_no_secret(azure: Azure) -> None:
    """``deployment()`` tells the parameters without those that are secure."""
    document = template(
        parameters={"secret": {"type": "secureString"}, "plain": {"type": "string"}},
        outputs={"own": {"type": "object", "value": "[deployment().properties.parameters]"}},
    )
    found = deploy(azure, body(document, secret=SECRET, plain="x"))
    assert found["properties"]["outputs"]["own"]["value"] == {"plain": {"value": "x"}}


def test_a_deployment_acts_by_the_rights_of_whoever_asked() -> None:
    """Who may write in one group only cannot reach another by a nested deployment, and who may only read, nothing."""
    reader = Principal.new("looker", Role.READER)
    writer = Principal.new("writer", Role.CONTRIBUTOR, GROUP)
    directory = Directory(principals=(Principal.new("all", Role.OWNER), reader, writer))
    azure = Azure(directory=directory)
    tokens = {
        item.name: {"Authorization": f"Bearer {directory.give(item, 'https://management.azure.com/').text}"}
        for item in directory.principals
    }
    for group in (GROUP, f"{SUBSCRIPTION}/resourceGroups/Other"):
        assert azure.put({"location": "westus"}, group, headers=tokens["all"]).status == 201
    elsewhere = body(template(_nested("module", template(scale_set("web")), resourceGroup="Other")))
    answers = [azure.put(elsewhere, DEPLOYMENT, headers=tokens[name]) for name in ("looker", "writer", "all")]
    assert [answer.status for answer in answers] == [403, 403, 201]
    assert [answer.json()["error"]["code"] for answer in answers[:2]] == [
        "AuthorizationFailed",
        "InvalidTemplateDeployment",
    ]
    assert [detail["code"] for detail in answers[1].json()["error"]["details"]] == ["AuthorizationFailed"]
    own = DEPLOYMENT.replace("first", "own")
    assert azure.put(body(template(scale_set("web"))), own, headers=tokens["writer"]).status == 201
    kept = azure.emulator._state.part(Deployments).items.values()
    assert [item.caller.secret for item in kept if item.caller] == ["", ""]


def test_inner_nested_deployments(azure: Azure) -> None:
    """A nested deployment has its own parameters, runs in its turn, and its outputs can be referred to."""
    inner = template(
        scale_set("[parameters('name')]"),
        parameters={"name": {"type": "string"}},
        outputs={"id": {"type": "string", "value": f"[resourceId('{SCALE_SETS}', parameters('name'))]"}},
    )
    module = _nested("module", inner, properties={"parameters": {"name": {"value": "web"}}})
    outputs = {"id": {"type": "string", "value": "[reference('module').outputs.id.value]"}}
    found = deploy(azure, body(template(scale_set("after", "module"), module, outputs=outputs)))
    assert found["properties"]["outputs"]["id"]["value"] == SET
    assert azure.get(DEPLOYMENT.replace("first", "module"))["properties"]["provisioningState"] == "Succeeded"
    done = _operations(azure)
    assert _seconds(done["after"]["timestamp"]) - _duration(done["after"]) == _seconds(done["module"]["timestamp"])


def test_outer_nested_deployments_see_the_template_around_them(azure: Azure) -> None:
    """Without a scope of its own a nested template uses the parameters and variables around it."""
    inner = template(scale_set("[variables('name')]"))
    module = _nested("module", inner, scope="outer")
    deploy(azure, body(template(module, variables={"name": "web"})))
    assert azure.get(SET)["name"] == "web"


def test_nested_deployments_to_another_group(azure: Azure) -> None:
    """A nested deployment may name another resource group, whose id its functions tell."""
    other = f"{SUBSCRIPTION}/resourceGroups/Other"
    azure.group(other)
    outputs = {"group": {"type": "string", "value": "[resourceGroup().name]"}}
    inner = template(scale_set("web"), outputs=outputs)
    deploy(azure, body(template(_nested("module", inner, resourceGroup="Other"))))
    assert azure.get(f"{other}/providers/{SCALE_SETS}/web")["name"] == "web"
    nested = azure.get(f"{other}/providers/Microsoft.Resources/deployments/module")
    assert nested["properties"]["outputs"]["group"]["value"] == "Other"


def test_a_failing_nested_deployment_fails_the_one_around_it(azure: Azure) -> None:
    """The error of the nested deployment is a detail of the outer one's."""
    azure.create()
    inner = template({**scale_set("web"), "location": "eastus"})
    status = end(azure, begun(azure, body(template(_nested("module", inner)))))
    detail = status["error"]["details"][0]
    assert (detail["code"], detail["details"][0]["code"]) == ("DeploymentFailed", "InvalidResourceLocation")


def test_a_refused_nested_template_is_found_beforehand(azure: Azure) -> None:
    """What is wrong inside of a nested template shows before anything is created."""
    azure.group()
    inner = template({**IP, "name": "[nosuch()]"})
    response = azure.put(body(template(scale_set("web"), _nested("module", inner))), DEPLOYMENT)
    error = response.json()["error"]
    assert (response.status, error["code"], error["details"][0]["code"]) == (
        400,
        "InvalidTemplateDeployment",
        "InvalidTemplate",
    )
    assert azure.send("GET", SET).status == 404


def test_complete_mode_deletes_the_rest(azure: Azure) -> None:
    """In Complete mode what the template does not name goes, after what it names is there."""
    deploy(azure, body(template(scale_set("old"), {**IP, "name": "ip"})))
    deploy(azure, body(template(scale_set("web")), mode="Complete"), DEPLOYMENT.replace("first", "second"))
    assert [item["name"] for item in azure.get(f"{GROUP}/providers/{SCALE_SETS}")["value"]] == ["web"]
    assert azure.send("GET", f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/ip").status == 404
    done = _operations(azure, DEPLOYMENT.replace("first", "second"))
    assert {name: item["provisioningOperation"] for name, item in done.items()} == {
        "web": "Create",
        "old": "Delete",
        "ip": "Delete",
    }


def test_incremental_mode_leaves_the_rest(azure: Azure) -> None:
    """In Incremental mode what the template does not name stays."""
    deploy(azure, body(template(scale_set("old"))))
    deploy(azure, body(template(scale_set("web"))))
    assert len(azure.get(f"{GROUP}/providers/{SCALE_SETS}")["value"]) == 2


def test_bodies_with_comments_and_unquoted_names(azure: Azure) -> None:
    """The body of ``az deployment group create``, which is no JSON, is read, and errors tell its lines."""
    azure.group()
    text = (
        '{"properties": {"parameters": {}, "mode": "Incremental", template:{\n'
        '  // what is deployed\n  "contentVersion": "1.0.0.0", "resources": [\n'
        '    {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-01-01",\n'
        '     "name": "[concat(\n       \'ip\', %s)]", "location": "westus"},\n  ]}}}'
    )
    assert deploy(azure, (text % "1").encode())["properties"]["provisioningState"] == "Succeeded"
    assert azure.get(f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/ip1")["name"] == "ip1"
    refused = azure.put((text % "nosuch()").encode(), DEPLOYMENT).json()["error"]
    assert "at line '4' and column '5'" in refused["message"]


@pytest.mark.parametrize(
    ("sent", "code", "message"),
    [
        (b"{", "InvalidRequestContent", "at line 1, column 2"),
        (b"", "InvalidRequestContent", "empty"),
        (b"[]", "InvalidRequestContent", "Expected a JSON object"),
        (b"\xff\xfe{}", "InvalidRequestContent", "no UTF-8 text"),
        ({}, "InvalidRequestContent", 'Required property "properties"'),
        ({"properties": {"mode": "Incremental"}}, "InvalidRequestContent", 'Required property "template"'),
        ({"properties": {"template": template()}}, "InvalidRequestContent", 'Required property "mode"'),
        (body(template(), mode="Sometimes"), "InvalidRequestContent", '"mode" must be'),
        ({"properties": {"templateLink": {"uri": "https://x"}}}, "InvalidContentLink", "templateLink"),
        ({"tags": [], **body(template())}, "InvalidRequestContent", '"tags" must be'),
        (body(template(), x=1), "InvalidTemplate", "The template parameters 'x'"),
        (b" " * (4 * 1024 * 1024 + 1), "RequestContentTooLarge", "maximum size of 4 MB"),
    ],
)  # fmt: skip
def test_bodies_that_are_no_deployment(azure: Azure, sent: Any, code: str, message: str) -> None:
    """What is wrong with a body is told."""
    azure.group()
    error = azure.put(sent, DEPLOYMENT).json()["error"]
    assert error["code"] == code
    assert message in error["message"]


def test_names_are_checked(azure: Azure) -> None:
    """A deployment's name has up to 64 plain characters."""
    azure.group()
    response = azure.put(body(template()), f"{DEPLOYMENT}{'x' * 70}")
    assert azure.error(response)[:2] == (400, "InvalidDeploymentName")


def test_no_group_no_deployment(azure: Azure) -> None:
    """A deployment needs its resource group."""
    assert azure.error(azure.put(body(template()), DEPLOYMENT))[:2] == (404, "ResourceGroupNotFound")


def test_history(azure: Azure) -> None:
    """Deployments are listed (also with a trailing slash), found, exported and forgotten; resources stay."""
    deploy(azure, {"tags": {"a": "b"}, **body(template(scale_set("web")))})
    listed = azure.get(f"{DEPLOYMENT.rpartition('/')[0]}/")["value"]
    assert [(item["name"], item["tags"]) for item in listed] == [("first", {"a": "b"})]
    query = "?$filter=provisioningState eq 'Failed'"
    assert azure.get(f"{DEPLOYMENT.rpartition('/')[0]}{query}")["value"] == []
    assert azure.send("HEAD", DEPLOYMENT).status == 204
    assert azure.post(f"{DEPLOYMENT}/exportTemplate").json()["template"]["contentVersion"] == "1.0.0.0"
    operation = azure.get(f"{DEPLOYMENT}/operations")["value"][0]
    assert azure.get(f"{DEPLOYMENT}/operations/{operation['operationId']}") == operation
    assert azure.send("DELETE", DEPLOYMENT).status == 204
    assert azure.error(azure.send("GET", DEPLOYMENT))[:2] == (404, "DeploymentNotFound")
    assert azure.get(SET)["name"] == "web"


def test_deployments_go_with_their_group(azure: Azure) -> None:
    """A deleted group takes the history of its deployments with it, also those that go on."""
    begun(azure, body(template(scale_set("web"))))
    azure.send("DELETE", GROUP)
    azure.emulator.clock.advance(3600)
    azure.group()
    assert azure.send("GET", DEPLOYMENT).status == 404
    assert azure.get("/_emulator/clock", version=None)["nextEvent"] is None


def test_polls_move_the_clock_for_clients_that_cannot_wait() -> None:
    """With skip_on_poll each poll leads to the next event."""
    azure = Azure(skip_on_poll=True)
    response = begun(azure, body(template(scale_set("web"))))
    polls = [azure.send("GET", response.headers["Azure-AsyncOperation"]).json()["status"] for _ in range(9)]
    assert polls[-1] == "Succeeded"


def test_validate_changes_nothing(azure: Azure) -> None:
    """Validation tells the resources, and creates none."""
    azure.group()
    found = azure.post(f"{DEPLOYMENT}/validate", body(template(scale_set("web")))).json()
    assert found["properties"]["validatedResources"] == [{"id": SET}]
    assert azure.send("GET", SET).status == 404
    assert azure.send("HEAD", DEPLOYMENT).status == 404
    refused = azure.post(f"{DEPLOYMENT}/validate", body(template(), x=1))
    assert azure.error(refused)[:2] == (400, "InvalidTemplate")


def test_a_template_that_deploys_itself_ends(azure: Azure) -> None:
    """Deployments are nested ten deep at most."""
    document = template(scale_set("web"))
    for depth in range(12):
        document = template(_nested(f"n{depth}", document))
    status = end(azure, begun(azure, body(document)))
    assert status["status"] == "Failed"
    assert "nested in more than '10' deployments" in str(status["error"])


def test_references_that_lead_nowhere_fail_the_deployment(azure: Azure) -> None:
    """A reference to a resource that does not exist fails what needs it, with that resource's error."""
    wanted = "[reference(resourceId('Microsoft.Network/publicIPAddresses', 'none'), '2024-01-01').ipAddress]"
    ip = {**IP, "name": "ip", "properties": {"x": wanted}}
    detail = end(azure, begun(azure, body(template(ip))))["error"]["details"][0]
    assert detail["code"] == "ResourceNotFound"
    assert "Microsoft.Network/publicIPAddresses/none" in detail["message"]


def test_providers_and_dependencies_are_told(azure: Azure) -> None:
    """The answer lists types by provider, and who depends on whom."""
    properties = deploy(azure, body(template(scale_set("web", "ip"), {**IP, "name": "ip"})))["properties"]
    assert [item["namespace"] for item in properties["providers"]] == ["Microsoft.Compute", "Microsoft.Network"]
    assert [(item["resourceName"], item["dependsOn"][0]["resourceName"]) for item in properties["dependencies"]] == [
        ("web", "ip")
    ]
    assert properties["templateHash"].isdecimal()


def test_deployments_in_loops_as_bicep_writes_them(azure: Azure) -> None:
    """A module in a loop, under a symbolic name: each round has its parameters; others refer to it by its index."""
    kind = "Microsoft.Network/publicIPAddresses"
    module = template(
        languageVersion="2.0",
        parameters={"name": {"type": "string"}, "tags": {"type": "array"}},
        outputs={
            "id": {"type": "string", "value": f"[resourceId('{kind}', parameters('name'))]"},
            "tags": {"type": "array", "value": "[parameters('tags')]"},
            "state": {"type": "string", "value": "[reference('ip').provisioningState]"},
        },
    )
    module["resources"] = {"ip": {**IP, "name": "[parameters('name')]"}}
    tags = {"copy": [{"name": "value", "count": 2, "input": "[format('{0}-{1}', copyIndex(), copyIndex('value'))]"}]}
    given = {"name": {"value": "[parameters('names')[copyIndex()]]"}, "tags": tags}
    copy = {"name": "modules", "count": "[length(parameters('names'))]"}
    modules = _nested("[format('m-{0}', copyIndex())]", module, copy=copy, properties={"parameters": given})
    tag = "[reference(format('modules[{0}]', copyIndex())).outputs.id.value]"
    copies = {"name": "tagged", "count": 2}
    tagged = {**IP, "name": "[format('t{0}', copyIndex())]", "copy": copies, "tags": {"of": tag}}
    document = template(
        languageVersion="2.0",
        parameters={"names": {"type": "array", "items": {"type": "string"}, "defaultValue": ["a", "b"]}},
        outputs={
            "tags": {
                "type": "array",
                "copy": {"count": 2, "input": "[reference(format('modules[{0}]', copyIndex())).outputs.tags.value]"},
            },
            "of": {
                "type": "array",
                "value": "[map(references('tagged', 'Full'), lambda('t', lambdaVariables('t').tags.of))]",
            },
        },
    )
    document["resources"] = {"modules": modules, "tagged": {**tagged, "dependsOn": ["modules"]}}
    found = deploy(azure, body(document))["properties"]["outputs"]
    assert found["tags"]["value"] == [["0-0", "0-1"], ["1-0", "1-1"]]
    assert [resource_id.rpartition("/")[2] for resource_id in found["of"]["value"]] == ["a", "b"]


@pytest.mark.parametrize("properties", [5, 0, "x", "", True, [], [1], ["ab"], "[reference('x')]"])
@pytest.mark.parametrize("verb", ["validate", "whatIf", ""])
def test_a_nested_deployment_whose_properties_are_no_object_is_refused(
    azure: Azure, properties: Any, verb: str
) -> None:
    """By its place in the template, before anything is created."""
    azure.group()
    inner = {"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "n"}
    template = {"contentVersion": "1.0.0.0", "resources": [{**inner, "properties": properties}]}
    path = f"{DEPLOYMENT}/{verb}".rstrip("/")
    response = azure.send(
        "POST" if verb else "PUT", path, {"properties": {"mode": "Incremental", "template": template}}
    )
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "InvalidTemplate")
    assert "the properties of a deployment must be an object" in error["message"]
