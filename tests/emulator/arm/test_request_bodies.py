"""What a request body may hold, and how it is refused: ARM's status, code and target, and nothing changed."""

import json
from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, Azure, changed, model, rolling
from vmss_sdk.emulator.arm import json_text

POLICY = "properties.upgradePolicy.rollingUpgradePolicy"
PROFILE = "properties.virtualMachineProfile"


def refused(body: Any, *, create: dict[str, Any] | None = None, method: str = "PUT") -> tuple[int, dict[str, Any]]:
    """Status and error of a write to an existing scale set, which must stay as it was."""
    azure = Azure()
    before = azure.create(create or model())
    response = azure.send(method, SET, body)
    assert azure.get() == before
    error: dict[str, Any] = response.json()["error"]
    return response.status, error


@pytest.mark.parametrize("body", [b"{", b"nonsense", b'{"a":}', b"\xff\xfe", b'{"a": "\xff"}', b"[" * 100_000])
def test_no_json(body: bytes) -> None:
    """400 InvalidRequestContent from ARM's gateway (wire.md 7.2)."""
    status, error = refused(body)
    assert (status, error["code"]) == (400, "InvalidRequestContent")
    assert error["message"].startswith("The request content was invalid and could not be deserialized: '")


@pytest.mark.parametrize("body", [b"", b"  ", b"null", b"[]", b'"x"', b"1"])
def test_no_object(body: bytes) -> None:
    """A PUT needs a JSON object."""
    status, error = refused(body)
    assert (status, error["code"]) == (400, "InvalidRequestContent")


def test_unknown_member() -> None:
    """400 BadRequest with Azure's text and target: member, type, path, line and position (wire.md 7.2)."""
    body = changed(model(), {f"{PROFILE}.scheduledEventProfile": {}})
    text = json.dumps(body)
    status, error = refused(text.encode())
    path = "properties.virtualMachineProfile.scheduledEventProfile"
    position = text.index('"scheduledEventProfile":') + len('"scheduledEventProfile":')
    assert status == 400
    assert error == {
        "code": "BadRequest",
        "message": "Could not find member 'scheduledEventProfile' on object of type 'VirtualMachineProfile'."
        f" Path '{path}', line 1, position {position}.",
        "target": f"vmss.{path}",
    }


def test_unknown_member_in_an_array() -> None:
    """The path names the item, as Json.NET does."""
    extensions = [{"name": "a"}, {"name": "b", "properties": {"publishr": "x"}}]
    _, error = refused(changed(model(), {f"{PROFILE}.extensionProfile.extensions": extensions}))
    assert error["target"] == f"vmss.{PROFILE}.extensionProfile.extensions[1].properties.publishr"


def test_line_of_a_pretty_printed_body() -> None:
    """Line and position are those of the text that was sent."""
    _, error = refused(b'{\n  "location": "westus",\n  "nonsense": 1\n}')
    assert error["message"].endswith("Path 'nonsense', line 3, position 13.")


def test_patch_has_fewer_members() -> None:
    """A PATCH refuses members that only a PUT has."""
    status, error = refused({"location": "westus"}, method="PATCH")
    assert (status, error["code"], error["target"]) == (400, "BadRequest", "vmss.location")


@pytest.mark.parametrize("value", ["x", 20.5, True, {}, [], 2**31, " ", "1_0"])
def test_no_number(value: object) -> None:
    """Something else where a whole number belongs: 400 with the path as target."""
    status, error = refused(rolling(3, {"maxBatchInstancePercent": value}))
    assert (status, error["code"]) == (400, "BadRequest")
    assert error["target"] == f"vmss.{POLICY}.maxBatchInstancePercent"
    assert error["message"].startswith("Error converting value ")
    assert "to type 'System.Nullable`1[System.Int32]'. Path '" in error["message"]


@pytest.mark.parametrize(("path", "value"), [("properties", []), ("tags", "x"), ("zones", {}), ("location", {})])
def test_wrong_shapes(path: str, value: object) -> None:
    """An array for an object and the like: 400 with the path as target."""
    status, error = refused(model(changes={path: value}))
    assert (status, error["code"], error["target"]) == (400, "BadRequest", f"vmss.{path}")


@pytest.mark.rule("2.3.16a", "C13")
@pytest.mark.parametrize("percent", [4, 101])
def test_percent_out_of_range(percent: int) -> None:
    """400 InvalidParameter with the path as target (semantics 2.3)."""
    status, error = refused(rolling(3, {"maxBatchInstancePercent": percent}))
    assert (status, error["code"]) == (400, "InvalidParameter")
    assert error["target"] == f"{POLICY}.maxBatchInstancePercent"


@pytest.mark.rule("2.3.16b")
def test_rolling_without_health() -> None:
    """400 BadRequest in Azure's words (wire.md 7.2)."""
    status, error = refused({"properties": {"upgradePolicy": {"mode": "Rolling"}}})
    assert status == 400
    assert error == {
        "code": "BadRequest",
        "message": "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or"
        " health extension was not provided.",
    }


