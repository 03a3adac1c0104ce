"""Every function against the examples of its documentation (https://aka.ms/arm-functions)."""

from pathlib import Path
from typing import Any

import pytest

from tests.emulator.templates.language import GROUP, SUBSCRIPTION, Resources, evaluate, plan, template
from vmss_sdk.emulator.templates.errors import NotYetError, TemplateError
from vmss_sdk.emulator.templates.functions import FUNCTIONS

OBJECT = "createObject('one', 'a', 'two', 'b', 'three', 'c')"
ARRAY = "createArray('one', 'two', 'three')"
DOGS = (
    "createArray(createObject('name', 'Evie', 'age', 5), createObject('name', 'Casper', 'age', 3),"
    " createObject('name', 'Kira', 'age', 8))"
)
EXAMPLES: dict[str, Any] = {
    # logical and comparison
    "if(equals('a', 'a'), 'yes', 'no')": "yes",
    "if(equals('a', 'b'), 'yes', 'no')": "no",
    "if(true(), 'safe', fail('never evaluated'))": "safe",
    "and(bool('true'), bool('false'))": False,
    "or(bool('true'), bool('false'))": True,
    "not(bool('true'))": False,
    "xor(true(), false())": True,
    "bool('true')": True,
    "bool(1)": True,
    "bool('false')": False,
    "bool(0)": False,
    "coalesce(null(), null(), 'default')": "default",
    "coalesce(null(), 1)": 1,
    "coalesce(null())": None,
    "equals(1, 1)": True,
    "equals(1, '1')": False,
    "equals(1, true())": False,
    "equals('a', 'A')": False,
    "equals(createArray('a', 'b'), createArray('a', 'b'))": True,
    "equals(createObject('a', 1), createObject('a', 1))": True,
    "less(1, 2)": True,
    "less('banana', 'apple')": False,
    "lessOrEquals(1, 1)": True,
    "greater(1, 2)": False,
    "greater('banana', 'apple')": True,
    "greaterOrEquals(2, 1)": True,
    # numeric
    "add(5, 3)": 8,
    "sub(7, 3)": 4,
    "mul(5, 3)": 15,
    "div(8, 3)": 2,
    "div(-8, 3)": -2,
    "mod(7, 3)": 1,
    "mod(-7, 3)": -1,
    "int('4')": 4,
    "float('3.5')": 3.5,
    "min(createArray(0, 3, 2, 5, 4))": 0,
    "min(0, 3, 2, 5, 4)": 0,
    "max(createArray(0, 3, 2, 5, 4))": 5,
    "max(0, 3, 2, 5, 4)": 5,
    # strings
    "base64('one, two, three')": "b25lLCB0d28sIHRocmVl",
    "base64ToString('b25lLCB0d28sIHRocmVl')": "one, two, three",
    "base64ToJson(base64('{\"one\": \"a\", \"two\": \"b\"}'))": {"one": "a", "two": "b"},
    "concat('prefix', '-', 5)": "prefix-5",
    "concat(createArray('1-1', '1-2'), createArray('2-1'))": ["1-1", "1-2", "2-1"],
    "dataUri('Hello')": "data:text/plain;charset=utf8;base64,SGVsbG8=",
    "dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')": "Hello, World!",
    "endsWith('abcdef', 'F')": True,
    "endsWith('abcdef', 'e')": False,
    "startsWith('abcdef', 'AB')": True,
    "startsWith('abcdef', 'ef')": False,
    "format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)":
        "Hello, User. Formatted number: 8,175,133",
    "format('{{{0}}} {1,4}|{1,-4}|{1:D3}|{1:X}|{1:000}|{2}', 'a', 10, true())": "{a}   10|10  |010|A|010|True",
    "indexOf('test', 't')": 0,
    "indexOf('abcdef', 'CD')": 2,
    "indexOf('abcdef', 'z')": -1,
    "lastIndexOf('test', 't')": 3,
    "lastIndexOf('abcdef', 'AB')": 0,
    "indexOf(createArray('one', 'two', 'two'), 'two')": 1,
    "lastIndexOf(createArray('one', 'two', 'two'), 'two')": 2,
    "join(createArray('one', 'two', 'three'), ',')": "one,two,three",
    "join(createArray('one', 'two', 'three'), ';')": "one;two;three",
    "json('{\"a\": [1, true, null]}')": {"a": [1, True, None]},
    "json('null')": None,
    "json(concat('{\"a\": \"', 'demo value', '\"}'))": {"a": "demo value"},
    "padLeft('123', 10, '0')": "0000000123",
    "padLeft(7, 3)": "  7",
    "replace('123-123-1234', '-', '')": "1231231234",
    "replace('123-123-1234', '1234', 'xxxx')": "123-123-xxxx",
    "split('one,two,three', ',')": ["one", "two", "three"],
    "split('one;two,three', createArray(',', ';'))": ["one", "two", "three"],
    "string(5)": "5",
    "string(createArray('a', 'b', 'c'))": '["a","b","c"]',
    "string(createObject('valueA', 10, 'valueB', 'Example Text'))": '{"valueA":10,"valueB":"Example Text"}',
    "substring('one two three', 4, 3)": "two",
    "substring('one two three', 8)": "three",
    "toLower('One Two Three')": "one two three",
    "toUpper('One Two Three')": "ONE TWO THREE",
    "trim('    one two three   ')": "one two three",
    "uri('http://contoso.com/resources/', 'nested/azuredeploy.json')":
        "http://contoso.com/resources/nested/azuredeploy.json",
    "uri('http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh')": "http://contoso.org/firstpath/myscript.sh",
    "uri('http://contoso.org', 'myscript.sh')": "http://contoso.org/myscript.sh",
    "uriComponent('http://contoso.com/resources/nested/azuredeploy.json')":
        "http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json",
    "uriComponentToString('http%3A%2F%2Fcontoso.com%2Fresources')": "http://contoso.com/resources",
    "uniqueString('test')": "rbgf3xv4ufgzg",
    "uniqueString('hello', 'world')": "a7wkljktk6wne",
    "uniqueString('abc')": "cgtzqvhu4i23s",
    "uniqueString('foo', 'bar', 'baz')": "xzi4ioaxtmth4",
    "uniqueString('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-rg')": "bmg7c6xu4tw46",
    # uuid5 of the documented namespace, by the parts joined with '-'
    "guid('a', 'b', 'c')": "a98fa280-e03f-5afa-8d8e-92d0a9c201e8",
    "parseUri('https://contoso.com:8080/a/b?c=d')":
        {"scheme": "https", "host": "contoso.com", "port": 8080, "path": "/a/b", "query": "?c=d"},
    "parseUri('https://contoso.com').port": 443,
    "buildUri(createObject('scheme', 'https', 'host', 'contoso.com', 'port', 8080, 'path', 'a', 'query', 'c=d'))":
        "https://contoso.com:8080/a?c=d",
    "buildUri(parseUri('https://contoso.com/a/b?c=d'))": "https://contoso.com/a/b?c=d",
    "buildUri(createObject('scheme', 'https', 'host', 'contoso.com'))": "https://contoso.com/",
    # arrays and objects
    "distinct(createArray('b', 'a', 'b', 1, '1', 1))": ["b", "a", 1, "1"],
    "array(1)": [1],
    "array('efgh')": ["efgh"],
    "array(createArray(1))": [1],
    "contains('OneTwoThree', 'e')": True,
    "contains('OneTwoThree', 'z')": False,
    f"contains({OBJECT}, 'ONE')": True,
    f"contains({OBJECT}, 'a')": False,
    f"contains({ARRAY}, 'three')": True,
    f"contains({ARRAY}, 'four')": False,
    "createArray(1, 'a', createArray())": [1, "a", []],
    "createObject('intProp', 1, 'arrayProp', createArray('a'))": {"intProp": 1, "arrayProp": ["a"]},
    "empty(createArray())": True,
    "empty(createObject())": True,
    "empty('')": True,
    "empty(null())": True,
    f"empty({ARRAY})": False,
    f"first({ARRAY})": "one",
    "first('One Two Three')": "O",
    "first(createArray())": None,
    f"last({ARRAY})": "three",
    "last('One Two Three')": "e",
    f"length({ARRAY})": 3,
    "length('One Two Three')": 13,
    f"length({OBJECT})": 3,
    "intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))": ["two", "three"],
    "intersection(createObject('one', 'a', 'two', 'b'), createObject('one', 'a', 'two', 'z'))": {"one": "a"},
    "union(createArray('one', 'two'), createArray('two', 'four'))": ["one", "two", "four"],
    "union(createObject('one', 'a', 'in', createObject('x', 1)), createObject('in', createObject('y', 2), 'two', 'b'))":
        {"one": "a", "in": {"x": 1, "y": 2}, "two": "b"},
    "shallowMerge(createArray(createObject('in', createObject('x', 1)), createObject('in', createObject('y', 2))))":
        {"in": {"y": 2}},
    "range(5, 3)": [5, 6, 7],
    f"skip({ARRAY}, 2)": ["three"],
    "skip('one two three', 4)": "two three",
    f"take({ARRAY}, 2)": ["one", "two"],
    "take('one two three', 2)": "on",
    "flatten(createArray(createArray('one', 'two'), createArray('three'), createArray()))": ["one", "two", "three"],
    "items(createObject('b', 1, 'a', 2))": [{"key": "a", "value": 2}, {"key": "b", "value": 1}],
    "objectKeys(createObject('b', 1, 'a', 2))": ["a", "b"],
    "tryGet(createObject('a', createObject('b', 3)), 'a', 'b')": 3,
    "tryGet(createObject('a', 1), 'x', 'y')": None,
    f"tryGet({ARRAY}, 1)": "two",
    f"tryGet({ARRAY}, 9)": None,
    f"indexFromEnd({ARRAY}, 1)": "three",
    f"tryIndexFromEnd({ARRAY}, 9)": None,
    # lambdas
    f"map({DOGS}, lambda('dog', lambdaVariables('dog').name))": ["Evie", "Casper", "Kira"],
    "map(range(0, 3), lambda('i', 'at', mul(lambdaVariables('i'), lambdaVariables('at'))))": [0, 1, 4],
    f"map(filter({DOGS}, lambda('dog', greaterOrEquals(lambdaVariables('dog').age, 5))),"
    " lambda('dog', lambdaVariables('dog').name))": ["Evie", "Kira"],
    f"reduce(map({DOGS}, lambda('dog', lambdaVariables('dog').age)), 0,"
    " lambda('cur', 'next', add(lambdaVariables('cur'), lambdaVariables('next'))))": 16,
    "sort(createArray(8, 3, 10, -13, 5), lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y'))))":
        [-13, 3, 5, 8, 10],
    f"toObject({DOGS}, lambda('e', lambdaVariables('e').name), lambda('e', lambdaVariables('e').age))":
        {"Evie": 5, "Casper": 3, "Kira": 8},
    "groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))":
        {"f": ["foo"], "b": ["bar", "baz"]},
    "mapValues(createObject('foo', 'foo'), lambda('val', toUpper(lambdaVariables('val'))))": {"foo": "FOO"},
    # dates
    "dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y', 'M/d/yyyy h:mm:ss tt')": "4/7/2023 2:53:14 PM",
    "dateTimeAdd('2020-01-31', '-P2M1D')": "2019-11-29T00:00:00Z",
    "dateTimeAdd('20200407T145314Z', 'P1YT1H')": "20210407T155314Z",
    "dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')": "2020-03-29T14:53:14Z",
    "dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H', 'HH:mm')": "15:53",
    "dateTimeFromEpoch(1683040573)": "2023-05-02T15:16:13Z",
    "dateTimeToEpoch('2023-05-02T15:16:13Z')": 1683040573,
    # addresses
    "parseCidr('10.144.0.0/20')": {
        "network": "10.144.0.0", "netmask": "255.255.240.0", "broadcast": "10.144.15.255",
        "firstUsable": "10.144.0.1", "lastUsable": "10.144.15.254", "cidr": 20,
    },
    "cidrSubnet('10.144.0.0/20', 24, 0)": "10.144.0.0/24",
    "cidrSubnet('10.144.0.0/20', 24, 15)": "10.144.15.0/24",
    "cidrHost('10.144.3.0/24', 0)": "10.144.3.1",
    # scope and resources
    "subscription().subscriptionId": SUBSCRIPTION,
    "resourceGroup().location": "southcentralus",
    "deployment().name": "exampledeploy",
    "environment().suffixes.storage": "core.windows.net",
    "tenant().tenantId": "a-tenant",
    "resourceId('Microsoft.Storage/storageAccounts', 'examplestorage')":
        f"{GROUP}/providers/Microsoft.Storage/storageAccounts/examplestorage",
    "resourceId('otherResourceGroup', 'Microsoft.Storage/storageAccounts', 'examplestorage')":
        f"/subscriptions/{SUBSCRIPTION}/resourceGroups/otherResourceGroup"
        "/providers/Microsoft.Storage/storageAccounts/examplestorage",
    "resourceId('999', 'other', 'Microsoft.SQL/servers/databases', 'serverName', 'databaseName')":
        "/subscriptions/999/resourceGroups/other/providers/Microsoft.SQL/servers/serverName/databases/databaseName",
    "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')":
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/x",
    "tenantResourceId('Microsoft.Authorization/roleDefinitions', 'x')":
        "/providers/Microsoft.Authorization/roleDefinitions/x",
    "managementGroupResourceId('mg', 'Microsoft.Authorization/policyDefinitions', 'x')":
        "/providers/Microsoft.Management/managementGroups/mg/providers/Microsoft.Authorization/policyDefinitions/x",
    "extensionResourceId('/a/b', 'Microsoft.Authorization/locks', 'l')":
        "/a/b/providers/Microsoft.Authorization/locks/l",
    "pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')": ["1"],
    "pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 2, 1)": ["2", "3"],
    "pickZones('Microsoft.Compute', 'virtualMachines', 'northcentralus')": [],
    "toLogicalZone('s', 'westus2', 'westus2-az2')": "2",
    "toLogicalZones('s', 'westus2', createArray('westus2-az3', 'westus2-az1'))": ["3", "1"],
    "toLogicalZones('s', 'westus2', createArray())": [],
    "toPhysicalZone('s', 'westus2', '1')": "westus2-az1",
    "toPhysicalZones('s', 'westus2', createArray('1', '2'))": ["westus2-az1", "westus2-az2"],
    "deployer().objectId": "an-object",
    "resourceId('Microsoft.Network/publicIPAddresses/', 'pip')":
        f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/pip",
    "providers('Microsoft.Compute', 'virtualMachineScaleSets').apiVersions[0]": "2026-04-01",
}  # fmt: skip
REFUSED = {
    "bool('perhaps')": "cannot be converted to a boolean",
    "int('4.5')": "cannot be converted to an integer",
    "add('1', 2)": "expects its parameter to be of type 'Integer'. The provided value is of type 'String'",
    "div(1, 0)": "cannot divide by zero",
    "if('true', 1, 2)": "expects its parameter to be of type 'Boolean'",
    "less(1, 'a')": "expects two integers or two strings",
    "substring('abc', 2, 5)": "must refer to a location within the string",
    "base64ToString('***')": "expects text in base64",
    "json('{')": "expects JSON",
    "format('{1}', 'a')": "the format is not valid",
    "padLeft('a', 3, 'xy')": "expects a length of 0 or more and one character",
    "range(0, 10001)": "expects a count from 0 to '10000'",
    "createObject('a')": "expects an even number of parameters",
    "length(5)": "expects its parameter to be of type 'String, Array, Object'",
    "map(createArray(1), 'x')": "expects a lambda as last parameter",
    "lambdaVariables('x')": "The template lambda variable 'x' is not found",
    "resourceId('a', 'b')": "requires exactly one multi-segmented argument",
    "resourceId('Microsoft.X/a/b', 'one')": "requires '2' resource name argument(s)",
    "copyIndex()": "'copyIndex' is not expected at this location",
    "newGuid()": "'newGuid' is not expected at this location",
    "utcNow()": "'utcNow' is not expected at this location",
    "managementGroup()": "'managementGroup' is not expected at this location",
    "fail('because')": "because",
    "parseCidr('nonsense')": "expects a CIDR range",
    "cidrSubnet('10.0.0.0/24', 25, 2)": "the index of a subnet that it has",
    "dateTimeAdd('soon', 'P1D')": "expects a time and an ISO 8601 duration",
    "split('a', 5)": "expects its parameter to be of type 'String, Array'",
    "parseUri('contoso.com/a')": "expects a whole URI",
    "parseUri('https://contoso.com:x/')": "expects a whole URI",
    "buildUri(createObject('scheme', 'https'))": "expects its parameter to be of type 'String'",
    "toPhysicalZone('s', 'westus2', '4')": "The zone '4' is not one of the region 'westus2'",
    "toLogicalZone('s', 'northcentralus', '1')": "The zone '1' is not one of the region",
    "union(createArray(1), 'x')": "expects its parameter to be of type 'Array'",
}
# the overviews of functions for ARM templates and for Bicep
DOCUMENTED = """
    add and any array base64 base64ToJson base64ToString bool buildUri cidrHost cidrSubnet coalesce concat contains
    copyIndex createArray createObject dataUri dataUriToString dateTimeAdd dateTimeFromEpoch dateTimeToEpoch deployer
    deployment distinct div empty endsWith environment equals extensionResourceId externalInput fail false filter first
    flatten float format getSecret greater greaterOrEquals groupBy guid if indexFromEnd indexOf int intersection items
    join json lambda lambdaVariables last lastIndexOf length less lessOrEquals list* loadDirectoryFileInfo
    loadFileAsBase64 loadJsonContent loadTextContent loadYamlContent managementGroup managementGroupResourceId map
    mapValues max min mod mul nameof newGuid not null objectKeys or padLeft parameters parseCidr parseUri pickZones
    providers range readEnvironmentVariable reduce reference references replace resourceGroup resourceId
    roleDefinitions shallowMerge skip sort split startsWith string sub subscription subscriptionResourceId substring
    take tenant tenantResourceId this toLogicalZone toLogicalZones toLower toObject toPhysicalZone toPhysicalZones
    toUpper trim true tryGet tryIndexFromEnd union uniqueString uri uriComponent uriComponentToString utcNow variables
    xor
"""


