# Many scale sets at once: a job for each, and all that failed at the end. No job costs a process or a runspace.

. (Join-Path -Path $PSScriptRoot -ChildPath '_Common.ps1')
foreach ($number in 1..5) { New-Production -VMScaleSetName "web$number" -Capacity 2 }
$null = Add-VmssEmulatorFault provisioningFailure -ResourceGroupName $group -VMScaleSetName 'web3' -InstanceId '1' -Count 1

$jobs = foreach ($vmss in Get-AzVmss -ResourceGroupName $group) {
    [pscustomobject]@{ Name = $vmss.Name; Job = ($vmss | Set-AzVmss -Reimage -AsJob) }
}
$null = $jobs.Job | Wait-Job

foreach ($one in $jobs | Sort-Object -Property Name) {
    $result = Receive-Job -Job $one.Job -ErrorAction SilentlyContinue -ErrorVariable problem
    if ($one.Job.State -eq 'Completed') {
        "$($one.Name): $($result.Status)"
    } else {
        "$($one.Name): $($one.Job.State), $($problem[0].FullyQualifiedErrorId -replace ',.*')"
    }
}
'Once more, where it failed:'
foreach ($one in $jobs | Where-Object -FilterScript { $_.Job.State -eq 'Failed' }) {
    $again = Set-AzVmss -ResourceGroupName $group -VMScaleSetName $one.Name -Reimage
    "  $($one.Name): $($again.Status)"
}
$jobs.Job | Remove-Job

Remove-Production
