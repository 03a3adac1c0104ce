"""Parameters: definitions, values, and what is refused."""

from typing import Any

import pytest

from tests.emulator.templates.language import CONTEXT, plan, template
from vmss_sdk.emulator.templates.errors import TemplateError
from vmss_sdk.emulator.templates.plan import make_plan

SECRET = "Correct-Horse-7"


def _refusal(definition: dict[str, Any], value: Any) -> str:
    with pytest.raises(TemplateError) as caught:
        plan(template(parameters={"p": definition}), p=value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("definition", "value", "message"),
    [
        ({"type": "int"}, "5", "Expected 'Integer'. Actual 'String'"),
        ({"type": "string"}, 5, "Expected 'String, Uri'. Actual 'Integer'"),
        ({"type": "bool"}, "true", "Expected 'Boolean'. Actual 'String'"),
        ({"type": "array"}, {}, "Expected 'Array'. Actual 'Object'"),
        ({"type": "object"}, [], "Expected 'Object'. Actual 'Array'"),
        ({"type": "secureObject"}, "x", "Expected 'Object'. Actual 'String'"),
        ({"type": "string", "allowedValues": ["a", "b"]}, "c", "not part of the allowed value(s): 'a,b'"),
        ({"type": "string", "minLength": 3}, "ab", "should be greater than or equal to '3'"),
        ({"type": "string", "maxLength": 1}, "ab", "should be less than or equal to '1'"),
        ({"type": "int", "minValue": 1}, 0, "Value should be greater than or equal to '1'"),
        ({"type": "int", "maxValue": 10}, 11, "Value should be less than or equal to '10'"),
        ({"type": "array", "minLength": 1}, [], "should be greater than or equal to '1'"),
        ({"type": "number"}, 1, "The type of the template parameter 'p' at {place} is not valid"),
    ],
)
def test_values_that_do_not_fit_are_refused(definition: dict[str, Any], value: Any, message: str) -> None:
    """Type, allowed values, lengths and bounds are checked, in ARM's words."""
    assert message in _refusal(definition, value)


def test_missing_parameter() -> None:
    """A parameter without value and default is named."""
    with pytest.raises(TemplateError, match=r"The value for the template parameter 'p' at .* is not provided"):
        plan(template(parameters={"p": {"type": "string"}}))


def test_unknown_parameter() -> None:
    """A value for what the template does not ask for is refused, with what it asks for."""
    with pytest.raises(TemplateError) as caught:
        plan(template(parameters={"a": {"type": "int", "defaultValue": 1}}), x=1, y=2)
    assert "The template parameters 'x, y' in the parameters file are not valid" in str(caught.value)
    assert "The only supported parameters for this template are 'a'" in str(caught.value)


def test_key_vault_references_are_refused() -> None:
    """A reference to a key vault gets an error that says what to do."""
    given = {"p": {"reference": {"keyVault": {"id": "/kv"}, "secretName": "s"}}}
    with pytest.raises(TemplateError) as caught:
        make_plan(template(parameters={"p": {"type": "securestring"}}), given, CONTEXT)
    assert caught.value.code == "KeyVaultParameterReferenceNotFound"
    assert "give its 'value'" in str(caught.value)


@pytest.mark.parametrize("kind", ["securestring", "secureString"])
@pytest.mark.parametrize("limit", [{"allowedValues": ["x"]}, {"minLength": 99}, {"maxLength": 1}])
def test_secure_values_are_not_in_errors(kind: str, limit: dict[str, Any]) -> None:
    """An error about a secure parameter does not tell its value."""
    assert SECRET not in _refusal({"type": kind, **limit}, SECRET)


def test_secure_values_are_not_shown() -> None:
    """Of secure parameters the answer tells the type alone."""
    kinds = {"s": {"type": "securestring"}, "o": {"type": "secureObject"}, "plain": {"type": "string"}}
    found = plan(template(parameters=kinds), s=SECRET, o={"k": SECRET}, plain="x")
    assert found.parameters == {
        "s": {"type": "SecureString"},
        "o": {"type": "SecureObject"},
        "plain": {"type": "String", "value": "x"},
    }
    assert SECRET not in repr(found)


def test_defaults_may_use_other_parameters() -> None:
    """A default value sees the other parameters, in any order."""
    parameters = {
        "b": {"type": "string", "defaultValue": "[concat(parameters('a'), '2')]"},
        "a": {"type": "string"},
    }
    assert plan(template(parameters=parameters), a="x").parameters["b"]["value"] == "x2"


def test_defaults_in_a_circle_are_refused() -> None:
    """Two defaults that need each other are an error."""
    parameters = {name: {"type": "string", "defaultValue": f"[parameters('{other}')]"} for name, other in ("ab", "ba")}
    with pytest.raises(TemplateError, match="Circular dependency detected in template parameter"):
        plan(template(parameters=parameters))


def test_names_are_found_in_any_case() -> None:
    """Parameters and variables are named without regard to case."""
    outputs = {"o": {"type": "string", "value": "[concat(parameters('SIZE'), variables('TAIL'))]"}}
    document = template(parameters={"size": {"type": "string"}}, variables={"tail": "s"}, outputs=outputs)
    assert make_plan(document, {"Size": {"value": "x"}}, CONTEXT).outputs(None)["o"]["value"] == "xs"


