"""Drives an emulator through a recorded conversation, and tells where its answers are not Azure's."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs

from tests.emulator.arm.azure import Azure, model
from tests.wire.recordings import Conversation, Exchange, conversations, member_shape
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode, Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.transport.base import Response

__all__ = ["Replayed", "differences", "replayed"]

_AZURE = "https://management.azure.com"
_RESOURCE_ID = re.compile(r"\[resourceId\('([^']+)', '([^']+)'\)\]")
_SET = re.compile(
    r"(?P<group>/subscriptions/[^/]+/resourcegroups/[^/]+)/providers/Microsoft\.Compute/virtualMachineScaleSets"
    r"/(?P<name>[^/?]+)(?:/virtualMachines/(?P<instance>[^/?]+))?",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"Microsoft\.Compute/virtualMachines/[^/]+(/.*)?$", re.IGNORECASE)
_OPERATION = re.compile(r"/operations/([0-9a-f-]{36})", re.IGNORECASE)
_READ_ONLY = ("id", "name", "type", "etag")
_SET_BY_SERVICE = ("provisioningState", "uniqueId", "timeCreated")
_UNDER_WAY = {"Creating", "Updating", "Deleting"}
_CLIENT_ERROR = 400
_PASSWORD = "Correct-Horse-7"
_REDACTED: dict[str, Any] = {
    "adminPassword": _PASSWORD,
    "customData": "Zmlyc3Q=",
    "userData": "Zmlyc3Q=",
    "keyData": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC test@example",
    "protectedSettings": {"secret": "x"},
}


@attrs.frozen
class Replayed:
    """An exchange, and what the emulator answered; None: it was not asked."""

    exchange: Exchange
    response: Response | None


@cache
def replayed(name: str) -> tuple[Replayed, ...]:
    """A conversation held with an emulator."""
    found = next(each for each in conversations() if each.name == name)
    replay = _Replay(found)
    return tuple(replay.next(index) for index in range(len(found.exchanges)))


# Recordings of ten years use sizes that are retired today.
_OLD_SIZES = Settings(timings=Timings.exact(), catalogue=CatalogueMode.OPEN)


@attrs.define
class _Replay:
    """An emulator in the middle of a conversation.

    Attributes:
        conversation: What to say.
        azure: The emulator.
        operations: Where our operation is polled, by the id of the recorded one.
        instances: Our instance ids, by set and recorded id.
        lost: Whether the emulator can no more come to the recorded state: a request is lost, or what Azure was told
            to do failed there.
    """

    conversation: Conversation
    azure: Azure = attrs.field(
        factory=lambda: Azure(Emulator(settings=Settings(timings=Timings.exact(), catalogue="open")))
    )
    operations: dict[str, Response] = attrs.field(factory=dict)
    instances: dict[tuple[str, str], str] = attrs.field(factory=dict)
    lost: bool = False

    def next(self, index: int) -> Replayed:
        """Say what comes next."""
        exchange = self.conversation.exchanges[index]
        if self.lost:
            return Replayed(exchange, None)
        if exchange.method == "DEPLOY":
            self._deploy(exchange)
            return Replayed(exchange, None)
        if found := _OPERATION.search(exchange.plain_path):
            return Replayed(exchange, self._poll(exchange, found[1]))
        if exchange.request is None and _lost(exchange):
            self.lost = exchange.status < _CLIENT_ERROR
            return Replayed(exchange, None)
        if _MACHINE.search(exchange.plain_path):
            return Replayed(exchange, self._to_machine(exchange))
        self._prepare(exchange, index)
        if not _going_on(exchange):
            self.azure.settle()
        response = self._send(exchange)
        if recorded := _OPERATION.search(exchange.headers.get("azure-asyncoperation", "")):
            self.operations[recorded[1]] = response
        return Replayed(exchange, response)

    def _to_machine(self, exchange: Exchange) -> Response | None:
        """To a Flexible scale set's machine; None when the recorded one belongs to no scale set that is here."""
        path = exchange.plain_path.partition("/virtualMachines/")[0]
        listed = self.azure.send("GET", f"{_AZURE}{path}/virtualMachines?api-version=2024-07-01").json()
        properties = exchange.body.get("properties", {}) if isinstance(exchange.body, dict) else {}
        if exchange.method != "GET" or "virtualMachineScaleSet" not in properties or not listed.get("value"):
            return None
        query = exchange.path.partition("?")[2]
        return self.azure.send("GET", f"{_AZURE}{listed['value'][0]['id']}?{query}")

    def _deploy(self, exchange: Exchange) -> None:
        for resource in exchange.request:
            path = f"{exchange.path}/providers/{resource['type']}/{resource['name']}?api-version=2024-07-01"
            body = {key: resource[key] for key in resource if key not in {"apiVersion", "dependsOn", "name", "type"}}
            self._group(exchange.path, resource["location"])
            whole = _evaluated(_filled(body), exchange.path)
            self.lost |= self.azure.put(whole, f"{_AZURE}{path}").status >= _CLIENT_ERROR
        self.azure.settle()

    def _group(self, path: str, location: str) -> None:
        self.azure.put({"location": location}, f"{_AZURE}{path}?api-version=2021-04-01")

    def _poll(self, exchange: Exchange, guid: str) -> Response | None:
        if isinstance(exchange.body, dict) and exchange.body.get("status") == "Failed":
            self.lost = True
            return None
        started = self.operations.get(guid)
        url = started.headers.get("Azure-AsyncOperation") if started is not None else None
        if started is None or url is None:
            return None
        if "monitor=true" in exchange.path:
            url = started.headers.get("Location", f"{url}&monitor=true")
        if exchange.body is None or exchange.body.get("status") != "InProgress":
            self.azure.end(started)
        return self.azure.send("GET", url)

    def _prepare(self, exchange: Exchange, index: int) -> None:
        """See to it that there is what the recording has, though not how it came to be."""
        found = _SET.search(exchange.plain_path)
        if found is None:
            return
        if exchange.status >= _CLIENT_ERROR:
            if "ResourceGroupNotFound" not in str(exchange.body):
                self._group(found["group"], "westus")
            return
        if exchange.method == "DELETE" and exchange.status == 204:
            self._group(found["group"], "westus")
            return
        path = f"{found['group']}/providers/Microsoft.Compute/virtualMachineScaleSets/{found['name']}"
        creates = exchange.method == "PUT" and found["instance"] is None and "/extensions/" not in exchange.path
        if creates and exchange.status == 201:
            self._group(found["group"], exchange.body["location"])
            return
        if self.azure.send("GET", f"{_AZURE}{path}?api-version=2024-07-01").status == 404:
            self._create(found["group"], path, *self._seed(found["name"], index))

    def _seed(self, name: str, index: int) -> tuple[dict[str, Any], str]:
        """The scale set as the next exchange shows it that does, with its api-version, else one like any."""
        for exchange in self.conversation.exchanges[index:]:
            found = _SET.fullmatch(exchange.plain_path)
            if found and found["name"].lower() == name.lower() and found["instance"] is None:
                whole = exchange.body if isinstance(exchange.body, dict) else None
                if whole and "sku" in whole and exchange.status < _CLIENT_ERROR:
                    return _as_request(whole), exchange.version
        return model(3), "2024-07-01"

    def _create(self, group: str, path: str, body: dict[str, Any], version: str) -> None:
        self._group(group, body["location"])
        self.azure.put(_filled(body), f"{_AZURE}{path}?api-version={version}")
        self.azure.settle()

    def _send(self, exchange: Exchange) -> Response:
        path, body = exchange.path, exchange.request
        if body is None and exchange.method == "PUT":  # the recording lacks it
            body = _as_request(exchange.body)
        found = _SET.search(exchange.plain_path)
        if found is not None and exchange.status < _CLIENT_ERROR:
            key = found["name"].lower()
            if found["instance"] is not None:
                ours = self._instance(found, key, found["instance"])
                path = path[: found.start("instance")] + ours + path[found.end("instance") :]
            if isinstance(body, dict) and isinstance(body.get("instanceIds"), list):
                body = {**body, "instanceIds": [self._instance(found, key, each) for each in body["instanceIds"]]}
        return self.azure.send(exchange.method, f"{_AZURE}{path}", _filled(body), headers=exchange.sent)

    def _instance(self, found: re.Match[str], key: str, recorded: str) -> str:
        """Our instance for a recorded one: that of the same id, else one that stands for no other."""
        if recorded == "*" or recorded.lower() == "%2a":
            return recorded
        known = self.instances.get((key, recorded))
        if known is None:
            path = f"{found['group']}/providers/Microsoft.Compute/virtualMachineScaleSets/{found['name']}"
            listed = self.azure.send("GET", f"{_AZURE}{path}/virtualMachines?api-version=2024-07-01").json()
            ids = [item["instanceId"] for item in listed.get("value", ())]
            taken = {ours for (name, _), ours in self.instances.items() if name == key}
            free = [each for each in ids if each not in taken]
            known = recorded if recorded in ids else next(iter(free), recorded)
            self.instances[key, recorded] = known
        return known


