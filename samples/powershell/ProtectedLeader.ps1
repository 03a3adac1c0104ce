# Instance 9 leads a cluster: a roll and a scale-in pass it by, then another one takes over and it gets its turn.
#
# Protection from scale set actions (which implies scale-in) holds against whatever is done to the scale set as a whole,
# and against requests to the scale set that name the instance; not against requests to the instance itself.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1') -Azure
New-Production
$leader, $nextLeader = '9', '1'

"`nInstance $leader leads, and is protected."
$null = Update-AzVmssVM @web -InstanceId $leader -ProtectFromScaleIn $true -ProtectFromScaleSetAction $true

"`nImage $newImage rolls out:"
$null = Update-AzVmss @web -ImageReferenceVersion $newImage
$latest = Get-AzVmssRollingUpgrade @web
"  $($latest.RunningStatus.Code): $($latest.Progress.SuccessfulInstanceCount) upgraded"
Show-Instance

"`nSomebody names the leader all the same:"
try {
    $null = Update-AzVmssInstance @web -InstanceId $leader
} catch {
    "  $($_.Exception.StatusCode) $($_.Exception.ErrorCode): $(@($_.Exception.Message -split '\r?\n')[0])"
}

"`nTen are too many at night. The two with the highest ids would go, and 9 is one of them:"
$null = Update-AzVmss @web -SkuCapacity 8
Show-Instance

"`nInstance $nextLeader takes over, and is protected instead. An update that changes nothing:"
$null = Update-AzVmssVM @web -InstanceId $nextLeader -ProtectFromScaleIn $true -ProtectFromScaleSetAction $true
$null = Update-AzVmssVM @web -InstanceId $leader -ProtectFromScaleIn $false -ProtectFromScaleSetAction $false
$null = Get-AzVmss @web | Update-AzVmss
Show-Instance
$protected = Get-AzVmssVM @web | Where-Object -FilterScript { $_.ProtectionPolicy.ProtectFromScaleSetActions }
"  protected: $($protected.InstanceId -join ' ')"

Remove-Production
