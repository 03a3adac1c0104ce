# New custom data is accepted at once, and reaches instances that are there only by a reimage: find them, and do it.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
$names = @{ ResourceGroupName = 'customdata-sample'; VMScaleSetName = 'web' }
New-SampleScaleSet @names -Capacity 3 -UpgradePolicyMode 'Automatic'

$null = Update-AzVmss @names -CustomData (ConvertTo-CustomData -Text 'v2')
$latest = @(Get-AzVmssVM @names | Where-Object -FilterScript { $_.LatestModelApplied }).Count
"Azure says that $latest of 3 instances have the latest model. The emulator knows what they lack:"
Get-VmssPendingChange @names | ForEach-Object -Process { "  instance $($_.InstanceId): $($_.Path -replace '.*\.') needs $($_.Remedy)" }

$ids = @((Get-VmssPendingChange @names | Where-Object -FilterScript { $_.Remedy -eq 'reimage' }).InstanceId)
'Two at a time, so that one always serves:'
for ($first = 0; $first -lt $ids.Count; $first += 2) {
    $batch = @($ids | Select-Object -Skip $first -First 2)
    $done = Set-AzVmss @names -Reimage -InstanceId $batch
    "  $($batch -join ' and '): $($done.Status), $(@(Get-VmssPendingChange @names).Count) to go"
}

$null = Remove-VmssResourceGroup -Name $names.ResourceGroupName -Force
