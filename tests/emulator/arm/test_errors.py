"""The one table of error texts."""

import string
from typing import Any

import pytest

from vmss_sdk.emulator.arm import texts
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, document
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

FACTS: dict[str, Any] = {
    "generation": "1",
    "target": "properties.a.b",
    "parameter": "b",
    "low": 5,
    "high": 100,
    "value": "x",
    "scale_set": "web",
    "extension": "e",
    "feature": "ROLLING",
    "limit": 20,
    "instance_id": "7",
    "instance_ids": ["1", "2"],
    "wanted": 3,
    "available": 1,
    "operation": "restart",
    "vm": "web_7",
    "percent": 30,
    "first_failed": "7",
    "code": "X",
    "message": None,
    "publisher": "p",
    "type": "t",
    "in_use": 97,
    "event": "hook",
    "command": "RunShellScript",
    "os_type": "Linux",
    "handler": "p.t",
    "lun": 0,
    "disk": "/disks/d",
    "own": "s1",
    "subscription": "s2",
    "exit_code": 3,
    "security_type": "TrustedLaunch",
    "zones": "1,2",
    "location": "westus",
    "supported": "",
    "size": "Standard_A1",
    "sizes": "Standard_A1,Standard_A2",
    "placement": "CacheDisk",
    "room": 50,
    "account": "Premium_LRS",
    "count": 3,
    "architecture": "Arm64",
    "given": "x64",
    "one": "id",
    "other": "version",
    "urn": "p:o:s:1.0.0",
    "image": "/galleries/g/images/i",
    "id": "/subnet",
    "path": "properties.subnet.id",
    "mode": "Automatic",
    "nic": "nic",
    "address": "ip",
    "probe": "/probes/p",
    "node_type": "nt0",
    "durability": "Silver",
    "fewest": 5,
    "capacity": 4,
    "version": "1.4",
    "upgrades": "True",
}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_text(reason: Reason) -> None:
    """Each reason of the engine has code and message, with no hole left open."""
    error = document(Failure(reason, FACTS))
    assert error["code"]
    assert error["message"]
    # Azure's list of characters that a name may not have holds a pair of them
    plain = error["message"].replace("[ ] { }", "")
    # and its words on ids have two placeholders that are meant so
    plain = plain.replace("{subscriptionId}", "").replace("{resourceProviderNamespace}", "")
    assert not any(brace in plain for brace in "{}")


@pytest.mark.parametrize("reason", ErrorReason)
def test_every_error_reason_has_a_template(reason: ErrorReason) -> None:
    """So has each refusal of the REST face, from the facts it names."""
    text = texts.ERROR_TEMPLATES[reason]
    parts = (text.code, text.message, text.target)
    names = [name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name]
    error = ArmError([Problem(reason, dict.fromkeys(names, "fact"))])
    assert 400 <= error.status <= 504
    assert list(error.error)[:2] == ["code", "message"]


@pytest.mark.parametrize("feature", ["ROLLING", "AUTOMATIC_OS", "REPAIRS"])
@pytest.mark.parametrize(
    "reason", [Reason.HEALTH_SOURCE_MISSING, Reason.HEALTH_SOURCE_TWICE, Reason.FLEXIBLE_NEEDS_EXTENSION]
)
def test_health_texts_name_the_feature(reason: Reason, feature: str) -> None:
    """What needs a health source says what it is (wire.md 7.2)."""
    begins = {"ROLLING": "Rolling Upgrade mode", "AUTOMATIC_OS": "Automatic OS Upgrade", "REPAIRS": "Automatic repairs"}
    error = document(Failure(reason, {"feature": feature, "target": "x"}))
    assert error["code"] == "BadRequest"
    assert error["message"].startswith(begins[feature])


def test_braces_in_what_was_sent_are_harmless() -> None:
    """A name full of braces is only text."""
    error = ArmError.of(ErrorReason.GROUP_NOT_FOUND, group="{0}{group}{{")
    assert error.error["message"] == "Resource group '{0}{group}{{' could not be found."


def test_empty_target_and_details_are_left_out() -> None:
    """Compute sends no empty target and no empty details (wire.md 1)."""
    assert set(document(Failure(Reason.NO_ROLLING_UPGRADE))) == {"code", "message"}


def test_failure_message_of_its_own() -> None:
    """A fault's own words replace Azure's."""
    facts = {**FACTS, "code": "OSProvisioningTimedOut", "message": "the disk is full {x}"}
    assert document(Failure(Reason.PROVISIONING_FAILED, facts)) == {
        "code": "OSProvisioningTimedOut",
        "message": "the disk is full {x}",
        "target": "7",
    }
