# A8, and the other builders: they change the object that they got and write it, and send nothing.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $subnet = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/one'

    # As Microsoft's samples do it.
    function New-TestConfig {
        $ipCfg = New-AzVmssIPConfig -Name 'test' -SubnetId $subnet
        New-AzVmssConfig -Location westus2 -SkuCapacity 2 -SkuName 'Standard_D2s_v3' -Overprovision $false -UpgradePolicyMode 'Automatic' `
        | Add-AzVmssNetworkInterfaceConfiguration -Name 'test' -Primary $true -IPConfiguration $ipCfg `
        | Set-AzVmssOSProfile -ComputerNamePrefix 'test' -AdminUsername 'azure' -AdminPassword 'Pa55-word-of-test' `
        | Set-AzVmssStorageProfile -OsDiskCreateOption 'FromImage' -OsDiskCaching 'None' `
            -ImageReferenceOffer 'offer' -ImageReferenceSku 'sku' -ImageReferenceVersion 'latest' -ImageReferencePublisher 'pub'
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe 'builders' {
    It 'need no Python' {
        $null = New-TestConfig
        & (Get-Module -Name VmssSdk) { $script:BridgeType } | Should -BeNullOrEmpty
    }

    It 'make what the service takes, in the pipeline of Microsoft''s samples' {
        $null = Connect-Vmss -InProcess
        New-TestResourceGroup
        $made = Invoke-TestRpc -Method 'scaleSet.createOrUpdate' -Params @{ resourceGroup = 'rg'; scaleSet = 'made'; model = (New-TestConfig) }
        $made.UpgradePolicy.Mode | Should -Be 'Automatic'
        $made.Sku.Capacity | Should -Be 2
        $profileMade = $made.VirtualMachineProfile
        $profileMade.OsProfile.AdminUsername | Should -Be 'azure'
        $profileMade.StorageProfile.ImageReference.Publisher | Should -Be 'pub'
        $profileMade.StorageProfile.OsDisk.Caching | Should -Be 'None'
        $profileMade.NetworkProfile.NetworkInterfaceConfigurations[0].IpConfigurations[0].Subnet.Id | Should -Be $subnet
    }

    It '<Name> writes the same object that it got' -ForEach @(
        @{ Name = 'Set-AzVmssRollingUpgradePolicy'; Given = @{ MaxBatchInstancePercent = 5 } }
        @{ Name = 'Set-AzVmssOsProfile'; Given = @{ AdminUsername = 'a' } }
        @{ Name = 'Set-AzVmssStorageProfile'; Given = @{ OsDiskName = 'a' } }
        @{ Name = 'Add-AzVmssNetworkInterfaceConfiguration'; Given = @{ Name = 'a' } }
        @{ Name = 'Add-AzVmssExtension'; Given = @{ Name = 'a' } }
        @{ Name = 'Add-AzVmssDataDisk'; Given = @{ Name = 'a' } }
        @{ Name = 'Remove-AzVmssExtension'; Given = @{ Name = 'a' } }
        @{ Name = 'Remove-AzVmssDataDisk'; Given = @{ Name = 'a' } }) {
        $config = New-AzVmssConfig -Location westus2
        $written = $config | & $Name @Given
        [object]::ReferenceEquals($written, $config) | Should -BeTrue
        $written = & $Name -VirtualMachineScaleSet $config @Given -WhatIf
        $written | Should -BeNullOrEmpty
    }

    It 'refuse a name in place of the object' {
        { Set-AzVmssOsProfile -VirtualMachineScaleSet 'web' -AdminUsername 'a' } | Should -Throw '*New-AzVmssConfig or Get-AzVmss*String*'
    }

    It 'never show a password or a protected setting' {
        $config = New-TestConfig | Add-AzVmssExtension -Name 'x' -ProtectedSetting @{ key = 'hidden-word' }
        $profileMade = $config.VirtualMachineProfile
        $shown = $config, $profileMade, $profileMade.OsProfile, $profileMade.ExtensionProfile, $profileMade.ExtensionProfile.Extensions[0] | Out-String -Width 200
        $shown += $profileMade | Format-List | Out-String
        $shown += "$config $profileMade $($profileMade.OsProfile) $($profileMade.ExtensionProfile.Extensions)"
        $shown | Should -BeLike '*AdminPassword * : (not shown)*'
        $shown | Should -Not -BeLike '*Pa55-word-of-test*'
        $shown | Should -Not -BeLike '*hidden-word*'
        $profileMade.OsProfile.AdminPassword | Should -BeExactly 'Pa55-word-of-test'
    }

    It 'say when the pipeline has bound a name that was hardly meant' {
        $config = New-TestConfig
        $config.Name = 'web'
        $config | Set-AzVmssStorageProfile -ImageReferenceVersion '2.0.0' -WarningVariable warned -WarningAction SilentlyContinue
        $config.VirtualMachineProfile.StorageProfile.OsDisk.Name | Should -Be 'web'
        "$warned" | Should -BeLike '*-OsDiskName*'
        $null = Set-AzVmssStorageProfile -VirtualMachineScaleSet $config -ImageReferenceVersion '3.0.0' -WarningVariable warned
        "$warned" | Should -BeNullOrEmpty
    }

    It 'fill objects that have classes of their own, as those of Az.Compute have' {
        class TestRolling { [Nullable[int]] $MaxBatchInstancePercent; [string] $PauseTimeBetweenBatches }
        class TestUpgrade { [string] $Mode; [TestRolling] $RollingUpgradePolicy }
        class TestExtension { [string] $Name; [string] $Publisher }
        class TestExtensions { [System.Collections.Generic.IList[TestExtension]] $Extensions }
        class TestProfile { [TestExtensions] $ExtensionProfile }
        class TestSet { [TestUpgrade] $UpgradePolicy; [TestProfile] $VirtualMachineProfile }
        $set = New-Object -TypeName TestSet
        $null = $set | Set-AzVmssRollingUpgradePolicy -MaxBatchInstancePercent 30 | Add-AzVmssExtension -Name 'a' -Publisher 'p' | Add-AzVmssExtension -Name 'b'
        $set.UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent | Should -Be 30
        ($set.VirtualMachineProfile.ExtensionProfile.Extensions | ForEach-Object -Process { $_.Name }) -join ' ' | Should -Be 'a b'
        $null = $set | Remove-AzVmssExtension -Name 'a'
        $set.VirtualMachineProfile.ExtensionProfile.Extensions[0].Name | Should -Be 'b'
    }
}

Describe 'New-AzVmssConfig' {
    It 'has nothing in it that was not given' {
        $config = New-AzVmssConfig
        $config.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet'
        @($config.PSObject.Properties | Where-Object -FilterScript { $null -ne $_.Value }).Count | Should -Be 0
    }

    It 'writes nothing with -WhatIf' {
        New-AzVmssConfig -Location westus2 -WhatIf | Should -BeNullOrEmpty
    }

    It 'takes its first parameters by position' {
        $config = New-AzVmssConfig $true westus2 @{ team = 'web' } Standard_D2s_v5 Standard 4 Manual
        $config.Overprovision | Should -BeTrue
        $config.Tags['team'] | Should -Be 'web'
        "$($config.Location) $($config.Sku.Name) $($config.Sku.Tier) $($config.Sku.Capacity) $($config.UpgradePolicy.Mode)" | Should -Be 'westus2 Standard_D2s_v5 Standard 4 Manual'
    }

    It 'puts -<Parameter> into <Path>' -ForEach @(
        @{ Parameter = 'UpgradePolicyMode'; Given = 'rolling'; Path = 'UpgradePolicy.Mode'; Expected = 'Rolling' }
        @{ Parameter = 'EnableAutomaticOSUpgrade'; Given = $true; Path = 'UpgradePolicy.AutomaticOSUpgradePolicy.EnableAutomaticOSUpgrade'; Expected = $true }
        @{ Parameter = 'AutoOSUpgrade'; Given = $true; Path = 'UpgradePolicy.AutomaticOSUpgradePolicy.EnableAutomaticOSUpgrade'; Expected = $true }
        @{ Parameter = 'DisableAutoRollback'; Given = $false; Path = 'UpgradePolicy.AutomaticOSUpgradePolicy.DisableAutomaticRollback'; Expected = $false }
        @{ Parameter = 'EnableAutomaticRepair'; Given = $true; Path = 'AutomaticRepairsPolicy.Enabled'; Expected = $true }
        @{ Parameter = 'AutomaticRepairAction'; Given = 'Reimage'; Path = 'AutomaticRepairsPolicy.RepairAction'; Expected = 'Reimage' }
        @{ Parameter = 'HealthProbeId'; Given = '/probe'; Path = 'VirtualMachineProfile.NetworkProfile.HealthProbe.Id'; Expected = '/probe' }
        @{ Parameter = 'TerminateScheduledEventNotBeforeTimeoutInMinutes'; Given = 5; Path = 'VirtualMachineProfile.ScheduledEventsProfile.TerminateNotificationProfile.NotBeforeTimeout'; Expected = 'PT5M' }
        @{ Parameter = 'UserData'; Given = 'hello'; Path = 'VirtualMachineProfile.UserData'; Expected = 'aGVsbG8=' }
        @{ Parameter = 'UserData'; Given = 'aGVsbG8='; Path = 'VirtualMachineProfile.UserData'; Expected = 'aGVsbG8=' }
        @{ Parameter = 'EdgeZone'; Given = 'edge'; Path = 'ExtendedLocation.Name'; Expected = 'edge' }
        @{ Parameter = 'MaxPrice'; Given = -1; Path = 'VirtualMachineProfile.BillingProfile.MaxPrice'; Expected = -1 }
        @{ Parameter = 'SkipExtensionsOnOverprovisionedVMs'; Given = $true; Path = 'DoNotRunExtensionsOnOverprovisionedVMs'; Expected = $true }
        @{ Parameter = 'EnableMaxInstancePercentPerZone'; Given = $true; Path = 'ResiliencyPolicy.ZoneAllocationPolicy.MaxInstancePercentPerZonePolicy.Enabled'; Expected = $true }
        @{ Parameter = 'CapacityReservationGroupId'; Given = '/group'; Path = 'VirtualMachineProfile.CapacityReservation.CapacityReservationGroup.Id'; Expected = '/group' }
    ) {
        $parameters = @{ $Parameter = $Given }
        $found = New-AzVmssConfig @parameters
        foreach ($member in $Path.Split('.')) { $found = $found.$member }
        $found | Should -BeExactly $Expected
    }

    It 'has a place in the model for every parameter' {
        $paths = & (Get-Module -Name VmssSdk) { Get-VmssMemberPath }
        $command = Get-Command -Name New-AzVmssConfig -Module VmssSdk
        $without = [System.Management.Automation.PSCmdlet]::CommonParameters + 'WhatIf', 'Confirm', 'DefaultProfile'
        foreach ($name in $command.Parameters.Keys | Where-Object -FilterScript { $_ -notin $without }) {
            & (Get-Module -Name VmssSdk) { Test-VmssMember -Model VirtualMachineScaleSet -Path $args[0] } $paths[$name] | Should -BeTrue -Because $name
        }
    }

    It 'puts lists of names where the service wants objects' {
        $config = New-AzVmssConfig -IdentityType UserAssigned -IdentityId '/one', '/two' -SkuProfileVmSize 'Standard_D2s_v5', 'Standard_D4s_v5' -Zone '1', '2'
        (@($config.Identity.UserAssignedIdentities.Keys) | Sort-Object) -join ' ' | Should -Be '/one /two'
        ($config.SkuProfile.VmSizes | ForEach-Object -Process { $_.Name }) -join ' ' | Should -Be 'Standard_D2s_v5 Standard_D4s_v5'
        $config.Zones -join ' ' | Should -Be '1 2'
    }

    It 'turns on the TPM and secure boot of trusted launch, unless it is told otherwise' {
        $settings = (New-AzVmssConfig -SecurityType TrustedLaunch -EnableVtpm $false).VirtualMachineProfile.SecurityProfile.UefiSettings
        $settings.VTpmEnabled | Should -BeFalse
        $settings.SecureBootEnabled | Should -BeTrue
        (New-AzVmssConfig -SecurityType Standard).VirtualMachineProfile.SecurityProfile.UefiSettings | Should -BeNullOrEmpty
    }

    It 'refuses a mode that there is not' {
        { New-AzVmssConfig -UpgradePolicyMode 'Sometimes' } | Should -Throw '*Automatic,Manual,Rolling*'
    }

    It 'lets an interface be added to those that it was given' {
        $given = (New-TestConfig).VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations
        $config = New-AzVmssConfig -NetworkInterfaceConfiguration $given | Add-AzVmssNetworkInterfaceConfiguration -Name 'second'
        ($config.VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations | ForEach-Object -Process { $_.Name }) -join ' ' | Should -Be 'test second'
    }
}

Describe 'Set-AzVmssRollingUpgradePolicy' {
    It 'sets the four values and leaves the mode alone' {
        $config = New-AzVmssConfig -UpgradePolicyMode Manual | Set-AzVmssRollingUpgradePolicy -MaxBatchInstancePercent 50 `
            -MaxUnhealthyInstancePercent 90 -MaxUnhealthyUpgradedInstancePercent 80 -PauseTimeBetweenBatches 'PT60S'
        $policy = $config.UpgradePolicy.RollingUpgradePolicy
        "$($policy.MaxBatchInstancePercent) $($policy.MaxUnhealthyInstancePercent) $($policy.MaxUnhealthyUpgradedInstancePercent) $($policy.PauseTimeBetweenBatches)" | Should -Be '50 90 80 PT60S'
        $config.UpgradePolicy.Mode | Should -Be 'Manual'
    }

    It 'writes only what it was given, also by position' {
        $config = New-AzVmssConfig
        $null = Set-AzVmssRollingUpgradePolicy $config 20 -PrioritizeUnhealthyInstance $true -MaxSurge $false
        $set = $config.UpgradePolicy.RollingUpgradePolicy.PSObject.Properties | Where-Object -FilterScript { $null -ne $_.Value } | ForEach-Object -Process { "$($_.Name)=$($_.Value)" }
        $set -join ' ' | Should -Be 'MaxBatchInstancePercent=20 PrioritizeUnhealthyInstances=True MaxSurge=False'
        $config.UpgradePolicy.Mode | Should -BeNullOrEmpty
    }

    It 'makes nothing when nothing is given' {
        $config = New-AzVmssConfig | Set-AzVmssRollingUpgradePolicy
        $config.UpgradePolicy | Should -BeNullOrEmpty
    }
}

Describe 'Set-AzVmssOsProfile' {
    It 'puts what is of Linux or of Windows there' {
        $key = [pscustomobject]@{ Path = '/home/a/.ssh/authorized_keys'; KeyData = 'ssh-ed25519 AAAA' }
        $config = New-AzVmssConfig | Set-AzVmssOsProfile -CustomData 'djE=' -LinuxConfigurationDisablePasswordAuthentication $true -PublicKey $key -LinuxConfigurationPatchMode ImageDefault
        $os = $config.VirtualMachineProfile.OsProfile
        $os.CustomData | Should -Be 'djE='
        $os.LinuxConfiguration.DisablePasswordAuthentication | Should -BeTrue
        $os.LinuxConfiguration.Ssh.PublicKeys[0].KeyData | Should -Be 'ssh-ed25519 AAAA'
        $os.LinuxConfiguration.PatchSettings.PatchMode | Should -Be 'ImageDefault'
        $os.WindowsConfiguration | Should -BeNullOrEmpty
        $windows = (New-AzVmssConfig | Set-AzVmssOsProfile -TimeZone 'UTC' -EnableHotpatching).VirtualMachineProfile.OsProfile.WindowsConfiguration
        $windows.TimeZone | Should -Be 'UTC'
        $windows.PatchSettings.EnableHotpatching | Should -BeTrue
    }

    It 'refuses agents for both' {
        { New-AzVmssConfig | Set-AzVmssOsProfile -WindowsConfigurationProvisionVMAgent $true -LinuxConfigurationProvisionVMAgent $true } | Should -Throw 'Please provide only one of*'
    }

    It 'warns when a password lost its text' {
        $secret = New-Object -TypeName securestring
        $null = New-AzVmssConfig | Set-AzVmssOsProfile -AdminPassword $secret -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*SecureString*'
    }
}

Describe 'Set-AzVmssStorageProfile' {
    It 'changes the image of a scale set that is there, and nothing else' {
        $config = New-TestConfig
        $before = ConvertTo-Json -InputObject $config -Depth 20
        $null = Set-AzVmssStorageProfile -VirtualMachineScaleSet $config -ImageReferenceVersion '2.0.0'
        ConvertTo-Json -InputObject $config -Depth 20 | Should -BeExactly $before.Replace('"Version": "latest"', '"Version": "2.0.0"')
    }

    It 'makes disks as they are asked for' {
        $config = New-AzVmssConfig | Set-AzVmssStorageProfile -Name 'os' -DiffDiskSetting Local -DiffDiskPlacement CacheDisk -ManagedDisk Premium_LRS -OSDiskSizeGB 64 -OsDiskWriteAccelerator -OsDiskOsType linux
        $disk = $config.VirtualMachineProfile.StorageProfile.OsDisk
        "$($disk.Name) $($disk.DiffDiskSettings.Option) $($disk.DiffDiskSettings.Placement) $($disk.ManagedDisk.StorageAccountType) $($disk.DiskSizeGB) $($disk.WriteAcceleratorEnabled) $($disk.OsType)" |
            Should -BeExactly 'os Local CacheDisk Premium_LRS 64 True Linux'
    }
}

Describe 'New-AzVmssIpConfig' {
    It 'makes objects of the ids, and a public address when something of it is given' {
        $ip = New-AzVmssIpConfig -Name 'ip' -SubnetId $subnet -LoadBalancerBackendAddressPoolsId '/a', '/b' -PublicIPAddressName 'public' -DnsSetting 'web' -Primary
        $ip.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Management.Compute.Models.VirtualMachineScaleSetIPConfiguration'
        ($ip.LoadBalancerBackendAddressPools | ForEach-Object -Process { $_.Id }) -join ' ' | Should -Be '/a /b'
        $ip.PublicIPAddressConfiguration.Name | Should -Be 'public'
        $ip.PublicIPAddressConfiguration.DnsSettings.DomainNameLabel | Should -Be 'web'
        $ip.Primary | Should -BeTrue
        (New-AzVmssIpConfig -Name 'ip' -SubnetId $subnet).PublicIPAddressConfiguration | Should -BeNullOrEmpty
    }
}

Describe 'network interfaces' {
    It 'have what was given, and say what is off' {
        $config = New-AzVmssConfig | Add-AzVmssNetworkInterfaceConfiguration -Name 'nic' -Primary $true -NetworkSecurityGroupId '/nsg' -DnsServer '10.0.0.4', '10.0.0.5' -EnableIPForwarding
        $interface = $config.VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations[0]
        $interface.NetworkSecurityGroup.Id | Should -Be '/nsg'
        $interface.DnsSettings.DnsServers -join ' ' | Should -Be '10.0.0.4 10.0.0.5'
        $interface.EnableIPForwarding | Should -BeTrue
        $interface.EnableAcceleratedNetworking | Should -BeFalse
    }
}

Describe 'extensions' {
    It 'keep the names in their settings as they are written, and go with -Name' {
        $null = Connect-Vmss -InProcess
        New-TestResourceGroup
        $setting = ConvertFrom-Json -InputObject '{"FooBar": {"xY": [1]}}'
        $config = New-TestConfig | Add-AzVmssExtension -Name 'one' -Publisher 'p' -Type 't' -TypeHandlerVersion '1.0' -Setting $setting -ProvisionAfterExtension 'two' |
            Add-AzVmssExtension -Name 'two' -Publisher 'p' -Type 'u' -TypeHandlerVersion '1.0' -AutoUpgradeMinorVersion $true
        $params = @{ resourceGroup = 'rg'; scaleSet = 'web'; model = $config }
        $sent = @(Get-TestRequest { Invoke-TestRpc -Method 'scaleSet.createOrUpdate' -Params $params }) -like 'PUT *'
        $sent[0] | Should -BeLike '*"FooBar":{"xY":`[1`]}*'
        $null = $config | Remove-AzVmssExtension -Name 'ONE'
        $config.VirtualMachineProfile.ExtensionProfile.Extensions[0].Name | Should -Be 'two'
        $null = $config | Remove-AzVmssExtension -Name 'two'
        $config.VirtualMachineProfile.ExtensionProfile.Extensions | Should -BeNullOrEmpty
    }

    It 'that are not there cannot be removed' {
        $config = New-AzVmssConfig | Add-AzVmssExtension -Name 'one'
        { $config | Remove-AzVmssExtension -Name 'two' } | Should -Throw '*''two''*there is: one*'
    }
}

Describe 'data disks' {
    It 'are added with what was given, and go by name or number' {
        $config = New-AzVmssConfig | Add-AzVmssDataDisk -Name 'a' -Lun 0 -Caching readonly -CreateOption Empty -DiskSizeGB 10 -StorageAccountType Standard_LRS |
            Add-AzVmssDataDisk -Name 'b' -Lun 1 -DiskEncryptionSetId '/set' | Add-AzVmssDataDisk -Name 'c' -Lun 2
        $disks = $config.VirtualMachineProfile.StorageProfile.DataDisks
        "$($disks[0].Caching) $($disks[0].DiskSizeGB) $($disks[0].ManagedDisk.StorageAccountType)" | Should -BeExactly 'ReadOnly 10 Standard_LRS'
        $disks[1].ManagedDisk.DiskEncryptionSet.Id | Should -Be '/set'
        $null = $config | Remove-AzVmssDataDisk -Lun 0 | Remove-AzVmssDataDisk -Name 'c'
        ($config.VirtualMachineProfile.StorageProfile.DataDisks | ForEach-Object -Process { $_.Name }) -join ' ' | Should -Be 'b'
    }
}
