"""Reading and writing expressions."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator.templates.language import evaluate, plan, template
from vmss_sdk.emulator.templates.errors import LanguageError, TemplateError
from vmss_sdk.emulator.templates.expressions import Call, Expression, Index, Literal, Member, parse, write

_names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)
_leaves: st.SearchStrategy[Expression] = st.one_of(
    st.text(max_size=12).map(Literal), st.integers(-(10**18), 10**18).map(Literal)
)


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    calls = st.builds(Call, _names, st.lists(inner, max_size=3).map(tuple), st.one_of(st.just(""), _names))
    return st.one_of(calls, st.builds(Member, inner, _names), st.builds(Index, inner, inner))


@given(st.recursive(_leaves, _grown, max_leaves=12))
def test_what_is_written_is_read_back(expression: Expression) -> None:
    """Every expression survives being written and read."""
    assert parse(f"[{write(expression)}]") == expression


@given(st.text(alphabet="abf'()[].,0189- \n\"{}é", max_size=40))
def test_any_text_is_an_expression_or_an_error_of_the_language(text: str) -> None:
    """Whatever stands between brackets, nothing but an expression or a LanguageError comes out."""
    try:
        found = parse(f"[{text}]")
    except LanguageError:
        return
    assert parse(f"[{write(found)}]") == found


@given(st.text(alphabet="concatlength()'x,[]01. -", max_size=60))
def test_any_text_is_a_value_or_a_template_error(text: str) -> None:
    """Whatever an output says, nothing but a value or a TemplateError comes out."""
    with contextlib.suppress(TemplateError):
        evaluate(f"[{text}]")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[concat('a')]", "[concat('a')]"),
        ("[test] value", "[test] value"),
        ("[concat('it''s')]", "it's"),
        ("[concat('[', 'a', ']')]", "[a]"),
        ("[createObject('a', createArray(1, 2)).a[1]]", 2),
        ("[createObject('with space', 5)['with space']]", 5),
        ("[CONCAT( 'a' ,\n 'b' )]", "ab"),
        ("[createObject('Name', 1).nAME]", 1),
    ],
)
def test_strings_mean_what_the_language_says(text: str, value: object) -> None:
    """Brackets, quotes, members, indexes, blanks and case are read as documented."""
    assert evaluate(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[concat('a'", None),
        ("[concat('a']", "expected token 'RightParenthesis' and actual 'EndOfData'"),
        ("[concat('a' 'b')]", "expected token 'RightParenthesis' and actual 'LiteralString'"),
        ("[concat(,)]", "expected token 'Identifier' and actual 'Comma'"),
        ("[variables]", "expected token 'LeftParenthesis' and actual 'EndOfData'"),
        ("[createArray(1).]", "expected token 'Identifier' and actual 'EndOfData'"),
        ("[createArray(1)[2]]", "array index '2' is out of bounds"),
        ("[createObject('a', 1).b]", "property 'b' doesn't exist, available properties are 'a'"),
        ("[concat('a').b]", "property selection is not supported on values of type 'String'"),
        ("[nosuch('a')]", "The template function 'nosuch' is not valid."),
        ("[tolowr('a')]", "Did you mean 'toLower'?"),
        ("[toLower()]", "expects 1 argument(s), but 0 were provided"),
        ("[substring('abc')]", "expects 2 to 3 argument(s), but 1 were provided"),
        ("[parameters('no')]", "The template parameter 'no' is not found"),
        ("[variables('no')]", "The template variable 'no' is not found"),
        ("[if(true(), 1, nosuch())]", "The template function 'nosuch' is not valid."),
        ("[" + "array(" * 200 + "1" + ")" * 200 + "]", "nested deeper than '100' levels"),
        ("[concat('" + "x" * 131_072 + "')]", "length limit of '131072' exceeded"),
    ],
)
def test_bad_expressions_name_what_is_wrong(text: str, message: str | None) -> None:
    """An expression that cannot be read or evaluated is refused with ARM's sentence."""
    if message is None:
        assert evaluate(text) == text
        return
    with pytest.raises(TemplateError) as caught:
        evaluate(text)
    assert message in str(caught.value)


def test_names_of_members_may_be_expressions() -> None:
    """The name of a member is evaluated too, as identities and tags need it."""
    resource = {
        "type": "Microsoft.Network/publicIPAddresses",
        "apiVersion": "2024-01-01",
        "name": "one",
        "tags": {"[concat('a', 'b')]": "c"},
    }
    found = plan(template(resources=[resource]))
    assert found.body(found.resources[0], None) == {"tags": {"ab": "c"}}


def test_an_expression_in_an_unused_variable_is_read() -> None:
    """A function that is not there is found also where nothing uses the variable."""
    with pytest.raises(TemplateError, match="'nosuch' is not valid"):
        plan(template(variables={"unused": "[nosuch()]"}))