@pytest.mark.parametrize(("text", "value"), EXAMPLES.items())
def test_functions_answer_as_documented(text: str, value: Any) -> None:
    """The documentation's example of a function gives the documented value."""
    found = evaluate(f"[{text}]")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_wrong_arguments_are_refused_in_a_sentence(text: str, message: str) -> None:
    """What a function cannot take is told, without the value."""
    with pytest.raises(TemplateError) as caught:
        evaluate(f"[{text}]")
    assert message in str(caught.value)


def test_every_function_has_an_example() -> None:
    """No function is without a documented example or a test of its own below."""
    apart = {"parameters", "variables", "reference", "references", "resourceinfo", "list*", "lambda", "false", "true"}
    text = " ".join((*EXAMPLES, *REFUSED)).lower()
    assert {name for name in FUNCTIONS if f"{name}(" not in text} - apart == set()


def test_every_documented_function_is_there_or_told_of() -> None:
    """What Microsoft documents for templates and Bicep is a function, or the page on templates says why not."""
    page = (Path(__file__).parents[3] / "docs" / "templates.md").read_text()
    served, _, missing = page.partition("## What is not")
    for name in DOCUMENTED.split():
        assert f"`{name}`" in (served if name.lower() in FUNCTIONS else missing), name
    for function in FUNCTIONS.values():
        assert f"`{function.name}`" in served, function.name


