# A new image rolls over ten instances, and somebody watches. Then a bad one: the first batch fails, and the rest is safe.

# Time that goes by instead of skipping ahead, so that there is something to watch: ten minutes in each second.
$clock = @{ Clock = 'scaled:600' }
. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
$names = @{ ResourceGroupName = 'watch-sample'; VMScaleSetName = 'web' }
New-SampleScaleSet @names -Capacity 10 -UpgradePolicyMode 'Rolling'

function Watch-Upgrade {
    param([System.Management.Automation.Job] $Job)
    $shown = ''
    do {
        $isOver = $Job.State -ne 'Running'
        $upgrade = Get-AzVmssRollingUpgrade @names -ErrorAction SilentlyContinue
        if ($upgrade) {
            $progress = $upgrade.Progress
            $line = '  {0}: {1} done, {2} under way, {3} to come, {4} failed' -f $upgrade.RunningStatus.Code, $progress.SuccessfulInstanceCount,
            $progress.InProgressInstanceCount, $progress.PendingInstanceCount, $progress.FailedInstanceCount
            if ($line -ne $shown) { $line }
            $shown = $line
        }
        # On Azure: some seconds.
        if (-not $isOver) { Start-Sleep -Milliseconds 50 }
    } until ($isOver)
}

'A new image:'
$job = Update-AzVmss @names -ImageReferenceVersion '2.0.0' -AsJob
Watch-Upgrade -Job $job

'A bad one:'
$seen = (Get-VmssDecisionLog @names -Last 1).Seq
$null = Add-VmssEmulatorFault unhealthyAfterUpgrade @names
$job = Update-AzVmss @names -ImageReferenceVersion '3.0.0' -AsJob
Watch-Upgrade -Job $job
"  $($job.State): $($job.Error[0].Exception.ErrorCode)"
'Why it stopped:'
Get-VmssDecisionLog @names -Since $seen | Where-Object -FilterScript { $_.Kind -like '*Stop*' -or $_.Text -like '*is more than*' } | ForEach-Object -Process { "  $($_.Text)" }
'Who has which image:'
Get-AzVmssVM @names | Group-Object -Property LatestModelApplied | Sort-Object -Property Name | ForEach-Object -Process { "  latest model $($_.Name): $($_.Count)" }

$null = Remove-VmssResourceGroup -Name $names.ResourceGroupName -Force