def _lost(exchange: Exchange) -> bool:
    """Whether the request had a body that was not kept, and that cannot be told from the answer."""
    if exchange.method == "PUT":
        return "properties" not in (exchange.body or {})
    return exchange.method == "PATCH" or exchange.plain_path.lower().endswith(("/manualupgrade", "/delete"))


def _going_on(exchange: Exchange) -> bool:
    """Whether the recording shows work that has not ended, so that no time may pass before it is asked."""
    if exchange.plain_path.lower().endswith("/rollingupgrades/cancel"):
        return exchange.status < _CLIENT_ERROR
    properties = exchange.body.get("properties", {}) if isinstance(exchange.body, dict) else {}
    if exchange.plain_path.lower().endswith("/rollingupgrades/latest"):
        return bool(properties.get("runningStatus", {}).get("code") == "RollingForward")
    return exchange.method == "GET" and properties.get("provisioningState") in _UNDER_WAY


def _as_request(document: dict[str, Any]) -> dict[str, Any]:
    """What may be sent to make a resource that looks like this."""
    body = {key: copy.deepcopy(value) for key, value in document.items() if key not in _READ_ONLY}
    properties = body["properties"]
    for name in _SET_BY_SERVICE:
        properties.pop(name, None)
    profile = properties.get("virtualMachineProfile", {})
    profile.pop("timeCreated", None)
    os_profile = profile.get("osProfile")
    if os_profile is not None:
        linux = os_profile.get("linuxConfiguration", {})
        if linux.get("disablePasswordAuthentication") is not True:
            os_profile["adminPassword"] = _PASSWORD
    return body


