"""What the verbs of a scale set are on the wire: method, path, query and body, as in operations.md."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.scripted import WEB, accepted, answer, scripted
from vmss_sdk import (
    ALL_INSTANCES,
    AutomaticOSUpgradePolicy,
    ClientUsageError,
    DecodeError,
    NotFoundError,
    Operation,
    RollingUpgradePolicy,
    ScaleSet,
    UpgradeMode,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetUpdate,
)
from vmss_sdk.models import OSProfileProvisioningData

VERSION = "api-version=2026-04-01"

SetVerb = Callable[[ScaleSet, Any], Operation[None]]

# verb, path on the wire, the body that means "all"
SET_VERBS: list[tuple[SetVerb, str, Any]] = [
    (lambda s, ids: s.reimage(ids), "reimage", None),
    (lambda s, ids: s.reimage_all(ids), "reimageall", None),
    (lambda s, ids: s.upgrade_instances(ids), "manualupgrade", {"instanceIds": ["*"]}),
    (lambda s, ids: s.start(ids), "start", None),
    (lambda s, ids: s.restart(ids), "restart", None),
    (lambda s, ids: s.power_off(ids), "poweroff", None),
    (lambda s, ids: s.redeploy(ids), "redeploy", None),
    (lambda s, ids: s.perform_maintenance(ids), "performMaintenance", None),
    (lambda s, ids: s.approve_rolling_upgrade(ids), "approveRollingUpgrade", None),
    (lambda s, ids: s.deallocate(ids), "deallocate", None),
    (lambda s, ids: s.delete_instances(ids), "delete", {"instanceIds": ["*"]}),
]
NAMES = [path for _, path, _ in SET_VERBS]


@pytest.mark.parametrize(("verb", "path", "_"), SET_VERBS, ids=NAMES)
def test_a_verb_on_named_instances_sends_their_ids(verb: SetVerb, path: str, _: Any) -> None:
    """Ids go into the body in the order given; the path has the service's casing."""
    client, script = scripted(accepted())

    verb(client.scale_set("rg", "web"), ["3", "0"])

    assert script.sent == [f"POST {WEB}/{path}?{VERSION}"]
    assert script.body == {"instanceIds": ["3", "0"]}


@pytest.mark.parametrize(("verb", "path", "body"), SET_VERBS, ids=NAMES)
def test_all_instances_is_no_body_where_the_wire_allows(verb: SetVerb, path: str, body: Any) -> None:
    """Where a body is required, "*" says it."""
    client, script = scripted(accepted())

    verb(client.scale_set("rg", "web"), ALL_INSTANCES)

    assert script.sent == [f"POST {WEB}/{path}?{VERSION}"]
    assert script.body == body


@pytest.mark.parametrize(
    "instances", [[], (), None, "0", "", ["*"], [""], [" "], [0], ["0", None], {"0"}, 0, "*"], ids=repr
)
@pytest.mark.parametrize("verb", [verb for verb, _, _ in SET_VERBS], ids=NAMES)
def test_nothing_but_all_instances_means_all(verb: SetVerb, instances: Any) -> None:
    """An empty list, None or a bare text never reaches a fleet; nothing is sent."""
    client, script = scripted(accepted())

    with pytest.raises(ClientUsageError):
        verb(client.scale_set("rg", "web"), instances)
    assert script.sent == []


def test_a_bare_id_is_refused_with_a_hint() -> None:
    """A text is a sequence of texts in Python: "12" would be instances 1 and 2."""
    client, _ = scripted(accepted())

    with pytest.raises(ClientUsageError, match=r"pass \['12'\] instead of '12'"):
        client.scale_set("rg", "web").reimage("12")


@given(st.lists(st.sampled_from(["", " ", "*"]), min_size=1), st.lists(st.integers(0, 999).map(str)))
def test_one_bad_id_among_good_ones_is_refused(bad: list[str], good: list[str]) -> None:
    """No list that holds a star or an empty id is sent."""
    client, script = scripted(accepted())

    with pytest.raises(ClientUsageError):
        client.scale_set("rg", "web").reimage([*good, *bad])
    assert script.sent == []


@pytest.mark.parametrize(
    ("call", "query"),
    [
        (lambda s: s.power_off(["0"], skip_shutdown=False), "skipShutdown=false"),
        (lambda s: s.power_off(ALL_INSTANCES, skip_shutdown=True), "skipShutdown=true"),
        (lambda s: s.deallocate(["0"], hibernate=True), "hibernate=true"),
        (lambda s: s.delete_instances(["0"], force=True), "forceDeletion=true"),
        (lambda s: s.delete(force=True), "forceDeletion=true"),
        (lambda s: s.instance("0").delete(force=False), "forceDeletion=false"),
        (lambda s: s.instance("0").power_off(skip_shutdown=True), "skipShutdown=true"),
    ],
    ids=["off", "all off", "hibernate", "instances", "scale set", "instance", "instance off"],
)
def test_options_are_in_the_query(call: Callable[[ScaleSet], Any], query: str) -> None:
    """Booleans are written as true and false, before the api-version (wire.md 3.17)."""
    client, script = scripted(accepted())

    call(client.scale_set("rg", "web"))

    assert script.sent[0].endswith(f"?{query}&{VERSION}")


