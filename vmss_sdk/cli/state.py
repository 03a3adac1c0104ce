"""``vmss emulator state …``: what can be done with a state file."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["compact", "export", "import_story", "info", "rewind"]

_FAILED = 1


def info(args: argparse.Namespace) -> int:
    """Print what a state file has; a server may have it open.

    Returns:
        0, or 1 when it cannot be read.
    """
    from vmss_sdk.emulator import state_files

    return _done("info", args, lambda directory: state_files.info(args.file, directory))


def compact(args: argparse.Namespace) -> int:
    """Keep what there is, and nothing of how it came about.

    Returns:
        0, or 1 when it cannot be read or written, or is open elsewhere.
    """
    from vmss_sdk.emulator import state_files

    return _done("compact", args, lambda directory: state_files.compact(args.file, directory))


def export(args: argparse.Namespace) -> int:
    """Write the story of a state file.

    Returns:
        0, or 1 when it cannot be read, or the story cannot be written.
    """
    from vmss_sdk.emulator import state_files

    return _done(
        "export", args, lambda directory: state_files.export(args.file, directory, args.to, secrets=args.with_secrets)
    )


def import_story(args: argparse.Namespace) -> int:
    """Make a state file of a story.

    Returns:
        0, or 1 when the story cannot be read, or the state file is there.
    """
    from vmss_sdk.emulator import state_files

    return _done("import", args, lambda directory: state_files.import_story(args.story, args.to, directory))


def rewind(args: argparse.Namespace) -> int:
    """Go back to an entry or a moment.

    Returns:
        0, or 1 when it cannot be read or written, is open elsewhere, or has nothing of that time.
    """
    from vmss_sdk.emulator import state_files

    return _done("rewind", args, lambda directory: state_files.rewind(args.file, directory, args.to))


def _done(name: str, args: argparse.Namespace, act: Callable[[Any], dict[str, Any]]) -> int:
    from vmss_sdk.emulator.data_directory import DataDirectory
    from vmss_sdk.errors import StateFileError

    try:
        print(json.dumps(act(DataDirectory(args.data_dir)), indent=2))
    except StateFileError as error:
        print(f"vmss emulator state {name}: {error}", file=sys.stderr)
        return _FAILED
    return 0
