"""The page about the command line.

``python -m tests.cli_page`` writes the lower part of ``docs/cli.md`` from the table of commands, and from what az
2.91.0 takes (``tests/cli/az_flags.json``): where az has a command too, the page says what is different.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.cli.az_words import AZ, EVERY, NOT_TAKEN, az_name
from vmss_sdk.cli import arguments
from vmss_sdk.cli.arguments import GLOBAL
from vmss_sdk.cli.command import Argument, Command
from vmss_sdk.cli.parser import usage
from vmss_sdk.cli.table import COMMANDS, GROUPS

__all__ = ["MARK", "PAGE", "page"]

PAGE = Path(__file__).parents[1] / "docs/cli.md"
MARK = "% What follows is written by python -m tests.cli_page.\n"
"""A comment of the page; what stands above it is written by hand."""
HEAD = """\
## Arguments of every command

Of every command that talks to a service:
"""
SHARED_HEAD = """
(shared)=

## Arguments of many commands
"""
SHARED = (
    *(found for found in vars(arguments).values() if isinstance(found, Argument) and found not in GLOBAL),
    *arguments.PAGES,
)
OF_ITS_OWN = "The program itself"


def page() -> str:
    """The text of the page, with what was written by hand."""
    parts = [PAGE.read_text().partition(MARK)[0] + MARK, HEAD, *_table(GLOBAL), SHARED_HEAD, *_table(SHARED)]
    chapters: dict[str, list[Command]] = {"Scale sets and instances": [], OF_ITS_OWN: []}
    for command in sorted(COMMANDS):
        chapters.setdefault(_chapter(command), []).append(command)
    for title, commands in chapters.items():
        parts += ["", f"## {title}", "", "| | |", "|---|---|"]
        parts += [f"| `vmss {command.name}` | {_cell(command.help)} |" for command in commands]
        for command in commands:
            parts += ["", *_section(command)]
    return "\n".join(parts) + "\n"


def _chapter(command: Command) -> str:
    *path, _ = command.path
    if path:
        return f"`vmss {' '.join(path)}`: {GROUPS[tuple(path)]}"
    return OF_ITS_OWN if command.local else "Scale sets and instances"


def _section(command: Command) -> Iterator[str]:
    yield from (f"### vmss {command.name}", "")
    yield " ".join(filter(None, [f"{command.help[0].upper()}{command.help[1:]}.", command.description]))
    yield from ("", "```console", f"$ {usage(command)}", "```")
    own = tuple(one for one in command.arguments if one not in SHARED)
    if own:
        yield from ("", *_table(own))
    if shared := [f"`{one.flags[0]}`" for one in command.arguments if one in SHARED]:
        yield from ("", f"[Shared](#shared): {', '.join(shared)}.")
    if command.examples:
        yield from ("", "```console")
        for example in command.examples:
            yield from (f"# {example.what}", f"$ {example.line}")
        yield "```"
    yield from ("", _beside_az(command))


def _table(taken: tuple[Argument, ...]) -> Iterator[str]:
    yield from ("| argument | |", "|---|---|")
    for argument in taken:
        value = "" if _is_switch(argument) else f" {_metavar(argument)}"
        names = ", ".join(f"`{flag}`" for flag in argument.flags) if value.strip() != argument.flags[0] else ""
        text = argument.help % {"default": argument.options.get("default")}
        aliases = f" Also: {', '.join(f'`{alias}`' for alias in argument.aliases)}." if argument.aliases else ""
        needed = " **Required.**" if argument.options.get("required") else ""
        yield f"| {names}{_cell(value)} | {_cell(text)}.{needed}{aliases} |"


def _metavar(argument: Argument) -> str:
    """Of the values; several are ``ID ...``, and one that can be left out is in brackets."""
    options = argument.options
    word = str(options.get("metavar") or "|".join(map(str, options.get("choices", ()))) or argument.flags[0].strip("-"))
    word = word if options.get("metavar") or options.get("choices") else word.upper()
    return {"?": f"[{word}]", "+": f"{word} ...", "*": f"[{word} ...]"}.get(str(options.get("nargs")), word)


def _is_switch(argument: Argument) -> bool:
    return argument.options.get("action") == "store_true"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*")


def _beside_az(command: Command) -> str:
    if not command.az:
        return "az has no such command."
    name = az_name(command)
    known = {spelling for spellings in (*AZ[name], *EVERY) for spelling in spellings.split(" ")}
    ours = [f"`{one.flags[0]}`" for one in command.arguments if not {*one.flags, *one.aliases} & known]
    more = f" Beyond it: {', '.join(ours)}." if ours else ""
    missing = {key.rpartition(" ")[2]: why for key, why in NOT_TAKEN.items() if key.rpartition(" ")[0] == name}
    less = "".join(f" Without `{flag}`: {why}." for flag, why in missing.items())
    return f"As `az {name}`.{more}{less}"


if __name__ == "__main__":
    PAGE.write_text(page())
