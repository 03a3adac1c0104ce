"""Secrets never appear in what a model shows of itself."""

import pytest

from vmss_sdk.models import (
    AdditionalUnattendContent,
    Model,
    OSProfile,
    OSProfileProvisioningData,
    RetrieveBootDiagnosticsDataResult,
    SshPublicKey,
    VirtualMachineExtension,
    VirtualMachineReimageParameters,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetExtension,
    VirtualMachineScaleSetOSProfile,
    VirtualMachineScaleSetUpdateOSProfile,
    VirtualMachineScaleSetVM,
    VirtualMachineScaleSetVMProfile,
)

SECRET = "hunter2-the-secret"


@pytest.mark.parametrize(
    "model",
    [
        OSProfile(admin_password=SECRET),
        OSProfile(custom_data=SECRET),
        OSProfileProvisioningData(admin_password=SECRET, custom_data=SECRET),
        VirtualMachineScaleSetOSProfile(admin_password=SECRET, custom_data=SECRET),
        VirtualMachineScaleSetUpdateOSProfile(custom_data=SECRET),
        VirtualMachineScaleSetVMProfile(user_data=SECRET),
        VirtualMachineScaleSetVM(user_data=SECRET),
        VirtualMachineScaleSetExtension(protected_settings={"key": SECRET}),
        VirtualMachineExtension(protected_settings={"key": SECRET}),
        AdditionalUnattendContent(content=f"<Password>{SECRET}</Password>"),
        RetrieveBootDiagnosticsDataResult.from_wire({"consoleScreenshotBlobUri": f"https://b/?sig={SECRET}"}),
        VirtualMachineReimageParameters(os_profile=OSProfileProvisioningData(admin_password=SECRET)),
    ],
)
def test_a_secret_is_not_shown(model: Model) -> None:
    """The representation says that there is a secret and not which."""
    assert (SECRET in repr(model), "********" in repr(model)) == (False, True)


def test_a_secret_deep_in_a_scale_set_is_not_shown() -> None:
    """Secrets stay hidden when a whole scale set is shown."""
    profile = VirtualMachineScaleSetVMProfile(os_profile=VirtualMachineScaleSetOSProfile(admin_password=SECRET))

    assert SECRET not in repr(VirtualMachineScaleSet(virtual_machine_profile=profile))


def test_a_secret_is_sent() -> None:
    """A secret is in the document that goes to the service."""
    assert OSProfile(admin_password=SECRET).wire == {"adminPassword": SECRET}


def test_a_public_key_is_shown() -> None:
    """The public half of a key pair is no secret."""
    assert repr(SshPublicKey(key_data="ssh-rsa AAAA")) == "SshPublicKey(key_data='ssh-rsa AAAA')"