def test_reimage_sends_only_the_options_given() -> None:
    """tempDisk, even false, is refused by the service for persistent disks: what is not given is not sent."""
    client, script = scripted(accepted())

    client.scale_set("rg", "web").reimage(
        ["0"],
        exact_version="1.2.3",
        os_profile=OSProfileProvisioningData(custom_data="Yg=="),
        force_update_os_disk_for_ephemeral=True,
    )

    assert script.body == {
        "exactVersion": "1.2.3",
        "osProfile": {"customData": "Yg=="},
        "forceUpdateOSDiskForEphemeral": True,
        "instanceIds": ["0"],
    }


def test_reimage_of_all_with_options_has_no_ids() -> None:
    """With a body, "all" is the body without instanceIds."""
    client, script = scripted(accepted())

    client.scale_set("rg", "web").reimage(ALL_INSTANCES, temp_disk=False)

    assert script.body == {"tempDisk": False}


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        (lambda i: i.reimage(), "POST {}/reimage"),
        (lambda i: i.reimage_all(), "POST {}/reimageall"),
        (lambda i: i.start(), "POST {}/start"),
        (lambda i: i.restart(), "POST {}/restart"),
        (lambda i: i.power_off(), "POST {}/powerOff"),
        (lambda i: i.redeploy(), "POST {}/redeploy"),
        (lambda i: i.perform_maintenance(), "POST {}/performMaintenance"),
        (lambda i: i.approve_rolling_upgrade(), "POST {}/approveRollingUpgrade"),
        (lambda i: i.simulate_eviction(), "POST {}/simulateEviction"),
        (lambda i: i.deallocate(), "POST {}/deallocate"),
        (lambda i: i.delete(), "DELETE {}"),
    ],
)
def test_a_verb_on_one_instance_has_no_body(call: Callable[[Any], Any], sent: str) -> None:
    """The instance is in the path, in the service's casing."""
    client, script = scripted(accepted())

    call(client.scale_set("rg", "web").instance("7"))

    assert script.sent == [f"{sent.format(f'{WEB}/virtualMachines/7')}?{VERSION}"]
    assert script.body is None


def test_upgrade_of_one_instance_is_a_manualupgrade_of_the_set() -> None:
    """There is no such verb below the instance."""
    client, script = scripted(accepted())

    client.scale_set("rg", "web").instance("7").upgrade()

    assert (script.sent, script.body) == ([f"POST {WEB}/manualupgrade?{VERSION}"], {"instanceIds": ["7"]})


def test_reimage_of_one_instance_takes_options() -> None:
    """They are the body."""
    client, script = scripted(accepted())

    client.scale_set("rg", "web").instance("7").reimage(temp_disk=True)

    assert script.body == {"tempDisk": True}


@pytest.mark.parametrize(
    ("options", "policy"),
    [
        ({"from_scale_in": True}, {"protectFromScaleIn": True}),
        ({"from_scale_set_actions": False}, {"protectFromScaleSetActions": False}),
        (
            {"from_scale_in": False, "from_scale_set_actions": True},
            {"protectFromScaleIn": False, "protectFromScaleSetActions": True},
        ),
    ],
)
def test_protect_sends_the_protection_and_nothing_else(options: dict[str, bool], policy: dict[str, bool]) -> None:
    """So the instance stays up to date (semantics 1.3.11); what contradicts itself is the service's to refuse."""
    client, script = scripted(answer(200, {"instanceId": "4", "properties": {"provisioningState": "Succeeded"}}))

    client.scale_set("rg", "web").instance("4").protect(**options)

    assert script.sent == [f"PUT {WEB}/virtualMachines/4?{VERSION}"]
    assert script.body == {"properties": {"protectionPolicy": policy}}


def test_protect_without_anything_is_refused() -> None:
    """It would say nothing."""
    client, script = scripted(accepted())

    with pytest.raises(ClientUsageError, match="from_scale_in or from_scale_set_actions"):
        client.scale_set("rg", "web").instance("4").protect()
    assert script.sent == []


