"""Disks of one instance alone: attached, detached, and what upgrades and reimages leave of them."""

from typing import Any

import pytest

from tests.emulator.engine.stories import document, finish, image, profile, scale_set
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work.data_disks import Storage, attach_detach, data_disks, owners
from vmss_sdk.emulator.engine.work.instance_model import update_instance
from vmss_sdk.emulator.engine.work.lifecycle import delete_instances
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions, reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

DISK = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/disks/"
MODEL = {"storageProfile": {"dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 64}]}}


def made_with_disk(instances: int = 2) -> ScaleSet:
    """A scale set whose model has a data disk at LUN 0."""
    return scale_set(document(instances=instances, profile=MODEL))


def attach(made: ScaleSet, *names: str, limit: int = 64, **members: Any) -> None:
    """Attach disks to the first instance, and let it be done."""
    request = {"dataDisksToAttach": [{"diskId": DISK + name, **members} for name in names]}
    finish(made, attach_detach(made, made.instances["0"], request, dict(owners(made)), limit))


def detach(made: ScaleSet, *ids: str) -> None:
    """Detach disks of the first instance, and let it be done."""
    request = {"dataDisksToDetach": [{"diskId": disk} for disk in ids]}
    finish(made, attach_detach(made, made.instances["0"], request, dict(owners(made))))


def refused(made: ScaleSet, request: Document, limit: int = 64) -> list[Failure]:
    """Why a request for the first instance is refused."""
    with pytest.raises(Refused) as caught:
        attach_detach(made, made.instances["0"], request, dict(owners(made)), limit)
    return list(caught.value.failures)


def luns(made: ScaleSet, instance_id: str = "0") -> dict[int, str]:
    """The names of an instance's disks by LUN; those of the model as ``model``."""
    disks = data_disks(made, made.instances[instance_id])
    return {d["lun"]: "model" if d["createOption"] == "Empty" else d["name"] for d in disks}


def test_the_lowest_free_lun() -> None:
    """A disk without LUN gets the lowest that neither a disk nor another of the request has."""
    made = made_with_disk()
    first = made.instances["0"]
    request = {"dataDisksToAttach": [{"diskId": DISK + "a"}, {"diskId": DISK + "b", "lun": 1}, {"diskId": DISK + "c"}]}
    finish(made, attach_detach(made, first, request, {}))
    assert luns(made) == {0: "model", 1: "b", 2: "a", 3: "c"}
    assert (made.now, first.running) == (25, True)


def test_attaching_does_not_outdate() -> None:
    """As reported of the portal: the instance is at the latest model as before."""
    made = made_with_disk()
    attach(made, "a")
    assert not made.outdated(made.instances["0"])
    assert luns(made, "1") == {0: "model"}


def test_the_result_is_the_storage_profile() -> None:
    """The operation brings the disks as they are at its end."""
    made = made_with_disk()
    request = {"dataDisksToAttach": [{"diskId": DISK + "a"}]}
    operation = finish(made, attach_detach(made, made.instances["0"], request, {}))
    assert isinstance(operation.result, Storage)
    assert [disk["lun"] for disk in operation.result.document["dataDisks"]] == [0, 1]
    attach(made, "b")
    assert [disk["lun"] for disk in operation.result.document["dataDisks"]] == [0, 1]


def test_upgrades_and_reimages_leave_it() -> None:
    """Neither a new image nor a reimage of all disks detaches it, or takes what is on it."""
    made = made_with_disk()
    attach(made, "a")
    first = made.instances["0"]
    first.data.update({"lun 0": "model's", "lun 1": "mine"})
    finish(made, made.put(image("2.0.0")))
    finish(made, upgrade_instances(made, ["0"]))
    finish(made, reimage(made, ["0"], options=ReimageOptions(data_disks=True)))
    assert luns(made) == {0: "model", 1: "a"}
    assert (first.data, made.outdated(first)) == ({"lun 1": "mine"}, False)


def test_detached_it_is_free_again() -> None:
    """While it leaves it is marked and can be attached nowhere; then another instance may have it."""
    made = made_with_disk()
    attach(made, "a")
    first, second = made.instances.values()
    operation = attach_detach(made, first, {"dataDisksToDetach": [{"diskId": DISK + "A"}]}, dict(owners(made)))
    assert data_disks(made, first)[1]["toBeDetached"] is True
    wanted = {"dataDisksToAttach": [{"diskId": DISK + "a"}]}
    assert [failure.reason for failure in refused(made, wanted)] == [Reason.DISK_BEING_DETACHED]
    finish(made, operation)
    assert luns(made) == {0: "model"}
    finish(made, attach_detach(made, second, wanted, dict(owners(made))))
    assert luns(made, "1") == {0: "model", 1: "a"}


def test_a_disk_of_the_model_comes_back_with_the_upgrade() -> None:
    """To detach it makes the instance's model its own; the upgrade brings an empty one."""
    made = made_with_disk()
    first = made.instances["0"]
    [(disk, _), *_] = owners(made)
    detach(made, disk)
    assert (luns(made), made.outdated(first)) == ({}, True)
    finish(made, upgrade_instances(made, ["0"]))
    assert (luns(made), made.outdated(first)) == ({0: "model"}, False)


def test_one_change_swaps_disks() -> None:
    """Attached and detached in one request: the new one cannot have the LUN that is only leaving."""
    made = made_with_disk()
    attach(made, "a")
    swap: Document = {
        "dataDisksToAttach": [{"diskId": DISK + "b", "lun": 1}],
        "dataDisksToDetach": [{"diskId": DISK + "a"}],
    }
    assert [failure.reason for failure in refused(made, swap)] == [Reason.LUN_TAKEN]
    del swap["dataDisksToAttach"][0]["lun"]
    finish(made, attach_detach(made, made.instances["0"], swap, dict(owners(made))))
    assert luns(made) == {0: "model", 2: "b"}


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        ([{"diskId": DISK + "z", "lun": 0}], [Reason.LUN_TAKEN]),
        ([{"diskId": DISK + "z", "lun": 64}], [Reason.INVALID]),
        ([{"diskId": DISK + "y", "lun": 5}, {"diskId": DISK + "z", "lun": 5}], [Reason.LUN_TAKEN]),
        ([{"diskId": DISK + "z"}, {"diskId": DISK + "Z"}], [Reason.INVALID]),
        ([{"diskId": DISK + "a"}], [Reason.DISK_OWNED]),
        ([{"diskId": "z"}], [Reason.INVALID]),
        ([{"diskId": DISK.replace("/s/", "/other/") + "z"}], [Reason.DISK_OF_OTHER_SUBSCRIPTION]),
        ([{"lun": 3}], [Reason.REQUIRED]),
        ([], [Reason.REQUIRED]),
    ],
)
def test_attaching_is_refused(wanted: list[Document], reasons: list[Reason]) -> None:
    """A LUN or a disk that is taken, an id that is none, or nothing at all; nothing has changed."""
    made = made_with_disk()
    attach(made, "a")
    before = luns(made)
    assert [failure.reason for failure in refused(made, {"dataDisksToAttach": wanted})] == reasons
    assert luns(made) == before


