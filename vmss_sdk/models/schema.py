"""The shape of a model's document, for checking a request before anything is done with it.

Where a model has dotted paths, the tree has nested objects: `schema(VirtualMachineScaleSet)` has a member
``properties``, and in it ``upgradePolicy``.
"""

from collections.abc import Callable, Mapping
from functools import cached_property

import attrs

from vmss_sdk.models._base import Choice, Member, Model

__all__ = ["Node", "schema"]

# What Azure calls these types in "Could not find member 'X' on object of type 'Y'" (azure-cli#18855,
# azure-powershell#15331, terminate-notification page); the others follow the same pattern.
_ARM_NAMES = {
    "VirtualMachineScaleSetVMProfile": "VirtualMachineProfile",
    "VirtualMachineScaleSetUpdateVMProfile": "VirtualMachineProfile",
    "VirtualMachineScaleSetExtension": "VMScaleSetVMExtension",
}
_SCALARS = {"any", "boolean", "choice", "duration", "integer", "number", "string", "time"}
_LISTS = {"choices": "choice", "models": "object", "strings": "string"}
_MAPS = {"model map": "object", "string map": "string"}


@attrs.define(eq=False, slots=False)
class Node:
    """One value in a document: its kind and, by kind, what is in it.

    Attributes:
        kind: object, array, map, string, integer, number, boolean, time, duration, choice or any.
        arm_type: What Azure calls the type of an object in its error texts, empty for other kinds.
        read_only: Whether only the service sets it.
        secret: Whether it must never be shown.
        choice: The words of a choice.
        items: What an array or a map holds.
        required: What an object must have: dotted paths on the wire.
    """

    kind: str
    arm_type: str = ""
    read_only: bool = False
    secret: bool = False
    choice: type[Choice] | None = None
    items: "Node | None" = None
    required: tuple[str, ...] = ()
    _load: Callable[[], dict[str, "Node"]] = attrs.field(default=dict, repr=False)

    @cached_property
    def members(self) -> Mapping[str, "Node"]:
        """The members of an object by their names on the wire, empty for other kinds."""
        # Built on first use, so that a model that contains itself does not run for ever.
        return self._load()

    @cached_property
    def _by_lower_name(self) -> Mapping[str, tuple[str, "Node"]]:
        return {name.lower(): (name, node) for name, node in self.members.items()}

    def find(self, name: str) -> tuple[str, "Node"] | None:
        """The member with this name in any case, as ARM finds it: its proper name and its node."""
        return self._by_lower_name.get(name.lower())


_trees: dict[type[Model], Node] = {}


def schema(model: type[Model]) -> Node:
    """The shape of the model's documents; the same tree each time."""
    tree = _trees.get(model)
    if tree is None:
        # CHOICE: any document with an envelope counts as what ARM calls a resource definition.
        name = "ResourceDefinition" if _has_envelope(model) else _arm_name(model)
        tree = _trees.setdefault(model, _object(model, name))
    return tree


def _object(model: type[Model], arm_type: str, *, read_only: bool = False) -> Node:
    members = [(member.path, member) for member in model.members().values()]
    needed = model.required_members()
    return Node("object", arm_type=arm_type, read_only=read_only, required=needed, load=lambda: _children(members))


def _children(members: list[tuple[tuple[str, ...], Member]]) -> dict[str, Node]:
    children: dict[str, Node] = {}
    inside: dict[str, list[tuple[tuple[str, ...], Member]]] = {}
    for path, member in members:
        if len(path) == 1:
            children[path[0]] = _node(member)
        else:
            inside.setdefault(path[0], []).append((path[1:], member))
    for name, rest in inside.items():
        children[name] = _envelope(name, rest)
    return children


def _envelope(name: str, members: list[tuple[tuple[str, ...], Member]]) -> Node:
    read_only = all(member.read_only for _, member in members)
    return Node("object", arm_type=name[:1].upper() + name[1:], read_only=read_only, load=lambda: _children(members))


def _node(member: Member) -> Node:
    if member.kind in _LISTS:
        return Node("array", read_only=member.read_only, items=_item(member, _LISTS[member.kind]))
    if member.kind in _MAPS:
        return Node("map", read_only=member.read_only, items=_item(member, _MAPS[member.kind]))
    if member.kind in _SCALARS:
        return Node(member.kind, read_only=member.read_only, secret=member.secret, choice=member.choice)
    return _item(member, "object", read_only=member.read_only)


def _item(member: Member, kind: str, *, read_only: bool = False) -> Node:
    if member.model is None:
        return Node(kind, choice=member.choice)
    model = member.model()
    return _object(model, _arm_name(model), read_only=read_only)


def _has_envelope(model: type[Model]) -> bool:
    return any(member.head for member in model.members().values())


def _arm_name(model: type[Model]) -> str:
    name = model.__name__
    return _ARM_NAMES.get(name, name.replace("VirtualMachineScaleSet", "VMScaleSet", 1))
