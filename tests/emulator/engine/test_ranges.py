"""Ranges of single values, and changes that are not allowed (semantics 1.6, 3.3, 3.11, 4.3, 7)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import HEALTH_EXTENSION, PROVIDERS, capacity, document, finish, profile, scale_set
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused

SETTINGS = "properties.virtualMachineProfile.extensionProfile.extensions.properties.settings"


def notice(kind: str, timeout: str) -> Document:
    """A profile with a scheduled event."""
    return {"scheduledEventsProfile": {f"{kind}NotificationProfile": {"enable": True, "notBeforeTimeout": timeout}}}


def refused(body: Document) -> list[Reason]:
    """The reasons for which a new scale set is refused."""
    with pytest.raises(Refused) as refusal:
        scale_set(body)
    return [failure.reason for failure in refusal.value.failures]


@pytest.mark.rule("1.5.24", "3.11", "7.11", "7.12")
@pytest.mark.parametrize(
    "body",
    [
        document(profile=notice("terminate", "PT4M")),
        document(profile=notice("terminate", "PT16M")),
        document(profile=notice("osImage", "PT10M")),
        document(properties={"automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT9M"}}),
        document(properties={"automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT91M"}}),
        document(profile={"extensionProfile": {"extensionsTimeBudget": "PT10M"}}),
    ],
)
def test_durations_out_of_range(body: Document) -> None:
    """Notices 5-15 minutes, OS image exactly 15, repairs 10-90, extensions 15-120 (7.11, 1.5.24, 3.11, 7.12)."""
    assert refused(body) == [Reason.DURATION_OUT_OF_RANGE]


@pytest.mark.rule("1.5.24", "3.11", "7.11")
@pytest.mark.parametrize(
    "body",
    [
        document(instances=1, profile=notice("terminate", "PT15M")),
        document(instances=1, profile=notice("osImage", "PT15M")),
        document(instances=1, properties={"automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT90M"}}),
    ],
)
def test_durations_at_the_edge(body: Document) -> None:
    """The ends of the ranges are allowed."""
    assert scale_set(body).instances


@pytest.mark.rule("3.3")
@pytest.mark.parametrize("path", [None, ""])
def test_no_path_over_tcp_may_be_said(path: str | None) -> None:
    """Null and an empty path are none, as templates write them for a probe of a port."""
    settings = {"protocol": "tcp", "port": 80, "requestPath": path}
    extension = {**HEALTH_EXTENSION, "properties": {**HEALTH_EXTENSION["properties"], "settings": settings}}
    assert scale_set(document(instances=1, extensions=[extension])).instances


NO_NUMBERS: tuple[Any, ...] = (
    *("x", "nan", "inf", "", "-1", "\u0663", [], {}, True),
    *(0, -1, -5, 5.5, 1e300, 10**400),
)


@pytest.mark.rule("3.3", "C11")
@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"protocol": "udp"}, Reason.INVALID),
        ({"protocol": "tcp"}, Reason.REQUIRED),
        ({"protocol": "tcp", "port": 80, "requestPath": "/"}, Reason.INVALID),
        ({"protocol": "http", "port": 80}, Reason.REQUIRED),
        ({"protocol": "http", "requestPath": "/", "intervalInSeconds": 4}, Reason.OUT_OF_RANGE),
        ({"protocol": "http", "requestPath": "/", "numberOfProbes": 25}, Reason.OUT_OF_RANGE),
        ({"protocol": "http", "requestPath": "/", "gracePeriod": 14401}, Reason.OUT_OF_RANGE),
        ({"protocol": "tcp", "port": "x"}, Reason.OUT_OF_RANGE),
        ({"protocol": "tcp", "port": 0}, Reason.OUT_OF_RANGE),
        ({"protocol": "tcp", "port": 65536}, Reason.OUT_OF_RANGE),
        ({"protocol": 5}, Reason.INVALID),
        ({"protocol": "tcp", "port": 80, "requestPath": []}, Reason.INVALID),
        ({"requestPath": []}, Reason.INVALID),
        ({"protocol": "http", "requestPath": ""}, Reason.INVALID),
        ({"path": "/"}, Reason.INVALID),
        *(
            ({key: value}, Reason.OUT_OF_RANGE)
            for key in ("intervalInSeconds", "numberOfProbes", "gracePeriod", "port")
            for value in NO_NUMBERS
        ),
        *((settings, Reason.INVALID) for settings in ("x", 5, [], True, ["a"], 0, "")),
    ],
)
def test_settings_of_the_health_extension(settings: Any, reason: Reason) -> None:
    """What it needs by protocol, and its ranges (rule 3.3)."""
    for version in ("1.0", "2.0"):
        own = {"typeHandlerVersion": version, "settings": settings}
        extension = {**HEALTH_EXTENSION, "properties": {**HEALTH_EXTENSION["properties"], **own}}
        assert refused(document(extensions=[extension])) == [reason]


@pytest.mark.rule("3.3")
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"protocol": "tcp", "port": "19000"},
        {"protocol": "https", "requestPath": "/health", "port": 65535},
        {"protocol": "http", "requestPath": "/", "intervalInSeconds": 60, "numberOfProbes": 24, "gracePeriod": 14400},
        {"protocol": "http", "requestPath": "/", "intervalInSeconds": 5.0, "numberOfProbes": 1, "gracePeriod": 5},
        {"protocol": "http", "requestPath": "/", "vmWatchSettings": {"enabled": True}},
    ],
)
def test_settings_that_the_health_extension_takes(settings: dict[str, Any]) -> None:
    """The ends of its ranges; a port is written as a text in templates in use."""
    extension = {**HEALTH_EXTENSION, "properties": {**HEALTH_EXTENSION["properties"], "settings": settings}}
    assert scale_set(document(extensions=[extension])).instances


@pytest.mark.rule("7.8")
@pytest.mark.parametrize(
    ("orchestration", "zones", "count", "allowed"),
    [
        ("Uniform", None, 5, True),
        ("Uniform", None, 6, False),
        ("Uniform", ["1"], 5, True),
        ("Uniform", ["1"], 3, False),
        ("Flexible", None, 3, True),
        ("Flexible", None, 4, False),
        ("Flexible", ["1"], 1, True),
        ("Flexible", ["1"], 2, False),
    ],
)
def test_fault_domains(orchestration: str, zones: list[str] | None, count: int, allowed: bool) -> None:
    """Which counts are allowed depends on the mode and on zones (rule 7.8)."""
    body = document(
        instances=1, zones=zones, properties={"orchestrationMode": orchestration, "platformFaultDomainCount": count}
    )
    if allowed:
        assert scale_set(body).instances
    else:
        assert refused(body) == [Reason.INVALID]


@pytest.mark.rule("7.1")
def test_a_managed_image_of_ones_own_allows_600() -> None:
    """A legacy managed image has a limit of its own (rule 7.1)."""
    own = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/mine"}
    body = document(instances=601, profile={"storageProfile": {"imageReference": own}})
    assert refused(body) == [Reason.TOO_MANY_INSTANCES]


@pytest.mark.rule("7.4")
@pytest.mark.parametrize(
    ("os_type", "prefix", "reason"),
    [
        ("linuxConfiguration", "x" * 58, None),
        ("linuxConfiguration", "x" * 59, Reason.LINUX_NAME_PREFIX),
        ("linuxConfiguration", "", Reason.LINUX_NAME_PREFIX),
        ("linuxConfiguration", "a_b", Reason.LINUX_NAME_PREFIX),
        ("linuxConfiguration", "12", None),
        ("linuxConfiguration", "a.b", None),
        ("windowsConfiguration", "x" * 9, None),
        ("windowsConfiguration", "x" * 10, Reason.WINDOWS_NAME_PREFIX),
        ("windowsConfiguration", "12", Reason.WINDOWS_NAME_PREFIX),
        ("windowsConfiguration", "a.b", Reason.WINDOWS_NAME_PREFIX),
        ("windowsConfiguration", "a b\\c", Reason.WINDOWS_NAME_PREFIX),
    ],
)
def test_prefixes_of_computer_names(os_type: str, prefix: str, reason: Reason | None) -> None:
    """Windows: 9 characters, not digits alone; Linux: 58; both: no punctuation (rule 7.4)."""
    body = document(instances=1, profile={"osProfile": {"computerNamePrefix": prefix, os_type: {}}})
    if reason is None:
        assert scale_set(body).instances
    else:
        assert refused(body) == [reason]


@pytest.mark.rule("1.6.29")
def test_zones_may_be_added_but_not_taken_away() -> None:
    """An instance cannot leave its zone (rule 1.6.29)."""
    made = scale_set(document(instances=1, zones=["1"]))
    finish(made, made.put({"zones": ["1", "2"]}))
    with pytest.raises(Refused) as refusal:
        made.put({"zones": ["2"]})
    assert refusal.value.failures[0].facts["target"] == "zones"


@pytest.mark.rule("1.6.29")
def test_a_subnet_may_change_inside_its_network_only() -> None:
    """Another subnet of the same virtual network is fine, another network is not (rule 1.6.29)."""

    def inside(network: str, subnet: str) -> Document:
        address = {
            "name": "ip",
            "properties": {
                "subnet": {"id": f"{PROVIDERS}/Microsoft.Network/virtualNetworks/{network}/subnets/{subnet}"}
            },
        }
        nic = {"name": "nic", "properties": {"primary": True, "ipConfigurations": [address]}}
        return {"networkProfile": {"networkInterfaceConfigurations": [nic]}}

    made = scale_set(document(instances=1, profile=inside("one", "a")))
    finish(made, made.put(profile(**inside("one", "b"))))
    with pytest.raises(Refused) as refusal:
        made.put(profile(**inside("two", "a")))
    assert refusal.value.failures[0].reason is Reason.NOT_CHANGEABLE


@pytest.mark.rule("4.3")
def test_enabling_os_upgrades_needs_one_image_on_all() -> None:
    """Instances of different image versions have to be brought together first (rule 4.3)."""
    latest = {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}
    made = scale_set(document(instances=1, profile={"storageProfile": {"imageReference": latest}}))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(made, made.put(capacity(2)))
    policy = {"properties": {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}}
    with pytest.raises(Refused) as refusal:
        made.put(merge(policy, {}))
    assert [failure.reason for failure in refusal.value.failures] == [Reason.IMAGES_DIFFER]
