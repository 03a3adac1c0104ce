# One instance leads a cluster: no action on the whole scale set may touch it. Naming the instance itself still works.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
$names = @{ ResourceGroupName = 'protect-sample'; VMScaleSetName = 'web' }
New-SampleScaleSet @names -Capacity 3 -UpgradePolicyMode 'Automatic'

function Show-Instance {
    Get-AzVmssVM @names | ForEach-Object -Process {
        $model = 'outdated'
        if ($_.LatestModelApplied) { $model = 'latest model' }
        $protected = ''
        if ($_.ProtectionPolicy.ProtectFromScaleSetActions) { $protected = ', protected' }
        "  instance $($_.InstanceId): $model$protected"
    }
}

$leader = Get-AzVmssVM @names -InstanceId 0
$null = $leader | Update-AzVmssVM -ProtectFromScaleIn $true -ProtectFromScaleSetAction $true

'A new image, mode Automatic: everybody gets it but the leader.'
$null = Update-AzVmss @names -ImageReferenceVersion '2.0.0'
Show-Instance

'An action on the scale set that names the leader is refused:'
Update-AzVmssInstance @names -InstanceId '0' -ErrorAction SilentlyContinue -ErrorVariable problem
"  $($problem[0].FullyQualifiedErrorId -replace ',.*')"

'Reimage by its own address works.'
$done = Set-AzVmssVM @names -InstanceId 0 -Reimage
"  $($done.Status)"

'Protection lifted, and an update without any change:'
$null = Update-AzVmssVM @names -InstanceId 0 -ProtectFromScaleIn $false -ProtectFromScaleSetAction $false
$null = Get-AzVmss @names | Update-AzVmss
Show-Instance

$null = Remove-VmssResourceGroup -Name $names.ResourceGroupName -Force