def test_unknown_word() -> None:
    """400 InvalidParameter with the path as target."""
    status, error = refused(model(changes={"properties.upgradePolicy.mode": "Sometimes"}))
    assert status == 400
    assert error == {
        "code": "InvalidParameter",
        "message": "The value of parameter mode is invalid.",
        "target": "properties.upgradePolicy.mode",
    }


@pytest.mark.rule("2.0.1")
def test_words_in_any_case() -> None:
    """Enums are answered in Azure's spelling (az-cli 5.3)."""
    azure = Azure()
    created = azure.create(
        changed(
            model(),
            {
                "properties.upgradePolicy.mode": "manual",
                f"{PROFILE}.storageProfile.osDisk": {"createOption": "fromimage", "caching": "readwrite"},
            },
        )
    )
    assert created["properties"]["upgradePolicy"]["mode"] == "Manual"
    disk = created["properties"]["virtualMachineProfile"]["storageProfile"]["osDisk"]
    assert (disk["createOption"], disk["caching"]) == ("FromImage", "ReadWrite")


def test_members_in_any_case() -> None:
    """Names of members are found in any case."""
    azure = Azure()
    azure.create()
    azure.done(azure.put({"SKU": {"Capacity": 4}}))
    assert azure.get()["sku"]["capacity"] == 4


def test_text_becomes_numbers_and_booleans() -> None:
    """``"primary": "true"`` and numbers as text, as az's templates send them (az-cli 4)."""
    azure = Azure()
    body = rolling(3, {"maxBatchInstancePercent": "30", "maxSurge": "false"})
    nics = body["properties"]["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"]
    nics[0]["properties"]["primary"] = "true"
    created = azure.create(changed(body, {"sku.capacity": "2"}))
    assert created["sku"]["capacity"] == 2
    policy = created["properties"]["upgradePolicy"]["rollingUpgradePolicy"]
    assert (policy["maxBatchInstancePercent"], policy["maxSurge"]) == (30, False)
    profile = created["properties"]["virtualMachineProfile"]["networkProfile"]
    assert profile["networkInterfaceConfigurations"][0]["properties"]["primary"] is True


def test_numbers_become_text() -> None:
    """``zones: [1]`` is ``["1"]``."""
    azure = Azure()
    assert azure.create(model(changes={"location": "westus2", "zones": [1, 2]}))["zones"] == ["1", "2"]


def test_read_only_members_are_passed_over() -> None:
    """What only the service sets may be sent, and changes nothing."""
    azure = Azure()
    before = azure.create()
    sent = {
        "id": "/else",
        "name": "else",
        "type": "else",
        "etag": '"99"',
        "properties": {"provisioningState": "Failed", "uniqueId": "else", "timeCreated": "1999-01-01T00:00:00Z"},
    }
    azure.done(azure.put(sent))
    assert azure.get() == before


def test_null_is_not_sent() -> None:
    """A null keeps what is there."""
    azure = Azure()
    before = azure.create(model(changes={"tags": {"a": "b"}}))
    azure.done(azure.put({"tags": None, "sku": None, "properties": {"virtualMachineProfile": None}}))
    assert azure.get() == before


def test_all_problems_at_once() -> None:
    """Code, message and target of the first; every one with code, message and target in details."""
    status, error = refused(rolling(3, {"maxBatchInstancePercent": 4, "maxUnhealthyInstancePercent": 101}))
    paths = [f"{POLICY}.maxBatchInstancePercent", f"{POLICY}.maxUnhealthyInstancePercent"]
    assert status == 400
    assert [detail["target"] for detail in error["details"]] == paths
    assert {name: error[name] for name in ("code", "message", "target")} == error["details"][0]


def test_all_problems_of_form_at_once() -> None:
    """So with members and types."""
    body = changed(model(), {"nonsense": 1, "sku.capacity": "many", "properties.upgradePolicy.mode": "Never"})
    _, error = refused(body)
    codes = {detail["target"]: detail["code"] for detail in error["details"]}
    assert codes == {
        "vmss.nonsense": "BadRequest",
        "vmss.sku.capacity": "BadRequest",
        "properties.upgradePolicy.mode": "InvalidParameter",
    }


def test_one_problem_has_no_details() -> None:
    """A single problem is a plain error."""
    assert "details" not in refused(model(changes={"nonsense": 1}))[1]


def test_no_duration() -> None:
    """A text that is no duration: 400 with the path as target."""
    status, error = refused(model(changes={"properties.automaticRepairsPolicy.gracePeriod": "soon"}))
    assert (status, error["code"]) == (400, "InvalidParameter")
    assert error["target"] == "properties.automaticRepairsPolicy.gracePeriod"


def test_pause_has_its_own_text() -> None:
    """A pause that is no duration is quoted, with an example (wire.md 7.2)."""
    _, error = refused(rolling(3, {"pauseTimeBetweenBatches": "soon"}))
    assert error["message"].startswith("The pause time soon provided is invalid. It must be formatted as an ISO 8601")
    assert error["target"] == f"{POLICY}.pauseTimeBetweenBatches"


