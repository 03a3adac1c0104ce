# Make a scale set upgrade a fifth at a time: read it, change the policy in the object, write it back, read it again.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
$names = @{ ResourceGroupName = 'policy-sample'; VMScaleSetName = 'web' }
New-SampleScaleSet @names -UpgradePolicyMode 'Manual'

$vmss = Get-AzVmss @names
"before: $($vmss.UpgradePolicy.Mode)"

$null = Set-AzVmssRollingUpgradePolicy -VirtualMachineScaleSet $vmss -MaxBatchInstancePercent 20 -MaxUnhealthyInstancePercent 25 `
    -MaxUnhealthyUpgradedInstancePercent 25 -PauseTimeBetweenBatches 'PT30S' -PrioritizeUnhealthyInstance $true
"in the object only: $($vmss.UpgradePolicy.Mode), batches of $($vmss.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent) %"

$null = Update-AzVmss @names -VirtualMachineScaleSet $vmss -UpgradePolicyMode 'Rolling'

$policy = (Get-AzVmss @names).UpgradePolicy
"after: $($policy.Mode)"
$policy.RollingUpgradePolicy | Format-List -Property MaxBatchInstancePercent, MaxUnhealthyInstancePercent, PauseTimeBetweenBatches, PrioritizeUnhealthyInstances

'and one figure of it by itself:'
$changed = Update-AzVmss @names -MaxBatchInstancePercent 40
"  batches of $($changed.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent) %, pause still $($changed.UpgradePolicy.RollingUpgradePolicy.PauseTimeBetweenBatches)"

$null = Remove-VmssResourceGroup -Name $names.ResourceGroupName -Force
