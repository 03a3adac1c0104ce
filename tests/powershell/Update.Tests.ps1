# A9 and A10: what Update-AzVmss sends, with and without an object.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet

    # The bodies that a script sends with a verb, as objects.
    function Get-SentBody {
        param([scriptblock] $Script, [string] $Verb)
        Get-TestRequest $Script | Where-Object -FilterScript { $_ -match "^$Verb \S+ (?<body>\{.*)$" } |
            ForEach-Object -Process { $Matches['body'] }
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe 'Update-AzVmss without an object' {
    It 'sends a change of that path alone' {
        Get-SentBody { Update-AzVmss -ResourceGroupName rg -VMScaleSetName web -MaxBatchInstancePercent 30 } 'PATCH' |
            Should -BeExactly '{"properties":{"upgradePolicy":{"rollingUpgradePolicy":{"maxBatchInstancePercent":30}}}}'
    }

    It 'returns the scale set' {
        $updated = Update-AzVmss rg web -SkuCapacity 2 -Tag @{ Team = 'api'; Stage = 'test' }
        $updated.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet'
        $updated.Sku.Capacity | Should -Be 2
        $updated.Tags.Count | Should -Be 2
        (Get-AzVmss rg web).Tags['stage'] | Should -Be 'test'
    }

    It 'sends <Parameter> as <Body>' -ForEach @(
        @{ Parameter = 'UpgradePolicyMode'; Value = 'rolling'; Body = '{"properties":{"upgradePolicy":{"mode":"Rolling"}}}' }
        @{ Parameter = 'AutomaticOSUpgrade'; Value = $true; Body = '{"properties":{"upgradePolicy":{"automaticOSUpgradePolicy":{"enableAutomaticOSUpgrade":true}}}}' }
        @{ Parameter = 'DisableAutoRollback'; Value = $false; Body = '{"properties":{"upgradePolicy":{"automaticOSUpgradePolicy":{"disableAutomaticRollback":false}}}}' }
        @{ Parameter = 'PauseTimeBetweenBatches'; Value = 'PT5M'; Body = '{"properties":{"upgradePolicy":{"rollingUpgradePolicy":{"pauseTimeBetweenBatches":"PT5M"}}}}' }
        @{ Parameter = 'EnableAutomaticRepair'; Value = $true; Body = '{"properties":{"automaticRepairsPolicy":{"enabled":true}}}' }
        @{ Parameter = 'ImageReferenceVersion'; Value = '1.2.0'; Body = '{"properties":{"virtualMachineProfile":{"storageProfile":{"imageReference":{"version":"1.2.0"}}}}}' }
        @{ Parameter = 'OsDiskCaching'; Value = 'readonly'; Body = '{"properties":{"virtualMachineProfile":{"storageProfile":{"osDisk":{"caching":"ReadOnly"}}}}}' }
        @{ Parameter = 'UserData'; Value = 'some text'; Body = '{"properties":{"virtualMachineProfile":{"userData":"********"}}}' }
        @{ Parameter = 'TerminateScheduledEventNotBeforeTimeoutInMinutes'; Value = 10; Body = '{"properties":{"virtualMachineProfile":{"scheduledEventsProfile":{"terminateNotificationProfile":{"notBeforeTimeout":"PT10M"}}}}}' }
        @{ Parameter = 'ScaleInPolicy'; Value = 'OldestVM'; Body = '{"properties":{"scaleInPolicy":{"rules":["OldestVM"]}}}' }
        @{ Parameter = 'SkuProfileVmSize'; Value = 'Standard_D2s_v3', 'Standard_D4s_v3'; Body = '{"properties":{"skuProfile":{"vmSizes":[{"name":"Standard_D2s_v3"},{"name":"Standard_D4s_v3"}]}}}' }
        @{ Parameter = 'ProximityPlacementGroupId'; Value = ''; Body = '{"properties":{"proximityPlacementGroup":{}}}' }
        @{ Parameter = 'EnableResilientVMCreate'; Value = $true; Body = '{"properties":{"resiliencyPolicy":{"resilientVMCreationPolicy":{"enabled":true}}}}' }
        @{ Parameter = 'MaxZoneCount'; Value = 2; Body = '{"properties":{"resiliencyPolicy":{"zoneAllocationPolicy":{"maxZoneCount":2}}}}' }
        @{ Parameter = 'RegularPriorityPercentage'; Value = 50; Body = '{"properties":{"priorityMixPolicy":{"regularPriorityPercentageAboveBase":50}}}' }
        @{ Parameter = 'OSImageScheduledEventEnabled'; Value = $true; Body = '{"properties":{"virtualMachineProfile":{"scheduledEventsProfile":{"osImageNotificationProfile":{"enable":true}}}}}' }
        @{ Parameter = 'ImageReferenceId'; Value = '/i'; Body = '{"properties":{"virtualMachineProfile":{"storageProfile":{"imageReference":{"id":"/i"}}}}}' }
    ) {
        $given = @{ $Parameter = $Value }
        # The service may refuse it; what is sent is what counts.
        Get-SentBody { Update-AzVmss rg web @given -ErrorAction SilentlyContinue } 'PATCH' | Should -BeExactly $Body
    }

    It 'has a place for every parameter in the scale set' {
        $paths = & (Get-Module -Name VmssSdk) { Get-VmssMemberPath }
        $others = @([System.Management.Automation.PSCmdlet]::CommonParameters) + 'WhatIf', 'Confirm', 'DefaultProfile', 'AsJob', 'IfMatch', 'IfNoneMatch' +
        'ResourceGroupName', 'VMScaleSetName', 'VirtualMachineScaleSet'
        foreach ($name in (Get-Command -Name Update-AzVmss -Module VmssSdk).Parameters.Keys) {
            if ($name -in $others) { continue }
            $paths[$name] | Should -Not -BeNullOrEmpty -Because $name
            & (Get-Module -Name VmssSdk) { Test-VmssMember -Model 'VirtualMachineScaleSet' -Path $args[0] } $paths[$name] | Should -BeTrue -Because "$name is $($paths[$name])"
        }
    }

    It 'turns on secure boot and the TPM with a security type' {
        Get-SentBody { Update-AzVmss rg web -SecurityType TrustedLaunch -EnableVtpm $false -ErrorAction SilentlyContinue } 'PATCH' |
            Should -BeExactly '{"properties":{"virtualMachineProfile":{"securityProfile":{"uefiSettings":{"secureBootEnabled":true,"vTpmEnabled":false},"securityType":"TrustedLaunch"}}}}'
    }

    It 'sends identities by their ids' {
        Get-SentBody { Update-AzVmss rg web -IdentityType SystemAssignedUserAssigned -IdentityId '/one' -ErrorAction SilentlyContinue } 'PATCH' |
            Should -BeExactly '{"identity":{"type":"SystemAssigned, UserAssigned","userAssignedIdentities":{"/one":{}}}}'
    }

    It 'refuses parameters of Windows together with those of Linux before it sends anything' {
        $sent = Get-TestRequest { Update-AzVmss rg web -TimeZone UTC -DisablePasswordAuthentication $true -ErrorVariable script:problems -ErrorAction SilentlyContinue }
        $sent | Should -BeNullOrEmpty
        "$($script:problems[0])" | Should -BeExactly 'Cannot specify both Windows and Linux configurations.'
    }

    It 'says that -EnableAllInstancesDown does nothing here' {
        $sent = Get-SentBody { Update-AzVmss rg web -EnableAllInstancesDown $true -SkuCapacity 2 -WarningVariable script:warnings -WarningAction SilentlyContinue } 'PATCH'
        $sent | Should -BeExactly '{"sku":{"capacity":2}}'
        "$script:warnings" | Should -BeLike '-EnableAllInstancesDown changes nothing here*'
    }

    It 'is refused when the scale set was changed meanwhile' {
        Update-AzVmss rg web -SkuCapacity 3 -IfMatch '"0"' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.StatusCode | Should -Be 412
    }
}

Describe 'Update-AzVmss with an object' {
    It 'sends the whole scale set with the parameters in it' {
        $body = Get-SentBody { Get-AzVmss rg web | Update-AzVmss -SkuCapacity 4 } 'PUT'
        @($body).Count | Should -Be 1
        $body | Should -BeLike '*"capacity":4*'
        $body | Should -BeLike '*"computerNamePrefix":"web"*'
        (Get-AzVmss rg web).Sku.Capacity | Should -Be 4
    }

    It 'takes a scale set as it was read' {
        $before = Get-AzVmss rg web
        $after = Update-AzVmss -ResourceGroupName rg -VMScaleSetName web -VirtualMachineScaleSet $before
        $after.ProvisioningState | Should -Be 'Succeeded'
        ($after.VirtualMachineProfile | ConvertTo-Json -Depth 20) | Should -BeExactly ($before.VirtualMachineProfile | ConvertTo-Json -Depth 20)
    }

    It 'switches to Rolling with a policy that was written into the object' {
        $vmss = Get-AzVmss rg web
        $vmss.UpgradePolicy.RollingUpgradePolicy = [pscustomobject]@{ MaxBatchInstancePercent = 50; MaxUnhealthyInstancePercent = 90; PauseTimeBetweenBatches = 'PT1M' }
        $body = Get-SentBody { $null = Update-AzVmss rg web -VirtualMachineScaleSet $vmss -UpgradePolicyMode Rolling -ErrorAction SilentlyContinue } 'PUT'
        $body | Should -BeLike '*"upgradePolicy":{"mode":"Rolling","rollingUpgradePolicy":{"maxBatchInstancePercent":50,"maxUnhealthyInstancePercent":90,"pauseTimeBetweenBatches":"PT1M"*'
    }

    It 'writes into an object that lacks the members above' {
        $bare = Get-TestModel
        $null = Get-SentBody { Update-AzVmss rg web $bare -AutomaticRepairGracePeriod PT40M -EnableAutomaticRepair $false } 'PUT'
        $bare.AutomaticRepairsPolicy.GracePeriod | Should -Be 'PT40M'
    }

    It 'writes into an object of a class' {
        Add-Type -TypeDefinition 'namespace VmssTest { public class Policy { public string Mode { get; set; } } public class ScaleSet { public Policy UpgradePolicy { get; set; } public string Location { get; set; } } }'
        $made = New-Object -TypeName VmssTest.ScaleSet
        $made.Location = 'westus2'
        $body = Get-SentBody { Update-AzVmss rg web $made -UpgradePolicyMode Manual -ErrorAction SilentlyContinue } 'PUT'
        $body | Should -BeExactly '{"properties":{"upgradePolicy":{"mode":"Manual"}},"location":"westus2"}'
    }

    It 'leaves an unchanged custom image out, and the object as it was' {
        $image = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/own'
        $model = Get-TestModel -Capacity 1
        $model.VirtualMachineProfile.StorageProfile.ImageReference = [pscustomobject]@{ Id = $image }
        New-TestScaleSet -Name own -Model $model
        $vmss = Get-AzVmss rg own
        $body = Get-SentBody { $script:after = Update-AzVmss rg own -VirtualMachineScaleSet $vmss -SkuCapacity 2 } 'PUT'
        $body | Should -Not -BeLike '*imageReference*'
        $vmss.VirtualMachineProfile.StorageProfile.ImageReference.Id | Should -Be $image
        $script:after.VirtualMachineProfile.StorageProfile.ImageReference.Id | Should -Be $image
    }

    It 'sends another custom image' {
        $vmss = Get-AzVmss rg own
        $vmss.VirtualMachineProfile.StorageProfile.ImageReference.Id += '2'
        Get-SentBody { Update-AzVmss rg own -VirtualMachineScaleSet $vmss } 'PUT' | Should -BeLike '*"imageReference":{"id":"*/own2"}*'
    }

    It 'ends as a job with the scale set' {
        $job = Get-AzVmss rg web | Update-AzVmss -SkuCapacity 3 -AsJob | Wait-Job
        $job.State | Should -Be 'Completed'
        $job.Name | Should -Be "Long Running Operation for 'Update-AzVmss'"
        ($job | Receive-Job).Sku.Capacity | Should -Be 3
    }
}

Describe 'What the emulator keeps without effect' {
    It 'is a warning, by the preference of the script' {
        $null = Update-AzVmss rg web -EnableResilientVMCreate $true -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeExactly 'resilientVMCreationPolicy is kept without effect: an instance that cannot be created stays Failed.'
    }

    It 'is not said of what acts' {
        $null = Update-AzVmss rg web -SkuCapacity 2 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
