"""Public templates with a scale set, as their repositories have them: each deploys, and shows what it was given.

They lie beside the clone (``../shared/templates``), each in a file of its own with its parameters and what Azure makes
of it: one of class ``ok`` or ``a`` it takes, and one of ``a-doc``, which has a virtual machine beside the set, too.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.arm.azure import BASE, Azure
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.deployments.internal_requests import InternalRequests
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.transport.base import Request, Response

Document = dict[str, Any]

FOLDER = Path(__file__).parents[4] / "shared" / "templates"
TAKEN = ("ok", "a", "a?", "a-doc")
REFUSED = ("b",)
MADE_UP = re.compile(r"uq?\d{3,4}[a-z]*")
KNOWN_VALUES = {
    "location": "westeurope",
    "size": "Standard_D2s_v3",
    "sku": "Standard_D2s_v3",
    "resourcegroup": "rehearsal",
}
# values for parameters that the templates' lists leave empty, and Azure would refuse so
FILLED: dict[str, Document] = {
    "bicep-registry-modules_avm_res_compute_virtual-machine-scale-set_main": {
        "imageReference": {
            "publisher": "MicrosoftWindowsServer",
            "offer": "WindowsServer",
            "sku": "2022-datacenter-g2",
            "version": "latest",
        },
        "nicConfigurations": [
            {
                "name": "nic",
                "ipConfigurations": [
                    {
                        "name": "ip",
                        "properties": {
                            "subnet": {
                                "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rehearsal"
                                "/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
                            }
                        },
                    }
                ],
            }
        ],
    }
}
# what an answer does not show, in lower case: secrets, and what only the service sets
SECRET = ("adminpassword", "administratorloginpassword", "customdata", "protectedsettings")
VAULT = {"location": "westeurope", "properties": {"accessPolicies": []}}
RENAMED = ("largescaleenabled",)  # of a preview: shown as the opposite, singlePlacementGroup
OF_THE_SERVICE = ("clusterstate", "provisioningstate")
SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rehearsal"
DEPLOYMENT = f"{GROUP}/providers/Microsoft.Resources/deployments/public"


def _cases(*kinds: str) -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.json")):
        kind = json.loads(file.read_text())["class"]
        if kind in kinds:
            found.append(pytest.param(file, id=file.stem))
    return found


def _written(monkeypatch: pytest.MonkeyPatch, emulator: Emulator) -> dict[str, Document]:
    """The body that each resource is given by a deployment, by id; filled while it runs."""
    bodies: dict[str, Document] = {}
    put = InternalRequests.put

    def noted(inner: InternalRequests, resource_id: str, api_version: str, body: Document) -> Reply:
        if inner.state is emulator._state:  # else it is only tried
            bodies[resource_id] = body
        return put(inner, resource_id, api_version, body)

    monkeypatch.setattr(InternalRequests, "put", noted)
    return bodies


def _send(emulator: Emulator, method: str, path: str, document: Any = None) -> Response:
    url = f"{BASE}{path}" + ("" if "api-version=" in path else "?api-version=2022-09-01")
    return emulator.handle(Request(method, url, {}, b"" if document is None else wire.encode(document)))


def _given(entry: Document, stem: str) -> Document:
    """The file's parameters; some were made up of letters, and where Azure knows the values those are taken."""
    given = {}
    for name, item in entry["parameters"].items():
        kinds = [value for part, value in KNOWN_VALUES.items() if part in name.lower()]
        made_up = isinstance(item["value"], str) and MADE_UP.fullmatch(item["value"])
        given[name] = {"value": kinds[0]} if made_up and kinds else item
    if given.get("osDisk") == {"value": {}}:  # nothing was made up for it, and Azure asks for more than nothing
        given["osDisk"] = {"value": {"createOption": "FromImage"}}
    return given | {name: {"value": value} for name, value in FILLED.get(stem, {}).items()}


def _deployed(emulator: Emulator, entry: Document, stem: str) -> Document:
    properties = {"mode": "Incremental", "template": entry["template"], "parameters": _given(entry, stem)}
    _send(emulator, "PUT", GROUP, {"location": "westeurope"})
    if vault := entry["parameters"].get("keyVaultName"):  # one that is there before
        _send(emulator, "PUT", f"{GROUP}/providers/Microsoft.KeyVault/vaults/{vault['value']}", VAULT)
    answer = _send(emulator, "PUT", DEPLOYMENT, {"properties": properties})
    assert answer.status == 201, answer.body
    while True:
        found: Document = _send(emulator, "GET", DEPLOYMENT).json()["properties"]
        if found["provisioningState"] not in ("Accepted", "Running"):
            return found
        emulator.clock.sleep(60)


def _lost(given: Any, shown: Any, path: str) -> Iterator[str]:
    """Where something was given that is not shown."""
    if given is None or (given in ("", []) and not shown):
        return
    if isinstance(given, dict) and isinstance(shown, dict):
        if "id" in given and list(shown) == ["id"]:  # a whole resource where an id belongs
            given = {"id": given["id"]}
        there = {name.lower(): value for name, value in shown.items()}
        for name, value in given.items():
            if name.lower() not in (*SECRET, *OF_THE_SERVICE, *RENAMED):
                yield from _lost(value, there.get(name.lower()), f"{path}.{name}")
    elif isinstance(given, list) and isinstance(shown, list) and len(given) == len(shown):
        for at, value in enumerate(given):
            yield from _lost(value, shown[at], f"{path}[{at}]")
    elif _plain(given) != _plain(shown) and not (path.endswith("].type") and ".extensions[" in path):
        yield f"{path}: {given!r:.80} != {shown!r:.80}"


def _plain(value: Any) -> str:
    """A value without what Azure writes in its own way: case, and the blanks in names of regions."""
    return str(value).lower().replace(" ", "")


@pytest.mark.skipif(not os.environ.get("CI"), reason="beside a clone that is not CI's they may be missing")
def test_the_templates_are_there() -> None:
    """CI has them beside the clone; without them the other test would say nothing."""
    assert len(_cases(*TAKEN)) > 100


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public templates are not in {FOLDER}")
@pytest.mark.parametrize("file", _cases(*TAKEN))
def test_a_public_template_deploys_and_reads_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every resource of it is made, and shows what it was given."""
    entry = json.loads(file.read_text())
    emulator = Emulator()
    written = _written(monkeypatch, emulator)
    found = _deployed(emulator, entry, file.stem)
    assert found["provisioningState"] == "Succeeded", found["error"]
    lost = []
    azure = Azure(emulator)  # reads with the newest api-versions, which show all
    for resource_id, body in written.items():
        lost += list(_lost(body, azure.get(resource_id), resource_id.rpartition("/providers/")[2]))
    assert lost == []


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public templates are not in {FOLDER}")
@pytest.mark.parametrize("file", _cases(*REFUSED))
def test_a_template_that_lacks_something_does_not_deploy(file: Path) -> None:
    """One that needs what is not there, or that the network would have to bring, is refused or fails."""
    entry = json.loads(file.read_text())
    properties = {"mode": "Incremental", "template": entry["template"], "parameters": entry["parameters"]}
    emulator = Emulator()
    _send(emulator, "PUT", GROUP, {"location": "westeurope"})
    answer = _send(emulator, "PUT", DEPLOYMENT, {"properties": properties})
    if answer.status == 201:
        emulator.clock.sleep(24 * 3600)
        found = _send(emulator, "GET", DEPLOYMENT).json()["properties"]
        assert (found["provisioningState"], "error" in found) == ("Failed", True)
    else:
        assert answer.status == 400
        assert answer.json()["error"]["message"]
