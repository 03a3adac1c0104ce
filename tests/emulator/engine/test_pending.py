"""What is pending on an instance: the gentlest action for each thing, and what that loses."""

import copy
import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator.engine.stories import (
    capacity,
    custom_data,
    document,
    exact,
    finish,
    image,
    policy,
    profile,
    scale_set,
)
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.platform.settings import ReimageSource
from vmss_sdk.emulator.engine.reading.losses import OS_DISK_LOST
from vmss_sdk.emulator.engine.reading.pending import Remedy, models_in_use, pending
from vmss_sdk.emulator.engine.record.instance import OS_DISK, TEMP_DISK, Instance
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

LUNS = range(3)
EXAMPLES = 500 if os.environ.get("CI") else 50
"""Of each of four tests: together 2,000 where time is no matter."""


def disks(*sizes: tuple[int, int]) -> Document:
    """A change of the data disks: LUN and size in GB of each."""
    wanted = [{"lun": lun, "createOption": "Empty", "diskSizeGB": size} for lun, size in sizes]
    return profile(storageProfile={"dataDisks": wanted})


def actions(made: ScaleSet, instance_id: str = "0") -> list[tuple[str, Remedy, tuple[str, ...]]]:
    """Of an instance: what it lacks, by what it gets it, what is lost by that."""
    found = pending(made, made.instances[instance_id])
    return [(item.path.rpartition(".")[2], item.remedy, item.loses) for item in found]


