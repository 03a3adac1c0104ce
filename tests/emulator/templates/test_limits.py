"""What a template may at most have and do: ARM's documented limits, and the budget of its evaluation."""

from typing import Any

import pytest

from tests.emulator.templates.language import Resources, evaluate, plan, template
from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.errors import LanguageError, TemplateError

Document = dict[str, Any]

OUTPUT = {"type": "string", "value": "x"}
NETWORK = {
    "type": "Microsoft.Network/virtualNetworks",
    "apiVersion": "2024-01-01",
    "name": "[concat('n', copyIndex())]",
}
LARGEST, SMALLEST = "9223372036854775807", "sub(-9223372036854775807, 1)"


def _networks(*counts: int) -> list[Document]:
    return [
        {**NETWORK, "name": f"[concat('n{at}-', copyIndex())]", "copy": {"name": f"c{at}", "count": count}}
        for at, count in enumerate(counts)
    ]


def _doubled(times: int, how: str, first: str) -> Document:
    """Variables each of which holds the one before it twice."""
    chain = {f"v{at}": how.format(at - 1) for at in range(1, times + 1)}
    outputs = {"o": {"type": "int", "value": f"[length(variables('v{times}'))]"}}
    return template(variables={"v0": first, **chain}, outputs=outputs)


@pytest.mark.parametrize(
    ("sections", "section", "limit"),
    [
        ({"parameters": {f"p{at}": {"type": "string"} for at in range(257)}}, "parameters", 256),
        ({"variables": {f"v{at}": at for at in range(513)}}, "variables", 512),
        ({"outputs": {f"o{at}": OUTPUT for at in range(65)}}, "outputs", 64),
        ({"resources": _networks(800, 1)}, "resources", 800),
    ],
)
def test_sections_have_limits(sections: Document, section: str, limit: int) -> None:
    """One entry more than the documented limit is refused in ARM's words."""
    with pytest.raises(TemplateError) as caught:
        plan(template(**sections))
    assert f"The number of template {section} limit exceeded. Limit: '{limit}' and actual: '{limit + 1}'." in str(
        caught.value
    )


def test_as_many_as_the_limits_allow() -> None:
    """256 parameters, 512 variables (one of them a loop), 64 outputs and 800 resources are taken."""
    variables = {f"v{at}": at for at in range(511)} | {"copy": [{"name": "w", "count": 1, "input": 1}]}
    parameters = {f"p{at}": {"type": "int", "defaultValue": at} for at in range(256)}
    outputs = {f"o{at}": OUTPUT for at in range(64)}
    found = plan(template(parameters=parameters, variables=variables, outputs=outputs, resources=_networks(799, 1)))
    assert len(found.deployed) == 800


@pytest.mark.parametrize(
    "variables",
    [
        {"copy": [{"name": "c", "count": 1_000_000_000, "input": 1}]},
        {"v": {"copy": [{"name": "c", "count": 801, "input": 1}]}},
        {"v": [{"w": {"copy": [{"name": "c", "count": -1, "input": 1}]}}]},
    ],
)
def test_loops_that_nothing_reads_have_limits_too(variables: Document) -> None:
    """A loop of a variable runs at most 800 times, also when nothing needs the variable."""
    with pytest.raises(TemplateError, match=r"has an invalid copy count.*cannot exceed '800'"):
        plan(template(variables=variables))


@pytest.mark.parametrize(
    "text",
    [
        f"add({LARGEST}, 1)",
        f"sub({SMALLEST}, 1)",
        f"mul({LARGEST}, {LARGEST})",
        f"div({SMALLEST}, -1)",
        "int('9999999999999999999')",
        "int(json('1e30'))",
    ],
)
def test_integers_have_64_bits(text: str) -> None:
    """A result that does not fit into 64 bits is an error, not a longer number."""
    with pytest.raises(TemplateError, match="does not fit into a 64-bit integer"):
        evaluate(f"[{text}]")


@pytest.mark.parametrize("text", [f"add({LARGEST}, 0)", f"int('{LARGEST}')", f"sub({LARGEST}, 0)"])
def test_the_largest_integer_is_one(text: str) -> None:
    """The largest number of 64 bits is still a number."""
    assert evaluate(f"[{text}]") == int(LARGEST)


@pytest.mark.parametrize("text", ["9223372036854775808", "json('1e999')", "float('1e999')", "range(2147483647, 1)"])
def test_numbers_that_are_none(text: str) -> None:
    """Literals beyond 64 bits, infinite numbers and ranges beyond 32 bits are refused."""
    with pytest.raises(TemplateError):
        evaluate(f"[{text}]")