def test_endless_pause() -> None:
    """A pause beyond all calendars is refused."""
    status, error = refused(rolling(3, {"pauseTimeBetweenBatches": "P999999999999D"}))
    assert (status, error["target"]) == (400, f"{POLICY}.pauseTimeBetweenBatches")


def test_too_deep() -> None:
    """Nesting without end is refused, also where anything goes."""
    settings: Any = {}
    for _ in range(200):
        settings = {"a": settings}
    extension = {"name": "x", "properties": {"publisher": "p", "type": "t", "settings": settings}}
    status, error = refused(model(changes={f"{PROFILE}.extensionProfile.extensions": [extension]}))
    assert (status, error["code"]) == (400, "BadRequest")
    assert error["message"].startswith("The reader's MaxDepth of 64 has been exceeded.")


def test_secrets_are_not_repeated() -> None:
    """An error never shows what was sent where a secret belongs."""
    body = changed(
        model(),
        {f"{PROFILE}.osProfile.adminPassword": {"value": "hunter2"}, f"{PROFILE}.osProfile.secrets": "hunter2"},
    )
    _, error = refused(body)
    assert len(error["details"]) == 2
    assert "hunter2" not in json.dumps(error)


def test_weak_password() -> None:
    """400 with target adminPassword in Azure's words (wire.md 7.1); the password is not repeated."""
    azure = Azure()
    azure.group()
    response = azure.put(model(changes={f"{PROFILE}.osProfile.adminPassword": "hunter2"}))
    assert azure.error(response) == (400, "InvalidParameter", "adminPassword")
    assert "hunter2" not in response.body.decode()
    assert azure.get(SET.rpartition("/")[0]) == {"value": []}


@pytest.mark.parametrize("body", [b"", b"{}", None])
def test_missing_required(body: bytes | None) -> None:
    """A creation without location names it, as Azure does; nothing is made."""
    azure = Azure()
    azure.group()
    response = azure.put(body if body else b'{"sku": {"name": "Standard_D2s_v3", "capacity": 1}}')
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "InvalidParameter")
    assert error["message"] == "Required parameter 'location' is missing (null)."
    assert azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets") == {"value": []}


def test_what_a_part_lacks_is_named_as_azure_names_it() -> None:
    """Reported 2015 and 2016 of Azure: ``osDisk.createOption``, and ``dataDisk.createOption`` of an item of a list."""
    changes = {f"{PROFILE}.storageProfile": {"osDisk": {"caching": "None"}, "dataDisks": [{"lun": 0}]}}
    azure = Azure()
    azure.group()
    image = model()["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"]
    changes[f"{PROFILE}.storageProfile"]["imageReference"] = image
    error = azure.put(model(changes=changes)).json()["error"]
    assert [detail["message"] for detail in error["details"]] == [
        "Required parameter 'osDisk.createOption' is missing (null).",
        "Required parameter 'dataDisk.createOption' is missing (null).",
    ]


def test_what_was_there_need_not_be_sent_again() -> None:
    """Recorded 2020: PATCH with an OS disk of caching alone is taken."""
    azure = Azure()
    azure.create(model())
    assert azure.patch(changed({}, {f"{PROFILE}.storageProfile.osDisk.caching": "ReadOnly"})).status == 200


@pytest.mark.parametrize("kind", ["", "Nothing"])
def test_an_identity_of_no_known_type_is_refused(kind: str) -> None:
    """An empty text is no type either."""
    azure = Azure()
    azure.group()
    response = azure.put({**model(), "identity": {"type": kind}})
    assert azure.error(response)[:2] == (400, "InvalidParameter")


def test_many_problems_are_told_up_to_a_hundred_and_counted() -> None:
    """The last detail says how many there are besides; the places of the others are exact."""
    names = [f"x{number}" for number in range(2000)]
    text = json.dumps({"properties": dict.fromkeys(names, 1)}, indent=1)
    _, error = refused(text.encode())
    *told, rest = error["details"]
    assert [detail["target"] for detail in told] == [f"vmss.properties.{name}" for name in names[:100]]
    assert rest["message"] == "There are 1900 more errors, which are not listed."
    assert told[0]["message"].endswith("line 3, position 7.")
    assert told[99]["message"].endswith("line 102, position 8.")


def test_many_refusals_of_the_engine_are_counted_too() -> None:
    """What the rules say against a body is told by the same measure."""
    extensions = [{"name": f"e{at}", "properties": {"provisionAfterExtensions": [f"gone{at}"]}} for at in range(150)]
    _, error = refused(changed(model(), {f"{PROFILE}.extensionProfile.extensions": extensions}))
    assert len(error["details"]) == 101
    assert error["details"][-1]["message"].startswith("There are 50 more errors")


def test_reading_where_problems_are_costs_one_reading_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many problems there are: the work is linear in the size of the body."""
    read: list[int] = []
    inner = json_text.locate

    def counting(text: str, paths: Any) -> Any:
        read.append(len(text))
        return inner(text, paths)

    monkeypatch.setattr("vmss_sdk.emulator.arm.request_body.locate", counting)
    refused({"properties": {f"x{number}": 1 for number in range(500)}})
    assert len(read) == 1
