"""The names of a server: whom requests, links and tokens may mean by it."""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import lru_cache

import attrs

__all__ = ["LOCAL_NAMES", "HostAndPort", "ServerNames", "host_and_port"]

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
"""The names by which every machine knows itself."""

_IN_PROCESS = "emulator.invalid"
_AUTHORITY = re.compile(r"(?P<host>[a-z0-9_.*-]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?", re.IGNORECASE | re.ASCII)

HostAndPort = tuple[str, str]


def host_and_port(text: str) -> HostAndPort | None:
    """A ``Host`` header taken apart: the host in its usual form, and the port, which may be empty; None: it is none."""
    found = _AUTHORITY.fullmatch(text)
    if found is None:
        return None
    return _loopback_names(found["host"].strip("[]")), found["port"] or ""


def _loopback_names(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host.lower()


@attrs.frozen
class ServerNames:
    """Host names and addresses.

    Attributes:
        names: Besides those of every machine; in lower case, addresses in their usual form. ``*.x`` stands for every
            name with one label in front of ``.x``.
        everywhere: Whether the server listens on all addresses of this machine, so that each of them is its name.
    """

    names: tuple[str, ...] = ()
    everywhere: bool = False

    def include(self, host: str) -> bool:
        """Whether a host, in any spelling, is this server.

        Its port does not count: a container's is another one outside. An address of the loopback always is this server:
        whoever asks there is on this machine.
        """
        usual = _loopback_names(host)
        if usual in LOCAL_NAMES or usual == _IN_PROCESS or usual in self.names:
            return True
        try:
            address = ipaddress.ip_address(usual)
        except ValueError:
            return f"*.{usual.partition('.')[2]}" in self.names
        return address.is_loopback or (self.everywhere and _is_of_this_machine(usual))


@lru_cache(maxsize=64)
def _is_of_this_machine(address: str) -> bool:
    """Whether an address belongs to this machine: only such a one can be bound."""
    found = ipaddress.ip_address(address)
    if found.is_multicast or found.is_unspecified:
        return False
    try:
        with socket.socket(socket.AF_INET6 if found.version == 6 else socket.AF_INET, socket.SOCK_DGRAM) as probe:  # noqa: PLR2004
            probe.bind((address, 0))
    except OSError:
        return False
    return True
