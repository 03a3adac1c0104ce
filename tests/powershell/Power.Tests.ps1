# A6, A7 and A20: power, removal and maintenance of a scale set, and the questions that are asked before.

# While tests are discovered: every changing cmdlet with what it needs, its verb, and the scale set that it names.
$changing = @(
    @{ Line = 'Set-AzVmss rg web -Reimage'; Verb = 'Set' }
    @{ Line = 'Set-AzVmssVM rg web 0 -Reimage'; Verb = 'Set' }
    @{ Line = 'Update-AzVmssInstance rg web 0'; Verb = 'Update' }
    @{ Line = 'Update-AzVmss rg web -SkuCapacity 7'; Verb = 'Update' }
    @{ Line = 'Get-AzVmss rg web | Update-AzVmss -SkuCapacity 7'; Verb = 'Update' }
    @{ Line = 'Update-AzVmssVM rg web 0 -ProtectFromScaleIn $true'; Verb = 'Update' }
    @{ Line = 'Start-AzVmss rg web'; Verb = 'Start' }
    @{ Line = 'Stop-AzVmss rg web'; Verb = 'Stop' }
    @{ Line = 'Restart-AzVmss rg web'; Verb = 'Restart' }
    @{ Line = 'Remove-AzVmss rg web'; Verb = 'Remove' }
    @{ Line = 'Start-AzVmssRollingOSUpgrade rg web'; Verb = 'Start' }
    @{ Line = 'Start-AzVmssRollingExtensionUpgrade -ResourceGroupName rg -VMScaleSetName web'; Verb = 'Start' }
    @{ Line = 'Stop-AzVmssRollingUpgrade rg web'; Verb = 'Stop' }
    @{ Line = 'Repair-AzVmssServiceFabricUpdateDomain rg web 0'; Verb = 'Repair' }
    @{ Line = 'Set-AzVmssOrchestrationServiceState rg web AutomaticRepairs Suspend'; Verb = 'Set' }
    @{ Line = 'Update-AzVmssLifecycleHookEvent rg web some-event -ActionState Approved'; Verb = 'Update' }
)

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet

    # What a cmdlet asks for: a line for each request, without those that only read.
    function Get-Change {
        param([scriptblock] $Script)
        @(& $Script 4>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.VerboseRecord] } |
                ForEach-Object -Process { "$_" } | Where-Object -FilterScript { $_ -match '^(PUT|PATCH|POST|DELETE) ' })
    }

    function Get-PowerState {
        Get-AzVmssVM rg web -InstanceView | ForEach-Object -Process { @($_.InstanceView.Statuses.Code -like 'PowerState/*')[0] }
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe '-WhatIf' {
    It 'of <Line> changes nothing and writes nothing' -ForEach $changing {
        $VerbosePreference = 'Continue'
        $WhatIfPreference = $true
        $written = @(& ([scriptblock]::Create($Line)) 4>&1)
        @($written | Where-Object -FilterScript { "$_" -match '^(PUT|PATCH|POST|DELETE) ' }) | Should -BeNullOrEmpty
        @($written | Where-Object -FilterScript { $_ -isnot [System.Management.Automation.VerboseRecord] }) | Should -BeNullOrEmpty
    }

    It 'of <Line> tells the scale set and the verb' -ForEach $changing {
        # The words go to the host, and with it to a transcript.
        $log = Join-Path -Path $TestDrive -ChildPath 'transcript.txt'
        $null = Start-Transcript -Path $log -Force
        try { & ([scriptblock]::Create("$Line -WhatIf")) } finally { $null = Stop-Transcript }
        Get-Content -Raw -Path $log | Should -BeLike "*Performing the operation ""$Verb"" on target ""web"".*"
    }
}

Describe 'power' {
    It 'deallocates all instances' {
        Stop-AzVmss -ResourceGroupName rg -VMScaleSetName web -Force | Assert-OperationSucceeded
        Get-PowerState | Should -Be @('PowerState/deallocated', 'PowerState/deallocated', 'PowerState/deallocated')
    }

    It 'starts all instances' {
        Get-AzVmss rg web | Start-AzVmss | Assert-OperationSucceeded
        Get-PowerState | Should -Be @('PowerState/running', 'PowerState/running', 'PowerState/running')
    }

    It 'powers one instance off with an abbreviated switch' {
        Stop-AzVmss rg web 1 -StayProvision -Force | Assert-OperationSucceeded
        Get-PowerState | Should -Be @('PowerState/running', 'PowerState/stopped', 'PowerState/running')
    }

    It 'restarts the instances that are listed, as a job' {
        $job = Restart-AzVmss rg web -InstanceId 0, 1 -AsJob
        ($job | Wait-Job).State | Should -Be 'Completed'
        $job | Receive-Job | Assert-OperationSucceeded
        @(Get-PowerState)[1] | Should -Be 'PowerState/running'
    }

    It 'says what it takes -InstanceId $null for' {
        $null = Start-AzVmss rg web -InstanceId $null -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*ALL instances*'
    }
}

Describe 'an empty list of instances' {
    It 'is refused by <Line>' -ForEach @(
        @{ Line = { Set-AzVmss rg web -Reimage -InstanceId @() -ErrorVariable script:problems -ErrorAction SilentlyContinue } }
        @{ Line = { Start-AzVmss rg web -InstanceId @() -ErrorVariable script:problems -ErrorAction SilentlyContinue } }
        @{ Line = { Stop-AzVmss rg web -InstanceId @() -Force -ErrorVariable script:problems -ErrorAction SilentlyContinue } }
        @{ Line = { Restart-AzVmss rg web -InstanceId @() -ErrorVariable script:problems -ErrorAction SilentlyContinue } }
    ) {
        & $Line | Should -BeNullOrEmpty
        "$($script:problems[0])" | Should -BeLike '*a list of instance ids*'
    }
}

Describe 'a star for the instances' {
    It 'is every instance for <Line>' -ForEach @(
        @{ Line = 'Set-AzVmss rg web -Reimage -InstanceId *' }
        @{ Line = 'Set-AzVmss rg web -ReimageAll -InstanceId "*"' }
        @{ Line = 'Set-AzVmss rg web -Redeploy -InstanceId *' }
        @{ Line = 'Update-AzVmssInstance rg web *' }
        @{ Line = 'Stop-AzVmss rg web -InstanceId * -Force' }
        @{ Line = 'Start-AzVmss rg web -InstanceId *' }
        @{ Line = 'Restart-AzVmss rg web *' }
    ) {
        & ([scriptblock]::Create($Line)) | Assert-OperationSucceeded
        $power = (Get-AzVmssVM rg web -InstanceView).InstanceView.Statuses.Code -like 'PowerState/*' | Sort-Object -Unique
        $power | Should -Be $(if ($Line -like 'Stop-*') { 'PowerState/deallocated' } else { 'PowerState/running' })
    }

    It 'is refused beside other ids, in words of PowerShell: <Line>' -ForEach @(
        @{ Line = 'Set-AzVmss rg web -Reimage -InstanceId 0, *' }
        @{ Line = 'Update-AzVmssInstance rg web *, 1' }
        @{ Line = 'Remove-AzVmss rg web -InstanceId 0, * -Force' }
        @{ Line = 'Restart-AzVmss rg web -InstanceId ""' }
    ) {
        . ([scriptblock]::Create("$Line -ErrorVariable problems -ErrorAction SilentlyContinue"))
        "$($problems[0])" | Should -BeLike '-InstanceId has *: *'
        "$($problems[0])" | Should -Not -BeLike '*ALL_INSTANCES*'
        (Get-AzVmss rg web).Sku.Capacity | Should -Be 3
    }
}

Describe 'questions' {
    It '<Line> needs -Force where nobody can be asked' -ForEach @(
        @{ Line = 'Stop-AzVmss rg web' }
        @{ Line = 'Remove-AzVmss rg web' }
        @{ Line = 'Remove-AzVmss rg web 0' }
        @{ Line = 'Stop-AzVmssRollingUpgrade rg web' }
    ) {
        { & ([scriptblock]::Create($Line)) } | Should -Throw -ErrorId 'NobodyToAsk,*'
        (Get-AzVmss rg web).Sku.Capacity | Should -Be 3
    }
}

Describe 'redeploy and maintenance' {
    It 'redeploys: <Line>' -ForEach @(
        @{ Line = 'Set-AzVmss rg web -Redeploy'; Path = '/redeploy' }
        @{ Line = 'Set-AzVmss rg web -Redeploy -InstanceId 0, 2'; Path = '/redeploy' }
        @{ Line = 'Set-AzVmssVM rg web 1 -Redeploy'; Path = '/virtualMachines/1/redeploy' }
    ) {
        $VerbosePreference = 'Continue'
        $changes = Get-Change { $null = & ([scriptblock]::Create($Line)) }
        @($changes).Count | Should -Be 1
        "$changes" | Should -BeLike "*/virtualMachineScaleSets/web${Path}: 202 *"
        (Get-AzVmss rg web).ProvisioningState | Should -Be 'Succeeded'
    }

    It 'passes on why there is no maintenance: <Line>' -ForEach @(
        @{ Line = 'Set-AzVmss rg web -PerformMaintenance' }
        @{ Line = 'Set-AzVmss rg web -PerformMaintenance -InstanceId 0' }
        @{ Line = 'Set-AzVmssVM rg web 1 -PerformMaintenance' }
    ) {
        . ([scriptblock]::Create("$Line -ErrorVariable problems -ErrorAction SilentlyContinue"))
        "$($problems[0])" | Should -BeLike '*since the Subscription of this VM is not eligible*'
    }
}

Describe 'Remove-AzVmss' {
    It 'removes the instances that are listed' {
        Remove-AzVmss rg web -InstanceId 1 -Force | Assert-OperationSucceeded
        (Get-AzVmssVM rg web).InstanceId | Should -Be @('0', '2')
        (Get-AzVmss rg web).Sku.Capacity | Should -Be 2
    }

    It 'removes nothing with an empty list' {
        Remove-AzVmss rg web -InstanceId @() -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike '*a list of instance ids*'
        (Get-AzVmss rg web).Sku.Capacity | Should -Be 2
    }

    It 'says that -InstanceId $null is the whole scale set' {
        Remove-AzVmss rg web -InstanceId $null -Force -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*WHOLE scale set*'
    }

    It 'removes every instance with a star, and keeps the scale set' {
        Remove-AzVmss rg web -InstanceId * -Force | Assert-OperationSucceeded
        (Get-AzVmss rg web).Sku.Capacity | Should -Be 0
    }

    It 'removes the scale set, as a job' {
        $job = Get-AzVmss rg web | Remove-AzVmss -Force -AsJob
        ($job | Wait-Job).State | Should -Be 'Completed'
        $job | Receive-Job | Assert-OperationSucceeded
        Get-AzVmss rg | Should -BeNullOrEmpty
    }
}
