"""Extensions written one by one: the stories that follow by upgrade policy."""

import pytest

from tests.emulator.engine.stories import HEALTH_EXTENSION, batches, document, finish, runs, scale_set
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.writing.set_extensions import extension_state, remove_extension, write_extension

SCRIPT: Document = {
    "properties": {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1"}
}


def test_automatic_runs_it_on_all_at_once() -> None:
    """The extension runs in place on every instance, and the operation ends with the last."""
    made = scale_set(document(instances=3, mode="Automatic"))
    operation = finish(made, write_extension(made, "script", SCRIPT))
    assert (operation.instance_count, made.now) == (3, 25)
    assert [runs(instance)[-1] for instance in made.instances.values()] == ["script Changed"] * 3
    assert not any(made.outdated(instance) for instance in made.instances.values())


def test_manual_waits_for_the_upgrade() -> None:
    """The write touches nobody; the extension is being created until every instance has it."""
    made = scale_set(document(instances=2))
    assert finish(made, write_extension(made, "script", SCRIPT)).instance_count == 0
    assert [made.outdated(instance) for instance in made.instances.values()] == [True, True]
    finish(made, upgrade_instances(made, ["0"]))
    assert extension_state(made, "script") is ProvisioningState.CREATING
    finish(made, upgrade_instances(made, ["1"]))
    assert extension_state(made, "script") is ProvisioningState.SUCCEEDED


def test_rolling_goes_batch_by_batch() -> None:
    """One instance of two after the other; meanwhile nothing else may be written."""
    made = scale_set(document(instances=2, mode="Rolling", rolling={"maxBatchInstancePercent": 50}))
    operation = write_extension(made, "script", SCRIPT)
    with pytest.raises(Refused) as caught:
        remove_extension(made, "script")
    assert caught.value.failures[0].reason is Reason.ROLLING_UPGRADE_RUNNING
    finish(made, operation)
    assert [ids for _, ids in batches(made)] == ["0", "1"]


def test_only_the_changed_one_runs_again() -> None:
    """Another tag reruns this extension and no other; the rest of it stays as it was."""
    made = scale_set(document(instances=1, mode="Automatic"))
    finish(made, write_extension(made, "script", SCRIPT))
    finish(made, write_extension(made, "script", {"properties": {"forceUpdateTag": "2"}}))
    instance = made.instances["0"]
    assert runs(instance) == ["health Created", "script Changed", "script ForceUpdateTag"]
    assert made.latest.extensions[1]["properties"]["publisher"] == "Microsoft.Azure.Extensions"


def test_the_model_keeps_its_order() -> None:
    """A new one comes last, a changed one stays in its place, a removed one leaves no gap."""
    made = scale_set(document(instances=1))
    for name in ("b", "a", "b"):
        handler = {**SCRIPT["properties"], "type": f"CustomScript{name.upper()}"}  # one extension of each handler
        finish(made, write_extension(made, name, {"properties": handler}))
    assert [item["name"] for item in made.latest.extensions] == ["health", "b", "a"]
    finish(made, remove_extension(made, "B"))
    assert [item["name"] for item in made.latest.extensions] == ["health", "a"]


def test_nothing_changes_when_refused() -> None:
    """An extension that waits for an unknown one is refused, and the model is as it was."""
    made = scale_set(document(instances=1, extensions=[HEALTH_EXTENSION]))
    later = {"properties": {**SCRIPT["properties"], "provisionAfterExtensions": ["nobody"]}}
    with pytest.raises(Refused) as caught:
        write_extension(made, "script", later)
    assert caught.value.failures[0].reason is Reason.EXTENSION_ORDER
    assert (len(made.versions), len(made.latest.extensions)) == (1, 1)


def test_no_instance_no_delay() -> None:
    """Without instances it is there at once."""
    made = scale_set(document(instances=0))
    finish(made, write_extension(made, "script", SCRIPT))
    assert extension_state(made, "script") is ProvisioningState.SUCCEEDED
