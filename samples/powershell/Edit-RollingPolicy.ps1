# Make a scale set upgrade in batches: read it, change the policy in the object, write it back, read it again.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
New-Production -Capacity 3 -UpgradePolicyMode 'Manual'

$vmss = Get-AzVmss @web
"before: $($vmss.UpgradePolicy.Mode), batches of $($vmss.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent) %"

$null = Set-AzVmssRollingUpgradePolicy -VirtualMachineScaleSet $vmss -MaxBatchInstancePercent 10 -MaxUnhealthyInstancePercent 25 `
    -MaxUnhealthyUpgradedInstancePercent 25 -PauseTimeBetweenBatches 'PT1M' -PrioritizeUnhealthyInstance $true
"in the object only: $($vmss.UpgradePolicy.Mode), batches of $($vmss.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent) %"

$null = Update-AzVmss @web -VirtualMachineScaleSet $vmss -UpgradePolicyMode 'Rolling'

$policy = (Get-AzVmss @web).UpgradePolicy
"after: $($policy.Mode)"
$policy.RollingUpgradePolicy | Format-List -Property MaxBatchInstancePercent, MaxUnhealthyInstancePercent, PauseTimeBetweenBatches, PrioritizeUnhealthyInstances

'and one figure of it by itself:'
$changed = Update-AzVmss @web -MaxBatchInstancePercent 40
"  batches of $($changed.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent) %, pause still $($changed.UpgradePolicy.RollingUpgradePolicy.PauseTimeBetweenBatches)"

Remove-Production