def test_get_then_put_loses_nothing() -> None:
    """Members this SDK does not know go back as they came."""
    document = {
        "name": "web",
        "etag": '"3"',
        "somethingNew": [1, {"a": None}],
        "properties": {
            "provisioningState": "Succeeded",
            "inventedIn2030": {"x": "y"},
            "upgradePolicy": {"mode": "New"},
        },
    }
    client, script = scripted(answer(200, document))
    web = client.scale_set("rg", "web")

    web.create_or_update(web.get(), if_match='"3"')

    assert script.body == document
    assert script.requests[-1].headers["If-Match"] == '"3"'


def test_if_none_match_refuses_to_change() -> None:
    """create_or_update can be told to create only."""
    client, script = scripted(answer(201, {"properties": {"provisioningState": "Creating"}}))

    client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet(location="x"), if_none_match="*")

    assert script.requests[0].headers["If-None-Match"] == "*"
    assert "If-Match" not in script.requests[0].headers


@pytest.mark.parametrize("etag", ["", '"1"\r\nX: y', '"ü"'])
def test_an_etag_must_fit_into_a_header(etag: str) -> None:
    """Nothing is sent."""
    client, script = scripted(accepted())

    with pytest.raises(ClientUsageError, match="If-Match must be an ETag"):
        client.scale_set("rg", "web").update(VirtualMachineScaleSetUpdate(), if_match=etag)
    assert script.sent == []


def test_set_upgrade_policy_sends_only_what_is_given() -> None:
    """A PATCH of nothing else; durations are ISO 8601."""
    client, script = scripted(answer(200, {}))

    client.scale_set("rg", "web").set_upgrade_policy(
        mode=UpgradeMode.ROLLING,
        rolling=RollingUpgradePolicy(max_batch_instance_percent=20, pause_time_between_batches=timedelta(seconds=30)),
    )

    assert script.sent == [f"PATCH {WEB}?{VERSION}"]
    assert script.body == {
        "properties": {
            "upgradePolicy": {
                "mode": "Rolling",
                "rollingUpgradePolicy": {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT30S"},
            }
        }
    }


def test_automatic_os_upgrades_can_be_set_alone() -> None:
    """Mode and batches stay as they are."""
    client, script = scripted(answer(200, {}))

    client.scale_set("rg", "web").set_upgrade_policy(
        automatic_os=AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=True)
    )

    policy = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}
    assert script.body == {"properties": {"upgradePolicy": policy}}


def test_an_upgrade_policy_of_nothing_is_refused() -> None:
    """An empty PATCH restarts a rolling upgrade; nobody shall do that by accident."""
    client, script = scripted(answer(200, {}))

    with pytest.raises(ClientUsageError):
        client.scale_set("rg", "web").set_upgrade_policy()
    assert script.sent == []


def test_apply_model_is_the_empty_update() -> None:
    """It sends an empty object, not an empty body."""
    client, script = scripted(answer(200, {}))

    client.scale_set("rg", "web").apply_model()

    assert (script.sent, script.requests[0].body) == ([f"PATCH {WEB}?{VERSION}"], b"{}")
    assert script.requests[0].headers["Content-Type"] == "application/json"


def test_set_capacity_sends_the_capacity_alone() -> None:
    """The size stays as it is."""
    client, script = scripted(answer(200, {}))

    client.scale_set("rg", "web").set_capacity(0)

    assert script.body == {"sku": {"capacity": 0}}


@pytest.mark.parametrize("capacity", [-1, 1.5, True, "3", None])
def test_a_capacity_is_a_whole_number(capacity: Any) -> None:
    """Nothing else is sent."""
    client, script = scripted(answer(200, {}))

    with pytest.raises(ClientUsageError, match="whole number >= 0"):
        client.scale_set("rg", "web").set_capacity(capacity)
    assert script.sent == []


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (lambda s: s.get(expand="userData"), "?$expand=userData&"),
        (lambda s: s.instance_view(), "/instanceView?"),
        (lambda s: s.rolling_upgrade.latest(), "/rollingUpgrades/latest?"),
        (lambda s: s.instance("0").get(expand="instanceView"), "/virtualMachines/0?$expand=instanceView&"),
        (lambda s: s.instance("0").instance_view(), "/virtualMachines/0/instanceView?"),
    ],
)
def test_reads(call: Callable[[ScaleSet], Any], path: str) -> None:
    """Paths and queries of the GETs."""
    client, script = scripted(answer(200, {}))

    call(client.scale_set("rg", "web"))

    assert script.sent == [f"GET {WEB}{path}{VERSION}"]


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (lambda r: r.cancel(), "rollingUpgrades/cancel"),
        (lambda r: r.start_os(), "osRollingUpgrade"),
        (lambda r: r.start_extension(), "extensionRollingUpgrade"),
    ],
)
def test_rolling_upgrade_verbs(call: Callable[[Any], Any], path: str) -> None:
    """Paths of the POSTs; they have no body."""
    client, script = scripted(accepted())

    call(client.scale_set("rg", "web").rolling_upgrade)

    assert (script.sent, script.body) == ([f"POST {WEB}/{path}?{VERSION}"], None)


