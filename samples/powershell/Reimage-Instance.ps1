# One instance misbehaves: put it back to what the model says. The line in the middle is the one of Microsoft's docs.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
$group = 'myResourceGroup'
New-Production -Capacity 3 -UpgradePolicyMode 'Manual' -VMScaleSetName 'myScaleSet'
$instanceId = 1

Set-AzVmssVM -ResourceGroupName "myResourceGroup" -VMScaleSetName "myScaleSet" -InstanceId $instanceId -Reimage

'What the emulator has to say about it:'
Get-VmssDecisionLog -ResourceGroupName 'myResourceGroup' -VMScaleSetName 'myScaleSet' -Last 1 | ForEach-Object -Process { "  $($_.Text)" }

Remove-Production
