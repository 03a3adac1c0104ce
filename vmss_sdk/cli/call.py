"""One call of a command: what was asked for, and the service that it goes to."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Self

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._selection import ALL_INSTANCES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import TracebackType

    from vmss_sdk.cli.command import Command
    from vmss_sdk.client import VmssClient
    from vmss_sdk.handles._selection import Instances
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["Call"]


class Call:
    """One call of a command.

    Attributes:
        command: The command.
        args: Its parsed arguments.
    """

    def __init__(self, command: Command, args: argparse.Namespace) -> None:
        self.command = command
        self.args = args
        self._clients: dict[str | None, VmssClient] = {}

    def to(self, args: argparse.Namespace) -> Self:
        """This call for one of several resources; they share what is open."""
        other = type(self)(self.command, args)
        other._clients = self._clients
        return other

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the clients that were needed."""
        for client in self._clients.values():
            client.close()

    @property
    def client(self) -> VmssClient:
        """The client of the service that was asked for; nothing is sent for it.

        Raises:
            ClientUsageError: Nothing says where the service is, or as whom to call it.
        """
        from vmss_sdk.cli.connection import connect

        subscription = self.args.subscription
        if subscription not in self._clients:
            self._clients[subscription] = self._client_for_subscription() or connect(self.args)
        return self._clients[subscription]

    def _client_for_subscription(self) -> VmssClient | None:
        """A client for a further subscription of an emulator in this process, whose state file is open already."""
        from vmss_sdk.client import VmssClient

        first = next(iter(self._clients.values()), None)
        if first is None or not hasattr(first.transport, "emulator"):
            return None
        return VmssClient(self.args.subscription, endpoint=first.endpoint, transport=first.transport)

    @property
    def resource_group(self) -> str:
        """The resource group.

        Raises:
            CommandError: None was named.
        """
        return self._required("resource_group", "--resource-group/-g", "AZURE_DEFAULTS_GROUP")

    @property
    def group(self) -> str | None:
        """The resource group where it may be left out; None then."""
        return self.args.resource_group or os.environ.get("AZURE_DEFAULTS_GROUP") or None

    @property
    def scale_set_name(self) -> str:
        """The name of the scale set.

        Raises:
            CommandError: None was named.
        """
        if hasattr(self.args, "vmss_name"):
            return self._required("vmss_name", "--vmss-name", "AZURE_DEFAULTS_VMSS")
        return self._required("name", "--name/-n", "AZURE_DEFAULTS_VMSS")

    @property
    def scale_set(self) -> ScaleSet:
        """The scale set; nothing is sent for it.

        Raises:
            CommandError: None was named.
        """
        return self.client.scale_set(self.resource_group, self.scale_set_name)

    def instances(self, *, everything: bool = True) -> Instances:
        """The instances that were named.

        Args:
            everything: Whether none means all.

        Raises:
            CommandError: None was named, and that does not mean all.
        """
        named = getattr(self.args, "instance_ids", None)
        if named is None and not everything:
            raise _missing("--instance-ids")
        if named is None or named == ["*"]:
            return ALL_INSTANCES
        return _listed(named)

    def needed(self, name: str, flag: str) -> str:
        """An argument that has to be given, unless ``--ids`` says it.

        Raises:
            CommandError: It was not.
        """
        return self._required(name, flag)

    def _required(self, name: str, flag: str, variable: str = "") -> str:
        value = getattr(self.args, name, None) or (variable and os.environ.get(variable))
        if not value:
            raise _missing(flag)
        return str(value)

    @property
    def quiet(self) -> bool:
        """Whether nothing but the result and errors is wanted."""
        return bool(self.args.only_show_errors) or self.output == "none"

    @property
    def output(self) -> str:
        """The output format."""
        wanted = self.args.output or os.environ.get("AZURE_CORE_OUTPUT") or "json"
        return str(wanted).lower()

    def note(self, text: str) -> None:
        """Say something beside the result, on standard error."""
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)

    def confirm(self, question: str) -> None:
        """Ask before something is done that cannot be undone; ``--yes`` is the answer in advance.

        Raises:
            CommandError: The answer was no, or there is nobody to ask.
        """
        if self.args.yes:
            return
        if not sys.stdin.isatty():
            raise CommandError(f"{question}\nThere is no terminal to ask at; say --yes if that is what you want.")
        print(f"{question} (y/n): ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was done.")

    @property
    def place(self) -> str:
        """The arguments that say where the service is, for commands that are printed to be typed."""
        import shlex

        named = {"--endpoint": self.args.endpoint, "--state": self.args.state, "--subscription": self.args.subscription}
        return "".join(f" {flag} {shlex.quote(value)}" for flag, value in named.items() if value)


def _listed(named: Sequence[str]) -> list[str]:
    """Ids as words, or in az's short form of a list: ``[0,3]``."""
    text = " ".join(named)
    if text.startswith("[") and text.endswith("]"):
        named = [part.strip().strip("'\"") for part in text[1:-1].split(",")]
    if "*" in named:
        raise ClientUsageError("--instance-ids: '*' means all instances, so it stands alone")
    return list(named)


def _missing(flag: str) -> CommandError:
    return CommandError(f"the following arguments are required: {flag}", 2)