def test_instances_follow_the_pages() -> None:
    """Every page is fetched when it is reached, not before, under one request id."""
    client, script = scripted(
        answer(200, {"value": [{"instanceId": "0"}, {"instanceId": "1"}], "nextLink": f"{WEB}/virtualMachines?page=2"}),
        answer(200, {"value": [], "nextLink": f"{WEB}/virtualMachines?page=3"}),
        answer(200, {"value": [{"instanceId": "2"}]}),
    )

    found = client.scale_set("rg", "web").instances(
        filter="properties/latestModelApplied eq false", select="instanceView", expand="instanceView"
    )

    assert script.sent == []
    assert [vm.instance_id for vm in found] == ["0", "1", "2"]
    assert script.sent[0] == (
        f"GET {WEB}/virtualMachines?$filter=properties%2FlatestModelApplied%20eq%20false"
        f"&$select=instanceView&$expand=instanceView&{VERSION}"
    )
    assert len({request.headers["x-ms-client-request-id"] for request in script.requests}) == 1


def test_summaries_read_all_pages() -> None:
    """They need the instance view and follow nextLink too."""
    view = {"statuses": [{"code": "PowerState/running"}]}
    first = {"instanceId": "0", "properties": {"latestModelApplied": False, "instanceView": view}}
    client, script = scripted(
        answer(200, {"value": [first], "nextLink": f"{WEB}/virtualMachines?page=2"}),
        answer(200, {"value": [{"instanceId": "1", "properties": {"latestModelApplied": True}}]}),
    )

    summaries = client.scale_set("rg", "web").instance_summaries()

    assert [(s.instance_id, s.latest_model_applied, s.power_state) for s in summaries] == [
        ("0", False, "running"),
        ("1", True, None),
    ]
    assert script.sent[0] == f"GET {WEB}/virtualMachines?$expand=instanceView&{VERSION}"


def test_a_list_that_is_none_is_an_error() -> None:
    """Summaries of an HTML page are a DecodeError."""
    client, _ = scripted(answer(200, {"value": "no list"}))

    with pytest.raises(DecodeError):
        client.scale_set("rg", "web").instance_summaries()


def test_exists_reads_404_as_no() -> None:
    """Every other refusal is still an error."""
    client, _ = scripted(answer(200, {}), answer(404, {"error": {"code": "ResourceNotFound", "message": "no"}}))
    web = client.scale_set("rg", "web")

    assert (web.exists(), web.exists()) == (True, False)


def test_no_rolling_upgrade_yet_is_not_found() -> None:
    """wire.md 3.22: 404 NotFound."""
    body = {"error": {"code": "NotFound", "message": "The entity was not found."}}
    client, _ = scripted(answer(404, body))

    with pytest.raises(NotFoundError, match=r"The entity was not found\."):
        client.scale_set("rg", "web").rolling_upgrade.latest()


@pytest.mark.parametrize("name", ["", " ", "a/b", ".", "..", None, 0, 7], ids=repr)
def test_names_and_ids_must_be_usable(name: Any) -> None:
    """What would make another path is refused before anything is sent."""
    client, script = scripted(answer(200, {}))

    for call in (
        lambda: client.scale_set("rg", name),
        lambda: client.scale_set(name, "web"),
        lambda: client.scale_set("rg", "web").instance(name),
        lambda: client.virtual_machine("rg", name),
        lambda: client.resource_groups.get(name),
    ):
        with pytest.raises(ClientUsageError, match="must be a non-empty str"):
            call()
    assert script.sent == []


@given(st.text(min_size=1).filter(lambda t: t.strip() and "/" not in t and t not in {".", ".."}))
def test_any_other_name_is_one_segment_of_the_path(name: str) -> None:
    """Question marks, hashes, percent signs and blanks do not change the shape of the URL."""
    if any(0xD800 <= ord(c) <= 0xDFFF for c in name):
        return  # no text that could be sent
    client, script = scripted(answer(200, {}))

    client.scale_set("rg", name).get()

    path, _, query = script.requests[0].url.partition("?")
    assert (path.count("/"), query) == (WEB.count("/"), VERSION)
    assert path.isascii()


def test_handles_of_the_same_resource_are_equal() -> None:
    """A handle is an address."""
    client, _ = scripted(answer())

    assert client.scale_set("rg", "web") == client.scale_set("rg", "web")
    assert client.scale_set("rg", "web") != client.scale_set("rg", "db")
    assert repr(client.scale_set("rg", "web")).startswith("ScaleSet('/subscriptions/")