@pytest.mark.parametrize("mode", ["Automatic", "Manual"])
@pytest.mark.parametrize("before", [[], [(0, 64)], [(0, 64), (1, 128)]], ids=["none", "one", "two"])
@pytest.mark.parametrize("after", [[(1, 128)], [(0, 64), (2, 32)], []], ids=["a disk", "two disks", "no disk"])
def test_after_disks_came_or_went_nothing_is_pending(
    mode: str, before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    """Adding and removing a data disk is an upgrade, after which nothing is left to do (vm-scale-sets#51)."""
    made = scale_set(document(instances=2, mode=mode))
    finish(made, made.put(disks(*before)))
    finish(made, upgrade_instances(made, ["*"]))
    finish(made, made.put(disks(*after)))
    if mode == "Manual":
        changed = before != after
        assert {remedy for _, remedy, _ in actions(made)} == ({Remedy.UPGRADE} if changed else set())
        finish(made, upgrade_instances(made, ["*"]))
    assert [actions(made, instance_id) for instance_id in made.instances] == [[], []]


def test_a_disk_that_goes_is_lost() -> None:
    """Only the disk that goes, and what is on it."""
    made = scale_set(document(instances=1))
    finish(made, made.put(disks((0, 64), (1, 128))))
    finish(made, upgrade_instances(made, ["*"]))
    made.instances["0"].data = {"lun 0": "kept", "lun 1": "lost", OS_DISK: "kept"}
    finish(made, made.put(disks((0, 64))))
    assert actions(made) == [("dataDisks[lun 1]", Remedy.UPGRADE, ("data disk 1",))]
    finish(made, upgrade_instances(made, ["*"]))
    assert made.instances["0"].data == {"lun 0": "kept", OS_DISK: "kept"}


def test_a_disk_that_changes_needs_a_reimage_and_another_that_comes_does_not() -> None:
    """Both in one change: the one follows the upgrade, the other waits for the reimage (decision C2)."""
    made = scale_set(document(instances=1, mode="Automatic"))
    finish(made, made.put(disks((0, 64))))
    finish(made, made.put(disks((0, 128), (1, 32))))
    assert actions(made) == [("dataDisks[lun 0]", Remedy.REIMAGE, (OS_DISK_LOST,))]
    finish(made, reimage(made, ["0"]))
    assert actions(made) == []


def test_a_disk_that_came_after_a_reimage_is_as_the_model_has_it() -> None:
    """The reimage knew of a disk that was not attached yet: what is attached later is the newest profile's."""
    made = scale_set(document(instances=1))
    finish(made, made.put(disks((1, 64))))
    finish(made, reimage(made, ["0"]))
    finish(made, made.put(disks((1, 128))))
    finish(made, upgrade_instances(made, ["0"]))
    assert actions(made) == []


def test_an_upgrade_by_a_new_disk_needs_no_reimage_on_top() -> None:
    """The new OS disk has the new custom data: what would be destroyed twice is destroyed once."""
    made = scale_set(document(instances=1))
    made.put(custom_data("new"))
    assert actions(made) == [("customData", Remedy.REIMAGE, (OS_DISK_LOST,))]
    made.put(image("2.0.0"))
    assert actions(made) == [("customData", Remedy.UPGRADE, ()), ("version", Remedy.UPGRADE, (OS_DISK_LOST,))]


def test_models_are_counted() -> None:
    """Those that instances refer to, and the newest."""
    made = scale_set(document(instances=3))
    assert models_in_use(made) == 1
    for number in range(3):
        made.put(custom_data(str(number)))
        finish(made, upgrade_instances(made, [str(number)]))
    assert models_in_use(made) == 3
    made.put(custom_data("last"))
    assert models_in_use(made) == 4


CHANGES: dict[str, st.SearchStrategy[Document]] = {
    "custom data": st.sampled_from("abc").map(custom_data),
    "image": st.sampled_from(["1.0.0", "2.0.0", "3.0.0"]).map(image),
    "disks": st.lists(
        st.tuples(st.sampled_from(LUNS), st.sampled_from([32, 64])), unique_by=lambda disk: disk[0], max_size=3
    ).map(lambda found: disks(*found)),
    "size": st.sampled_from(["Standard_D2s_v5", "Standard_D4s_v5"]).map(lambda name: {"sku": {"name": name}}),
    "user data": st.sampled_from(["YQ==", "Yg=="]).map(lambda text: profile(userData=text)),
    "password": st.sampled_from(["New-Passw0rd", "Newer-Passw0rd"]).map(
        lambda text: profile(osProfile={"adminPassword": text})
    ),
    "mode": st.sampled_from(["Automatic", "Manual"]).map(policy),
    "capacity": st.integers(1, 4).map(capacity),
}
WORK: dict[str, Callable[[ScaleSet, Sequence[str]], Any]] = {"upgrade": upgrade_instances, "reimage": reimage}
STEPS = st.one_of(
    st.one_of(*CHANGES.values()),
    st.tuples(st.sampled_from(sorted(WORK)), st.lists(st.sampled_from("0123"), min_size=1, max_size=2, unique=True)),
)


def took_place(made: ScaleSet, step: Any) -> None:
    """Carry a step out, if the scale set takes it."""
    try:
        if isinstance(step, tuple):
            finish(made, WORK[step[0]](made, step[1]))
        else:
            finish(made, made.put(step))
    except Refused:
        return


def marked(instance: Instance) -> None:
    """Keep something in each place where an instance can."""
    instance.data = dict.fromkeys((OS_DISK, TEMP_DISK, *(f"lun {lun}" for lun in LUNS)), "there")


def lost_by(instance: Instance) -> set[str]:
    """What is not there any more, in the words of `pending`."""
    gone = {OS_DISK, TEMP_DISK, *(f"lun {lun}" for lun in LUNS)} - instance.data.keys()
    return {OS_DISK_LOST if place == OS_DISK else place.replace("lun", "data disk") for place in gone}


@pytest.mark.parametrize("source", list(ReimageSource), ids=lambda source: str(source.value))
@pytest.mark.parametrize("mode", ["Automatic", "Manual"])
def test_after_the_advice_nothing_is_pending_and_nothing_else_was_lost(mode: str, source: ReimageSource) -> None:
    """Whatever was done before: one round of what `pending` names brings everything, and takes what it says."""

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.lists(STEPS, min_size=1, max_size=8))
    def holds(steps: list[Any]) -> None:
        made = scale_set(document(instances=2, mode=mode), settings=exact(reimage_source=source))
        for step in steps:
            took_place(made, step)
        for instance_id, instance in list(made.instances.items()):
            found = pending(made, instance)
            remedies = {item.remedy for item in found}
            marked(instance)
            if Remedy.REIMAGE in remedies:
                gently = copy.deepcopy(made)
                finish(gently, upgrade_instances(gently, [instance_id]))
                assert pending(gently, gently.instances[instance_id]), "an upgrade would have done"
            if remedies & {Remedy.UPGRADE, Remedy.UPGRADE_THEN_REIMAGE}:
                finish(made, upgrade_instances(made, [instance_id]))
            if remedies & {Remedy.REIMAGE, Remedy.UPGRADE_THEN_REIMAGE}:
                finish(made, reimage(made, [instance_id]))
            assert pending(made, instance) == []
            assert lost_by(instance) == {lost for item in found for lost in item.loses}

    holds()
