"""The page that says what each error means and what to do about it.

``python -m tests.errors_page`` writes ``docs/errors.md`` from the client's tree of exceptions, the texts of the
emulator and ``tests/errors.toml``, which has the advice.
"""

from __future__ import annotations

import functools
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import attrs

from vmss_sdk import errors
from vmss_sdk._answers import service_error
from vmss_sdk.emulator.arm.texts import BY_FEATURE, ERROR_TEMPLATES, REFUSAL_TEMPLATES
from vmss_sdk.emulator.arm.texts.failures import EXTENSION, PROVISIONING
from vmss_sdk.transport.base import Request, Response

__all__ = ["PAGE", "Message", "advice", "entra", "exceptions", "messages", "page"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/errors.md"
TABLE = ROOT / "tests/errors.toml"
_IDENTITY = ROOT / "vmss_sdk/emulator/arm/identity/entra.py"
_REFUSED = re.compile(r'_EntraError\(\s*(\d+),\s*"(\w+)",\s*(\d+),')
INTRODUCTION = """\
# Errors

Every exception of the client, and every code that the emulator answers, with what to do. The messages are Azure's where
those are known; `{…}` stands for what varies. Azure has more codes than these: an unknown one comes as the class of its
status.

- From Python: the class of the exception, and its `code`.
- On the command line: `ERROR: (Code) message`.
- Over HTTP: `error.code`, in the answer or in the status of an operation.
"""


@attrs.frozen
class Message:
    """One thing that the service says with a code.

    Attributes:
        key: By which the table of advice has it.
        status: The HTTP status.
        code: The code.
        text: What it says.
    """

    key: str
    status: int
    code: str
    text: str


@functools.cache
def advice() -> dict[str, dict[str, str]]:
    """The table: sections of what to do."""
    table: dict[str, dict[str, str]] = tomllib.loads(TABLE.read_text())
    return table


def exceptions() -> list[type[Exception]]:
    """The client's tree, as its module has it."""
    found = [thing for thing in vars(errors).values() if inspect.isclass(thing) and issubclass(thing, Exception)]
    return [thing for thing in found if thing.__module__ == errors.__name__]


def messages() -> list[Message]:
    """Everything in the tables of texts whose code is known there."""
    plain = [
        Message(each.name, text.status, text.code, text.message)
        for each, text in [*ERROR_TEMPLATES.items(), *REFUSAL_TEMPLATES.items()]
        if text.code != "{code}"
    ]
    by_feature = [Message(reason.name, 400, "BadRequest", text) for (reason, _), text in BY_FEATURE.items()]
    return list(dict.fromkeys([*plain, *by_feature]))


def provisioning() -> dict[str, str]:
    """The codes with which work on an instance fails, and their texts."""
    return {**PROVISIONING, "VMExtensionProvisioningError": EXTENSION}


def entra() -> list[tuple[str, str, str]]:
    """Status, word and number of what is refused when a token is asked for, read from the source."""
    return _REFUSED.findall(_IDENTITY.read_text())


def page() -> str:
    """The text of the page."""
    parts = [INTRODUCTION, *_tree(), *_codes(), *_provisioning(), *_elsewhere(), *_entra()]
    return "\n".join(parts)


def _tree() -> Iterator[str]:
    yield "## Exceptions\n"
    for thing in exceptions():
        base = "" if thing is errors.VmssError else f" ({', '.join(f'`{each.__name__}`' for each in thing.__bases__)})"
        means = (inspect.getdoc(thing) or "").partition("\n")[0]
        yield f"### {thing.__name__}\n\n{means}{base}\n\n{advice()['exceptions'][thing.__name__]}\n"


def _codes() -> Iterator[str]:
    yield "## Codes of the service\n"
    by_code: dict[str, list[Message]] = {}
    for message in messages():
        by_code.setdefault(message.code, []).append(message)
    for code in sorted(by_code, key=str.lower):
        yield _code(code, by_code[code])


def _code(code: str, said: list[Message]) -> str:
    statuses = sorted({message.status for message in said})
    classes = ", ".join(f"{status}: [`{name}`](#{name.lower()})" for status, name in _classes(statuses, code))
    lines = [f"### {code}", "", classes, ""]
    if means := advice()["codes"].get(code):
        lines += [means, ""]
    for key in dict.fromkeys(message.key for message in said):
        texts = dict.fromkeys(_shown(message.text) for message in said if message.key == key)
        quoted = " or ".join(f"“{text}”" for text in texts)
        lines += [f"- {quoted}\\", f"  {advice()['messages'][key]}"]
    return "\n".join(lines) + "\n"


def _provisioning() -> Iterator[str]:
    yield "## Codes of failed work on instances\n"
    yield "The operation failed, and the instance's `provisioningState` is Failed. Faults can set others.\n"
    for code, text in provisioning().items():
        name = "" if code not in {message.code for message in messages()} else " on an instance"
        yield f"### {code}{name}\n\n- “{_shown(text)}”\\\n  {advice()['provisioning'][code]}\n"


def _elsewhere() -> Iterator[str]:
    yield "## Codes of templates and addresses\n"
    yield "The message says where and why.\n"
    for code, what in advice()["elsewhere"].items():
        yield f"- `{code}`: {what}"
    yield ""


def _entra() -> Iterator[str]:
    yield "## When a token is asked for\n"
    yield "In Entra's form: `error`, and `error_description` that begins with `AADSTS` and the number.\n"
    for status, word, number in entra():
        yield f"- **AADSTS{number}** ({status}, `{word}`): {advice()['entra'][number]}"
    yield ""


def _classes(statuses: list[int], code: str) -> Iterator[tuple[int, str]]:
    """The exceptions that the client raises for a code."""
    body = f'{{"error": {{"code": "{code}", "message": "-"}}}}'.encode()
    request = Request("GET", "https://azure.invalid/")
    for status in statuses:
        yield status, type(service_error(request, Response(status, {}, body), 0.0)).__name__


def _shown(text: str) -> str:
    """A text as Markdown that shows every character of it."""
    one_line = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"([\\*_<>\[\]$`])", r"\\\1", one_line)


if __name__ == "__main__":
    PAGE.write_text(page())
