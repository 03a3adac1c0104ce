"""The parser, made from the table of commands."""

import argparse
from typing import Any

from vmss_sdk._version import __version__
from vmss_sdk.cli.commands import COMMANDS, GROUPS, Command

__all__ = ["build"]

Subparsers = Any  # argparse keeps the name of that class to itself


def build() -> argparse.ArgumentParser:
    """The parser of all commands; what it returns has ``handler``, or None where a command is missing."""
    parser = argparse.ArgumentParser(
        prog="vmss",
        description="Rehearse upgrades of Azure Virtual Machine Scale Sets.",
        epilog="'vmss COMMAND --help' says more about a command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"vmss {__version__}")
    parser.set_defaults(handler=None, parser=parser)
    groups: dict[tuple[str, ...], Subparsers] = {(): parser.add_subparsers(title="commands", metavar="COMMAND")}
    for command in COMMANDS:
        _add(_group(groups, command.path[:-1]), command)
    return parser


def _group(groups: dict[tuple[str, ...], Subparsers], path: tuple[str, ...]) -> Subparsers:
    if path not in groups:
        text = GROUPS[path]
        parent = _group(groups, path[:-1])
        parser = parent.add_parser(path[-1], help=text, description=_sentence(text), allow_abbrev=False)
        parser.set_defaults(parser=parser)
        groups[path] = parser.add_subparsers(title="commands", metavar="COMMAND")
    return groups[path]


def _add(parent: Subparsers, command: Command) -> None:
    description = " ".join(filter(None, [_sentence(command.help), command.description]))
    parser = parent.add_parser(command.path[-1], help=command.help, description=description, allow_abbrev=False)
    for argument in command.arguments:
        parser.add_argument(*argument.flags, help=argument.help, **argument.options)
    parser.set_defaults(handler=command.handler, parser=parser)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
