# The image of the month: it comes by itself, not during a freeze, and a bad one goes back. The history tells.
#
# The model says 'latest' and the scale set follows: within hours after an image was published a rolling upgrade begins,
# whatever the upgrade mode. During a freeze that is switched off, and in the maintenance window after it somebody starts
# the upgrade by hand. An instance that is not healthy with a new image gets its old disk back, and the upgrade stops.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
New-Production -UpgradePolicyMode 'Manual' -Image 'latest'
$day = 24 * 60
$told = 'OsUpgradeDue', 'UpgradeStarted', 'InstanceFailed', 'RolledBack', 'UpgradeFaulted', 'UpgradeCompleted'

function Publish-Image {
    param([string] $Version)
    $seen = (Get-VmssDecisionLog @web -Last 1).Seq
    $null = Publish-VmssEmulatorImage -Image 'Canonical:ubuntu-24_04-lts:server' -Version $Version
    Wait-Minute -Count $day
    Show-Decision -Since $seen -Kind $told
    Show-Instance
}

$null = Update-AzVmss @web -AutomaticOSUpgrade $true
Show-Instance

"`nThe image of October is published, and nobody does anything:"
Publish-Image -Version '24.04.202610010'

Wait-Minute -Count (27 * $day)
$null = Update-AzVmss @web -AutomaticOSUpgrade $false
"`nThe image of November is published, but during a sale nothing changes:"
Publish-Image -Version '24.04.202611010'

Wait-Minute -Count (13 * $day)
"`nThe maintenance window after it: somebody starts the upgrade by hand, and the freeze is over:"
$seen = (Get-VmssDecisionLog @web -Last 1).Seq
$null = Start-AzVmssRollingOSUpgrade @web
$null = Update-AzVmss @web -AutomaticOSUpgrade $true
Show-Decision -Since $seen -Kind $told
Show-Instance

Wait-Minute -Count (14 * $day)
# What is wrong with the next one.
$null = Add-VmssEmulatorFault unhealthyAfterUpgrade @web
"`nThe image of December is published, and does not come up:"
Publish-Image -Version '24.04.202612010'
Remove-VmssEmulatorFault @web
"`nA day later it is published once more, mended:"
Publish-Image -Version '24.04.202612020'

"`nWhat happened, the newest first:"
foreach ($done in Get-AzVmss @web -OSUpgradeHistory) {
    '  {0}  {1,-9}  started by {2,-8}  {3,2} upgraded, {4} failed, {5} rolled back' -f $done.Properties.TargetImageReference.Version,
    $done.Properties.RunningStatus.Code, $done.Properties.StartedBy, $done.Properties.Progress.SuccessfulInstanceCount,
    $done.Properties.Progress.FailedInstanceCount, $done.Properties.RollbackInfo.SuccessfullyRolledbackInstanceCount
}

Remove-Production
