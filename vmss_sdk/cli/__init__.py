"""The command line ``vmss``: commands as data, handlers that are imported when they are called."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from vmss_sdk.cli.command import Command

__all__ = ["main"]

_FAILED = 1
_WRONG_USAGE = 2
_INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The words after ``vmss``; by default those of this process.

    Returns:
        The exit code, az's where az has one: 0 done, 1 failed, 2 wrong usage, 3 what was named is not there,
        130 interrupted from the keyboard.
    """
    from vmss_sdk.cli.parser import parse

    words = sys.argv[1:] if argv is None else argv
    try:
        command, args, parser = parse(words)
    except SystemExit as stop:  # help, version or wrong usage
        return int(stop.code or 0)
    if command is None:
        parser.print_help()
        return _WRONG_USAGE if words else 0
    return _run(command, args)


def _run(command: "Command", args: Any) -> int:
    try:
        code = _call(command, args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        _silence()
        return _FAILED
    except Exception as error:
        from vmss_sdk.cli.error_output import print_error

        failed = print_error(error)
        if failed is None:
            raise
        return failed


def _call(command: "Command", args: Any) -> int:
    if command.local:
        return cast("int", load(command.handler)(args))
    from vmss_sdk.cli.running import run

    return run(command, args, load(command.handler))


def load(handler: str) -> Callable[[Any], Any]:
    """The function that a table names."""
    module, _, name = handler.partition(":")
    return cast("Callable[[Any], Any]", getattr(importlib.import_module(module), name))


def _silence() -> None:
    """Python flushes standard output once more when it ends; nobody is there to take it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
