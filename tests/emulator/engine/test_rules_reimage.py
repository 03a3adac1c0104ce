"""Rules of reimage that the stories leave open: disks, versions, order of extensions, parameters (semantics 1.5)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    document,
    encoded,
    exact,
    finish,
    image,
    runs,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions, reimage
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

LATEST: Document = {
    "imageReference": {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}
}
EPHEMERAL: Document = {"osDisk": {"createOption": "FromImage", "diffDiskSettings": {"option": "Local"}}}
FLEXIBLE: Document = {"orchestrationMode": "Flexible"}
KEPT = {"os": "a", "temp": "b", "lun 0": "c"}


def keeping(properties: Document | None = None, **profile: Document) -> ScaleSet:
    """A ready scale set of one instance with something on each of its disks."""
    storage = {"storageProfile": {"dataDisks": [{"lun": 0, "diskSizeGB": 4, "createOption": "Empty"}]}}
    made = scale_set(document(instances=1, profile=merge(storage, profile), properties=properties or {}))
    (instance,) = made.instances.values()
    instance.data = dict(KEPT)
    return made


def following(version: str, **profile: Document) -> ScaleSet:
    """A ready scale set of one instance whose image is ``latest``, of which a newer version was published."""
    made = scale_set(document(instances=1, profile={"storageProfile": merge(LATEST, profile)}))
    made.images.publish("Canonical:ubuntu:server", version)
    return made


@pytest.mark.rule("1.5.15")
def test_reimage_loses_what_is_on_the_os_disk_only() -> None:
    """Data disks and the temporary disk keep what is on them."""
    made = keeping()
    finish(made, reimage(made, ["0"]))
    assert made.instances["0"].data == {"temp": "b", "lun 0": "c"}


@pytest.mark.rule("1.5.15")
def test_restart_keeps_everything() -> None:
    """No disk is touched by a restart."""
    made = keeping()
    finish(made, lifecycle.restart(made, ["0"]))
    assert (made.instances["0"].data, made.instances["0"].os.disk) == (KEPT, 1)


@pytest.mark.rule("1.5.15", "3.11")
def test_a_replacement_keeps_nothing() -> None:
    """The repair that replaces makes another VM, with another id and empty disks."""
    made = keeping({"automaticRepairsPolicy": {"enabled": True}})
    set_reported_health(made, made.instances["0"], HealthState.UNHEALTHY)
    made.advance(2000)
    assert {i.id: i.data for i in made.instances.values()} == {"1": {}}


@pytest.mark.rule("1.5.23")
def test_reimageall_empties_the_data_disks_too() -> None:
    """Of what was kept only the temporary disk is left."""
    made = keeping()
    finish(made, reimage(made, None, options=ReimageOptions(data_disks=True)))
    assert made.instances["0"].data == {"temp": "b"}


@pytest.mark.rule("C12", "1.5.23", "6.3")
def test_reimageall_of_a_flexible_instance_keeps_its_data_disks() -> None:
    """It is accepted there, and renews the OS disk only."""
    made = keeping(FLEXIBLE)
    (instance,) = made.instances.values()
    finish(made, reimage(made, [instance.id], options=ReimageOptions(data_disks=True)))
    assert (instance.data, instance.os.disk) == ({"temp": "b", "lun 0": "c"}, 2)


@pytest.mark.rule("1.5.17")
def test_an_exact_version_is_what_is_put_on_the_disk() -> None:
    """With ``latest`` the named version wins over the newest one."""
    made = following("3.0.0")
    finish(made, reimage(made, ["0"], options=ReimageOptions(exact_version="2.5.0")))
    assert made.instances["0"].os.content.image_version == "2.5.0"


@pytest.mark.rule("1.5.17")
def test_an_exact_version_is_decimal() -> None:
    """Anything else is refused, and nothing is touched."""
    made = following("3.0.0")
    with pytest.raises(Refused) as refused:
        reimage(made, ["0"], options=ReimageOptions(exact_version="newest"))
    assert refused.value.failures[0].facts["target"] == "exactVersion"
    assert made.instances["0"].os.disk == 1


@pytest.mark.rule("1.5.18", "C3")
@pytest.mark.parametrize(("forced", "version"), [(False, "1.0.0"), (True, "2.0.0")])
def test_an_ephemeral_disk_keeps_its_image_version_unless_forced(*, forced: bool, version: str) -> None:
    """Without forceUpdateOSDiskForEphemeral it is as at first boot, with it the newest version."""
    made = following("2.0.0", **EPHEMERAL)
    finish(made, reimage(made, ["0"], options=ReimageOptions(force_update_ephemeral=forced)))
    assert (made.instances["0"].os.content.image_version, made.instances["0"].os.disk) == (version, 2)


@pytest.mark.rule("1.5.17", "C3")
def test_a_persistent_disk_moves_to_the_newest_version() -> None:
    """With ``latest``, and no version named."""
    made = following("2.0.0")
    finish(made, reimage(made, ["0"]))
    assert made.instances["0"].os.content.image_version == "2.0.0"


@pytest.mark.rule("1.5.18")
def test_the_temporary_disk_is_reset_on_demand_only() -> None:
    """An ephemeral instance keeps its temporary disk without tempDisk, and loses it with it."""
    made = keeping(storageProfile=EPHEMERAL)
    finish(made, reimage(made, ["0"]))
    assert "temp" in made.instances["0"].data
    finish(made, reimage(made, ["0"], options=ReimageOptions(temp_disk=True)))
    assert made.instances["0"].data == {"lun 0": "c"}


@pytest.mark.rule("1.5.19")
@pytest.mark.parametrize(
    ("properties", "option", "left"),
    [(FLEXIBLE, "Delete", 0), (FLEXIBLE, "Detach", 1), ({"orchestrationMode": "Uniform"}, "Detach", 0)],
)
def test_what_becomes_of_the_old_os_disk(properties: Document, option: str, left: int) -> None:
    """Flexible: as its deleteOption says, deleted or left unattached. Uniform: always deleted."""
    made = keeping(properties, storageProfile={"osDisk": {"createOption": "FromImage", "deleteOption": option}})
    finish(made, reimage(made, None))
    assert len(made.detached_disks) == left


@pytest.mark.rule("1.5.20")
def test_extensions_run_again_in_their_order() -> None:
    """Each runs after those in its provisionAfterExtensions, whatever the order in the model."""
    first = {"name": "first", "properties": {"type": "CustomScript"}}
    last = {"name": "last", "properties": {"type": "Dsc", "provisionAfterExtensions": ["health", "first"]}}
    made = scale_set(document(instances=1, extensions=[last, HEALTH_EXTENSION, first]))
    finish(made, reimage(made, ["0"]))
    assert [run.split()[0] for run in runs(made.instances["0"])] == ["health", "first", "last"] * 2


@pytest.mark.rule("1.5.22")
def test_reimage_of_named_instances_is_parallel() -> None:
    """In Rolling mode with batches of one all three end at the same moment."""
    made = scale_set(document(instances=5, mode="Rolling"))
    finish(made, reimage(made, ["0", "2", "4"]))
    assert [at for at, _ in told(made, DecisionKind.REIMAGED)] == [125] * 3


@pytest.mark.rule("1.5.24", "7.11")
@pytest.mark.parametrize("act", [reimage, lifecycle.restart, lifecycle.redeploy, lifecycle.deallocate])
def test_only_a_deletion_waits_for_a_terminate_notice(act: Any) -> None:
    """Reimage, restart, redeploy and deallocation take as long with the notification as without it."""
    notice = {"terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT15M"}}
    took = []
    for profile in ({}, {"scheduledEventsProfile": notice}):
        made = scale_set(document(instances=1, profile=profile))
        finish(made, act(made, ["0"]))
        took.append(made.now)
    assert took[0] == took[1]


@pytest.mark.rule("1.5.27")
def test_custom_data_in_a_reimage_has_to_be_what_the_vm_has() -> None:
    """The same as at creation is accepted, another is refused and nothing is touched."""
    made = scale_set(document(instances=1, properties=FLEXIBLE))
    (name,) = made.instances
    with pytest.raises(Refused) as refused:
        reimage(made, [name], options=ReimageOptions(custom_data=encoded("new")), scope=Scope.INSTANCE)
    assert refused.value.failures[0].reason is Reason.CUSTOM_DATA_DIFFERS
    assert made.instances[name].os.disk == 1
    finish(made, reimage(made, [name], options=ReimageOptions(custom_data=encoded("old")), scope=Scope.INSTANCE))
    assert made.instances[name].os.disk == 2


@pytest.mark.rule("1.5.16", "C1")
def test_reimage_does_not_bring_an_outdated_instance_another_image() -> None:
    """A pinned image reaches an instance by upgrade alone, when reimage rebuilds what the instance has."""
    made = scale_set(document(instances=1), settings=exact(reimage_source="instance_model"))
    finish(made, made.put(image("2.0.0")))
    finish(made, reimage(made, ["0"]))
    assert made.instances["0"].os.content.image_version == "1.0.0"
    assert made.outdated(made.instances["0"])
