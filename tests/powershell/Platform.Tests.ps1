# A16 and A17, lifecycle hooks and sizes: what the platform does by itself, and how its owner steers it.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess

    function Add-TestExtension {
        param([object] $Model, [hashtable] $Extension)
        Add-Member -InputObject $Model.VirtualMachineProfile -NotePropertyName ExtensionProfile -NotePropertyValue ([pscustomobject]@{ Extensions = @([pscustomobject]$Extension) })
    }

    $health = @{ Name = 'health'; Publisher = 'Microsoft.ManagedServices'; Type = 'ApplicationHealthLinux'; TypeHandlerVersion = '1.0'; Settings = @{ protocol = 'tcp'; port = 80 } }
}

AfterAll {
    Disconnect-Vmss
}

Describe 'automatic repairs' {
    BeforeAll {
        $model = Get-TestModel -Capacity 2
        Add-TestExtension -Model $model -Extension $health
        Add-Member -InputObject $model -NotePropertyName AutomaticRepairsPolicy -NotePropertyValue ([pscustomobject]@{ Enabled = $true; GracePeriod = 'PT30M' })
        New-TestScaleSet -Name repaired -Model $model

        function Get-ServiceState {
            (Get-AzVmss rg repaired -InstanceView).OrchestrationServices[0].ServiceState
        }
    }

    It 'are suspended by names' {
        Set-AzVmssOrchestrationServiceState rg repaired AutomaticRepairs Suspend | Assert-OperationSucceeded
        Get-ServiceState | Should -Be 'Suspended'
    }

    It 'are resumed by a piped object' {
        Get-AzVmss rg repaired | Set-AzVmssOrchestrationServiceState -ServiceName AutomaticRepairs -Action Resume | Assert-OperationSucceeded
        Get-ServiceState | Should -Be 'Running'
    }

    It 'are suspended by a resource id and an object' {
        $vmss = Get-AzVmss rg repaired
        Set-AzVmssOrchestrationServiceState -ResourceId $vmss.Id -ServiceName AutomaticRepairs -Action Suspend | Assert-OperationSucceeded
        Get-ServiceState | Should -Be 'Suspended'
        Set-AzVmssOrchestrationServiceState -InputObject $vmss -ServiceName AutomaticRepairs -Action Resume | Assert-OperationSucceeded
        Get-ServiceState | Should -Be 'Running'
    }

    It 'judge names in the service' {
        Set-AzVmssOrchestrationServiceState rg repaired AutomaticRepairs Nonsense -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.StatusCode | Should -Be 400
    }

    It 'are switched off by an update' {
        (Update-AzVmss rg repaired -EnableAutomaticRepair $false).AutomaticRepairsPolicy.Enabled | Should -BeFalse
    }
}

Describe 'update domains' {
    BeforeAll {
        $model = Get-TestModel -Capacity 5 -Mode 'Automatic'
        Add-TestExtension -Model $model -Extension @{ Name = 'fabric'; Publisher = 'Microsoft.Azure.ServiceFabric'; Type = 'ServiceFabricLinuxNode'; TypeHandlerVersion = '1.1' }
        New-TestScaleSet -Name fabric -Model $model
    }

    It 'are walked until there is none left' {
        $domain, $calls = 0, 0
        while ($null -ne $domain) {
            $answer = Repair-AzVmssServiceFabricUpdateDomain -ResourceGroupName rg -VMScaleSetName fabric -PlatformUpdateDomain $domain
            $answer.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSRecoveryWalkResponse'
            $answer.WalkPerformed | Should -BeTrue
            $domain = $answer.NextPlatformUpdateDomain
            $calls++
        }
        $calls | Should -BeGreaterThan 1
    }

    It 'are walked by names, by a piped object with the alias, and by a resource id' {
        (Repair-AzVmssServiceFabricUpdateDomain rg fabric 0).NextPlatformUpdateDomain | Should -Be 1
        (Get-AzVmss rg fabric | Repair-AzVmssServiceFabricUD -PlatformUpdateDomain 1).NextPlatformUpdateDomain | Should -Be 2
        (Repair-AzVmssServiceFabricUD -ResourceId (Get-AzVmss rg fabric).Id -PlatformUpdateDomain 2).NextPlatformUpdateDomain | Should -Be 3
    }

    It 'end as a job' {
        $job = Repair-AzVmssServiceFabricUD rg fabric 0 -AsJob | Wait-Job
        ($job | Receive-Job).WalkPerformed | Should -BeTrue
    }
}

