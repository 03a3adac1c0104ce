"""Plans: loops, conditions, children, dependencies, nested templates."""

from typing import Any

import pytest

from tests.emulator.templates.language import GROUP, Resources, plan, template
from vmss_sdk.emulator.templates.errors import TemplateError
from vmss_sdk.emulator.templates.plan import Plan

Document = dict[str, Any]


def _resource(name: str, *needs: str, kind: str = "Microsoft.Network/publicIPAddresses", **more: Any) -> Document:
    return {"type": kind, "apiVersion": "2024-01-01", "name": name, "dependsOn": list(needs), **more}


def _names(found: Plan) -> list[str]:
    return [item.name for item in found.deployed]


def _needs(found: Plan, name: str) -> set[str]:
    by_key = {item.key: item.name for item in found.resources}
    return {by_key[key] for item in found.resources if item.name == name for key in item.needs}


def test_loops_unroll_resources() -> None:
    """A copy makes so many resources, each with its index."""
    loop = _resource("[concat('ip', copyIndex())]", copy={"name": "ips", "count": 3})
    after = _resource("after", "ips")
    found = plan(template(resources=[loop, after]))
    assert _names(found) == ["ip0", "ip1", "ip2", "after"]
    assert _needs(found, "after") == {"ip0", "ip1", "ip2"}


def test_serial_loops_go_batch_by_batch() -> None:
    """With mode serial a batch needs the one before it."""
    copy = {"name": "ips", "count": 5, "mode": "serial", "batchSize": 2}
    found = plan(template(resources=[_resource("[format('ip{0}', copyIndex(1))]", copy=copy)]))
    assert _needs(found, "ip1") == set()
    assert _needs(found, "ip3") == {"ip1", "ip2"}
    assert _needs(found, "ip5") == {"ip3", "ip4"}


def test_loops_over_properties_variables_and_outputs() -> None:
    """Copies of properties, variables and outputs become arrays; loops see those around them."""
    variables = {"copy": [{"name": "disks", "count": 2, "input": {"lun": "[copyIndex('disks')]"}}]}
    resource = _resource(
        "one",
        properties={"copy": [{"name": "rules", "count": 2, "input": "[concat('r', copyIndex('rules', 1))]"}]},
    )
    outputs = {"all": {"type": "array", "copy": {"count": 2, "input": "[variables('disks')[copyIndex()].lun]"}}}
    found = plan(template(variables=variables, resources=[resource], outputs=outputs))
    assert found.body(found.resources[0], None) == {"properties": {"rules": ["r1", "r2"]}}
    assert found.outputs(None)["all"]["value"] == [0, 1]


@pytest.mark.parametrize(("count", "message"), [(-1, "has an invalid copy count"), (801, "cannot exceed '800'")])
def test_loops_have_limits(count: int, message: str) -> None:
    """A loop runs from 0 to 800 times."""
    with pytest.raises(TemplateError, match=message):
        plan(template(resources=[_resource("[string(copyIndex())]", copy={"name": "c", "count": count})]))


def test_conditions_leave_resources_out() -> None:
    """What is left out is not deployed, and who depends on it does not wait."""
    resources = [_resource("no", condition="[equals(1, 2)]"), _resource("yes", "no", condition=True)]
    found = plan(template(resources=resources))
    assert _names(found) == ["yes"]
    assert _needs(found, "yes") == set()


def test_children_inside_of_their_parent() -> None:
    """A child in its parent has the parent's type and name in front, and comes after it."""
    child = {"type": "subnets", "apiVersion": "2024-01-01", "name": "inner", "properties": {}}
    net = _resource("net", kind="Microsoft.Network/virtualNetworks", resources=[child])
    found = plan(template(resources=[net]))
    assert found.resources[1].id == f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/inner"
    assert _needs(found, "net/inner") == {"net"}


@pytest.mark.parametrize(
    "entry",
    [
        "a",
        "Microsoft.Network/publicIPAddresses/a",
        "microsoft.network/publicIpAddresses/A",
        "[resourceId('Microsoft.Network/publicIPAddresses', 'a')]",
        "[concat('Microsoft.Network/publicIPAddresses/', 'a')]",
    ],
)
def test_depends_on_by_name_by_type_and_name_and_by_id(entry: str) -> None:
    """Every way to write a dependency is understood, without regard to case."""
    assert _needs(plan(template(resources=[_resource("b", entry), _resource("a")])), "b") == {"a"}