@pytest.mark.parametrize(
    "text",
    [
        "map(range(0, 10000), lambda('x', map(range(0, 10000), lambda('y', 1))))",
        "length(filter(range(0, 3000), lambda('x', equals(range(0, 9999), range(0, 9999)))))",
        "map(range(0, 100), lambda('x', uniqueString(padLeft('', 1000000))))",
        "map(range(0, 100), lambda('x', split(padLeft('', 1000000, ','), ',')))",
        "map(range(0, 2000), lambda('x', json(format('[{0}1]', replace(padLeft('', 9999, 'a'), 'a', '1,')))))",
        "map(range(0, 10000), lambda('x', map(range(0, 1000), lambda('y', contains(deployment(), 'z')))))",
    ],
)
def test_steps_are_bounded(text: str) -> None:
    """Whatever goes round many times, or through much, ends with an error instead of never."""
    with pytest.raises(TemplateError, match=r"exceeded the limit of '(1000000' steps|67108864' characters)"):
        evaluate(f"[{text}]")


@pytest.mark.parametrize(
    ("how", "first"),
    [
        ("[concat(variables('v{0}'), variables('v{0}'))]", "sixteen letters!"),
        ("[concat(variables('v{0}'), variables('v{0}'))]", "[range(0, 100)]"),
        ("[createArray(variables('v{0}'), variables('v{0}'))]", "x"),
        ("[createObject('a', variables('v{0}'), 'b', variables('v{0}'))]", "x"),
        ("[string(createArray(variables('v{0}'), variables('v{0}')))]", "x"),
        ("[format('{{0}}{{0}}', variables('v{0}'))]", "x"),
        ("[replace(variables('v{0}'), 'x', 'xx')]", "x"),
        ("[union(createArray(variables('v{0}')), createArray(createArray(variables('v{0}'))))]", "x"),
        ("[base64(variables('v{0}'))]", "a text that grows by a third each time" * 99),
    ],
)
def test_sizes_are_bounded(how: str, first: str) -> None:
    """What doubles is an error long before it fills the memory, also where the same value is only held twice."""
    with pytest.raises(TemplateError, match="exceeded the limit of"):
        plan(_doubled(45, how, first))


def test_documents_that_double_are_bounded() -> None:
    """Plain objects that hold a variable twice grow as fast as functions that do."""
    chain = {f"v{at}": {"a": f"[variables('v{at - 1}')]", "b": f"[variables('v{at - 1}')]"} for at in range(1, 40)}
    document = template(
        variables={"v0": "x", **chain}, outputs={"o": {"type": "object", "value": "[variables('v39')]"}}
    )
    with pytest.raises(TemplateError, match="exceeded the limit of '67108864' characters"):
        plan(document)


def test_loops_in_loops_are_bounded() -> None:
    """Three loops of 800 inside of each other are an error."""
    inner = {"copy": [{"name": "a", "count": 800, "input": {"copy": [{"name": "b", "count": 800, "input": 1}]}}]}
    with pytest.raises(TemplateError, match="exceeded the limit of '1000000' steps"):
        plan(template(outputs={"o": {"type": "array", "copy": {"count": 800, "input": inner}}}))


def test_a_used_up_budget_stays_used_up() -> None:
    """Nothing goes on after the limit, also where an error would be passed over; renewed, it is as at the beginning."""
    budget = Budget()
    with pytest.raises(LanguageError):
        budget.charge(1_000_001)
    with pytest.raises(LanguageError):
        budget.charge()
    budget.renew()
    budget.charge(1_000_000)


def test_what_is_large_but_usual_is_allowed() -> None:
    """800 resources with fifty expressions each, sorted and joined lists of 10,000: well within the budget."""
    properties = {f"p{at}": "[concat(resourceGroup().name, '-', string(copyIndex()))]" for at in range(50)}
    resource = {**NETWORK, "copy": {"name": "c", "count": 800}, "properties": properties}
    ordered = "sort(range(0, 10000), lambda('a', 'b', less(lambdaVariables('b'), lambdaVariables('a'))))"
    outputs = {"o": {"type": "int", "value": f"[length(union({ordered}, range(9000, 10000)))]"}}
    found = plan(template(resources=[resource], outputs=outputs))
    assert found.outputs(Resources({}))["o"]["value"] == 19_000


def test_unions_keep_the_first_of_each() -> None:
    """Arrays are united in the order of their first occurrences; numbers, booleans and texts are different things."""
    assert evaluate("[union(createArray(1, 'a', true(), 'a'), createArray('1', 1, 'b'))]") == [1, "a", True, "1", "b"]
    assert evaluate("[intersection(createArray(1, 'a', 'b', 'a'), createArray('b', 'a', true()))]") == ["a", "b"]
