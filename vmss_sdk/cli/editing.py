"""``--set``, ``--add`` and ``--remove`` as arguments: they are kept in the order in which they are typed."""

import argparse
from collections.abc import Sequence
from typing import Any

from vmss_sdk.cli.command import Argument

__all__ = ["GENERIC_UPDATE"]

_SECTION = "Generic update"


class _Collect(argparse.Action):
    """Puts ``(verb, words)`` behind those that came before, of all three flags."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  # argparse's own signature
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        verb = str(option_string).removeprefix("--")
        before = getattr(namespace, self.dest, None) or []
        setattr(namespace, self.dest, [*before, (verb, tuple(map(str, values or ())))])


def _flag(name: str, help: str, metavar: str) -> Argument:
    return Argument(
        (name,), help, {"action": _Collect, "nargs": "+", "dest": "edits", "metavar": metavar}, section=_SECTION
    )


GENERIC_UPDATE = (
    _flag("--set", "set members of the model: upgradePolicy.mode=Rolling tags.team=ops", "PATH=VALUE"),
    _flag("--add", "add to a list: its path, then key=value ..., a string or JSON", "PATH VALUE"),
    _flag("--remove", "take a member away, or the item of a list at a position", "PATH"),
    Argument(
        ("--force-string",),
        "take values as strings where the model leaves open what they are",
        {"action": "store_true"},
        section=_SECTION,
    ),
)
"""In the order of the command line they act on what was read, before the other flags do."""
