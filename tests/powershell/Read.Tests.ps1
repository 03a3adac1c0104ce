# A14, A18 and A19: what Get-AzVmss and Get-AzVmssVM write, and how it looks; the manual upgrade.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet
    New-TestScaleSet -Name 'api' -Model (Get-TestModel -Capacity 1)
}

AfterAll {
    Disconnect-Vmss
}

Describe 'Get-AzVmss' {
    It 'gets one scale set with the type of Az.Compute' {
        $found = Get-AzVmss -ResourceGroupName rg -VMScaleSetName web
        $found.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet'
        $found.ResourceGroupName | Should -BeExactly 'rg'
        $found.Sku.Capacity | Should -Be 3
        $found.Sku.Capacity | Should -BeOfType [int]
        $found.Overprovision | Should -BeOfType [bool]
        $found.TimeCreated | Should -BeOfType [datetime]
        $found.TimeCreated.Kind | Should -Be 'Utc'
        $found.UpgradePolicy.Mode | Should -Be 'Manual'
        $found.VirtualMachineProfile.OsProfile.AdminPassword | Should -BeNullOrEmpty
    }

    It 'has tags like a hashtable' {
        $tags = (Get-AzVmss rg web).Tags
        $tags['team'] | Should -Be 'web'
        $tags.Team | Should -Be 'web'
        ($tags + @{ more = 1 }).Count | Should -Be 2
    }

    It 'keeps lists of one as lists that can grow' {
        $nics = (Get-AzVmss rg web).VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations
        , $nics | Should -BeOfType [System.Collections.IList]
        $nics.Count | Should -Be 1
        $nics.Add($nics[0])
        $nics.Count | Should -Be 2
    }

    It 'lets every member be set, also one without a value' {
        $found = Get-AzVmss rg web
        $found.UpgradePolicy.RollingUpgradePolicy | Should -BeNullOrEmpty
        { $found.UpgradePolicy.RollingUpgradePolicy = @{ MaxBatchInstancePercent = 50 } } | Should -Not -Throw
    }

    It 'lists <Expected> for <Group> and <Name>' -ForEach @(
        @{ Group = 'rg'; Name = $null; Expected = 'api web' }
        @{ Group = $null; Name = $null; Expected = 'api web' }
        @{ Group = 'rg'; Name = 'w*'; Expected = 'web' }
        @{ Group = 'r*'; Name = 'w*'; Expected = 'web' }
        @{ Group = $null; Name = 'api'; Expected = 'api' }
        @{ Group = 'x*'; Name = $null; Expected = '' }
    ) {
        $given = @{}
        if ($Group) { $given['ResourceGroupName'] = $Group }
        if ($Name) { $given['VMScaleSetName'] = $Name }
        $found = @(Get-AzVmss @given)
        (@($found | ForEach-Object -Process { $_.Name }) | Sort-Object) -join ' ' | Should -BeExactly $Expected
        foreach ($one in $found) { $one.PSObject.TypeNames[0] | Should -BeLike '*.PSVirtualMachineScaleSetList' }
    }

    It 'gets one by its resource id' {
        $id = (Get-AzVmss rg web).Id
        (Get-AzVmss -ResourceId $id).Name | Should -Be 'web'
        { Get-AzVmss -ResourceId '/nonsense' } | Should -Throw -ErrorId 'InvalidResourceId,Get-AzVmss'
    }

    It 'gets the instance view' {
        $view = Get-AzVmss rg web -InstanceView
        $view.PSObject.TypeNames[0] | Should -BeLike '*.PSVirtualMachineScaleSetInstanceView'
        $view.VirtualMachine.StatusesSummary[0].Code | Should -Be 'ProvisioningState/succeeded'
        $view.VirtualMachine.StatusesSummary[0].Count | Should -Be 3
    }

    It 'writes nothing when there were no operating system upgrades' {
        Get-AzVmss rg web -OSUpgradeHistory | Should -BeNullOrEmpty
    }

    It 'writes an error that does not end the script, with category, code and the words of the service' {
        $found = Get-AzVmss rg none -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'ResourceNotFound,Get-AzVmss'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $lines = "$($problems[0])" -split "`n"
        $lines[0] | Should -BeLike "The Resource 'Microsoft.Compute/virtualMachineScaleSets/none' *was not found*"
        $lines[1] | Should -BeExactly 'ErrorCode: ResourceNotFound'
        $lines -contains 'StatusCode: 404' | Should -BeTrue
        $problems[0].Exception.StatusCode | Should -Be 404
    }

    It 'ends the script when that asks for it, by parameter or preference' {
        { Get-AzVmss rg none -ErrorAction Stop } | Should -Throw '*was not found*'
        { $ErrorActionPreference = 'Stop'; Get-AzVmss rg none } | Should -Throw '*was not found*'
    }
}