@pytest.mark.parametrize(
    "entry",
    [
        "Microsoft.Network/loadBalancers/inboundNatRules/lb/rule",
        "Microsoft.Network/loadBalancers/lb/inboundNatRules/rule",
    ],
)
def test_depends_on_a_child(entry: str) -> None:
    """A child is named with its names between or behind the parts of its type."""
    rule = _resource("lb/rule", kind="Microsoft.Network/loadBalancers/inboundNatRules")
    assert _needs(plan(template(resources=[rule, _resource("b", entry)])), "b") == {"lb/rule"}


def test_existing_ones_with_a_false_condition_are_not_looked_at() -> None:
    """Their name may be one that cannot be known; who depends on one does not wait, and others are found."""
    resources = {
        "vault": {
            "condition": "[not(empty(tryGet(parameters('key'), 'id')))]",
            "existing": True,
            "type": "Microsoft.KeyVault/vaults",
            "apiVersion": "2023-02-01",
            "name": "[last(split(parameters('key').id, '/'))]",
        },
        "ip": _resource("ip", "vault"),
    }
    parameters = {"key": {"type": "object", "defaultValue": {}}}
    found = plan(template(languageVersion="2.0", resources=resources, parameters=parameters))
    assert _names(found) == ["ip"]
    looked_at = plan(template(languageVersion="2.0", resources=resources, parameters=parameters), key={"id": "/a/kv"})
    assert [item.name for item in looked_at.resources] == ["kv", "ip"]


@pytest.mark.parametrize(
    ("profile", "kind", "version"),
    [
        ("2018-03-01-hybrid", "Microsoft.Compute/virtualMachineScaleSets", "2017-03-30"),
        ("2019-03-01-HYBRID", "Microsoft.Network/virtualNetworks", "2017-10-01"),
        ("2025-12-01-hybrid", "Microsoft.Web/sites", "2025-11-01"),
        ("2020-09-01-hybrid", "Microsoft.Web/sites", "2025-11-01"),
        ("latest", "Microsoft.Web/sites", "2026-04-01"),
    ],
)
def test_profiles_stand_for_api_versions(profile: str, kind: str, version: str) -> None:
    """Those of Azure Stack Hub name one for a provider; else it is the newest that is not younger than the profile."""
    resource = {"type": kind, "name": "a"}
    assert plan(template(apiProfile=profile, resources=[resource])).resources[0].api_version == version


def test_a_profile_that_is_none_names_nothing() -> None:
    """A word that is no profile leaves the resource without api-version."""
    with pytest.raises(TemplateError, match="the api-version property is required"):
        plan(template(apiProfile="nonsense", resources=[{"type": "Microsoft.Web/sites", "name": "a"}]))


def test_reference_is_a_dependency() -> None:
    """Who refers to a resource of the template comes after it."""
    refers = _resource("b", properties={"of": "[reference('a').ipAddress]"})
    by_id = _resource("c", properties={"of": "[reference(resourceId('Microsoft.Network/publicIPAddresses', 'a')).x]"})
    by_type = _resource("d", properties={"of": "[listKeys('Microsoft.Network/publicIPAddresses/a', '2024-01-01').x]"})
    found = plan(template(resources=[refers, by_id, by_type, _resource("a")]))
    assert _needs(found, "b") == _needs(found, "c") == _needs(found, "d") == {"a"}


def test_circles_are_refused() -> None:
    """Resources that need each other are refused."""
    with pytest.raises(TemplateError, match="Circular dependency detected on resource"):
        plan(template(resources=[_resource("a", "b"), _resource("b", "c"), _resource("c", "a")]))


@pytest.mark.parametrize(
    ("resources", "message"),
    [
        ([_resource("a", "nobody")], "The resource 'nobody' is not defined in the template"),
        ([_resource("a"), _resource("A")], "is defined multiple times in a template"),
        ([_resource("a/b")], "has incorrect segment lengths"),
        ([{"type": "Microsoft.X/y", "name": "a"}], "the api-version property is required"),
        ([_resource("a", condition="maybe")], "must be a boolean"),
        ([_resource("[nosuch()]")], "Unable to process template language expressions for resource"),
        (["text"], "is not an object"),
        ([_resource("a", properties={"x": "[copyIndex()]"})], "'copyIndex' is not expected at this location"),
    ],
)
def test_resources_that_are_none_are_refused(resources: list[Any], message: str) -> None:
    """What is wrong with a resource is told with the place where it stands."""
    with pytest.raises(TemplateError) as caught:
        plan(template(resources=resources))
    assert message in str(caught.value)