Describe 'lifecycle hooks' {
    BeforeEach {
        $null = Connect-Vmss -InProcess -Name hooks
        $model = Get-TestModel -UpgradePolicy @{ AutomaticOSUpgradePolicy = [pscustomobject]@{ EnableAutomaticOSUpgrade = $true } }
        Add-TestExtension -Model $model -Extension $health
        $hook = [pscustomobject]@{ Type = 'UpgradeAutoOSRollingBatchStarting'; WaitDuration = 'PT12H'; DefaultAction = 'Reject' }
        Add-Member -InputObject $model -NotePropertyName LifecycleHooksProfile -NotePropertyValue ([pscustomobject]@{ LifecycleHooks = @($hook) })
        New-TestScaleSet -Model $model
        $null = Invoke-TestRpc -Method 'clock.advance' -Params @{ seconds = 600 }
        $null = Invoke-TestRpc -Method 'emulator.publishImage' -Params @{ image = 'pub:offer:sku'; version = '2.0.0' }
        $null = Update-AzVmss rg web -SkuCapacity 3
        $null = Invoke-TestRpc -Method 'clock.advance' -Params @{ seconds = 4 * 3600 }
    }

    AfterEach {
        Disconnect-Vmss -Name hooks
    }

    It 'ask, and are listed and got by name' {
        $asked = Get-AzVmssLifecycleHookEvent -ResourceGroupName rg -VMScaleSetName web
        @($asked).Count | Should -Be 1
        $asked.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Management.Compute.Models.VMScaleSetLifecycleHookEvent'
        $asked.Properties.State | Should -Be 'Active'
        $asked.Properties.TargetResources.Count | Should -Be 3
        (Get-AzVmssLifecycleHookEvent rg web $asked.Name).Id | Should -Be $asked.Id
    }

    It 'go on when a piped event is approved' {
        $answered = Get-AzVmssLifecycleHookEvent rg web | Update-AzVmssLifecycleHookEvent -ActionState Approved
        $answered.Properties.State | Should -Be 'Completed'
        $null = Invoke-TestRpc -Method 'clock.advance' -Params @{ seconds = 3600 }
        (Get-AzVmssVM rg web).StorageProfile.ImageReference.ExactVersion | Should -Be @('2.0.0', '2.0.0', '2.0.0')
    }

    It 'are answered for one instance by name' {
        $name = (Get-AzVmssLifecycleHookEvent rg web).Name
        $answered = Update-AzVmssLifecycleHookEvent rg web $name -ActionState Rejected -InstanceId 1
        $answered.Properties.State | Should -Be 'Active'
        $answered = Update-AzVmssLifecycleHookEvent rg web $name -ActionState Approved
        $answered.Properties.State | Should -Be 'Completed'
        $null = Invoke-TestRpc -Method 'clock.advance' -Params @{ seconds = 3600 }
        (Get-AzVmssVM rg web).StorageProfile.ImageReference.ExactVersion | Should -Be @('2.0.0', '1.0.0', '2.0.0')
    }

    It 'wait longer when that is asked for' {
        $asked = Get-AzVmssLifecycleHookEvent rg web
        $until = $asked.Properties.MaxWaitUntil.AddMinutes(-1)
        $answered = $asked | Update-AzVmssLifecycleHookEvent -WaitUntil $until.ToString('yyyy-MM-ddTHH:mm:ssZ')
        $answered.Properties.WaitUntil | Should -Be ([datetime]::SpecifyKind($until.Date.AddSeconds([int][Math]::Floor($until.TimeOfDay.TotalSeconds)), 'Utc'))
    }

    It 'need something to be said' {
        { Get-AzVmssLifecycleHookEvent rg web | Update-AzVmssLifecycleHookEvent } | Should -Throw -ErrorId 'NothingToAnswer,*'
    }
}

Describe 'sizes' {
    It 'are a table of names and capacities' {
        New-TestScaleSet -Name sized
        $sizes = Get-AzVmssSku -ResourceGroupName rg -VMScaleSetName sized
        $sizes[0].PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetSku'
        $sizes.Sku.Name | Should -Contain 'Standard_D2s_v3'
        $sizes | Out-String | Should -Match '(?s)Name\s+Minimum Capacity\s+Maximum Capacity.*Standard_D2s_v3\s+0\s+1000'
    }
}