def test_new_guid_and_utc_now_are_for_defaults_of_parameters() -> None:
    """The functions that answer differently each time are evaluated in default values."""
    parameters = {
        "id": {"type": "string", "defaultValue": "[newGuid()]"},
        "plain": {"type": "string", "defaultValue": "[utcNow()]"},
        "day": {"type": "string", "defaultValue": "[utcNow('d')]"},
        "custom": {"type": "string", "defaultValue": "[utcNow('M d')]"},
    }
    values = {name: item["value"] for name, item in plan(template(parameters=parameters)).parameters.items()}
    assert values == {
        "id": "b76a51fc-bd72-4a77-b9a2-3c29e7d2e551",
        "plain": "20190305T175318Z",
        "day": "3/5/2019",
        "custom": "3 5",
    }


def test_reference_gives_the_properties_or_the_whole_resource() -> None:
    """``reference`` gives properties; with 'Full' the resource, with what it was asked by."""
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/a"
    there = Resources({account: {"id": account, "location": "westus", "properties": {"tier": "Hot"}}})
    text = "resourceId('Microsoft.Storage/storageAccounts', 'a'), '2024-01-01'"
    assert evaluate(f"[reference({text}).tier]", there) == "Hot"
    full = evaluate(f"[reference({text}, 'Full')]", there)
    assert (full["location"], full["apiVersion"], full["resourceGroupName"]) == ("westus", "2024-01-01", "examplegroup")


def test_reference_waits_for_the_deployment() -> None:
    """Before the deployment runs, what refers to a resource has no value yet."""
    with pytest.raises(NotYetError):
        evaluate("[reference(resourceId('Microsoft.Storage/storageAccounts', 'a'), '2024-01-01')]")


def test_list_functions_ask_the_resource() -> None:
    """``listKeys`` and its like call the action of that name."""
    text = "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'a'), '2024-01-01').keys[0].value]"
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/a"
    assert evaluate(text, Resources({})) == f"listKeys of {account} 2024-01-01"


def test_names_that_are_not_in_the_template_are_refused_by_reference() -> None:
    """A short name must be one of the template."""
    with pytest.raises(TemplateError, match="The resource 'nobody' is not defined in the template"):
        evaluate("[reference('nobody')]", Resources({}))
