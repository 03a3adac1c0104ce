"""Our client reads every answer that was recorded with Azure, from 2015 to 2026, and loses nothing of it."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.client.scripted import Script
from tests.wire import reading
from tests.wire.fields import problems
from tests.wire.recordings import Conversation, Exchange, conversations, shape
from vmss_sdk import ALL_INSTANCES, Operation, OperationFailedError, Response, ServiceError, VmssClient, models, wire
from vmss_sdk.handles.instance import Instance
from vmss_sdk.handles.scale_set import ScaleSet
from vmss_sdk.models import Model

_PARTS = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)(/resourcegroups/(?P<group>[^/]+))?/providers/Microsoft\.Compute"
    r"(/virtualMachineScaleSets/(?P<set>[^/]+)(/virtualMachines/(?P<instance>[^/]+))?)?(.*/(?P<last>[^/]+))?",
    re.IGNORECASE,
)
_SET = "virtualmachinescalesets/{}"
_VM = f"{_SET}/virtualmachines/{{}}"
_NEW = models.VirtualMachineScaleSet(location="westus")

Call = Callable[[VmssClient, "Place"], Any]


class Place:
    """What an exchange is about, as handles."""

    def __init__(self, client: VmssClient, exchange: Exchange) -> None:
        found = _PARTS.match(exchange.plain_path)
        assert found, exchange.path
        self.group = found["group"] or ""
        self.last = exchange.plain_path.rpartition("/")[2]
        self._client, self._set, self._instance = client, found["set"], found["instance"]

    @property
    def set(self) -> ScaleSet:
        """The scale set."""
        return self._client.scale_set(self.group, self._set)

    @property
    def instance(self) -> Instance:
        """The instance."""
        return self.set.instance(self._instance.replace("%2A", "0").replace("*", "0"))


READS: dict[str, tuple[type[Model], Call]] = {
    "GET virtualmachinescalesets": (models.VirtualMachineScaleSet, lambda client, _: list(client.scale_sets())),
    "GET group virtualmachinescalesets": (
        models.VirtualMachineScaleSet,
        lambda client, place: list(client.scale_sets(place.group)),
    ),
    f"GET {_SET}": (models.VirtualMachineScaleSet, lambda _, place: place.set.get()),
    f"GET {_SET}/instanceview": (
        models.VirtualMachineScaleSetInstanceView,
        lambda _, place: place.set.instance_view(),
    ),
    f"GET {_SET}/skus": (models.VirtualMachineScaleSetSku, lambda _, place: list(place.set.skus())),
    f"GET {_SET}/osupgradehistory": (
        models.UpgradeOperationHistoricalStatusInfo,
        lambda _, place: list(place.set.os_upgrade_history()),
    ),
    f"GET {_SET}/rollingupgrades/latest": (
        models.RollingUpgradeStatusInfo,
        lambda _, place: place.set.rolling_upgrade.latest(),
    ),
    f"GET {_SET}/extensions": (
        models.VirtualMachineScaleSetExtension,
        lambda _, place: list(place.set.extensions.list()),
    ),
    f"GET {_SET}/extensions/{{}}": (
        models.VirtualMachineScaleSetExtension,
        lambda _, place: place.set.extensions.get(place.last),
    ),
    f"GET {_SET}/virtualmachines": (models.VirtualMachineScaleSetVM, lambda _, place: list(place.set.instances())),
    f"GET {_VM}": (models.VirtualMachineScaleSetVM, lambda _, place: place.instance.get()),
    f"GET {_VM}/instanceview": (
        models.VirtualMachineScaleSetVMInstanceView,
        lambda _, place: place.instance.instance_view(),
    ),
    f"GET {_VM}/runcommands": (
        models.VirtualMachineRunCommand,
        lambda _, place: list(place.instance.run_commands.list()),
    ),
    f"GET {_VM}/runcommands/{{}}": (
        models.VirtualMachineRunCommand,
        lambda _, place: place.instance.run_commands.get(place.last),
    ),
    "GET virtualmachines/{}": (
        models.VirtualMachine,
        lambda client, place: client.virtual_machine(place.group, place.last).get(),
    ),
    f"POST {_SET}/forcerecoveryservicefabricplatformupdatedomainwalk": (
        models.RecoveryWalkResponse,
        lambda _, place: place.set.walk_update_domain(0),
    ),
}
"""What answers with a document at once: its model, and how our client asks for it."""

WRITES: dict[str, Call] = {
    f"PUT {_SET}": lambda _, place: place.set.create_or_update(_NEW),
    f"PATCH {_SET}": lambda _, place: place.set.update(models.VirtualMachineScaleSetUpdate()),
    f"DELETE {_SET}": lambda _, place: place.set.delete(),
    f"PUT {_SET}/extensions/{{}}": lambda _, place: place.set.extensions.create_or_update(
        place.last, models.VirtualMachineScaleSetExtension()
    ),
    f"DELETE {_SET}/extensions/{{}}": lambda _, place: place.set.extensions.delete(place.last),
    f"POST {_SET}/deallocate": lambda _, place: place.set.deallocate(ALL_INSTANCES),
    f"POST {_SET}/delete": lambda _, place: place.set.delete_instances(["0"]),
    f"POST {_SET}/extensionrollingupgrade": lambda _, place: place.set.rolling_upgrade.start_extension(),
    f"POST {_SET}/manualupgrade": lambda _, place: place.set.upgrade_instances(["0"]),
    f"POST {_SET}/osrollingupgrade": lambda _, place: place.set.rolling_upgrade.start_os(),
    f"POST {_SET}/performmaintenance": lambda _, place: place.set.perform_maintenance(ALL_INSTANCES),
    f"POST {_SET}/poweroff": lambda _, place: place.set.power_off(ALL_INSTANCES),
    f"POST {_SET}/redeploy": lambda _, place: place.set.redeploy(ALL_INSTANCES),
    f"POST {_SET}/reimage": lambda _, place: place.set.reimage(ALL_INSTANCES),
    f"POST {_SET}/reimageall": lambda _, place: place.set.reimage_all(ALL_INSTANCES),
    f"POST {_SET}/restart": lambda _, place: place.set.restart(ALL_INSTANCES),
    f"POST {_SET}/rollingupgrades/cancel": lambda _, place: place.set.rolling_upgrade.cancel(),
    f"POST {_SET}/setorchestrationservicestate": lambda _, place: place.set.suspend_repairs(),
    f"POST {_SET}/start": lambda _, place: place.set.start(ALL_INSTANCES),
    f"PUT {_VM}": lambda _, place: place.instance.update(models.VirtualMachineScaleSetVM(location="westus")),
    f"DELETE {_VM}": lambda _, place: place.instance.delete(),
    f"POST {_VM}/runcommand": lambda _, place: place.instance.run_command(models.RunCommandInput(command_id="x")),
    f"PUT {_VM}/runcommands/{{}}": lambda _, place: place.instance.run_commands.create_or_update(
        place.last, models.VirtualMachineRunCommand(location="westus")
    ),
    f"PATCH {_VM}/runcommands/{{}}": lambda _, place: place.instance.run_commands.update(
        place.last, models.VirtualMachineRunCommandUpdate()
    ),
    f"DELETE {_VM}/runcommands/{{}}": lambda _, place: place.instance.run_commands.delete(place.last),
    f"POST {_VM}/deallocate": lambda _, place: place.instance.deallocate(),
    f"POST {_VM}/performmaintenance": lambda _, place: place.instance.perform_maintenance(),
    f"POST {_VM}/poweroff": lambda _, place: place.instance.power_off(),
    f"POST {_VM}/redeploy": lambda _, place: place.instance.redeploy(),
    f"POST {_VM}/reimage": lambda _, place: place.instance.reimage(),
    f"POST {_VM}/reimageall": lambda _, place: place.instance.reimage_all(),
    f"POST {_VM}/restart": lambda _, place: place.instance.restart(),
    f"POST {_VM}/start": lambda _, place: place.instance.start(),
    "POST virtualmachines/{}/deallocate": lambda client, place: client.virtual_machine(place.group, "vm").deallocate(),
}
"""What starts an operation."""

PLAIN: dict[str, Call] = {
    f"POST {_SET}/converttosingleplacementgroup": lambda _, place: place.set.convert_to_single_placement_group(),
    f"POST {_VM}/simulateeviction": lambda _, place: place.instance.simulate_eviction(),
}
"""What is done when it is answered, without a document."""

NOT_OURS = {
    "POST virtualmachines/{}/generalize": "making images of machines is not what this package is for",
    "PUT virtualmachines/{}": "machines are made by their scale set",
    "PUT virtualmachines/{}/extensions/{}": "machines have the extensions of their scale set",
    "GET virtualmachines/{}/extensions/{}": "machines have the extensions of their scale set",
    "POST virtualmachines/{}/runcommand": "run commands are for instances of scale sets",
    "GET locations/{}/operations/{}": "polled by every operation",
    "PATCH virtualmachinescalesets/{}/extensions/{}": "no recording of it is kept",
}
"""Recorded operations that our client has no call for, and why."""

_CALLS: dict[str, Call] = {**{name: call for name, (_, call) in READS.items()}, **WRITES, **PLAIN}
_PROFILE = "properties.virtualMachineProfile"
_OK, _REFUSED = 200, 400
_AZURE = "https://management.azure.com"


def distinct(wanted: Callable[[Exchange], bool]) -> list[Any]:
    """The first exchange of each operation, status and shape, as parameters."""
    seen = set()
    found = []
    for conversation in conversations():
        for index, exchange in enumerate(conversation.exchanges):
            if exchange.method == "DEPLOY" or not wanted(exchange):
                continue
            key = exchange.operation, exchange.status, shape(exchange)
            if key not in seen:
                seen.add(key)
                found.append(pytest.param(conversation, index, id=f"{exchange.operation} {conversation.name} {index}"))
    return found


def answer(exchange: Exchange) -> Response:
    """The recorded answer as a transport gives it."""
    body = b"" if exchange.body is None else json.dumps(exchange.body).encode()
    return Response(exchange.status, exchange.headers, body)


def asked(*answers: Response) -> tuple[VmssClient, Script]:
    """A client that gets these answers."""
    script = Script(*answers)
    origin = "/".join(answers[0].headers.get("azure-asyncoperation", _AZURE).split("/")[:3])
    return VmssClient("00000000-0000-0000-0000-000000000000", endpoint=origin, transport=script), script


def documents(body: Any) -> list[dict[str, Any]]:
    """The resources in an answer."""
    return body["value"] if isinstance(body.get("value"), list) else [body]


@pytest.mark.parametrize(
    ("conversation", "index"), distinct(lambda each: each.operation in READS and each.status == _OK)
)
def test_a_document_is_read_whole(conversation: Conversation, index: int) -> None:
    """Each typed member has the recorded value, what has no type survives, and reading changes nothing."""
    exchange = conversation.exchanges[index]
    _, call = READS[exchange.operation]
    recorded = documents(copy.deepcopy(exchange.body))
    client, script = asked(answer(exchange), Response(200, {}, wire.encode({"value": []})))

    result = call(client, Place(client, exchange))

    found = result if isinstance(result, list) else [result]
    assert len(found) == len(recorded)
    for each, document in zip(found, recorded, strict=True):
        assert list(reading.differences(each, document)) == []
        assert each.wire == document
        assert json.dumps(each.wire) == json.dumps(document)
    following = exchange.body.get("nextLink")
    assert [request.url for request in script.requests[1:]] == ([following] if following else [])


_SPOT = {"$.properties.priority", "$.properties.evictionPolicy", "$.properties.billingProfile"}
UNTYPED = {
    f"GET {_SET}": {f"$.{_PROFILE}.applicationProfile.galleryApplications[].manuallyManaged"},
    f"GET {_SET}/virtualmachines": _SPOT,
    f"GET {_VM}": _SPOT,
}
"""Azure answers with them, though no description of its API has them: `fields` knows them from recordings alone."""


@pytest.mark.parametrize("operation", READS)
def test_what_azure_declares_has_a_type(operation: str) -> None:
    """Of all recorded answers, each member that Azure's models declare is a typed member of ours."""
    model, _ = READS[operation]
    missing = set()
    for exchange in (each for found in conversations() for each in found.exchanges):
        if exchange.method != "DEPLOY" and exchange.operation == operation and exchange.status == _OK:
            for document in documents(exchange.body):
                undeclared = {each.partition(":")[0] for each in problems(model.__name__, document)}
                missing |= {each for each in reading.unread(model, document) if each not in undeclared}
    assert {re.sub(r"\[[^\]]*\]", "[]", each) for each in missing} == UNTYPED.get(operation, set())


