"""What is kept without effect is said: in the answer to each write, and in the decision log."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, GROUP, SET, Azure, changed, model
from tests.emulator.arm.deploying import DEPLOYMENT, begun, body, scale_set, template
from vmss_sdk.transport.base import Response
from vmss_sdk.transport.notes import notes

MIX = {"baseRegularPriorityCount": 1, "regularPriorityPercentageAboveBase": 50}
SPOT = {**FLEXIBLE, "properties.overprovision": None, "properties.virtualMachineProfile.priority": "Spot"}
RESTORE = {"enabled": True, "restoreTimeout": "PT1H"}
SAYS_MIX = "priorityMixPolicy is kept without effect: every instance has the priority of the profile."
SAYS_RESTORE = "spotRestorePolicy is kept without effect: an evicted instance is not restored."
AUTOSCALE = f"{GROUP}/providers/microsoft.insights/autoscaleSettings/grow"
POOL = f"{GROUP}/providers/Microsoft.StandbyPool/standbyVirtualMachinePools/ready"
EXTENSION = {
    "publisher": "Microsoft.Azure.Extensions",
    "type": "CustomScript",
    "typeHandlerVersion": "2.1",
    "autoUpgradeMinorVersion": True,
    "enableAutomaticUpgrade": True,
}


def said(response: Response) -> list[str]:
    """The members that an answer names."""
    assert response.status < 300, response.body
    return [sentence.partition(" ")[0] for sentence in notes(response.headers)]


def logged(azure: Azure) -> list[dict[str, Any]]:
    """What the decision log has of members without effect."""
    entries = azure.get(f"{CONTROL}/decisions")["value"]
    return [entry for entry in entries if entry["kind"] == "KeptWithoutEffect"]


def test_a_usual_write_says_nothing() -> None:
    """Neither creating nor changing a scale set that has no such member."""
    azure = Azure()
    azure.group()
    created = azure.put(model())
    changed_again = azure.send("PATCH", SET, {"sku": {"capacity": 2}})
    assert (created.status, changed_again.status) == (201, 200)
    assert "x-vmss-emulator-note" not in created.headers
    assert "x-vmss-emulator-note" not in changed_again.headers
    assert logged(azure) == []


def test_each_member_is_one_sentence_in_one_header() -> None:
    """Clients that do not know the header pass it over."""
    azure = Azure()
    azure.group()
    response = azure.put(
        model(1, {**SPOT, "properties.priorityMixPolicy": MIX, "properties.spotRestorePolicy": RESTORE})
    )
    assert response.headers["x-vmss-emulator-note"] == f"{SAYS_MIX} | {SAYS_RESTORE}"
    assert notes(response.headers) == (SAYS_MIX, SAYS_RESTORE)


def test_the_decision_log_has_an_entry_for_each() -> None:
    """With the member, and the sentence."""
    azure = Azure()
    azure.create(model(1, {**SPOT, "properties.priorityMixPolicy": MIX}))
    azure.send("PATCH", SET, {"properties": {"spotRestorePolicy": RESTORE}})
    found = logged(azure)
    assert [entry["figures"]["member"] for entry in found] == ["priorityMixPolicy", "spotRestorePolicy"]
    assert found[0]["text"] == SAYS_MIX.removesuffix(".")


def test_a_patch_says_only_what_it_writes() -> None:
    """Not what is there from before."""
    azure = Azure()
    azure.create(model(1, {**SPOT, "properties.priorityMixPolicy": MIX}))
    assert said(azure.send("PATCH", SET, {"properties": {"spotRestorePolicy": RESTORE}})) == ["spotRestorePolicy"]
    assert said(azure.send("PATCH", SET, {"tags": {"a": "b"}})) == []


def test_what_is_refused_says_and_logs_nothing() -> None:
    """Nothing was kept."""
    azure = Azure()
    azure.create(model(1))
    response = azure.put(changed(model(1), {**SPOT, "properties.priorityMixPolicy": MIX, "location": "eastus"}))
    assert response.status == 409
    assert notes(response.headers) == ()
    assert logged(azure) == []


def test_members_of_instances_extensions_and_run_commands_are_told() -> None:
    """Wherever something can be written."""
    azure = Azure()
    azure.create(model(1))
    fault_domain = {"properties": {"storageProfile": {"osDisk": {"storageFaultDomainAlignment": "Aligned"}}}}
    assert said(azure.put({"location": "westus", **fault_domain}, f"{SET}/virtualMachines/0")) == [
        "storageFaultDomainAlignment"
    ]
    assert said(azure.put({"properties": EXTENSION}, f"{SET}/extensions/script")) == ["enableAutomaticUpgrade"]
    azure.settle()
    own = {"location": "westus", "properties": {**EXTENSION, "type": "Other", "publisher": "Contoso"}}
    assert said(azure.put(own, f"{SET}/virtualMachines/0/extensions/own")) == ["enableAutomaticUpgrade"]
    azure.settle()
    command = {"location": "westus", "properties": {"source": {"script": "date"}, "runAsUser": "ops"}}
    assert said(azure.put(command, f"{SET}/virtualMachines/0/runCommands/date")) == ["runAsUser"]


@pytest.mark.parametrize("path", [DEPLOYMENT, f"{DEPLOYMENT}/validate", f"{DEPLOYMENT}/whatIf"])
def test_a_deployment_and_its_previews_say_what_their_resources_would(path: str) -> None:
    """Each sentence once, however many resources it is of."""
    azure = Azure()
    azure.group()
    mixed = [scale_set(name, changes={**SPOT, "properties.priorityMixPolicy": MIX}) for name in ("web", "api")]
    autoscale = {"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2022-10-01", "name": "grow"}
    sent = body(template(*mixed, {**autoscale, "location": "westus", "properties": {"enabled": True}}))
    response = azure.send("PUT" if path == DEPLOYMENT else "POST", path, sent)
    assert sorted(said(response)) == ["Microsoft.Insights/autoscaleSettings", "priorityMixPolicy"]


def test_a_deployment_writes_to_the_decision_log_too() -> None:
    """When the scale set is made, by the same handlers."""
    azure = Azure()
    azure.group()
    begun(azure, body(template(scale_set("web", changes={**SPOT, "properties.priorityMixPolicy": MIX}))))
    azure.settle()
    assert [entry["figures"]["member"] for entry in logged(azure)] == ["priorityMixPolicy"]


@pytest.mark.parametrize(
    ("path", "document"),
    [
        (AUTOSCALE, {"location": "westus", "properties": {"enabled": True}}),
        (POOL, {"location": "westus", "properties": {"virtualMachineState": "Running"}}),
        (f"{GROUP}/providers/Microsoft.Compute/galleries/golden", {"location": "westus"}),
        (f"{GROUP}/providers/Microsoft.Compute/capacityReservationGroups/kept", {"location": "westus"}),
    ],
)
def test_kinds_of_resources_without_effect_on_scale_sets_are_told(path: str, document: dict[str, Any]) -> None:
    """When one is written, and not when it is read."""
    azure = Azure()
    azure.group()
    kind = "/".join(path.split("/")[6:8]).replace("microsoft.insights", "Microsoft.Insights")
    assert said(azure.put(document, path)) == [kind]
    assert said(azure.send("PATCH", path, {"tags": {"a": "b"}})) == [kind]
    assert said(azure.send("GET", path)) == []


def test_flexible_machines_are_told_of_as_well() -> None:
    """A PUT of a virtual machine."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    azure.settle()
    machine = azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"][0]["id"]
    document = {"location": "westus", "properties": {"additionalCapabilities": {"hibernationEnabled": True}}}
    assert said(azure.put(document, machine)) == ["hibernationEnabled"]


def test_a_request_that_is_tried_says_what_the_request_would() -> None:
    """A preview, which changes nothing and logs nothing."""
    azure = Azure()
    azure.create(model(1, SPOT))
    change = {"properties": {"priorityMixPolicy": MIX}}
    wanted = {"method": "PATCH", "path": f"{SET}?api-version=2024-07-01", "body": change}
    assert said(azure.post("/_emulator/preview", wanted)) == ["priorityMixPolicy"]
    assert logged(azure) == []
