"""The page of errors has every exception and every code, each with what to do."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.errors_page import PAGE, ROOT, advice, entra, exceptions, messages, page, provisioning

TABLE = advice()


def template_codes() -> Iterator[str]:
    """The codes that the language of templates refuses with, besides its usual one."""
    for path in Path(ROOT / "vmss_sdk/emulator/templates").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "TemplateError" and len(node.args) > 2:
                yield ast.literal_eval(node.args[2])


def test_the_page_is_what_the_code_and_the_table_say() -> None:
    """After a change of either, `python -m tests.errors_page` writes it anew."""
    assert PAGE.read_text() == page()


def test_every_exception_has_advice() -> None:
    """Also one that was added to the tree; and none that is no more."""
    assert TABLE["exceptions"].keys() == {thing.__name__ for thing in exceptions()}


def test_every_message_of_the_service_has_advice() -> None:
    """Each reason of the engine and of the REST face, by its name."""
    assert TABLE["messages"].keys() == {message.key for message in messages()}


def test_a_code_with_many_messages_says_what_they_have_in_common() -> None:
    """Whoever looks a code up sees first what kind of error it is."""
    keys: dict[str, set[str]] = {}
    for message in messages():
        keys.setdefault(message.code, set()).add(message.key)
    shared = {code for code, found in keys.items() if len(found) > 1}
    assert shared - TABLE["codes"].keys() == set()
    assert TABLE["codes"].keys() - keys.keys() == set()


def test_codes_of_failed_work_have_advice() -> None:
    """Those that faults and the engine give instances."""
    assert TABLE["provisioning"].keys() == provisioning().keys()


def test_codes_of_templates_have_advice() -> None:
    """Those that are written where they are raised."""
    assert set(template_codes()) - TABLE["elsewhere"].keys() == set()


def test_what_entra_refuses_has_advice() -> None:
    """By number, as users look for it."""
    assert TABLE["entra"].keys() == {number for _, _, number in entra()}


def test_advice_is_a_sentence() -> None:
    """It ends with a full stop."""
    assert [text for section in TABLE.values() for text in section.values() if not text.endswith(".")] == []