def _evaluated(value: Any, group: str) -> Any:
    """A resource of a template with the ids that its expressions mean; other expressions were not recorded."""
    if isinstance(value, dict):
        return {key: _evaluated(inner, group) for key, inner in value.items()}
    if isinstance(value, list):
        return [_evaluated(inner, group) for inner in value]
    found = _RESOURCE_ID.fullmatch(value) if isinstance(value, str) else None
    return f"{group}/providers/{found[1]}/{found[2]}" if found else value


def _filled(value: Any, name: str = "") -> Any:
    """A body with good values where secrets were taken away."""
    if name == "settings" and isinstance(value, str):
        return {}
    if isinstance(value, dict):
        return {key: _filled(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, name) for inner in value]
    return _REDACTED.get(name, value) if isinstance(value, str) and value.startswith("REDACTED") else value


def differences(exchange: Exchange, response: Response) -> Iterator[str]:
    """What of our answer is not as recorded: status, headers, members, their types, words and flags."""
    if response.status != exchange.status:
        error = response.json().get("error", {}) if response.body else {}
        yield f"status {exchange.status} is {response.status} {error.get('code', '')} {error.get('message', '')}"
        return
    yield from _header_differences(exchange, response)
    ours = wire.decode(response.body) if response.body else None
    yield from _member_differences(exchange.body, ours)