@pytest.mark.parametrize(("conversation", "index"), distinct(lambda each: each.status >= _REFUSED))
def test_an_error_is_read_whole(conversation: Conversation, index: int) -> None:
    """A refusal is the exception of its status, with Azure's code, message, target and details."""
    exchange = conversation.exchanges[index]
    error = exchange.body["error"]
    client, _ = asked(answer(exchange))

    with pytest.raises(ServiceError) as caught:
        _CALLS[exchange.operation](client, Place(client, exchange))

    assert (caught.value.status, caught.value.code, caught.value.message, caught.value.target) == (
        exchange.status,
        error["code"],
        error["message"],
        error.get("target"),
    )
    assert [(each.code, each.message) for each in caught.value.details] == [
        (each.get("code"), each.get("message")) for each in error.get("details", ())
    ]


def _polls(conversation: Conversation, index: int) -> Iterator[Exchange]:
    """How the operation that an exchange began was polled."""
    url = conversation.exchanges[index].headers["azure-asyncoperation"]
    mine = url.partition("/operations/")[2].partition("?")[0]
    for exchange in conversation.exchanges[index + 1 :]:
        same = exchange.plain_path.rpartition("/operations/")[2] == mine
        if same and "monitor=true" not in exchange.path and exchange.body:
            yield exchange
            if exchange.body["status"] != "InProgress":
                return


