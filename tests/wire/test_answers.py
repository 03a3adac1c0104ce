"""The judge of answers: what it must find, and that every ARM route is before it."""

import copy
from typing import Any

import pytest

from tests.emulator.arm.azure import BASE, FLEXIBLE, GROUP, SET, Azure, model
from tests.wire.answers import faults_of, operation_of
from tests.wire.fields import MODELS, OPERATIONS, problems
from tests.wire.watch import watched
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.gateway import Answer
from vmss_sdk.emulator.arm.routes import ROUTES, catalogue, identity, network
from vmss_sdk.transport.base import Request, Response

OTHERS = (  # routes without a model of Azure's that we know
    "/subscriptions",
    "/subscriptions/{subscriptionId}",
    "/metadata/endpoints",
    "/metadata/imageAliases",
    "/tenants",
    *(route.template for route in identity.ROUTES),
    "/subscriptions/{subscriptionId}/locations",
    "/subscriptions/{subscriptionId}/providers",
    "/subscriptions/{subscriptionId}/resources",
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/resources",
    "/subscriptions/{subscriptionId}/operationresults/{operationId}",
    "/subscriptions/{subscriptionId}/tagNames",
    "/subscriptions/{subscriptionId}/tagNames/{tagName}",
    "/subscriptions/{subscriptionId}/tagNames/{tagName}/tagValues/{tagValue}",
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/exportTemplate",
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/moveResources",
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/validateMoveResources",
    *(route.template for route in (*catalogue.ROUTES, *network.ROUTES)),
    "/_blob/{account}/{container}/{blob}",
)


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    azure = Azure()
    azure.create(model(1))
    document: dict[str, Any] = azure.get()
    return document


def validated_merge(document: Any, status: int = 200, **headers: str) -> list[str]:
    """What is wrong with this answer to a GET of a scale set."""
    sent = Azure().send("GET", f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/none")
    kept = {name: sent.headers[name] for name in sent.headers}
    request = Request("GET", f"{BASE}{SET}?api-version=2024-07-01")
    return faults_of(request, Response(status, {**kept, **headers}, wire.encode(document)))


def test_a_true_answer_has_no_fault(real: dict[str, Any]) -> None:
    """What is in order is not complained of."""
    assert validated_merge(real) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("color", "red", "$.color: VirtualMachineScaleSet has no such member"),
        (
            "properties.virtualMachineProfile.osProfile.shoeSize",
            44,
            "$.properties.virtualMachineProfile.osProfile.shoe",
        ),
        ("location", None, "$: VirtualMachineScaleSet lacks location"),
        ("properties.virtualMachineProfile.storageProfile.osDisk.createOption", None, "lacks createOption"),
        ("properties.upgradePolicy.mode", "Sometimes", "$.properties.upgradePolicy.mode: 'Sometimes' is none of"),
        ("properties.overprovision", "yes", "$.properties.overprovision: expected boolean, found str 'yes'"),
        ("sku.capacity", True, "$.sku.capacity: expected integer, found bool True"),
        ("sku.capacity", 1.5, "$.sku.capacity: expected integer, found float 1.5"),
        ("properties.timeCreated", "yesterday", "$.properties.timeCreated: expected time"),
        ("properties.virtualMachineProfile.networkProfile", [], "expected a VirtualMachineScaleSetNetworkProfile"),
        ("zones", "1", "$.zones: expected an array, found str"),
        ("tags", {"a": 1}, "$.tags['a']: expected string, found int 1"),
    ],
)
def test_a_false_member_is_found(real: dict[str, Any], path: str, value: Any, fault: str) -> None:
    """An extra member, a lacking one, a wrong word and a wrong type are each told with their path."""
    document = copy.deepcopy(real)
    *outer, last = path.split(".")
    holder = document
    for name in outer:
        holder = holder[name]
    if value is None:
        del holder[last]
    else:
        holder[last] = value

    found = validated_merge(document)

    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize("value", ["P1D", "PT10M", "PT0S", "P1DT2H3M4.5S"])
def test_a_duration(value: str) -> None:
    """ISO 8601 durations as Azure writes them are accepted."""
    assert problems("duration", value) == []


