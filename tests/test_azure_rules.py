"""What the examples are held against finds what Azure would miss, and the models that are given to users have it."""

from typing import Any

import pytest

from tests.azure_rules import problems
from tests.emulator.arm.azure import changed
from vmss_sdk.testing import linux_scale_set

PROFILE = "properties.virtualMachineProfile"
FLEXIBLE = {"properties.orchestrationMode": "Flexible"}
GIVEN = linux_scale_set(3, zones=["1", "2", "3"]).wire


@pytest.mark.parametrize("mode", ["Automatic", "Manual", "Rolling"])
def test_the_scale_set_for_tests_is_one_that_azure_takes(mode: str) -> None:
    """``vmss_sdk.testing.linux_scale_set``, in each mode, with and without zones."""
    assert problems(linux_scale_set(3, mode).wire) == []
    assert problems(linux_scale_set(3, mode, zones=["1", "3"], custom_data="v1").wire) == []


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"location": "westworld"}, "there is no region 'westworld'"),
        ({"zones": ["4"]}, "westus2 has not the zones ['4']"),
        ({"sku.name": "Standard_Nonsense_v99"}, "there is no size 'Standard_Nonsense_v99'"),
        ({"properties.upgradePolicy": None}, "a Uniform scale set has no upgrade mode"),
        ({PROFILE: None}, "a Uniform scale set has no profile"),
        ({f"{PROFILE}.osProfile.adminUsername": None}, "it has no administrator"),
        ({f"{PROFILE}.osProfile.adminPassword": None}, "its administrator has neither a password nor a key"),
        ({f"{PROFILE}.storageProfile.imageReference": {"offer": "x"}}, "its image is not complete: {'offer': 'x'}"),
        ({f"{PROFILE}.networkProfile": None}, "it has no network interface"),
        (FLEXIBLE, "the network interfaces of a Flexible scale set need networkApiVersion"),
    ],
)  # fmt: skip
def test_what_is_missing_is_found(changes: dict[str, Any], missing: str) -> None:
    """Each by itself."""
    assert problems(changed(GIVEN, changes)) == [missing]
