"""What az says and how it ends when something is wrong."""

from tests.az.az import Az
from vmss_sdk import VmssClient
from vmss_sdk.handles.scale_set import ScaleSet


def test_unknown_scale_set(az: Az, group: str) -> None:
    """Status 3 and ARM's words."""
    error = az.fails(f"vmss show -g {group} -n none", status=3)
    assert "(ResourceNotFound)" in error
    assert "Microsoft.Compute/virtualMachineScaleSets/none" in error


def test_unknown_group(az: Az) -> None:
    """Status 3 and ARM's words."""
    assert "(ResourceGroupNotFound)" in az.fails("vmss list -g none", status=3)


def test_unknown_instance(az: Az, group: str, web: ScaleSet) -> None:
    """Status 1, code, message and target as recorded (az-cli 5.6)."""
    error = az.fails(f"vmss reimage -g {group} -n web --instance-ids 99")
    assert "(InvalidParameter)" in error
    assert "The provided instanceId 99 is not an active Virtual Machine Scale Set VM instanceId." in error
    assert "Target: instanceIds" in error


def test_wrong_usage(az: Az) -> None:
    """Status 2, and nothing is asked of the server."""
    assert "--name" in az.fails("vmss show", status=2)


def test_server_errors_are_retried(az: Az, client: VmssClient, group: str, web: ScaleSet) -> None:
    """A 503 is asked again, and the command succeeds (az-cli 3)."""
    client.emulator.faults.server_error(503, path=f"*/{group}/*", count=1)
    assert az(f"vmss show -g {group} -n web")["name"] == "web"


def test_throttling_is_waited_for(az: Az, client: VmssClient, group: str, web: ScaleSet) -> None:
    """A 429 with Retry-After is asked again, and the command succeeds (az-cli 3)."""
    client.emulator.faults.throttle(path=f"*/{group}/*", count=1, retry_after=1)
    assert az(f"vmss show -g {group} -n web")["name"] == "web"
