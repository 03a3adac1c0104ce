# A11 to A14: rolling upgrades of the operating system and of extensions, and the manual upgrade.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')

    # A scale set that follows the image of the platform and tells its health.
    function New-TestRollingSet {
        param([string] $Name = 'web', [int] $Capacity = 4)
        $model = Get-TestModel -Capacity $Capacity -Mode 'Rolling' -UpgradePolicy @{
            RollingUpgradePolicy = [pscustomobject]@{ MaxBatchInstancePercent = 50; MaxUnhealthyInstancePercent = 20; MaxUnhealthyUpgradedInstancePercent = 20; PauseTimeBetweenBatches = 'PT1M' }
        }
        $extensions = @([pscustomobject]@{ Name = 'health'; Publisher = 'Microsoft.ManagedServices'; Type = 'ApplicationHealthLinux'; TypeHandlerVersion = '1.0'; Settings = @{ protocol = 'tcp'; port = 80 } })
        Add-Member -InputObject $model.VirtualMachineProfile -NotePropertyName ExtensionProfile -NotePropertyValue ([pscustomobject]@{ Extensions = $extensions })
        New-TestScaleSet -Name $Name -Model $model
        $null = Invoke-TestRpc -Method 'clock.advance' -Params @{ seconds = 600 }
    }

    function Publish-TestImage {
        param([string] $Version)
        $null = Invoke-TestRpc -Method 'emulator.publishImage' -Params @{ image = 'pub:offer:sku'; version = $Version }
    }
}

Describe 'a rolling upgrade of the operating system' {
    BeforeAll {
        # Time passes by itself here, so that an upgrade can be looked at while it runs.
        $null = Connect-Vmss -InProcess -Clock 'scaled:600'
        New-TestRollingSet
    }

    AfterAll {
        Disconnect-Vmss
    }

    It 'is RollingForward while it runs, then Completed, and counts every instance' {
        Publish-TestImage -Version '2.0.0'
        $job = Start-AzVmssRollingOSUpgrade -ResourceGroupName rg -VMScaleSetName web -AsJob
        do {
            $seen = Get-AzVmssRollingUpgrade -ResourceGroupName rg -VMScaleSetName web -ErrorAction SilentlyContinue
        } until ($seen -or $job.State -ne 'Running')
        $seen.RunningStatus.Code | Should -Be 'RollingForward'
        $sum = $seen.Progress.SuccessfulInstanceCount + $seen.Progress.FailedInstanceCount + $seen.Progress.InProgressInstanceCount + $seen.Progress.PendingInstanceCount
        $sum | Should -Be 4
        ($job | Wait-Job).State | Should -Be 'Completed'
        $job | Receive-Job | Assert-OperationSucceeded
        $ended = Get-AzVmssRollingUpgrade rg web
        $ended.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSRollingUpgradeStatusInfo'
        $ended.RunningStatus.Code | Should -Be 'Completed'
        $ended.Progress.SuccessfulInstanceCount | Should -Be 4
        $ended.Policy.MaxBatchInstancePercent | Should -Be 50
        (Get-AzVmssVM rg web).StorageProfile.ImageReference.ExactVersion | Select-Object -Unique | Should -Be '2.0.0'
    }

    It 'shows the upgrade as a tree' {
        Get-AzVmssRollingUpgrade rg web | Out-String | Should -Match '(?s)RunningStatus\s+:.*  Code\s+: Completed.*Progress\s+:'
    }

    It 'can be cancelled, and the cancelled one can be seen' {
        Publish-TestImage -Version '3.0.0'
        $job = Start-AzVmssRollingOSUpgrade rg web -AsJob
        do { $state = (Get-AzVmssRollingUpgrade rg web).RunningStatus.Code } until ($state -eq 'RollingForward' -or $job.State -ne 'Running')
        Stop-AzVmssRollingUpgrade -ResourceGroupName rg -VMScaleSetName web -Force | Assert-OperationSucceeded
        $null = $job | Wait-Job
        (Get-AzVmssRollingUpgrade rg web).RunningStatus.Code | Should -Be 'Cancelled'
        (Get-AzVmssRollingUpgrade rg web).RunningStatus.LastAction | Should -Be 'Cancel'
    }
}

Describe 'a rolling upgrade that cannot be' {
    BeforeAll {
        $null = Connect-Vmss -InProcess
        New-TestRollingSet
    }

    AfterAll {
        Disconnect-Vmss
    }

    It 'is an error when there was none yet' {
        Get-AzVmssRollingUpgrade rg web -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'cannot be stopped when there is none' {
        $job = Stop-AzVmssRollingUpgrade rg web -Force -AsJob | Wait-Job
        $job.State | Should -Be 'Failed'
        "$($job.Error[0])" | Should -BeLike 'There is no ongoing Rolling Upgrade to cancel.*'
        Stop-AzVmssRollingUpgrade rg web -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike 'There is no ongoing Rolling Upgrade to cancel.*'
        $problems[0].FullyQualifiedErrorId | Should -Be 'OperationNotAllowed,Stop-AzVmssRollingUpgrade'
    }

    It 'fails with the words of the service when too many instances are unhealthy' {
        $null = Invoke-TestRpc -Method 'fault.add' -Params @{ resourceGroup = 'rg'; scaleSet = 'web'; kind = 'unhealthyAfterUpgrade'; members = @{ count = 4 } }
        Publish-TestImage -Version '2.0.0'
        $job = Start-AzVmssRollingOSUpgrade rg web -AsJob | Wait-Job
        $job.State | Should -Be 'Failed'
        "$($job.Error[0])" | Should -BeLike '*MaxUnhealthy*InstancePercent*'
        "$($job.Error[0])" | Should -BeLike '*ErrorCode: MaxUnhealthy*'
        (Get-AzVmssRollingUpgrade rg web).RunningStatus.Code | Should -Be 'Faulted'
    }

    It 'fails without a job as an error that ends nothing, unless that is asked for' {
        Start-AzVmssRollingOSUpgrade rg web -ErrorAction SilentlyContinue -ErrorVariable problems
        $? | Should -BeFalse
        "$($problems[0])" | Should -BeLike '*MaxUnhealthy*'
        { Start-AzVmssRollingOSUpgrade rg web -ErrorAction Stop } | Should -Throw -ExpectedMessage '*MaxUnhealthy*'
    }
}

Describe 'a rolling upgrade of extensions' {
    BeforeAll {
        $null = Connect-Vmss -InProcess
        New-TestRollingSet
    }

    AfterAll {
        Disconnect-Vmss
    }

    It 'is started by <Way>' -ForEach @(
        @{ Way = 'names'; Line = { Start-AzVmssRollingExtensionUpgrade -ResourceGroupName rg -VMScaleSetName web } }
        @{ Way = 'an object'; Line = { Start-AzVmssRollingExtensionUpgrade -VirtualMachineScaleSet (Get-AzVmss rg web) } }
        @{ Way = 'a piped object'; Line = { Get-AzVmss rg web | Start-AzVmssRollingExtensionUpgrade } }
        @{ Way = 'a resource id'; Line = { Start-AzVmssRollingExtensionUpgrade -ResourceId (Get-AzVmss rg web).Id } }
    ) {
        & $Line | Assert-OperationSucceeded
    }

    It 'has no names by position' {
        { Start-AzVmssRollingExtensionUpgrade rg web } | Should -Throw
    }
}
