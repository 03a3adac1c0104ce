# Upgrade mode Manual, and two groups: the canaries get the new image first, the rest when they have done well.
#
# In Manual mode a change of the model touches nobody until somebody names instances. Those that are named are all
# upgraded at once, without batches and without a look at anybody's health: how many are out of service at a time, and
# whether to go on, is for this script to decide.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1') -Azure
New-Production -UpgradePolicyMode 'Manual'
# They serve the staff.
$canaries = '0', '1'
$atATime = 4

"`nThe model gets image $newImage, and nobody moves:"
$null = Update-AzVmss @web -ImageReferenceVersion $newImage
Show-Instance

"`nThe canaries $($canaries -join ' and ') first:"
$null = Update-AzVmssInstance @web -InstanceId $canaries
Wait-UntilHealthy
Show-Instance

"`nHalf an hour later:"
Wait-Minute -Count 30
$sick = @(Get-Sick)
if ($sick) { throw "$($sick.InstanceId -join ' ') not healthy: the rest keeps the image that it has" }
'  the canaries are well'

$rest = @((Get-AzVmssVM @web | Where-Object -FilterScript { -not $_.LatestModelApplied }).InstanceId)
"`nThe other $($rest.Count), $atATime at a time:"
for ($first = 0; $first -lt $rest.Count; $first += $atATime) {
    $some = @($rest | Select-Object -Skip $first -First $atATime)
    $null = Update-AzVmssInstance @web -InstanceId $some
    Wait-UntilHealthy
    $left = @(Get-AzVmssVM @web | Where-Object -FilterScript { -not $_.LatestModelApplied }).Count
    "  instances $($some -join ' ') are upgraded and healthy, $left to go"
}
Show-Instance

Remove-Production
