"""Commands as rows of tables, from which parser, help, completion, docs page and ledger are made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, overload

__all__ = ["Argument", "Command", "Example", "Later"]

# Named tuples, because start-up imports nothing that a command line does not need.


class Argument(NamedTuple):
    """One argument of a command.

    Attributes:
        flags: ``--name`` and its short forms, or one name without dashes for a positional argument.
        help: One line; ``%(default)s`` is filled in.
        options: What else argparse is told: default, type, choices …
        aliases: Further spellings that are understood and not shown: old ones of az, and what fingers type.
        section: The heading in the help under which it stands; empty for the first.
    """

    flags: tuple[str, ...]
    help: str
    options: Mapping[str, Any] = MappingProxyType({})
    aliases: tuple[str, ...] = ()
    section: str = ""


class Later(Sequence[Argument]):
    """Many arguments, made when somebody looks at them: the help of all commands does not.

    Args:
        make: Makes them, and imports what it takes.
    """

    def __init__(self, make: Callable[[], tuple[Argument, ...]]) -> None:
        self._make = make
        self._made: tuple[Argument, ...] | None = None

    def _all(self) -> tuple[Argument, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __iter__(self) -> Iterator[Argument]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, at: int) -> Argument: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Argument, ...]: ...
    def __getitem__(self, at: int | slice) -> Argument | tuple[Argument, ...]:
        return self._all()[at]


class Example(NamedTuple):
    """A line that does something useful.

    Attributes:
        what: What it does, one line without a full stop.
        line: What to type.
    """

    what: str
    line: str


class Command(NamedTuple):
    """One command.

    Attributes:
        path: Its words, the last is its own.
        help: One line.
        handler: ``module:function``, imported when the command is called. It takes a `vmss_sdk.cli.call.Call` and
            returns what is to be shown: an operation (which is waited for, unless ``--no-wait``), a model or several,
            JSON, or None. That of a local command takes the parsed arguments, prints by itself and returns the exit
            code.
        arguments: Its arguments, `Later` when they are many; those that every command has that talks to a service
            are added.
        description: What its own help says besides.
        operations: The operations of Azure that it calls, such as ``virtual_machine_scale_sets.get``: docs/coverage.md
            tells them.
        local: Whether it prints by itself and returns the exit code.
        table: A JMESPath expression that makes the columns of ``-o table``; empty for all plain members.
        examples: Lines for its help and its docs.
        az: Whether az has it too, so that it has to take all of az's flags.
    """

    path: tuple[str, ...]
    help: str
    handler: str
    arguments: Sequence[Argument] = ()
    description: str = ""
    operations: tuple[str, ...] = ()
    local: bool = False
    table: str = ""
    examples: tuple[Example, ...] = ()
    az: bool = True

    @property
    def name(self) -> str:
        """As it is typed after ``vmss``."""
        return " ".join(self.path)