@pytest.mark.parametrize("value", ["P", "PT", "10M", "", 10, "1.00:00:00"])
def test_no_duration(value: Any) -> None:
    """What is no ISO 8601 duration is found."""
    assert len(problems("duration", value)) == 1


def test_a_false_status_is_found(real: dict[str, Any]) -> None:
    """A status that the operation does not have is told."""
    assert validated_merge(real, status=203) == ["status 203 is none of [200]"]


def test_a_body_that_should_not_be_empty_is_found() -> None:
    """An answer without the resource that was asked for is told."""
    request = Request("GET", f"{BASE}{SET}?api-version=2024-07-01")
    assert "the body is empty, expected VirtualMachineScaleSet" in faults_of(request, Response(200))


def test_a_header_that_is_lacking_is_found() -> None:
    """Each header of wire.md 1 is missed when it is not there."""
    request = Request("DELETE", f"{BASE}{SET}?api-version=2024-07-01")
    assert "header x-ms-routing-request-id is lacking" in faults_of(request, Response(204))


@pytest.mark.parametrize(
    ("method", "headers", "fault"),
    [
        ("DELETE", {"Azure-AsyncNotification": "Enabled"}, "has Location too"),
        ("DELETE", {"Location": "https://x"}, "Azure-AsyncNotification is not Enabled"),
        ("PUT", {"Location": "https://x", "Azure-AsyncNotification": "Enabled"}, "has no Location"),
    ],
)
def test_false_headers_of_an_operation_are_found(method: str, headers: dict[str, str], fault: str) -> None:
    """The address headers of a long-running operation are those of its kind (wire.md 1)."""
    request = Request(method, f"{BASE}{SET}?api-version=2024-07-01")
    status = 202 if method == "DELETE" else 200
    found = faults_of(request, Response(status, {"Azure-AsyncOperation": "https://x", **headers}))
    assert any(fault in each for each in found)


def test_a_false_answer_ends_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking an emulator that answers with a member of its own raises where it was asked, and names the member."""

    def answer(state: object, request: Request) -> Answer:
        return Answer(200, {}, {"location": "westus", "color": "red"})

    monkeypatch.setattr("vmss_sdk.emulator.app.answer", answer)

    with pytest.raises(AssertionError, match=r"\$\.color: VirtualMachineScaleSet has no such member"):
        Azure().send("GET", SET)


def test_each_test_is_watched() -> None:
    """The whole run is under the judge: the emulator's answers pass through it already."""
    assert Emulator.handle.__module__ == watched.__module__


def test_every_answer_in_a_list_is_judged() -> None:
    """A false item of a page is told with its index."""
    request = Request("GET", f"{BASE}{SET}/virtualMachines?api-version=2024-07-01")
    body = wire.encode({"value": [{"location": "westus"}, {"location": 1}], "next": "x"})
    found = faults_of(request, Response(200, {"Content-Type": "application/json"}, body))
    assert "$.value[1].location: expected string, found int 1" in found
    assert "$.next: a page has no such member" in found


@pytest.mark.parametrize("template", sorted({f"{route.method} {route.template}" for route in ROUTES}))
def test_every_compute_route_is_judged(template: str) -> None:
    """No route of compute or of resource groups escapes: each is in the tables of answers."""
    method, _, path = template.partition(" ")
    if path.startswith(("/_emulator", "/portal")) or path in OTHERS:
        return
    if "/providers/" in path and "Microsoft.Compute" not in path:
        return
    if "/deployments/" in path:  # Microsoft.Resources, though the path does not say so
        return
    plain = "/".join("x" if part.startswith("{") else part for part in path.split("/"))
    assert method == "HEAD" or operation_of(method, plain) is not None, template


def test_types_are_all_known() -> None:
    """Every type that a member or an answer has is described."""
    for members in MODELS.values():
        for kind in members.values():
            word = kind.removeprefix("!").strip("[]{}")
            assert "|" in word or word in MODELS or problems(word, None) is not None
    assert {row[3].removesuffix("[]") for row in OPERATIONS if row[3]} <= MODELS.keys()


def test_a_flexible_machine_is_judged() -> None:
    """Virtual machines of Flexible scale sets have their own fields, and answer with no others."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    (found,) = azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"]
    assert problems("VirtualMachine", {**found, "instanceId": "0"}) == [
        "$.instanceId: VirtualMachine has no such member"
    ]