def _began(exchange: Exchange) -> bool:
    return "azure-asyncoperation" in exchange.headers and exchange.operation in WRITES


def _whole(conversation: Conversation, index: int) -> bool:
    """Whether the recording has the operation's end."""
    polls = list(_polls(conversation, index))
    return bool(polls) and polls[-1].body["status"] != "InProgress"


_WHOLE = [each for each in distinct(_began) if _whole(*each.values)]


@pytest.mark.parametrize(("conversation", "index"), _WHOLE)
def test_an_operation_is_followed_to_its_end(conversation: Conversation, index: int) -> None:
    """The recorded headers lead the client through the recorded polls, waiting as asked, to the recorded end."""
    exchange = conversation.exchanges[index]
    polls = list(_polls(conversation, index))
    last = polls[-1].body
    after = json.dumps(exchange.body or {}).encode()
    client, script = asked(answer(exchange), *map(answer, polls), Response(200, {}, after))

    operation: Operation[Any] = _CALLS[exchange.operation](client, Place(client, exchange))
    if last["status"] == "Failed":
        with pytest.raises(OperationFailedError) as caught:
            operation.result()
        assert (caught.value.code, caught.value.message) == (last["error"]["code"], last["error"]["message"])
    else:
        operation.result()

    name = last.get("name", last.get("operationId"))  # 2015-06-15 called it so (wire.md 1)
    assert (operation.status, operation.has_ended, operation.operation_id) == (last["status"], True, name)
    polled = [request.url for request in script.requests[1 : 1 + len(polls)]]
    assert polled == [exchange.headers["azure-asyncoperation"]] * len(polls)
    first = exchange.headers.get("retry-after")
    if first not in {None, "0"}:  # one recorder wrote 0 for whatever Azure said
        assert script.clock.naps[0] == float(first)
    waits = [each.headers.get("retry-after") for each in polls[:-1]]
    assert all(wait in {None, "0"} or float(wait) in script.clock.naps for wait in waits)