def test_user_defined_types_are_followed() -> None:
    """A parameter whose type is a reference takes the definition with its limits."""
    document = template(
        definitions={"port": {"type": "int", "maxValue": 9}}, parameters={"p": {"$ref": "#/definitions/port"}}
    )
    with pytest.raises(TemplateError, match="less than or equal to '9'"):
        plan(document, p=10)


def test_nullable_parameters_may_be_left_out() -> None:
    """A nullable parameter without value is null."""
    outputs = {"o": {"type": "string", "value": "[coalesce(parameters('p'), 'none')]"}}
    document = template(parameters={"p": {"type": "string", "nullable": True}}, outputs=outputs)
    assert plan(document).outputs(None)["o"]["value"] == "none"


DISK = {"type": "object", "properties": {"size": {"type": "int", "maxValue": 9}, "key": {"type": "securestring"}}}
SHAPES = {
    "circle": {"type": "object", "properties": {"kind": {"type": "string"}, "radius": {"type": "int"}}},
    "square": {"type": "object", "properties": {"kind": {"type": "string"}}, "additionalProperties": False},
}
SHAPE = {"type": "object", "discriminator": {"propertyName": "kind", "mapping": SHAPES}}
TREE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "inner": {"type": "array", "items": {"$ref": "#/definitions/tree"}, "nullable": True},
    },
}


def _typed(definition: dict[str, Any], value: Any) -> dict[str, Any]:
    document = template(definitions={"disk": DISK, "tree": TREE, "shape": SHAPE}, parameters={"p": definition})
    shown: dict[str, Any] = plan({**document, "languageVersion": "2.0"}, p=value).parameters["p"]
    return shown


@pytest.mark.parametrize(
    ("definition", "value", "message"),
    [
        (DISK, {"size": "5", "key": "k"}, "Expected 'Integer'. Actual 'String'. The parameter is 'p.size'"),
        (DISK, {"size": 10, "key": "k"}, "'p.size' at {place} is not valid. Value should be less than or equal to '9'"),
        (DISK, {"size": 5}, "The property 'key' is required"),
        ({**DISK, "additionalProperties": False}, {"size": 5, "key": "k", "x": 1}, "The property 'x' is not allowed"),
        ({**DISK, "additionalProperties": {"type": "int"}}, {"size": 5, "key": "k", "x": "1"}, "is 'p.x'"),
        ({"type": "array", "items": {"$ref": "#/definitions/disk"}}, [{"size": 5, "key": 1}], "is 'p[0].key'"),
        ({"type": "array", "prefixItems": [{"type": "int"}], "items": False}, [1, 2], "Expected at most '1' items"),
        ({"type": "array", "prefixItems": [{"type": "int"}], "items": False}, [], "Expected at least '1' items"),
        ({"type": "array", "prefixItems": [{"type": "int"}], "items": {"type": "bool"}}, [1, 2], "is 'p[1]'"),
        ({"$ref": "#/definitions/shape"}, {"kind": "line"}, "'p.kind' at {place} is not valid. Expected one of"),
        ({"$ref": "#/definitions/shape"}, {"kind": "circle"}, "The property 'radius' is required"),
        ({"$ref": "#/definitions/shape"}, {"kind": "square", "radius": 1}, "The property 'radius' is not allowed"),
        ({"$ref": "#/definitions/tree"}, {"name": "a", "inner": [{"name": 1}]}, "is 'p.inner[0].name'"),
        ({"$ref": "#/definitions/none"}, 1, "The type definition '#/definitions/none' is not found"),
    ],
)
def test_what_is_inside_of_a_value_has_a_type_too(definition: dict[str, Any], value: Any, message: str) -> None:
    """Members, items and variants of user-defined types are checked, each with the way to it."""
    with pytest.raises(TemplateError) as caught:
        _typed(definition, value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ({**DISK, "additionalProperties": {"type": "int"}}, {"SIZE": 5, "key": "k", "x": 1}),
        ({"$ref": "#/definitions/shape"}, {"kind": "circle", "radius": 1, "more": True}),
        ({"$ref": "#/definitions/shape"}, {"kind": "square"}),
        ({"$ref": "#/definitions/tree"}, {"name": "a", "inner": [{"name": "b"}, {"name": "c", "inner": None}]}),
        ({"type": "array", "prefixItems": [{"type": "int"}, {"type": "bool"}]}, [1, True, "more"]),
    ],
)
def test_values_of_user_defined_types(definition: dict[str, Any], value: Any) -> None:
    """Open objects, variants, types that hold themselves, tuples."""
    assert _typed(definition, value)["type"] in ("Object", "Array")


def test_secure_parts_of_a_value_are_not_shown() -> None:
    """A member whose type is secure is null in answers, and not in errors."""
    disks = {"type": "array", "items": {"$ref": "#/definitions/disk"}}
    assert _typed(disks, [{"size": 5, "key": SECRET}])["value"] == [{"size": 5, "key": None}]
    secret = {"type": "object", "properties": {"key": {"type": "securestring", "allowedValues": ["x"]}}}
    with pytest.raises(TemplateError) as caught:
        _typed(secret, {"key": SECRET})
    assert SECRET not in str(caught.value)