_PRESENT = ("azure-asyncoperation", "azure-asyncnotification", "location", "etag", "x-ms-request-charge")


def _header_differences(exchange: Exchange, response: Response) -> Iterator[str]:
    for name in _PRESENT:
        if (name in exchange.headers) != (name in response.headers):
            yield f"header {name} {'is lacking' if name in exchange.headers else 'is new'}"
    cause, ours = exchange.headers.get("x-ms-failure-cause"), response.headers.get("x-ms-failure-cause")
    if cause != ours:
        yield f"header x-ms-failure-cause {cause} is {ours}"
    limits = _policies(exchange.headers.get("x-ms-ratelimit-remaining-resource", ""))
    found = _policies(response.headers.get("x-ms-ratelimit-remaining-resource", ""))
    if limits and limits != found:
        yield f"limits {' '.join(limits)} are {' '.join(found)}"


def _policies(header: str) -> list[str]:
    return [each.partition(";")[0].strip().removeprefix("Microsoft.Compute/") for each in header.split(",") if each]


def _member_differences(recorded: Any, ours: Any) -> Iterator[str]:
    there, here = _members(recorded), _members(ours)
    for path in there.keys() - here.keys():
        if path.rpartition(".")[0] in here or path.removesuffix("[]") in here:
            yield f"{path} is lacking"
    for path in here.keys() - there.keys():
        if path.rpartition(".")[0] in there or path.removesuffix("[]") in there:
            yield f"{path} is new"
    for path in there.keys() & here.keys():
        if there[path] != here[path]:
            yield f"{path} {sorted(there[path])} is {sorted(here[path])}"
    yield from _value_differences(recorded, ours, "$")


def _members(document: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, kind in member_shape(document):
        if ".settings" not in path:  # an extension's own
            found.setdefault(path, set()).add(kind)
    return found


def _value_differences(recorded: Any, ours: Any, path: str) -> Iterator[str]:
    """Flags, numbers and words that are one of few."""
    if isinstance(recorded, dict) and isinstance(ours, dict):
        both = [name for name in recorded if name in ours]
        if both != [name for name in ours if name in recorded]:
            yield f"{path} order {' '.join(both)}"
        for name in both:
            yield from _value_differences(recorded[name], ours[name], f"{path}.{name}")
    elif isinstance(recorded, list) and isinstance(ours, list):
        for left, right in zip(recorded, ours, strict=False):
            yield from _value_differences(left, right, f"{path}[]")
    elif recorded != ours and _compared(recorded, ours, path.rpartition(".")[2]):
        yield f"{path} {recorded} is {ours}"


def _compared(recorded: Any, ours: Any, name: str) -> bool:
    if isinstance(recorded, str) and isinstance(ours, str):
        return name in _WORDS
    return isinstance(recorded, bool | int) and name not in _BY_INSTANCE


_BY_INSTANCE = ("platformUpdateDomain", "platformFaultDomain")
"""Another instance than the recorded one may stand for it."""


_WORDS = {
    "type",
    "mode",
    "orchestrationMode",
    "provisioningState",
    "code",
    "level",
    "displayStatus",
    "status",
    "createOption",
    "caching",
    "osType",
    "privateIPAddressVersion",
    "storageAccountType",
    "tier",
    "modelDefinitionApplied",
    "message",
    "target",
    "lastAction",
    "startedBy",
    "hyperVGeneration",
    "repairAction",
    "pauseTimeBetweenBatches",
    "serviceName",
    "serviceState",
    "resilientVMDeletionStatus",
    "gracePeriod",
    "diskControllerType",
    "scaleType",
    "resourceType",
    "securityType",
    "priority",
    "evictionPolicy",
}
