"""Templates of the table of resource types, filled with the facts of a resource.

``{…}`` stands for a fact: ``id``, ``name``, ``host`` (the name in lower case, as in host names), ``NAME``, ``parent``
and ``hostparent`` (what it is a child of), ``roothost`` (the outermost resource), ``location``, ``subscription``,
``tenant``, ``created`` (a time), ``address`` (public), ``privateaddress`` (of the subnet that it names), or a member
of the resource such as ``properties.dnsSettings.domainNameLabel``. ``guid.PURPOSE``, ``hexN.PURPOSE``,
``HEXN.PURPOSE`` and ``keyN.PURPOSE`` (N bytes in base64, 64 when N is left out) are made up: always the same for the
same resource and purpose. ``{?member}`` is empty, and lacking when the member is.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import attrs

from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform import seeded_random

__all__ = ["Facts", "filled", "merged", "without_nulls"]

Document = dict[str, Any]

_FACT = re.compile(r"\{([?\w.]+)\}")
_MADE_UP = re.compile(r"(guid|hex|HEX|key)(\d*)\.(\w+)")
_KEY_BYTES = 64


@attrs.frozen(kw_only=True, eq=False)
class Facts:
    """The facts of one resource.

    Attributes:
        seed: Of what is made up.
        id: Its ARM resource id.
        tenant: The tenant's id.
        created_at: Seconds since 1970-01-01 UTC.
        document: Its members.
        private_address: Gives an address of the subnet that it names, or None.
    """

    seed: int
    id: str
    tenant: str
    created_at: float
    document: Document = attrs.field(repr=False)
    private_address: Callable[[], str | None] = lambda: None

    def __call__(self, name: str) -> Any:
        """A fact; None: there is none."""
        if name.startswith("?"):
            return None if get_path(self.document, name[1:]) is None else ""
        if made_up := _MADE_UP.fullmatch(name):
            return self._derived(made_up[1], made_up[2], made_up[3])
        if (own := _OWN.get(name)) is not None:
            return own(self)
        return get_path(self.document, name)

    def _derived(self, kind: str, length: str, purpose: str) -> str:
        if kind == "guid":
            return seeded_random.guid(self.seed, self.id.lower(), purpose)
        if kind == "key":
            return b64encode(bytes.fromhex(self._digits(2 * int(length or _KEY_BYTES), purpose))).decode()
        digits = self._digits(int(length), purpose)
        return digits.upper() if kind == "HEX" else digits

    def _digits(self, length: int, purpose: str) -> str:
        blocks = range(length // 32 + 1)
        return "".join(seeded_random.letters(self.seed, 32, self.id.lower(), purpose, block) for block in blocks)[
            :length
        ]

    @property
    def names(self) -> list[str]:
        """The name of the outermost resource, of each of its children, and its own."""
        return self.id.rpartition("/providers/")[2].split("/")[2::2]

    @property
    def parent(self) -> str:
        """The name of the resource that it is a child of; its own when there is none."""
        return self.names[-2:][0]

    @property
    def address(self) -> str:
        """An address of the block that is kept for documentation (RFC 5737)."""
        return f"203.0.113.{int(seeded_random.fraction(self.seed, self.id.lower(), 'address') * 254) + 1}"


_OWN: dict[str, Callable[[Facts], Any]] = {
    "id": lambda facts: facts.id,
    "name": lambda facts: facts.names[-1],
    "NAME": lambda facts: facts.names[-1].upper(),
    "host": lambda facts: facts.names[-1].lower(),
    "parent": lambda facts: facts.parent,
    "hostparent": lambda facts: facts.parent.lower(),
    "roothost": lambda facts: facts.names[0].lower(),
    "subscription": lambda facts: facts.id.split("/")[2],
    "tenant": lambda facts: facts.tenant,
    "created": lambda facts: time_text(facts.created_at),
    "address": lambda facts: facts.address,
    "privateaddress": lambda facts: facts.private_address(),
}


def filled(template: Any, fact: Callable[[str], Any]) -> Any:
    """A template with its facts; members one of whose facts is missing are left out, and objects without members."""
    if isinstance(template, dict):
        members = {name: filled(inner, fact) for name, inner in template.items()}
        return {name: inner for name, inner in members.items() if inner is not None and inner != {}}
    if isinstance(template, list):
        return [filled(inner, fact) for inner in template]
    return _text(template, fact) if isinstance(template, str) else template


def _text(template: str, fact: Callable[[str], Any]) -> Any:
    if whole := _FACT.fullmatch(template):
        return fact(whole[1])
    found = {name: fact(name) for name in _FACT.findall(template)}
    return None if None in found.values() else _FACT.sub(lambda match: str(found[match[1]]), template)


def without_nulls(document: Document) -> Document:
    """A copy without the members that are null, which stands for "not given" in a PUT."""
    return {
        name: without_nulls(value) if isinstance(value, dict) else value
        for name, value in document.items()
        if value is not None
    }


def merged(old: Document, new: Document) -> Document:
    """RFC 7396, except that what is no object replaces what is one."""
    result = dict(old)
    for name, value in new.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict) and isinstance(result.get(name), dict):
            result[name] = merged(result[name], value)
        else:
            result[name] = value
    return result
