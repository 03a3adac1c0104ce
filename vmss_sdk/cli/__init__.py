"""The command line ``vmss``: commands as data, handlers that are imported when they are called."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import cast

__all__ = ["main"]

_FAILED = 1
_WRONG_USAGE = 2
_INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The words after ``vmss``; by default those of this process.

    Returns:
        The exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted from the keyboard.
    """
    from vmss_sdk.cli.parser import build

    try:
        args = build().parse_args(argv)
    except SystemExit as stop:  # help, version or wrong usage
        return int(stop.code or 0)
    if args.handler is None:
        args.parser.print_help()
        return _WRONG_USAGE if args.parser.prog != "vmss" else 0
    return _run(args.handler, args)


def _run(handler: str, args: object) -> int:
    try:
        code = _load(handler)(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        _silence()
        return _FAILED
    except Exception as error:
        from vmss_sdk.errors import VmssError

        if not isinstance(error, VmssError):
            raise
        print(f"vmss: {error}", file=sys.stderr)
        return _FAILED


def _load(handler: str) -> Callable[[object], int]:
    module, _, name = handler.partition(":")
    return cast("Callable[[object], int]", getattr(importlib.import_module(module), name))


def _silence() -> None:
    """Python flushes standard output once more when it ends; nobody is there to take it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
