"""One script against an emulator in process, over HTTP and over HTTPS with tokens: the same output."""

import re
from pathlib import Path

import pytest

from tests.powershell import shell
from tests.serving import served, served_securely

pytestmark = pytest.mark.skipif(shell.find() is None, reason=shell.MISSING)

_SHARED = f". '{shell.ROOT}/tests/powershell/Shared.ps1'; "
_STORY = """
New-TestScaleSet
Set-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 -Reimage | Out-String
Get-AzVmss rg web | Out-String -Width 400
Get-AzVmss rg | Out-String -Width 400
Get-AzVmssVM rg web | Out-String -Width 400
Get-AzVmssVM rg web 1 -InstanceView | Out-String -Width 400
Set-AzVmssVM rg web 77 -Reimage -ErrorVariable problems -ErrorAction SilentlyContinue
"$($problems[0])"
$problems[0].FullyQualifiedErrorId
$job = Get-AzVmss rg web | Set-AzVmss -ReimageAll -AsJob | Wait-Job
$job.State, $job.Name
$updated = Update-AzVmss rg web -MaxBatchInstancePercent 30 -Tag @{ Team = 'api' }
$updated.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent
Get-AzVmss rg web | Update-AzVmss -SkuCapacity 4 | Out-String -Width 400
(Get-AzVmssVM rg web)[0] | Update-AzVmssVM -ProtectFromScaleIn $true | Out-String -Width 400
Stop-AzVmss rg web -InstanceId 1 -Force | Out-String
Start-AzVmss rg web 1 | Out-String
Remove-AzVmss rg web 1 -Force | Out-String
Get-AzVmssSku rg web | Out-String -Width 400
Stop-AzVmssRollingUpgrade rg web -Force -ErrorVariable problems -ErrorAction SilentlyContinue
"$($problems[0])"
$password = ConvertTo-SecureString -String 'Pa55-word-of-test' -AsPlainText -Force
$administrator = New-Object -TypeName pscredential -ArgumentList 'azure', $password
$look = @{ Image = 'Ubuntu2204'; OrchestrationMode = 'Uniform'; DomainNameLabel = 'simple' }
$simple = New-AzVmss rg simple -Credential $administrator @look
$simple | Out-String -Width 400
Remove-AzVmss rg simple -Force | Out-String
@(Get-AzVmss rg).Count
"""
# What differs from run to run: ids, moments, and how much time has passed.
_CHANGING = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|\d\d/\d\d/\d{4} \d\d:\d\d:\d\d|(?<=/subscriptions/)[^/]+"
)


def _told(connect: str) -> str:
    done = shell.run(f"{_SHARED}$null = {connect}; {_STORY}")
    assert done.returncode == 0, done.stdout
    return _CHANGING.sub("#", done.stdout)


def test_the_same_script_says_the_same_everywhere(tmp_path: Path) -> None:
    """In process, over HTTP, and over HTTPS with a service principal the output is the same."""
    near = _told("Connect-Vmss -InProcess")
    assert "NetworkInterfaceConfigurations[0]" in near
    assert "Completed" in near
    with served() as url:
        assert _told(f"Connect-Vmss -Endpoint '{url}' -SubscriptionId 'sub'") == near
    with served_securely(tmp_path) as server:
        secret = f"(ConvertTo-SecureString -AsPlainText -Force '{server.client_secret}')"
        credential = f"(New-Object -TypeName pscredential -ArgumentList '{server.client_id}', {secret})"
        connect = (
            f"Connect-Vmss -Endpoint '{server.url}' -SubscriptionId 'sub' -Credential {credential}"
            f" -TenantId '{server.tenant_id}' -Authority '{server.url}' -CACertificate '{server.ca}'"
        )
        assert _told(connect) == near
