"""What the control plane tells of instances beyond ARM."""

import base64
import hashlib
from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, HEALTH_EXTENSION, SET, Azure, changed, model, rolling

INSTANCES, PENDING = f"{CONTROL}/instances", f"{CONTROL}/pending"
NEW_SIZE = {"sku": {"name": "Standard_D4s_v3"}}
CUSTOM_DATA = "virtualMachineProfile.osProfile.customData"


def custom_data(text: str) -> dict[str, Any]:
    """A change of the custom data."""
    encoded = base64.b64encode(text.encode()).decode()
    return {"properties": {"virtualMachineProfile": {"osProfile": {"customData": encoded}}}}


def fingerprint(text: str) -> str:
    """As ``sha256sum`` would begin."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def test_a_fresh_instance() -> None:
    """Model 1 everywhere, the first disk, one run of each extension, nothing pending."""
    azure = Azure()
    azure.create(
        changed(model(1), {"properties.virtualMachineProfile.extensionProfile.extensions": [HEALTH_EXTENSION]})
    )
    (instance,) = azure.get(INSTANCES)["value"]
    assert instance == {
        "instanceId": "0",
        "name": "web_0",
        "appliedModel": 1,
        "latestModel": 1,
        "latestModelApplied": True,
        "osDisk": {
            "number": 1,
            "model": 1,
            "imageVersion": "1.0.0",
            "writtenAt": "2026-01-01T00:00:00+00:00",
            "customDataFingerprint": fingerprint("first"),
        },
        "extensionRuns": [
            # 75 s to create a Linux instance, 40 s for the extension
            {"name": "health", "reason": "Created", "time": "2026-01-01T00:01:55+00:00", "succeeded": True}
        ],
        "data": {},
        "customMetrics": {},
        "pending": [],
    }


@pytest.mark.rule("1.2.5", "1.2.6")
def test_latest_model_applied_says_nothing_about_the_disk() -> None:
    """After an upgrade to new custom data the model is applied, and the disk still has the old (rule 1.2.6)."""
    azure = Azure()
    azure.create(rolling(1))
    azure.done(azure.patch(custom_data("second")))
    (instance,) = azure.get(INSTANCES)["value"]
    assert (instance["latestModelApplied"], instance["appliedModel"]) == (True, 2)
    assert (instance["osDisk"]["model"], instance["osDisk"]["customDataFingerprint"]) == (1, fingerprint("first"))
    (lacked,) = instance["pending"]
    assert lacked.pop("loses") == ["the OS disk and what is on it"]
    assert lacked == {"path": CUSTOM_DATA, "effect": "reimage", "remedy": "reimage", "sinceModel": 2}
    azure.done(azure.post(f"{SET}/reimage"))
    (instance,) = azure.get(INSTANCES)["value"]
    assert (instance["osDisk"]["number"], instance["osDisk"]["model"]) == (2, 2)
    assert (instance["osDisk"]["customDataFingerprint"], instance["pending"]) == (fingerprint("second"), [])


def test_custom_data_is_not_shown() -> None:
    """Only its fingerprint; and none without custom data."""
    azure = Azure()
    azure.create(model(1, {"properties.virtualMachineProfile.osProfile.customData": None}))
    response = azure.send("GET", INSTANCES)
    assert response.json()["value"][0]["osDisk"]["customDataFingerprint"] is None
    azure.done(azure.patch(custom_data("second")))
    azure.done(azure.post(f"{SET}/reimage"))
    assert b"c2Vjb25k" not in azure.send("GET", INSTANCES).body


@pytest.mark.rule("1.2.6")
def test_pending() -> None:
    """Who lacks what, which action brings it, and a summary."""
    azure = Azure()
    azure.create(model(3))
    assert azure.get(PENDING)["summary"] == "nothing is pending"
    azure.done(azure.patch(custom_data("second")))
    azure.done(azure.patch(NEW_SIZE))
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["0"]}))
    azure.done(azure.post(f"{SET}/reimage", {"instanceIds": ["1"]}))
    found = azure.get(PENDING)
    size = {"path": "sku.name", "effect": "restart", "remedy": "upgrade", "sinceModel": 1, "loses": []}
    lost = ["the OS disk and what is on it"]
    data = {"path": CUSTOM_DATA, "effect": "reimage", "remedy": "reimage", "sinceModel": 1, "loses": lost}
    assert found["summary"] == "2 instances: upgrade; 2 instances: reimage"
    assert (found["modelsInUse"], found["modelLimit"]) == (2, 10)
    assert found["value"][1]["pending"] == [size], "the reimage brought the custom data already"
    assert found["latestModel"] == 3
    assert [item["instanceId"] for item in found["value"]] == ["0", "1", "2"]
    assert found["value"][2]["pending"] == [size, data]
    assert found["value"][0]["pending"] == [{**data, "sinceModel": 3}]


def test_of_no_scale_set() -> None:
    """404 as everywhere."""
    azure = Azure()
    azure.group()
    assert azure.error(azure.send("GET", INSTANCES))[:2] == (404, "ResourceNotFound")
    assert azure.error(azure.send("GET", PENDING))[:2] == (404, "ResourceNotFound")


def test_the_log_speaks() -> None:
    """The text of an entry is a sentence with its rule."""
    azure = Azure()
    azure.create(rolling(5))
    azure.done(azure.patch(NEW_SIZE))
    texts = [entry["text"] for entry in azure.get(f"{CONTROL}/decisions")["value"]]
    assert "Batch 1 begins: instance 0 (rule 2.4.22)" in texts
    assert texts[-1] == "The upgrade is complete: 5 upgraded, 0 failed (rule 2.4.31)"


@pytest.mark.rule("3.9")
def test_custom_metrics_are_a_substatus_of_the_health_extension() -> None:
    """Their JSON is the text of its message (rule 3.9)."""
    azure = Azure()
    rich = {**HEALTH_EXTENSION, "properties": {**HEALTH_EXTENSION["properties"], "typeHandlerVersion": "2.0"}}
    azure.create(changed(model(1), {"properties.virtualMachineProfile.extensionProfile.extensions": [rich]}))
    fault = {"kind": "customMetrics", "instanceIds": ["0"], "metrics": {"SkipUpgrade": True}}
    assert azure.post(f"{CONTROL}/faults", fault).status == 200
    (extension,) = azure.get(f"{SET}/virtualMachines/0/instanceView")["extensions"]
    assert extension["substatuses"] == [
        {"code": "ComponentStatus/CustomMetrics/succeeded", "level": "Info", "message": '{"SkipUpgrade":true}'}
    ]
    assert extension["statuses"][0]["code"] == "ProvisioningState/succeeded"