Describe 'how it looks' {
    It 'shows one scale set as a tree, without what has no value' {
        $text = Get-AzVmss rg web | Out-String -Width 200
        $text | Should -Match '(?m)^Sku                                         :\r?$'
        $text | Should -Match '(?m)^  Capacity                                  : 3\r?$'
        $text | Should -Match '(?m)^    NetworkInterfaceConfigurations\[0\]       :\r?$'
        $text | Should -Match '(?m)^Tags                                        : \{"Team":"web"\}\r?$'
        $text | Should -Match 'VirtualMachineProfile'
        $text | Should -Not -Match 'RollingUpgradePolicy'
    }

    It 'shows scale sets in a list as a table' {
        $text = Get-AzVmss rg | Out-String -Width 200
        $text | Should -Match 'ResourceGroupName +Name +Location +Sku +Capacity +ProvisioningState'
        $text | Should -Match 'rg +web +westus2 +Standard_D2s_v3 +3 +Succeeded'
        $text | Should -Not -Match 'VirtualMachineProfile'
    }

    It 'shows instances in a list as a table, and one as a tree' {
        $list = Get-AzVmssVM rg web | Out-String -Width 200
        $list | Should -Match 'ResourceGroupName +Name +Location +Sku +InstanceID +ProvisioningState'
        $list | Should -Not -Match 'StorageProfile'
        Get-AzVmssVM rg web 0 | Out-String | Should -Match 'StorageProfile'
        Get-AzVmssVM rg web 0 -InstanceView | Out-String | Should -Match 'PlatformUpdateDomain'
    }

    It 'shows one as a table when that is asked for' {
        Get-AzVmss rg web | Format-Table | Out-String -Width 200 | Should -Match 'rg +web +westus2'
    }
}

Describe 'Get-AzVmssVM' {
    It 'writes nothing, and no error, without a resource group or a scale set' {
        Get-AzVmssVM -ErrorVariable problems | Should -BeNullOrEmpty
        Get-AzVmssVM rg -ErrorVariable +problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'lists instances, with -InstanceView beside the model' {
        $found = @(Get-AzVmssVM rg web -InstanceView)
        $found.Count | Should -Be 3
        $found[0].PSObject.TypeNames[0] | Should -BeLike '*.PSVirtualMachineScaleSetVMList'
        $found[0].InstanceView.Statuses.Count | Should -BeGreaterThan 0
        $found[0].InstanceId | Should -BeOfType [string]
    }

    It 'lists a thousand instances, page after page' {
        New-TestScaleSet -Name big -Model (Get-TestModel -Capacity 1000)
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $found = @(Get-AzVmssVM rg big)
        $found.Count | Should -Be 1000
        # Under one second on a machine with nothing else to do; this only finds what is far off.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }
}

Describe 'Update-AzVmssInstance' {
    It 'brings the instances that are listed to the latest model, and nothing else' {
        $model = Get-AzVmss rg web
        $model.Tags = @{ Team = 'changed' }
        $model.VirtualMachineProfile.LicenseType = 'RHEL_BYOS'
        $null = Invoke-TestRpc -Method 'scaleSet.createOrUpdate' -Params @{ resourceGroup = 'rg'; scaleSet = 'web'; model = $model }
        $old = @(Get-AzVmssVM rg web | Where-Object -FilterScript { -not $_.LatestModelApplied })
        $old.Count | Should -Be 3
        $sent = @(Get-TestRequest { Update-AzVmssInstance rg web 0, 1 }) -like 'POST *'
        $sent[0] | Should -BeLike '*/virtualMachineScaleSets/web/manualupgrade {"instanceIds":`["0","1"`]}'
        (@(Get-AzVmssVM rg web) | ForEach-Object -Process { $_.LatestModelApplied }) -join ' ' | Should -Be 'True True False'
    }
}

Describe 'errors as Az.Compute has them' {
    It 'is caught by the name of its class: <Type>' -ForEach @(
        @{ Type = 'Microsoft.Azure.Commands.Compute.Common.ComputeCloudException' }
        @{ Type = 'Microsoft.Rest.Azure.CloudException' }
    ) {
        $caught = & ([scriptblock]::Create("try { Get-AzVmss rg nobody -ErrorAction Stop } catch [$Type] { `$_.Exception }"))
        [int] $caught.Response.StatusCode | Should -Be 404
        $caught.Response.StatusCode | Should -Be 'NotFound'
        $caught.Body.Code | Should -Be 'ResourceNotFound'
        $caught.Body.Message | Should -BeLike "*nobody*"
        $caught.RequestId | Should -Not -BeNullOrEmpty
        @($caught.Response.Headers['x-ms-request-id'])[0] | Should -Be $caught.RequestId
        $caught.StatusCode | Should -Be 404
    }
}
