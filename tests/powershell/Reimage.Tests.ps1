# A1 to A7 and A21: what Set-AzVmss and Set-AzVmssVM send, and what they write.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet
}

AfterAll {
    Disconnect-Vmss
}

Describe 'Set-AzVmssVM' {
    It 'reimages one instance by the line of the documentation, with a number for an id' {
        $sent = Get-TestRequest { Set-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 -Reimage }
        @($sent -like 'POST *').Count | Should -Be 0 -Because 'a reimage of one instance needs no body'
        Set-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 -Reimage | Assert-OperationSucceeded
    }

    It 'asks for one reimage of that instance' {
        $sent = @(Set-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 -Reimage -Verbose 4>&1 | Where-Object -FilterScript { "$_" -like 'POST *' })
        $sent.Count | Should -Be 1
        "$sent" | Should -BeLike '*/virtualMachineScaleSets/web/virtualMachines/0/reimage: 202 *'
    }

    It 'takes its names by position' {
        Set-AzVmssVM rg web 0 -Reimage | Assert-OperationSucceeded
    }

    It 'does <Action> as well' -ForEach @(@{ Action = 'ReimageAll' }, @{ Action = 'Redeploy' }) {
        $switches = @{ $Action = $true }
        Set-AzVmssVM -ResourceGroupName rg -VMScaleSetName web -InstanceId 1 @switches | Assert-OperationSucceeded
    }

    It 'does nothing with -WhatIf, and names the scale set and the verb' {
        $sent = @(Set-AzVmssVM rg web 0 -Reimage -WhatIf -Verbose 4>&1)
        @($sent | Where-Object -FilterScript { "$_" -like 'POST *' }).Count | Should -Be 0
    }

    It 'works on a piped instance when the scale set is named' {
        Get-AzVmssVM rg web 0 | Set-AzVmssVM -Reimage -VMScaleSetName web | Assert-OperationSucceeded
    }

    It 'takes the name of a piped instance for the scale set''s as Az.Compute does, and says so' {
        Get-AzVmssVM rg web 0 | Set-AzVmssVM -Reimage -WarningVariable warnings -ErrorVariable problems -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        "$warnings" | Should -BeLike "*-VMScaleSetName 'web'*"
        $problems[0].FullyQualifiedErrorId | Should -Be 'ParentResourceNotFound,Set-AzVmssVM'
    }

    It 'honours a switch that is $false, and says that nothing was done' {
        Set-AzVmssVM rg web 0 -Reimage:$false -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*nothing was done*'
    }
}

Describe 'Set-AzVmss' {
    It 'reimages all instances without a body' {
        @(Get-TestRequest { Set-AzVmss -ResourceGroupName rg -VMScaleSetName web -Reimage }) -like 'POST *' | Should -BeNullOrEmpty
    }

    It 'reimages exactly the instances that are listed' {
        $sent = @(Get-TestRequest { Set-AzVmss -ResourceGroupName rg -Name web -Reimage -InstanceId '0', '2' }) -like 'POST *'
        $sent.Count | Should -Be 1
        $sent[0] | Should -BeLike '*/virtualMachineScaleSets/web/reimage {"instanceIds":`["0","2"`]}'
    }

    It 'sends tempDisk only when the switch is given' {
        $sent = @(Get-TestRequest { Set-AzVmss rg web -Reimage -InstanceId 0 -TempDisk -ErrorAction SilentlyContinue }) -like 'POST *'
        $sent[0] | Should -BeLike '*{"tempDisk":true,"instanceIds":`["0"`]}'
    }

    It 'warns about an instance id that is null, and takes all as Az.Compute does' {
        $sent = @(Get-TestRequest { Set-AzVmss rg web -Reimage -InstanceId $null -WarningVariable script:warnings -WarningAction SilentlyContinue }) -like 'POST *'
        $sent | Should -BeNullOrEmpty -Because 'no body means all instances'
        "$script:warnings" | Should -BeLike '*ALL instances*'
    }

    It 'refuses two actions at once' {
        { Set-AzVmss rg web -Reimage -Redeploy } | Should -Throw -ErrorId 'AmbiguousParameterSet,Set-AzVmss'
    }

    It 'passes the service''s words about maintenance through' {
        Set-AzVmss rg web -PerformMaintenance -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike '*since the Subscription of this VM is not eligible*'
    }
}

Describe 'jobs' {
    It 'ends as Completed with what the cmdlet writes' {
        $job = Get-AzVmss rg web | Set-AzVmss -ReimageAll -AsJob
        $job.Name | Should -Be "Long Running Operation for 'Set-AzVmss'"
        $job.Command | Should -Be 'Set-AzVmss'
        $job.PSJobTypeName | Should -Be 'AzureLongRunningJob`1'
        ($job | Wait-Job).State | Should -Be 'Completed'
        $job | Receive-Job | Assert-OperationSucceeded
    }

    It 'ends as Failed with the error of the service' {
        $job = Set-AzVmssVM rg web 77 -Reimage -AsJob | Wait-Job
        $job.State | Should -Be 'Failed'
        "$($job.Error[0])" | Should -BeLike 'The provided instanceId 77 is not an active *'
        $job.Error[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'is known to Get-Job' {
        $job = Set-AzVmssVM rg web 0 -Reimage -AsJob
        (Get-Job -Id $job.Id).Command | Should -Be 'Set-AzVmssVM'
        $null = $job | Wait-Job
        $job | Remove-Job
    }

    It 'stops waiting when it is stopped' {
        $null = Connect-Vmss -InProcess -Clock 'scaled:100000' -Name slow
        try {
            New-TestScaleSet
            $null = Invoke-TestRpc -Method 'clock.setSpeed' -Params @{ factor = 0 }
            $job = Set-AzVmss rg web -Reimage -AsJob
            $job.State | Should -Be 'Running'
            $job | Stop-Job
            $job.State | Should -Be 'Stopped'
        } finally {
            Disconnect-Vmss
        }
    }
}
