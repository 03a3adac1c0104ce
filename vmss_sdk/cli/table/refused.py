"""Flags of az that are understood and refused: why, and what to do instead. They are never silently ignored."""

from typing import NamedTuple

from vmss_sdk.cli.command import Argument

__all__ = ["REFUSED", "UNMANAGED", "Refused", "refused_arguments"]

_AZ = "it belongs to az itself and its policies; leave it out"
UNMANAGED = "Azure has retired disks in storage accounts; leave it out, and the disks are managed ones"
_ROLE = "role assignments are not made here; use 'az role assignment create' when the scale set is there"
_GATEWAY = (
    "az would make an application gateway of version 1, which Azure makes no more; make one of version 2 and name it"
    " with --app-gateway"
)


class Refused(NamedTuple):
    """One flag.

    Attributes:
        flag: As it is typed.
        why: Why it is refused, and what to do instead.
        commands: Which commands have it.
        takes_value: Whether a value follows it.
    """

    flag: str
    why: str
    commands: tuple[str, ...] = ("create",)
    takes_value: bool = True

    @property
    def dest(self) -> str:
        """The attribute of the parsed arguments."""
        return self.flag.removeprefix("--").replace("-", "_")


REFUSED: tuple[Refused, ...] = (
    Refused("--change-reference", _AZ, ("create", "update")),
    Refused("--acquire-policy-token", _AZ, ("create", "update"), takes_value=False),
    Refused("--scope", _ROLE),
    Refused("--role", _ROLE),
    Refused("--use-unmanaged-disk", UNMANAGED, takes_value=False),
    Refused("--storage-container-name", UNMANAGED),
    Refused("--app-gateway-sku", _GATEWAY),
    Refused("--app-gateway-capacity", _GATEWAY),
    Refused("--app-gateway-subnet-address-prefix", _GATEWAY),
)


def refused_arguments(command: str) -> tuple[Argument, ...]:
    """Those of a command, as its arguments."""
    return tuple(
        Argument(
            (row.flag,),
            f"not here: {row.why}",
            {"metavar": "VALUE"} if row.takes_value else {"action": "store_const", "const": True},
            section="Not supported",
        )
        for row in REFUSED
        if command in row.commands
    )