def test_symbolic_names() -> None:
    """With symbolic names resources are an object; existing ones are looked at and not deployed."""
    kind = "Microsoft.Network/virtualNetworks"
    resources = {
        "net": {"existing": True, "type": kind, "apiVersion": "2024-01-01", "name": "net"},
        "ips": _resource("[format('ip{0}', copyIndex())]", copy={"name": "ips", "count": 2}),
        "user": _resource("user", "ips", "net", properties={"space": "[reference('net').space]"}),
    }
    outputs = {"second": {"type": "string", "value": "[reference('ips[1]').ipAddress]"}}
    found = plan(template(languageVersion="2.0", resources=resources, outputs=outputs))
    there = Resources({
        f"{GROUP}/providers/{kind}/net": {"properties": {"space": "10.0.0.0/8"}},
        f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/ip1": {"properties": {"ipAddress": "1.2.3.4"}},
    })  # fmt: skip
    assert _names(found) == ["ip0", "ip1", "user"]
    assert _needs(found, "user") == {"ip0", "ip1"}
    assert found.body(found.resources[3], there) == {"properties": {"space": "10.0.0.0/8"}}
    assert found.outputs(there)["second"]["value"] == "1.2.3.4"


def test_user_defined_functions() -> None:
    """A function of the template sees its own parameters."""
    member = {
        "parameters": [{"name": "prefix", "type": "string"}],
        "output": {"type": "string", "value": "[concat(toLower(parameters('prefix')), '-x')]"},
    }
    outputs = {"o": {"type": "string", "value": "[contoso.name('AB')]"}}
    functions = [{"namespace": "contoso", "members": {"name": member}}]
    assert plan(template(functions=functions, outputs=outputs)).outputs(None)["o"]["value"] == "ab-x"


def test_extension_resources_have_the_scope_in_their_id() -> None:
    """A resource with a scope stands under what it extends."""
    lock = _resource("l", kind="Microsoft.Authorization/locks", scope="Microsoft.Network/virtualNetworks/net")
    found = plan(template(resources=[lock])).resources[0].id
    assert found == f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/providers/Microsoft.Authorization/locks/l"


def test_templates_of_inner_deployments_are_left_alone() -> None:
    """The expressions of a nested template with inner scope are not those of the template around it."""
    inner = template(
        parameters={"x": {"type": "string"}}, outputs={"o": {"type": "string", "value": "[parameters('x')]"}}
    )
    properties = {
        "expressionEvaluationOptions": {"scope": "inner"},
        "mode": "Incremental",
        "template": inner,
        "parameters": {"x": {"value": "[resourceGroup().name]"}},
    }
    found = plan(template(resources=[_resource("n", kind="Microsoft.Resources/deployments", properties=properties)]))
    body = found.body(found.resources[0], None)
    assert body["properties"]["template"] == inner
    assert body["properties"]["parameters"] == {"x": {"value": "examplegroup"}}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "The template must be an object"),
        ({"contentVersion": "1"}, "Required property 'resources' not found"),
        ({"resources": []}, "Required property 'contentVersion' not found"),
        (template(outputs=[]), "'outputs' must be an object of objects"),
        (template(variables=[]), "'variables' must be an object"),
        (template(resources="x"), "must be an array or an object"),
        (template(variables={"a": "[variables('a')]"}, outputs={"o": {"type": "string", "value": "[variables('a')]"}}),
         "Circular dependency detected in template variable"),
        (template(outputs={"o": {"type": "int", "value": "[int('x')]"}}), "Unable to evaluate template outputs: 'o'"),
    ],
)  # fmt: skip
def test_templates_that_are_none_are_refused(document: Any, message: str) -> None:
    """A template with sections that are none is refused as a whole."""
    with pytest.raises(TemplateError) as caught:
        plan(document)
    assert message in str(caught.value)


