# A bad image meets production: the roll stops at a gate, the decision log says why, a mended image goes on.
#
# Ten instances, batches of 20 % with a pause between them. The policy allows 20 % of the upgraded instances to be
# unhealthy; of the first batch both are, so the other eight never notice. The decision log tells what was looked at and
# what it meant. Two sick instances of ten are not more than 20 % either, so the mended image may begin at once.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
New-Production
# What is wrong with image 24.04.2.
$null = Add-VmssEmulatorFault unhealthyAfterUpgrade @web

"`nImage 24.04.2 rolls out:"
$seen = (Get-VmssDecisionLog @web -Last 1).Seq
$job = Update-AzVmss @web -ImageReferenceVersion '24.04.2' -AsJob | Wait-Job
if ($job.State -eq 'Failed') { "  it failed: $($job.Error[0].Exception.ErrorCode)" }
foreach ($detail in (Get-AzVmssRollingUpgrade @web).Error.Details) { "  $($detail.Target): $($detail.Message)" }
Show-Instance

"`nWhy did it stop?"
Show-Decision -Since $seen

"`nImage 24.04.3 is mended, and rolls out:"
Remove-VmssEmulatorFault @web
$seen = (Get-VmssDecisionLog @web -Last 1).Seq
$null = Update-AzVmss @web -ImageReferenceVersion '24.04.3'
Show-Decision -Since $seen -Kind BatchStarted, BatchFinished, UpgradeCompleted
Show-Instance
$progress = (Get-AzVmssRollingUpgrade @web).Progress
"  $($progress.SuccessfulInstanceCount) upgraded, $($progress.FailedInstanceCount) failed"

Remove-Production