@pytest.mark.parametrize(
    ("conversation", "index"),
    distinct(lambda each: each.operation in WRITES and isinstance(each.body, dict) and each.status < _REFUSED),
)
def test_what_a_write_answers_is_read_whole(conversation: Conversation, index: int) -> None:
    """The resource that a PUT or PATCH answers with is what the operation's result reads, without loss."""
    exchange = conversation.exchanges[index]
    poll = {"status": "Succeeded", "name": "x"}
    recorded = copy.deepcopy(exchange.body)
    client, _ = asked(answer(exchange), Response(200, {}, wire.encode(poll)), Response(200, {}, wire.encode(recorded)))

    result = _CALLS[exchange.operation](client, Place(client, exchange)).result()

    assert list(reading.differences(result, recorded)) == []
    assert result.wire == recorded


@pytest.mark.parametrize(
    ("conversation", "index"), distinct(lambda each: each.operation in PLAIN and each.status < _REFUSED)
)
def test_an_answer_without_a_document(conversation: Conversation, index: int) -> None:
    """What is done at once and says nothing is over when the call returns."""
    exchange = conversation.exchanges[index]
    client, script = asked(answer(exchange))
    assert _CALLS[exchange.operation](client, Place(client, exchange)) is None
    assert len(script.requests) == 1


def test_every_recorded_operation_is_called() -> None:
    """No recorded operation is left out but those with a reason, and no reason is idle."""
    recorded = {each.operation for found in conversations() for each in found.exchanges if each.method != "DEPLOY"}
    assert recorded - _CALLS.keys() - NOT_OURS.keys() == set()
    assert not _CALLS.keys() & NOT_OURS.keys()