def test_outputs_are_left_out_by_condition_and_secure_ones_have_no_value() -> None:
    """An output whose condition is false is absent; a secure one tells its type alone."""
    outputs = {
        "no": {"type": "string", "value": "x", "condition": "[false()]"},
        "secret": {"type": "securestring", "value": "Correct-Horse-7"},
    }
    assert plan(template(outputs=outputs)).outputs(None) == {"secret": {"type": "SecureString"}}


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ({"type": "string", "value": 1}, "Expected 'String, Uri'. Actual 'Integer'"),
        ({"type": "int", "value": "[string(1)]"}, "Expected 'Integer'. Actual 'String'"),
        ({"type": "object", "value": "[createArray()]"}, "Expected 'Object'. Actual 'Array'"),
        ({"type": "string", "value": "[null()]"}, "Expected 'String, Uri'. Actual 'Null'"),
        ({"type": "int", "value": 3, "maxValue": 2}, "for the template output 'o' at {place} is not valid"),
    ],
)
def test_outputs_have_a_type(output: Document, message: str) -> None:
    """A value of another type fails when the outputs are evaluated, in ARM's words."""
    with pytest.raises(TemplateError) as caught:
        plan(template(outputs={"o": output}))
    assert caught.value.code == "DeploymentOutputEvaluationFailed"
    assert message in str(caught.value)


def test_outputs_may_be_nullable() -> None:
    """An output that may be null may be so."""
    found = plan(template(outputs={"o": {"type": "string", "nullable": True, "value": "[null()]"}})).outputs(None)
    assert found["o"]["value"] is None


def test_children_inside_of_their_parent_have_no_loops() -> None:
    """ARM does not copy nested resources; those beside their parent it does."""
    child = {"type": "subnets", "apiVersion": "2024-01-01", "name": "a", "copy": {"name": "c", "count": 2}}
    net = _resource("net", kind="Microsoft.Network/virtualNetworks", resources=[child])
    with pytest.raises(TemplateError, match="Copying nested resources is not supported"):
        plan(template(resources=[net]))


def test_the_size_of_a_batch_may_be_an_expression() -> None:
    """Of a serial loop it is evaluated, as the count is."""
    copy = {"name": "ips", "count": 3, "mode": "serial", "batchSize": "[add(1, 1)]"}
    found = plan(template(resources=[_resource("[format('ip{0}', copyIndex())]", copy=copy)]))
    assert _needs(found, "ip2") == {"ip0", "ip1"}


def test_references_to_what_may_be_missing_are_null() -> None:
    """``@nullIfNotFound()`` makes a reference to an existing resource that is not there null."""
    kind = "Microsoft.Network/virtualNetworks"
    net = {"existing": True, "type": kind, "apiVersion": "2024-01-01", "name": "net"}
    outputs = {"there": {"type": "bool", "value": "[not(equals(reference('net'), null()))]"}}
    options = {"@options": {"nullIfNotFound": True}}
    found = plan(template(languageVersion="2.0", resources={"net": {**net, **options}}, outputs=outputs))
    assert found.outputs(Resources({}))["there"]["value"] is False
    there = Resources({f"{GROUP}/providers/{kind}/net": {"properties": {}}})
    assert found.outputs(there)["there"]["value"] is True


def test_indexes_without_a_name_are_those_of_the_resource() -> None:
    """Inside of a loop over a property ``copyIndex()`` is the resource's; that of the loop has the property's name."""
    value = "[format('{0}-{1}', copyIndex(), copyIndex('rules', 1))]"
    resource = _resource(
        "[format('ip{0}', copyIndex())]",
        copy={"name": "ips", "count": 2},
        properties={"copy": [{"name": "rules", "count": 2, "input": value}]},
    )
    found = plan(template(resources=[resource]))
    assert [found.body(item, None)["properties"]["rules"] for item in found.resources] == [
        ["0-1", "0-2"],
        ["1-1", "1-2"],
    ]


def test_loops_of_outputs_have_no_name() -> None:
    """The loop of an output counts without a name, also around a loop over a property."""
    inner = {"copy": [{"name": "in", "count": 2, "input": "[add(mul(copyIndex(), 10), copyIndex('in'))]"}]}
    outputs = {"o": {"type": "array", "copy": {"count": 2, "input": inner}}}
    found = plan(template(outputs=outputs)).outputs(None)["o"]["value"]
    assert found == [{"in": [0, 1]}, {"in": [10, 11]}]
