"""What `vmss_sdk.models` has, and what its import leaves alone."""

import ast
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest

from vmss_sdk import models

MODELS = [
    "ApiError",
    "AutomaticOSUpgradePolicy",
    "AutomaticRepairsPolicy",
    "CloudError",
    "HardwareProfile",
    "ImageReference",
    "InstanceViewStatus",
    "LifecycleHook",
    "LinuxConfiguration",
    "NetworkProfile",
    "OSProfile",
    "OSProfileProvisioningData",
    "Plan",
    "ResiliencyPolicy",
    "RollingUpgradePolicy",
    "RollingUpgradeProgressInfo",
    "RollingUpgradeRunningStatus",
    "RollingUpgradeStatusInfo",
    "RunCommandInput",
    "RunCommandResult",
    "ScaleInPolicy",
    "ScheduledEventsProfile",
    "SecurityProfile",
    "Sku",
    "StorageProfile",
    "SubResource",
    "SystemData",
    "UpgradeOperationHistoricalStatusInfo",
    "UpgradePolicy",
    "VMScaleSetLifecycleHookEvent",
    "VMScaleSetScaleOutInput",
    "VMSizeProperties",
    "VirtualMachineDiskProperties",
    "VirtualMachineExtension",
    "VirtualMachineHealthStatus",
    "VirtualMachineReimageParameters",
    "VirtualMachineScaleSet",
    "VirtualMachineScaleSetDataDisk",
    "VirtualMachineScaleSetExtension",
    "VirtualMachineScaleSetInstanceView",
    "VirtualMachineScaleSetNetworkProfile",
    "VirtualMachineScaleSetOSProfile",
    "VirtualMachineScaleSetReimageParameters",
    "VirtualMachineScaleSetSku",
    "VirtualMachineScaleSetStorageProfile",
    "VirtualMachineScaleSetUpdate",
    "VirtualMachineScaleSetUpdateVMProfile",
    "VirtualMachineScaleSetVM",
    "VirtualMachineScaleSetVMExtension",
    "VirtualMachineScaleSetVMInstanceIDs",
    "VirtualMachineScaleSetVMInstanceRequiredIDs",
    "VirtualMachineScaleSetVMInstanceView",
    "VirtualMachineScaleSetVMProfile",
    "VirtualMachineScaleSetVMProtectionPolicy",
    "VirtualMachineScaleSetVMReimageParameters",
    "WindowsConfiguration",
]

ENUMS = [
    "CachingTypes",
    "DiskCreateOptionTypes",
    "HyperVGeneration",
    "OperatingSystemTypes",
    "OrchestrationMode",
    "OrchestrationServiceState",
    "ProtocolTypes",
    "RepairAction",
    "ResourceIdentityType",
    "RollingUpgradeActionType",
    "RollingUpgradeStatusCode",
    "SecurityTypes",
    "StatusLevelTypes",
    "StorageAccountTypes",
    "UpgradeMode",
    "UpgradeOperationInvoker",
    "UpgradeState",
    "VirtualMachinePriorityTypes",
    "VirtualMachineScaleSetScaleInRules",
    "VirtualMachineSizeTypes",
]


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_exported(name: str) -> None:
    """The models of the operations are there under ARM's names."""
    assert issubclass(getattr(models, name), models.Model)


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_is_exported(name: str) -> None:
    """The words of the API are there under ARM's names."""
    assert issubclass(getattr(models, name), StrEnum)


@pytest.mark.parametrize("name", models.__all__)
def test_everything_listed_is_there(name: str) -> None:
    """Every name in ``__all__`` can be imported and is documented."""
    assert getattr(models, name).__doc__


def test_nothing_is_listed_twice() -> None:
    """Every name has one line in ``__all__``."""
    assert len(models.__all__) == len(set(models.__all__))


def test_the_stub_says_the_same() -> None:
    """What type checkers read names every model, from where it really is."""
    stub = Path(models.__file__).with_suffix(".pyi")
    imports = [node for node in ast.parse(stub.read_text()).body if isinstance(node, ast.ImportFrom)]
    told = {alias.name: str(node.module) for node in imports for alias in node.names}
    assert told == {name: f"vmss_sdk.models.{noun}" for name, noun in models._HOME.items()}  # type: ignore[attr-defined]  # the stub hides it


def test_another_name_is_an_attribute_error() -> None:
    """A name that is not there fails as in any module."""
    with pytest.raises(AttributeError, match="Nonsense"):
        getattr(models, "Nonsense")  # noqa: B009  # a checker would refuse it, too


def test_what_few_programs_use_is_imported_late() -> None:
    """Importing the models loads neither the projection nor the list of sizes."""
    code = "import sys, vmss_sdk.models as m; print('vmss_sdk.models.fleet' in sys.modules, m.InstanceSummary.__name__)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["False", "InstanceSummary"]
