"""Extensions of one instance alone: what they do to it, and what becomes of them."""

import pytest

from tests.emulator.engine.stories import document, finish, image, runs, scale_set
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest.instance_extensions import (
    find_installed,
    instance_extension_state,
    instance_extensions,
    remove_from_instance,
    write_on_instance,
)
from vmss_sdk.emulator.engine.platform.faults import ExtensionFailure
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

SCRIPT: Document = {
    "properties": {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1"}
}


def with_script() -> ScaleSet:
    """Two instances; the first has got an extension of its own."""
    made = scale_set(document(instances=2))
    finish(made, write_on_instance(made, made.instances["0"], "script", SCRIPT))
    return made


def names(made: ScaleSet, instance_id: str) -> list[str]:
    """The extensions of an instance."""
    return [str(item["name"]) for item in instance_extensions(made, made.instances[instance_id])]


def refusal(made: ScaleSet, name: str, body: Document) -> Reason:
    """Why an extension of the first instance is refused."""
    with pytest.raises(Refused) as caught:
        write_on_instance(made, made.instances["0"], name, body)
    return caught.value.failures[0].reason


def test_it_runs_there_and_nowhere_else() -> None:
    """The instance keeps running, has it after one run, and its model is its own then."""
    made = scale_set(document(instances=2))
    first, second = made.instances.values()
    operation = write_on_instance(made, first, "script", SCRIPT)
    assert instance_extension_state(first, "script") is ProvisioningState.CREATING
    finish(made, operation)
    assert (made.now, first.running, runs(first)[-1]) == (40, True, "script Changed")
    assert instance_extension_state(first, "script") is ProvisioningState.SUCCEEDED
    assert (names(made, "0"), names(made, "1")) == (["health", "script"], ["health"])
    assert (made.outdated(first), made.outdated(second)) == (True, False)


def test_a_reimage_runs_it_again() -> None:
    """The new OS disk gets the extensions of the model and the instance's own."""
    made = with_script()
    finish(made, reimage(made, ["0"]))
    assert runs(made.instances["0"])[-2:] == ["health OsDiskReplaced", "script OsDiskReplaced"]


def test_an_upgrade_takes_it_away() -> None:
    """The instance is at the scale set's model then, which has no such extension."""
    made = with_script()
    finish(made, upgrade_instances(made, ["0"]))
    assert (names(made, "0"), made.outdated(made.instances["0"])) == (["health"], False)


def test_an_image_upgrade_does_not_run_it() -> None:
    """What the upgrade takes away is not installed on the new OS disk first."""
    made = with_script()
    finish(made, made.put(image("2.0.0")))
    finish(made, upgrade_instances(made, ["0"]))
    assert runs(made.instances["0"])[-1] == "health OsDiskReplaced"
    assert names(made, "0") == ["health"]


def test_the_model_comes_back() -> None:
    """An extension of the model that was changed or taken away on one instance is as before after its upgrade."""
    made = scale_set(document(instances=2))
    first, second = made.instances.values()
    finish(made, write_on_instance(made, first, "health", {"properties": {"typeHandlerVersion": "2.0"}}))
    finish(made, remove_from_instance(made, second, "health"))
    assert names(made, "1") == []
    finish(made, upgrade_instances(made, ["*"]))
    assert [(find_installed(made, i, "health") or {})["properties"]["typeHandlerVersion"] for i in (first, second)] == [
        "1.0",
        "1.0",
    ]
    assert (runs(first)[-1], runs(second)[-1]) == ("health Changed", "health Changed")


def test_the_same_again_runs_nothing() -> None:
    """Only a difference, or another tag, makes it run."""
    made = with_script()
    first = made.instances["0"]
    before = runs(first)
    finish(made, write_on_instance(made, first, "SCRIPT", SCRIPT))
    assert runs(first) == before
    finish(made, write_on_instance(made, first, "script", {"properties": {"forceUpdateTag": "2"}}))
    assert runs(first) == [*before, "script ForceUpdateTag"]


def test_a_failure_is_the_operations_and_the_instances() -> None:
    """The operation fails with the extension's error, the instance and the extension are Failed."""
    made = scale_set(document(instances=1))
    made.faults.items.append(ExtensionFailure(extension="script"))
    first = made.instances["0"]
    operation = finish(made, write_on_instance(made, first, "script", SCRIPT))
    assert operation.failure is not None
    assert operation.failure.reason is Reason.EXTENSION_FAILED
    assert (first.provisioning, instance_extension_state(first, "script")) == (
        ProvisioningState.FAILED,
        ProvisioningState.FAILED,
    )


def test_a_suppressed_failure_fails_nothing() -> None:
    """With suppressFailures the run failed, and nothing else did."""
    made = scale_set(document(instances=1))
    made.faults.items.append(ExtensionFailure(extension="script"))
    suppressed = {"properties": {**SCRIPT["properties"], "suppressFailures": True}}
    operation = finish(made, write_on_instance(made, made.instances["0"], "script", suppressed))
    assert (operation.failure, runs(made.instances["0"])[-1]) == (None, "script Changed!")


def test_refusals() -> None:
    """No handler, another extension of the same handler, waiting for an unknown one, a machine that is down."""
    made = with_script()
    assert refusal(made, "other", {"properties": {"type": "CustomScript"}}) is Reason.REQUIRED
    assert refusal(made, "other", SCRIPT) is Reason.HANDLER_TWICE
    after = {"properties": {"provisionAfterExtensions": ["nobody"]}}
    assert refusal(made, "script", after) is Reason.EXTENSION_ORDER
    finish(made, lifecycle.deallocate(made, ["0"]))
    assert refusal(made, "script", {"properties": {"forceUpdateTag": "2"}}) is Reason.VM_NOT_RUNNING
    assert names(made, "0") == ["health", "script"]


def test_what_went_down_meanwhile_runs_it_at_its_start() -> None:
    """An extension that waits behind a deallocation is owed, and runs with the next start."""
    made = scale_set(document(instances=1))
    first = made.instances["0"]
    stop = lifecycle.deallocate(made, ["0"])
    assert not first.running
    finish(made, stop)
    finish(made, lifecycle.start(made, ["0"]))
    write = write_on_instance(made, first, "script", SCRIPT)
    lifecycle.deallocate(made, ["0"])
    finish(made, write)
    assert runs(first)[-1] == "script Changed"