def test_detaching_what_is_not_there() -> None:
    """A disk of another instance, or of none."""
    made = made_with_disk()
    request = {"dataDisksToDetach": [{"diskId": DISK + "a"}]}
    assert [failure.reason for failure in refused(made, request)] == [Reason.DISK_NOT_ATTACHED]


def test_not_on_an_instance_that_goes() -> None:
    """What is on its way out takes no disk."""
    made = made_with_disk()
    delete_instances(made, ["0"])
    assert [f.reason for f in refused(made, {"dataDisksToAttach": [{"diskId": DISK + "a"}]})] == [
        Reason.MARKED_FOR_DELETION
    ]


def test_as_many_as_the_size_takes() -> None:
    """One more is refused, and detaching is allowed even so."""
    made = made_with_disk()
    attach(made, "a", limit=2)
    request = {"dataDisksToAttach": [{"diskId": DISK + "b"}]}
    assert [failure.facts["limit"] for failure in refused(made, request, limit=2)] == [2]
    detach(made, DISK + "a")
    assert luns(made) == {0: "model"}


def test_a_put_of_the_instance_does_the_same() -> None:
    """The list in its body: a new one is attached or made, one that lacks is detached, the rest stays (az does so)."""
    made = made_with_disk(1)
    first = made.instances["0"]
    here = data_disks(made, first)
    new = {"lun": 4, "createOption": "Attach", "managedDisk": {"id": DISK + "a"}}
    empty = {"lun": 5, "createOption": "Empty", "diskSizeGB": 8}
    body = {"properties": {"storageProfile": {"dataDisks": [*here, new, empty]}}}
    finish(made, update_instance(made, first, body))
    assert luns(made) == {0: "model", 4: "a", 5: "model"}
    assert not made.outdated(first)
    body = {"properties": {"storageProfile": {"dataDisks": here}}}
    finish(made, update_instance(made, first, body))
    assert luns(made) == {0: "model"}
    finish(made, update_instance(made, first, {"properties": {"storageProfile": {"dataDisks": here}}}))
    assert not made.outdated(first)


def test_a_model_disk_changed_on_one_instance() -> None:
    """It makes the instance's model its own, until its upgrade."""
    made = made_with_disk(1)
    first = made.instances["0"]
    [disk] = data_disks(made, first)
    body = {"properties": {"storageProfile": {"dataDisks": [{**disk, "caching": "ReadOnly"}]}}}
    finish(made, update_instance(made, first, body))
    assert (data_disks(made, first)[0]["caching"], made.outdated(first)) == ("ReadOnly", True)
    finish(made, upgrade_instances(made, ["0"]))
    assert (data_disks(made, first)[0].get("caching", "None"), made.outdated(first)) == ("None", False)


def test_a_disk_that_the_model_adds_at_its_lun() -> None:
    """The model is refused while the attached disk is in its place, and taken when it is gone (acs-engine#4280)."""
    made = made_with_disk(1)
    attach(made, "a")
    disks = [*MODEL["storageProfile"]["dataDisks"], {"lun": 1, "createOption": "Empty"}]
    with pytest.raises(Refused) as refused:
        made.put(profile(storageProfile={"dataDisks": disks}))
    facts = {"disk": "a", "lun": 1, "vm": made.instances["0"].name}
    assert refused.value.failures == (Failure(Reason.LUN_COLLISION, facts),)
    assert luns(made) == {0: "model", 1: "a"}
