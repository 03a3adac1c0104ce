"""The commands of ``vmss`` as data: parser and help are made from this table."""

from argparse import ArgumentTypeError
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["COMMANDS", "GROUPS", "Argument", "Command"]

_LAST_PORT = 65_535
_LONGEST_LIFE = 30 * 24 * 3600

# Named tuples, because start-up imports nothing that a command line does not need.


class Argument(NamedTuple):
    """One argument of a command.

    Attributes:
        flags: ``--name`` and its short forms, or one name without dashes for a positional argument.
        help: One line; ``%(default)s`` is filled in.
        options: What else argparse is told: default, type, choices …
    """

    flags: tuple[str, ...]
    help: str
    options: Mapping[str, Any] = MappingProxyType({})


class Command(NamedTuple):
    """One command.

    Attributes:
        path: Its words, the last is its own.
        help: One line.
        handler: ``module:function``, imported when the command is called; takes the parsed arguments, returns the
            exit code.
        arguments: Its arguments.
        description: What its own help says besides.
        operations: The operations of Azure that it calls, such as ``virtual_machine_scale_sets.get``: docs/coverage.md
            tells them.
    """

    path: tuple[str, ...]
    help: str
    handler: str
    arguments: tuple[Argument, ...] = ()
    description: str = ""
    operations: tuple[str, ...] = ()


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= _LAST_PORT:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no port: expected a number from 0 to {_LAST_PORT}")


def _factor(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 <= number < float("inf"):
        return number
    raise ArgumentTypeError(f"'{text}' is no factor: expected a number >= 0")


def _seconds(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= _LONGEST_LIFE:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is no lifetime: expected a whole number of seconds from 1 to {_LONGEST_LIFE}")


def _clock(text: str) -> str:
    from vmss_sdk.emulator.engine.clock import clock_from

    try:
        clock_from(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
    return text


GROUPS: dict[tuple[str, ...], str] = {
    ("emulator",): "an Azure for scale sets on this machine",
}

_PORT = Argument(("--port",), "where the server listens (default: %(default)s)", {"type": _port, "default": 8677})
_SHELL = Argument(
    ("--shell",), "whose lines to print (default: powershell on Windows, else sh)", {"choices": ("sh", "powershell")}
)
_DATA_DIR = Argument(
    ("--data-dir",),
    "where certificates, keys and principals are kept (default: VMSS_HOME, or this user's place for data)",
    {"metavar": "FOLDER"},
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("demo",),
        "watch a rolling upgrade of ten instances, then a reimage",
        "vmss_sdk.cli.demo:run",
        (
            Argument(
                ("--speed",),
                "how fast the story is told on a terminal: 2 is twice as fast, 0 without any pause"
                " (default: 1; in a pipe always 0)",
                {"type": _factor, "default": 1.0, "metavar": "FACTOR"},
            ),
        ),
        "Runs an emulator in this process; needs no network, no account and about ten seconds.",
    ),
    Command(
        ("emulator", "start"),
        "serve the emulator over HTTP until Ctrl-C",
        "vmss_sdk.cli.emulator:start",
        (
            Argument(("--host",), "where to listen (default: %(default)s)", {"default": "127.0.0.1"}),
            Argument(
                ("--port",),
                "the port; 0 takes a free one (default: %(default)s)",
                {"type": _port, "default": 8677},
            ),
            Argument(
                ("--clock",),
                "scaled:60 (60 times as fast as real time), virtual (skips ahead whenever a client polls) or system"
                " (default: %(default)s)",
                {"type": _clock, "default": "scaled:60", "metavar": "CLOCK"},
            ),
            Argument(("--seed",), "of everything that varies (default: %(default)s)", {"type": int, "default": 0}),
            Argument(
                ("--reimage-source",),
                "the model a reimage puts on the disk: the scale set's, as documented, or the one applied to the"
                " instance, as users observe (default: %(default)s)",
                {"default": "scale_set_model", "choices": ("scale_set_model", "instance_model")},
            ),
            Argument(
                ("--tls",),
                "serve HTTPS, and ask for tokens; needed for a host that other machines can reach",
                {"action": "store_true"},
            ),
            Argument(
                ("--no-auth",), "ask for no tokens; on this machine's own addresses only", {"action": "store_true"}
            ),
            Argument(
                ("--name",),
                "with --tls: another host name or address for the certificate; can be given several times",
                {"action": "append", "default": [], "metavar": "HOST"},
            ),
            Argument(
                ("--principal",),
                "with --tls: a service principal with the role Owner, Contributor or Reader, everywhere or in a"
                " subscription or resource group; it is kept, and one of that name is changed; can be given several"
                " times",
                {"action": "append", "default": [], "metavar": "NAME=ROLE[@SCOPE]"},
            ),
            Argument(
                ("--token-lifetime",),
                "with --tls: seconds until a token expires (default: 3600)",
                {"type": _seconds, "metavar": "SECONDS"},
            ),
            _DATA_DIR,
        ),
        "The first line says where it listens. The state is in memory and ends with the server; with --tls,"
        " certificates, keys and principals are kept in the data directory.",
    ),
    Command(
        ("emulator", "trust"),
        "print what makes clients trust its HTTPS",
        "vmss_sdk.cli.trust:trust",
        (_PORT, _SHELL, _DATA_DIR),
        "That is the certificate authority of 'vmss emulator start --tls', which it makes when there is none;"
        " nothing else on this machine is changed.",
    ),
    Command(
        ("emulator", "credentials"),
        "print what a client logs in with",
        "vmss_sdk.cli.trust:credentials",
        (
            Argument(
                ("name",),
                "contributor, reader, managed-identity, or one made by --principal (default: %(default)s)",
                {"nargs": "?", "default": "contributor", "metavar": "NAME"},
            ),
            _PORT,
            _SHELL,
            _DATA_DIR,
        ),
        'The secret is among it. For a shell: eval "$(vmss emulator credentials reader)".',
    ),
    Command(
        ("emulator", "az-env"),
        "prepare the Azure CLI, and print the lines that log in",
        "vmss_sdk.cli.az_env:az_env",
        (
            Argument(
                ("folder",),
                "where the profile is (default: az in the data directory)",
                {"nargs": "?", "metavar": "FOLDER"},
            ),
            Argument(
                ("--as",),
                "who logs in: contributor, reader, managed-identity, or one made by --principal (default: %(default)s)",
                {"dest": "name", "default": "contributor", "metavar": "NAME"},
            ),
            _PORT,
            _SHELL,
            _DATA_DIR,
        ),
        'For a shell: eval "$(vmss emulator az-env)", while vmss emulator start --tls runs. The secret is in a file'
        " that only you can read; the profile of the real Azure is not touched.",
    ),
)
