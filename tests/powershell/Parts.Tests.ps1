# Builders of the smaller parts of a scale set: they change the object that they got and write it, and send nothing.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $keyVault = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv'

    function Get-Deep {
        param([object] $InputObject, [string] $Path)
        foreach ($member in $Path.Split('.')) { $InputObject = $InputObject.$member }
        , $InputObject
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe 'builders of parts' {
    It '<Name> writes the same object that it got' -ForEach @(
        @{ Name = 'Add-AzVmssAdditionalUnattendContent'; Given = @{ Content = '<a/>' } }
        @{ Name = 'Add-AzVmssWinRMListener'; Given = @{ Protocol = 'Http' } }
        @{ Name = 'Add-AzVmssSshPublicKey'; Given = @{ Path = '/p' } }
        @{ Name = 'Add-AzVmssSecret'; Given = @{ SourceVaultId = '/kv' } }
        @{ Name = 'Add-AzVmssSkuProfileVMSize'; Given = @{ VmSize = 'Standard_D2s_v5' } }
        @{ Name = 'Set-AzVmssBootDiagnostic'; Given = @{ Enabled = $true } }
        @{ Name = 'Set-AzVmssLifecycleHooksProfile'; Given = @{ LifecycleHook = @([pscustomobject]@{ Type = 'UpgradeAutoOSScheduling' }) } }
        @{ Name = 'Set-AzVmssUefi'; Given = @{ EnableVtpm = $true } }
        @{ Name = 'Set-AzVmssSecurityProfile'; Given = @{ SecurityType = 'TrustedLaunch' } }
        @{ Name = 'Set-AzVmssProxyAgentSetting'; Given = @{ EnableProxyAgent = $true } }
        @{ Name = 'Remove-AzVmssNetworkInterfaceConfiguration'; Given = @{ Name = 'a' } }) {
        $config = New-AzVmssConfig -Location westus2
        $written = $config | & $Name @Given
        [object]::ReferenceEquals($written, $config) | Should -BeTrue
        $before = $config | ConvertTo-Json -Depth 20
        if ((Get-Command -Name $Name).Parameters.ContainsKey('WhatIf')) {
            & $Name -VirtualMachineScaleSet $config @Given -WhatIf | Should -BeNullOrEmpty
            $config | ConvertTo-Json -Depth 20 | Should -BeExactly $before
        }
        { & $Name -VirtualMachineScaleSet 'web' @Given } | Should -Throw '*New-AzVmssConfig or Get-AzVmss*String*'
    }

    It 'need no Python' {
        & (Get-Module -Name VmssSdk) { $script:BridgeType } | Should -BeNullOrEmpty
    }

    It '<Line> puts it into <Path>' -ForEach @(
        @{ Line = 'Set-AzVmssBootDiagnostic $vmss $true "https://a.blob"'; Path = 'VirtualMachineProfile.DiagnosticsProfile.BootDiagnostics.StorageUri'; Expected = 'https://a.blob' }
        @{ Line = '$vmss | Set-AzVmssBootDiagnostic -Enabled $false'; Path = 'VirtualMachineProfile.DiagnosticsProfile.BootDiagnostics.Enabled'; Expected = $false }
        @{ Line = 'Set-AzVmssUefi $vmss $true $false'; Path = 'VirtualMachineProfile.SecurityProfile.UefiSettings.VTpmEnabled'; Expected = $true }
        @{ Line = 'Set-AzVmssUefi $vmss $true $false'; Path = 'VirtualMachineProfile.SecurityProfile.UefiSettings.SecureBootEnabled'; Expected = $false }
        @{ Line = 'Set-AzVmssSecurityProfile $vmss trustedlaunch'; Path = 'VirtualMachineProfile.SecurityProfile.SecurityType'; Expected = 'TrustedLaunch' }
        @{ Line = 'Set-AzVmssSecurityProfile $vmss Standard'; Path = 'VirtualMachineProfile'; Expected = $null }
        @{ Line = '$vmss | Set-AzVmssProxyAgentSetting -EnableProxyAgent $true -ImdsMode Audit'; Path = 'VirtualMachineProfile.SecurityProfile.ProxyAgentSettings.Imds.Mode'; Expected = 'Audit' }
        @{ Line = '$vmss | Set-AzVmssProxyAgentSetting -ImdsMode Audit | Set-AzVmssProxyAgentSetting -EnableProxyAgent $true'; Path = 'VirtualMachineProfile.SecurityProfile.ProxyAgentSettings.Imds'; Expected = $null }
        @{ Line = 'Add-AzVmssAdditionalUnattendContent $vmss OobeSystem MicrosoftWindowsShellSetup autologon "<a/>"'; Path = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.AdditionalUnattendContent.ComponentName'; Expected = 'Microsoft-Windows-Shell-Setup' }
        @{ Line = 'Add-AzVmssAdditionalUnattendContent $vmss OobeSystem MicrosoftWindowsShellSetup autologon "<a/>"'; Path = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.AdditionalUnattendContent.SettingName'; Expected = 'AutoLogon' }
        @{ Line = 'Add-AzVmssWinRMListener $vmss https "https://kv/secrets/a/1"'; Path = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.WinRM.Listeners.Protocol'; Expected = 'Https' }
        @{ Line = 'Add-AzVmssSshPublicKey $vmss "/home/a/.ssh/authorized_keys" "ssh-rsa AAAA"'; Path = 'VirtualMachineProfile.OsProfile.LinuxConfiguration.Ssh.PublicKeys.KeyData'; Expected = 'ssh-rsa AAAA' }
        @{ Line = '$vmss | Add-AzVmssSkuProfileVMSize -VmSize Standard_D2s_v5 -Rank 0 -AllocationStrategy Prioritized'; Path = 'SkuProfile.VmSizes.Rank'; Expected = 0 }
        @{ Line = '$vmss | Add-AzVmssSkuProfileVMSize -VmSize Standard_D2s_v5 -Rank 0 -AllocationStrategy Prioritized'; Path = 'SkuProfile.AllocationStrategy'; Expected = 'Prioritized' }
        @{ Line = '$vmss | Set-AzVmssLifecycleHooksProfile -LifecycleHook (New-AzVmssLifecycleHookConfig UpgradeAutoOSScheduling PT8H Approve)'; Path = 'LifecycleHooksProfile.LifecycleHooks.WaitDuration'; Expected = 'PT8H' }
        @{ Line = 'Add-AzVmssSecret $vmss $keyVault (New-AzVmssVaultCertificateConfig "https://kv/secrets/a/1" My)'; Path = 'VirtualMachineProfile.OsProfile.Secrets.SourceVault.Id'; Expected = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv' }
        @{ Line = 'Add-AzVmssSecret $vmss $keyVault (New-AzVmssVaultCertificateConfig "https://kv/secrets/a/1" My)'; Path = 'VirtualMachineProfile.OsProfile.Secrets.VaultCertificates.CertificateStore'; Expected = 'My' }
    ) {
        $vmss = New-AzVmssConfig -Location westus2
        $null = & ([scriptblock]::Create($Line))
        $found = Get-Deep -InputObject $vmss -Path $Path
        if ($null -eq $Expected) { $found | Should -BeNullOrEmpty } else { $found | Should -BeExactly $Expected }
    }

    It 'makes <Line>' -ForEach @(
        @{ Line = 'New-AzVmssIpTagConfig FirstPartyUsage -Tag Sql'; Member = 'IpTagType'; Expected = 'FirstPartyUsage'; Type = 'Microsoft.Azure.Management.Compute.Models.VirtualMachineScaleSetIpTag' }
        @{ Line = 'New-AzVmssVaultCertificateConfig "https://kv/secrets/a/1" My'; Member = 'CertificateUrl'; Expected = 'https://kv/secrets/a/1'; Type = 'Microsoft.Azure.Management.Compute.Models.VaultCertificate' }
        @{ Line = 'New-AzVmssLifecycleHookConfig -Type UpgradeAutoOSRollingBatchStarting -DefaultAction Reject'; Member = 'DefaultAction'; Expected = 'Reject'; Type = 'Microsoft.Azure.Management.Compute.Models.LifecycleHook' }
        @{ Line = 'New-AzVmssGalleryApplication -PackageReferenceId /p -ConfigReferenceId https://c'; Member = 'ConfigurationReference'; Expected = 'https://c'; Type = 'Microsoft.Azure.Management.Compute.Models.VMGalleryApplication' }
    ) {
        $made = & ([scriptblock]::Create($Line))
        $made.$Member | Should -BeExactly $Expected
        $made.PSObject.TypeNames[0] | Should -BeExactly $Type
        & ([scriptblock]::Create("$Line -WhatIf")) | Should -BeNullOrEmpty
    }

    It 'adds a second one after the first: <Name>' -ForEach @(
        @{ Name = 'Add-AzVmssSshPublicKey'; Member = 'Path'; Path = 'VirtualMachineProfile.OsProfile.LinuxConfiguration.Ssh.PublicKeys.Path' }
        @{ Name = 'Add-AzVmssWinRMListener'; Member = 'CertificateUrl'; Path = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.WinRM.Listeners.CertificateUrl' }
        @{ Name = 'Add-AzVmssSkuProfileVMSize'; Member = 'VmSize'; Path = 'SkuProfile.VmSizes.Name' }
    ) {
        $vmss = New-AzVmssConfig
        foreach ($value in 'one', 'two') {
            $given = @{ $Member = $value }
            $null = & $Name -VirtualMachineScaleSet $vmss @given
        }
        (Get-Deep -InputObject $vmss -Path $Path) -join ' ' | Should -Be 'one two'
    }

    It 'has a size of the instance mix once, and takes it out again' {
        $vmss = New-AzVmssConfig | Add-AzVmssSkuProfileVMSize -VmSize one | Add-AzVmssSkuProfileVMSize -VmSize two
        { $vmss | Add-AzVmssSkuProfileVMSize -VmSize TWO } | Should -Throw "The VM size 'TWO' is already present in the SkuProfile."
        $null = Remove-AzVmssSkuProfileVMSize $vmss one
        $vmss.SkuProfile.VmSizes.Name | Should -Be 'two'
        New-AzVmssConfig | Remove-AzVmssSkuProfileVMSize -VmSize one | Should -BeNullOrEmpty
    }

    It 'takes a network interface out by name and by id, and says which there are' {
        $vmss = New-AzVmssConfig | Add-AzVmssNetworkInterfaceConfiguration -Name one | Add-AzVmssNetworkInterfaceConfiguration -Name two
        $vmss.VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations[1] | Add-Member -NotePropertyName Id -NotePropertyValue '/two'
        { $vmss | Remove-AzVmssNetworkInterfaceConfiguration -Name three } | Should -Throw '*there is: one, two.'
        $null = $vmss | Remove-AzVmssNetworkInterfaceConfiguration -Name one
        $vmss.VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations.Name | Should -Be 'two'
        $null = Remove-AzVmssNetworkInterfaceConfiguration -VirtualMachineScaleSet $vmss -Id '/two'
        $vmss.VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations | Should -BeNullOrEmpty
    }

    It 'adds a gallery application to a profile, and takes it out' {
        $machine = (New-AzVmssConfig -Priority Spot).VirtualMachineProfile
        $application = New-AzVmssGalleryApplication -PackageReferenceId '/p' -EnableAutomaticUpgrade $true
        $written = Add-AzVmssGalleryApplication -VirtualMachineScaleSetVM $machine -GalleryApplication $application -Order 3 -TreatFailureAsDeploymentFailure
        [object]::ReferenceEquals($written, $machine) | Should -BeTrue
        $added = $machine.ApplicationProfile.GalleryApplications[0]
        "$($added.PackageReferenceId) $($added.Order) $($added.EnableAutomaticUpgrade) $($added.TreatFailureAsDeploymentFailure)" | Should -Be '/p 3 True True'
        { Remove-AzVmssGalleryApplication -VirtualMachineScaleSetVM $machine -GalleryApplicationsReferenceId '/q' } | Should -Throw '*there is: /p.'
        $null = Remove-AzVmssGalleryApplication -VirtualMachineScaleSetVM $machine -GalleryApplicationsReferenceId '/p'
        $machine.ApplicationProfile.GalleryApplications | Should -BeNullOrEmpty
    }
}

Describe 'parts that the service is given' {
    BeforeAll {
        $null = Connect-Vmss -InProcess
        New-TestScaleSet
    }

    It 'has boot diagnostics and a key after New-AzVmss' {
        $vmss = Get-TestModel -Capacity 1
        $null = $vmss | Set-AzVmssBootDiagnostic -Enabled $true | Add-AzVmssSshPublicKey -Path '/home/azure/.ssh/authorized_keys' -KeyData 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 a'
        $made = New-AzVmss rg parts $vmss -ErrorAction Stop
        $made.VirtualMachineProfile.DiagnosticsProfile.BootDiagnostics.Enabled | Should -BeTrue
        $made.VirtualMachineProfile.OsProfile.LinuxConfiguration.Ssh.PublicKeys[0].Path | Should -Be '/home/azure/.ssh/authorized_keys'
    }

    It 'has hooks after Update-AzVmss, loses one by its type and the rest with -All' {
        $hooks = (New-AzVmssLifecycleHookConfig UpgradeAutoOSScheduling PT8H), (New-AzVmssLifecycleHookConfig UpgradeAutoOSRollingBatchStarting PT30M)
        $vmss = Get-AzVmss rg web | Set-AzVmssLifecycleHooksProfile -LifecycleHook $hooks
        (Update-AzVmss rg web $vmss -ErrorAction Stop).LifecycleHooksProfile.LifecycleHooks.Type | Should -Be @('UpgradeAutoOSScheduling', 'UpgradeAutoOSRollingBatchStarting')
        Remove-AzVmssLifecycleHook rg web UpgradeAutoOSScheduling -WhatIf | Should -BeNullOrEmpty
        (Get-AzVmss rg web).LifecycleHooksProfile.LifecycleHooks.Count | Should -Be 2
        (Remove-AzVmssLifecycleHook rg web upgradeautoosscheduling).LifecycleHooksProfile.LifecycleHooks.Type | Should -Be 'UpgradeAutoOSRollingBatchStarting'
        (Get-AzVmss rg web | Remove-AzVmssLifecycleHook -All).LifecycleHooksProfile.LifecycleHooks | Should -BeNullOrEmpty
    }

    It 'says that a scale set is not there when its hooks are removed' {
        Remove-AzVmssLifecycleHook rg nobody -All -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.StatusCode | Should -Be 404
    }

    It 'gives an instance a data disk, and takes it away' {
        $disk = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/disks/one'
        $instance = Get-AzVmssVM rg web 0
        $written = $instance | Add-AzVmssVMDataDisk -Lun 1 -CreateOption Attach -ManagedDiskId $disk -Caching readonly -DiskSizeInGB 10 -WriteAccelerator
        [object]::ReferenceEquals($written, $instance) | Should -BeTrue
        $added = $instance.StorageProfile.DataDisks[-1]
        "$($added.Lun) $($added.CreateOption) $($added.ManagedDisk.Id) $($added.Caching) $($added.DiskSizeGB) $($added.WriteAcceleratorEnabled)" | Should -Be "1 Attach $disk ReadOnly 10 True"
        { Remove-AzVmssVMDataDisk $instance 7 } | Should -Throw '*there is: 1.'
        $null = Remove-AzVmssVMDataDisk $instance 1
        $instance.StorageProfile.DataDisks | Should -BeNullOrEmpty
        { Add-AzVmssVMDataDisk '0' 1 Attach $disk } | Should -Throw '*from Get-AzVmssVM*String*'
    }
}
