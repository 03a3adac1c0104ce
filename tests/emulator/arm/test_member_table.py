"""Every member that can be written acts, is refused, or is said to be kept without effect: none is left out."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import vmss_sdk
from tests.wire.fields import MODELS
from tests.wire.make_fields import models as models_of
from vmss_sdk import models
from vmss_sdk.emulator.arm.without_effect import ACTS, NO_EFFECT, REFUSED, MemberRow, find, owner, rows
from vmss_sdk.emulator.engine.common.documents import instance_part
from vmss_sdk.emulator.engine.model.effects import changes
from vmss_sdk.models import Model, VirtualMachineScaleSet

EMULATOR = Path(vmss_sdk.__file__).parent / "emulator"
REFERENCE = Path(__file__).parents[4] / "shared/reference/models.csv"
WRITTEN = (
    "VirtualMachineScaleSet",
    "VirtualMachineScaleSetUpdate",
    "VirtualMachineScaleSetVM",
    "VirtualMachine",
    "VirtualMachineScaleSetExtension",
    "VirtualMachineScaleSetVMExtension",
    "VirtualMachineExtension",
    "VirtualMachineRunCommand",
)
"""What bodies of writes to a scale set, an instance and a machine are."""
NOT_A_MODULE = ("model", "service", "guest")
TABLE = {(row.model, row.member): row for row in rows()}

Key = tuple[str, str]


@cache
def known() -> frozenset[Key]:
    """The members that our models have, by the names of Azure's models."""
    found = (getattr(models, name) for name in dir(models))
    classes = [model for model in found if isinstance(model, type) and issubclass(model, Model)]
    members = ((model, member) for model in classes for member in model.members().values())
    return frozenset((owner(model, member.head), member.path[-1]) for model, member in members)


@cache
def read_only() -> frozenset[Key]:
    """The members that only the service sets, by the names of Azure's models."""
    found = {
        (owner(model, member.head), member.path[-1])
        for model in (getattr(models, name) for name in dir(models))
        if isinstance(model, type) and issubclass(model, Model)
        for member in model.members().values()
        if member.read_only
    }
    return frozenset(found)


def inside(kind: str) -> str:
    """What an array, a map or a required member holds."""
    kind = kind.removeprefix("!")
    return inside(kind[1:-1]) if kind[:1] in ("[", "{") else kind


def writable(model: str, seen: set[str]) -> Iterator[Key]:
    """The members below a model that need a row: those that are no model, and those that have one."""
    if model in seen:
        return
    seen.add(model)
    for member, kind in MODELS[model].items():
        key = model, member
        if key in read_only():
            continue
        if key in TABLE or inside(kind) not in MODELS:
            yield key
        else:
            yield from writable(inside(kind), seen)


def every_writable() -> set[Key]:
    """All of them."""
    seen: set[str] = set()
    return {key for model in WRITTEN for key in writable(model, seen)}


def test_every_member_that_can_be_written_has_an_answer() -> None:
    """It acts, it is refused, or it is kept without effect; what Azure adds has to be looked at before this passes."""
    assert sorted(every_writable() - TABLE.keys()) == []


def test_the_table_has_no_row_for_what_cannot_be_written() -> None:
    """A row is for a member that a body can have; each has one row, and one of three answers."""
    assert sorted(TABLE.keys() - every_writable()) == []
    assert [key for key, count in Counter((row.model, row.member) for row in rows()).items() if count > 1] == []
    assert {row.answer for row in rows()} <= {ACTS, REFUSED, NO_EFFECT}


def test_the_list_of_members_is_azures() -> None:
    """The walk goes over a copy of Azure's models."""
    if not REFERENCE.exists():
        pytest.skip(f"NOT CHECKED: there is no {REFERENCE.name} beside the clone to compare the copy of it with")
    assert {name: MODELS[name] for name in models_of(REFERENCE)} == models_of(REFERENCE)
    with REFERENCE.open(encoding="utf-8", newline="") as table:
        marked = {(row["model"], row["wire"]) for row in csv.DictReader(table) if row["read_only"]}
    assert {key for key in every_writable() if key in marked} == set()


