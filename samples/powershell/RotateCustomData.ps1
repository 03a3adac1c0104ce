# The join token in the custom data is rotated: everybody counts as up to date, and nobody has it before a reimage.
#
# New custom data is accepted in every upgrade mode. The roll that follows marks the instances as having the latest model
# and touches nothing on them: they start with the old token until they are reimaged. A reimage takes all that it is told
# at once, so two at a time is what this script makes of it. A password is rotated in the same way, by New-AzVmss.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1') -Azure
New-Production
$atATime = 2

# Who lacks what, which Azure does not tell.
function Get-PendingText {
    if ($isAzure) { return 'keep account of who was reimaged' }
    $pending = @(Get-VmssPendingChange @web)
    if (-not $pending) { return 'nothing is pending' }
    "$($pending.Count) instances: $(@($pending.Remedy | Select-Object -Unique) -join ', ')"
}

"`nThe model gets new custom data:"
$null = Update-AzVmss @web -CustomData (ConvertTo-CustomData -Text 'token of this quarter')
$instances = @(Get-AzVmssVM @web)
"  $(@($instances | Where-Object -FilterScript { $_.LatestModelApplied }).Count) of $($instances.Count) have the latest model"
"  $(Get-PendingText)"

"`nReimage, $atATime at a time, the next ones when these are healthy:"
for ($first = 0; $first -lt $instances.Count; $first += $atATime) {
    $some = @($instances.InstanceId | Select-Object -Skip $first -First $atATime)
    $null = Set-AzVmss @web -Reimage -InstanceId $some
    Wait-UntilHealthy
    "  instances $($some -join ' ') start with it, and are healthy; $(Get-PendingText)"
}

Remove-Production
