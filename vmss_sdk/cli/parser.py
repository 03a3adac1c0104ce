"""The parser: made from the tables, and only as much of it as the words that were typed need."""

import argparse
from collections.abc import Iterator, Sequence
from typing import NoReturn

from vmss_sdk._version import __version__
from vmss_sdk.cli.arguments import GLOBAL
from vmss_sdk.cli.command import Argument, Command
from vmss_sdk.cli.table import COMMANDS, GROUPS
from vmss_sdk.cli.table.suggestions import COMMANDS_MEANT, FLAGS_MEANT

__all__ = ["Parser", "arguments_of", "children", "found", "parse", "parser_for", "path_of", "usage"]

Path = tuple[str, ...]


class Parser(argparse.ArgumentParser):
    """Says what was meant when a word is misspelt."""

    known: tuple[str, ...] = ()
    """What could have been typed."""

    def error(self, message: str) -> NoReturn:
        """Print how it is called and what is wrong, and end with 2."""
        super().error(f"{message}{self._hint(message)}")

    def _hint(self, message: str) -> str:
        if "unrecognized arguments" not in message:
            return ""
        wrong = message.rpartition("unrecognized arguments: ")[2].split(" ")[0].partition("=")[0]
        near, wanted = meant(wrong, self.known), FLAGS_MEANT.get(wrong, "")
        if wanted and (not near or any(f"'{flag}'" in wanted for flag in self.known)):
            return f"; what you look for may be {wanted}"
        return near


def meant(wrong: str, known: Sequence[str]) -> str:
    """``, did you mean …?`` for what is nearly a known word, else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(wrong, known, n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def parse(words: Sequence[str]) -> tuple[Command | None, argparse.Namespace, Parser]:
    """The command that was typed, its arguments, and the parser that read them.

    Returns:
        None for the command where only a group was named.

    Raises:
        SystemExit: Help or the version was asked for, or the words are wrong; it has been said.
    """
    path, rest = path_of(words)
    command = found(path)
    parser = parser_for(path)
    if command is None and rest and not rest[0].startswith("-"):
        parser.error(f"'{rest[0]}' is no command{_command_meant(path, rest[0])}")
    return command, parser.parse_args(rest), parser


def _command_meant(path: Path, wrong: str) -> str:
    wanted = COMMANDS_MEANT.get((*path, wrong))
    return f"; what you look for may be {wanted}" if wanted else meant(wrong, [name for name, _ in children(path)])


def path_of(words: Sequence[str]) -> tuple[Path, list[str]]:
    """The leading words that name a group or a command, and the rest."""
    names = {known[:length] for known in (*GROUPS, *(c.path for c in COMMANDS)) for length in range(len(known) + 1)}
    length = 0
    while length < len(words) and tuple(words[: length + 1]) in names:
        length += 1
    return tuple(words[:length]), list(words[length:])


def found(path: Path) -> Command | None:
    """The command of these words."""
    return next((command for command in COMMANDS if command.path == path), None)


def children(path: Path) -> Iterator[tuple[str, str]]:
    """What can follow these words, each with its line."""
    depth = len(path)
    for known, text in (*((command.path, command.help) for command in COMMANDS), *GROUPS.items()):
        if len(known) == depth + 1 and known[:depth] == path:
            yield known[-1], text


def arguments_of(command: Command) -> Sequence[Argument]:
    """Everything that a command takes."""
    return command.arguments if command.local else (*command.arguments, *GLOBAL)


def parser_for(path: Path) -> Parser:
    """The parser of one command, or of a group, which can do nothing but help."""
    command = found(path)
    return _group(path) if command is None else _leaf(command)


def _group(path: Path) -> Parser:
    text = GROUPS[path] if path else "rehearse upgrades of Azure Virtual Machine Scale Sets"
    prog = " ".join(("vmss", *path))
    rows = sorted(children(path))
    width = max(len(name) for name, _ in rows)
    lines = "\n".join(f"  {name:{width}}  {line}" for name, line in rows)
    parser = Parser(
        prog=prog,
        usage=f"{prog} COMMAND ...",
        description=_sentence(text),
        epilog=f"commands:\n{lines}\n\n'{prog} COMMAND --help' says more about a command.",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if not path:
        parser.add_argument("--version", action="version", version=f"vmss {__version__}")
    return parser


def _leaf(command: Command) -> Parser:
    parser = Parser(
        prog=f"vmss {command.name}",
        usage=usage(command),
        description=" ".join(filter(None, [_sentence(command.help), command.description])),
        epilog=_examples(command),
        allow_abbrev=False,
        formatter_class=_Help,
    )
    sections: dict[str, argparse._ArgumentGroup] = {}
    for argument in arguments_of(command):
        holder = parser if not argument.section else sections.get(argument.section)
        if holder is None:
            holder = sections[argument.section] = parser.add_argument_group(argument.section)
        _add(holder, argument)
    parser.known = tuple(flag for argument in arguments_of(command) for flag in argument.flags)
    return parser


def usage(command: Command) -> str:
    """What has to be given, and that there is more: all flags in a row is nothing that anybody reads."""
    words = [f"vmss {command.name}"]
    for argument in command.arguments:
        options, flag = argument.options, argument.flags[0]
        value = options.get("metavar") or flag
        if not flag.startswith("-"):
            words.append(f"[{value}]" if options.get("nargs") == "?" else value)
        elif options.get("required"):
            words.append(f"{flag} {value} ..." if options.get("nargs") == "+" else f"{flag} {value}")
    return " ".join([*words, "[OPTIONS]"])


def _add(holder: argparse._ActionsContainer, argument: Argument) -> None:
    action = holder.add_argument(*argument.flags, help=argument.help, **argument.options)
    if argument.aliases:
        options = {name: value for name, value in argument.options.items() if name not in ("default", "required")}
        options.update(dest=action.dest, default=argparse.SUPPRESS)
        holder.add_argument(*argument.aliases, help=argparse.SUPPRESS, **options)


def _examples(command: Command) -> str | None:
    lines = [f"  {example.what}\n    {example.line}" for example in command.examples]
    return "\n".join(["examples:", *lines]) if lines else None


class _Help(argparse.HelpFormatter):
    """Wraps the description; leaves the examples as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if text.startswith("examples:") else super()._fill_text(text, width, indent)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
