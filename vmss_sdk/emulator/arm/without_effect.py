"""Members that are stored without effect: found in a body, and named in the answer and in the decision log.

The table ``member_effects.csv`` has a row for every member that can be written to a scale set, an instance or a virtual
machine: it acts, it is refused, or it is kept without effect. A member without a row of its own is in one that has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.models import Model
from vmss_sdk.transport.notes import HEADER, joined

__all__ = ["ACTS", "NO_EFFECT", "REFUSED", "MemberRow", "find", "noted", "owner", "rows", "said"]

ACTS, REFUSED, NO_EFFECT = "acts", "refused", "no effect"

# with these a member asks for nothing that Azure would do
_NOTHING = frozenset(("", "0", "false", "none"))
# Azure's SDKs have one model for both
_SHARED = {"VirtualMachineScaleSetVMExtensionProperties": "VirtualMachineExtensionProperties"}
_SWITCHES = ("enabled", "enable")


@attrs.frozen
class MemberRow:
    """What becomes of one member.

    Attributes:
        model: The model that has it, as Azure's SDKs call it; ``…Properties`` for what is in its ``properties``.
        member: Its name on the wire.
        answer: ``acts``, ``refused`` or ``no effect``.
        unless: Values, between bars, with which a member without effect asks for nothing; empty: the usual ones.
        source: Of one that acts, the module that reads it, or ``model``: it is part of what instances are made from,
            and shows nowhere but there; ``service``: only the service sets it, whatever is sent; ``guest``: it shows
            inside the guest alone. Of one without effect, the subject of Azure's documentation that tells its effect.
        note: What happens in place of its effect.
    """

    model: str
    member: str
    answer: str
    unless: str
    source: str
    note: str

    @property
    def sentence(self) -> str:
        """What is said when it is written."""
        return f"{self.member} is kept without effect: {self.note}."

    def asks(self, value: Any) -> bool:
        """Whether a value asks for something that does not happen."""
        return _asks(value, frozenset(self.unless.lower().split("|")) if self.unless else _NOTHING)


def _asks(value: Any, nothing: frozenset[str]) -> bool:
    if isinstance(value, dict):
        off = any(value.get(switch) is False for switch in _SWITCHES)
        return not off and any(_asks(inner, nothing) for inner in value.values())
    if isinstance(value, list):
        return any(_asks(inner, nothing) for inner in value)
    return str(value).lower() not in nothing


@cache
def rows() -> tuple[MemberRow, ...]:
    """The table."""
    _, found = data.rows("member_effects")
    return tuple(MemberRow(*cells) for cells in found)


Tree = dict[str, Any]
"""Names of members, each with its row or with the tree of what is in it; nothing leads to a member that acts."""


@cache
def _table() -> dict[tuple[str, str], MemberRow]:
    return {(row.model, row.member): row for row in rows()}


_trees: dict[type[Model], Tree] = {}


def _tree(model: type[Model]) -> Tree:
    tree = _trees.get(model)
    return _trees.setdefault(model, _branches(model, ())) if tree is None else tree


def owner(model: type[Model], head: tuple[str, ...]) -> str:
    """The model in the table that has the members below a path of a model of this SDK: ``…Properties``, mostly."""
    name = model.__name__ + "".join(part[:1].upper() + part[1:] for part in head)
    return _SHARED.get(name, name)


def _branches(model: type[Model], above: tuple[type[Model], ...]) -> Tree:
    tree: Tree = {}
    for member in model.members().values():
        row = _table().get((owner(model, member.head), member.path[-1]))
        inner: MemberRow | Tree | None = None
        if row is not None:
            inner = row if row.answer == NO_EFFECT else None
        elif member.model is not None and member.model() not in (*above, model) and not member.read_only:
            inner = _branches(member.model(), (*above, model))
        if inner:
            here = tree
            for part in member.head:
                here = here.setdefault(part, {})
            here[member.path[-1]] = inner
    return tree


def find(model: type[Model], body: Document) -> tuple[MemberRow, ...]:
    """The members of a body that are kept without effect and ask for something, each once.

    Args:
        model: What the body is.
        body: With names as Azure spells them.
    """
    found: dict[str, MemberRow] = {}
    _walk(_tree(model), body, found)
    return tuple(found.values())


def _walk(tree: Tree, value: Any, found: dict[str, MemberRow]) -> None:
    if isinstance(value, list):
        for item in value:
            _walk(tree, item, found)
    elif isinstance(value, dict):
        for name, given in value.items():
            inner = tree.get(name)
            if isinstance(inner, dict):
                _walk(inner, given, found)
            elif inner is not None and inner.asks(given):
                found.setdefault(inner.sentence, inner)


def said(reply: Reply, scale_set: Aggregate, model: type[Model], body: Document) -> Reply:
    """The answer to a write, and the decision log, with what the write has no effect by."""
    found = find(model, body)
    for row in found:
        scale_set.log(DecisionKind.KEPT_WITHOUT_EFFECT, (), {"member": row.member, "says": row.sentence})
    return noted(reply, [row.sentence for row in found])


def noted(reply: Reply, sentences: Iterable[str]) -> Reply:
    """An answer that says these sentences; the same when there is none."""
    if text := joined(sentences):
        reply.headers[HEADER] = text
    return reply