@cache
def words_of(module: str) -> frozenset[str]:
    """The words in the texts of a module of the emulator."""
    tree = ast.parse((EMULATOR / module).read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


@pytest.mark.parametrize(
    "row", [row for row in rows() if row.answer == ACTS], ids=lambda row: f"{row.model}.{row.member}"
)
def test_a_member_that_acts_is_read_where_the_table_says(row: MemberRow) -> None:
    """The module names the member; a member that is only carried to instances is part of what they are made from."""
    if row.source in NOT_A_MODULE:
        assert row.source != "model" or not row.model.startswith("VirtualMachineScaleSetProperties")
        return
    assert row.member in words_of(row.source)


SAMPLES = {"boolean": (False, True), "integer": (1, 2), "number": (1.0, 2.0), "time": ("a", "b"), "any": ({}, {"a": 1})}


def carried(
    model: type[Model], path: tuple[str, ...], above: tuple[type[Model], ...]
) -> Iterator[tuple[Key, str, str]]:
    """The members of the model that are only carried to instances: key, dotted path with ``[]`` for lists, and kind."""
    for member in model.members().values():
        key = owner(model, member.head), member.path[-1]
        here = (*path, *member.path[:-1], member.path[-1] + ("[]" if member.kind in ("models", "strings") else ""))
        row = TABLE.get(key)
        if row is not None and row.answer == ACTS and row.source == "model":
            yield key, ".".join(here), member.kind
        elif row is None and member.model is not None and member.model() not in above and not member.read_only:
            yield from carried(member.model(), here, (*above, model))


def holding(path: str, value: object) -> dict[str, object]:
    """A document with a value at a path."""
    for name in reversed(path.split(".")):
        if name == "dataDisks[]" and isinstance(value, dict):
            value = {"lun": 0, **value}  # without which there is no disk
        value = {name.removesuffix("[]"): [value] if name.endswith("[]") else value}
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(("key", "path", "kind"), list(carried(VirtualMachineScaleSet, (), ())), ids=str)
def test_a_change_of_what_is_carried_to_instances_outdates_them(key: Key, path: str, kind: str) -> None:
    """It is part of what instances are made from, so an upgrade or a reimage brings it."""
    before, after = SAMPLES.get(kind, ("a", "b"))
    old, new = (instance_part(holding(path, value)) for value in (before, after))
    assert changes(old, new), key


def test_what_has_no_effect_is_told_in_one_plain_sentence() -> None:
    """It goes into a header: ASCII, no bar, which stands between sentences, and a subject that tells the effect."""
    for row in (row for row in rows() if row.answer == NO_EFFECT):
        assert row.note
        assert row.source
        assert row.sentence.isascii()
        assert row.sentence.isprintable()
        assert "|" not in row.sentence
        assert len(row.sentence) <= 160


def paths(model: type[Model], head: tuple[str, ...], above: tuple[type[Model], ...]) -> Iterator[tuple[MemberRow, str]]:
    """Every place in a body where a member without effect can be."""
    for member in model.members().values():
        row = TABLE.get((owner(model, member.head), member.path[-1]))
        here = (*head, *member.head, member.path[-1] + ("[]" if member.kind == "models" else ""))
        if row is not None:
            if row.answer == NO_EFFECT:
                yield row, ".".join(here).removesuffix("[]")
        elif member.model is not None and member.model() not in (*above, model) and not member.read_only:
            yield from paths(member.model(), here, (*above, model))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_member_without_effect_is_found_wherever_it_is(name: str) -> None:
    """In a PUT or PATCH of a scale set, an instance, a machine, an extension, a run command."""
    model: type[Model] = getattr(models, name)
    for row, path in paths(model, (), ()):
        assert find(model, holding(path, "something")) == (row,), path


def test_each_row_without_effect_can_be_met() -> None:
    """No row is beyond the reach of every body, unless no model of ours has the member: then it is refused."""
    met = {(row.model, row.member) for name in WRITTEN for row, _ in paths(getattr(models, name), (), ())}
    unmet = {key for key, row in TABLE.items() if row.answer == NO_EFFECT} - met
    assert unmet & known() == set()


PROFILE = "properties.virtualMachineProfile"
LINUX = f"{PROFILE}.osProfile.linuxConfiguration"


def approving(approves: bool) -> dict[str, object]:
    """A policy for scheduled events."""
    return {"userInitiatedReboot": {"automaticallyApprove": approves}}


@pytest.mark.parametrize(
    ("member", "nothing", "something"),
    [
        ("properties.resiliencyPolicy.resilientVMCreationPolicy", {"enabled": False}, {"enabled": True}),
        ("properties.spotRestorePolicy", {"enabled": False, "restoreTimeout": "PT1H"}, {"enabled": True}),
        ("properties.constrainedMaximumCapacity", False, True),
        ("properties.highSpeedInterconnectPlacement", "None", "Trunk"),
        ("properties.priorityMixPolicy", {"baseRegularPriorityCount": 0}, {"baseRegularPriorityCount": 2}),
        (f"{PROFILE}.billingProfile.maxPrice", -1, 0.02),
        (f"{PROFILE}.osProfile.requireGuestProvisionSignal", True, False),
        (f"{LINUX}.patchSettings.patchMode", "ImageDefault", "AutomaticByPlatform"),
        ("properties.scheduledEventsPolicy", approving(False), approving(True)),
    ],
)
def test_a_member_that_asks_for_nothing_is_not_told(member: str, nothing: object, something: object) -> None:
    """What is off, or as the service has it by itself, has no effect on Azure either."""
    assert find(VirtualMachineScaleSet, holding(member, nothing)) == ()
    found = find(VirtualMachineScaleSet, holding(member, something))
    assert [row.member for row in found] == [member.rpartition(".")[2]]
