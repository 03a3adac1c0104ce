# New-AzVmss: from an object, and from a name and a credential with the network that it stands on.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestResourceGroup
    $group = (Invoke-TestRpc -Method 'resourceGroup.get' -Params @{ name = 'rg' }).Id
    $password = ConvertTo-SecureString -String 'Pa55-word-of-test' -AsPlainText -Force
    $credential = New-Object -TypeName pscredential -ArgumentList 'azure', $password

    function Get-TestResource {
        param([string] $Type, [string] $Name, [string] $Group = $group)
        Invoke-TestRpc -Method 'resource.get' -Params @{ id = "$Group/providers/Microsoft.Network/$Type/$Name"; apiVersion = '2024-05-01' }
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe 'New-AzVmss with an object' {
    It 'creates it, and keeps the password to itself' {
        $made = New-AzVmss -ResourceGroupName rg -VMScaleSetName web -VirtualMachineScaleSet (Get-TestModel -Capacity 2)
        $made.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet'
        $made.ProvisioningState | Should -Be 'Succeeded'
        $made.VirtualMachineProfile.OsProfile.AdminPassword | Should -BeNullOrEmpty
        @(Get-AzVmssVM rg web).Count | Should -Be 2
    }

    It 'takes a piped object and ends as a job' {
        $job = Get-TestModel -Capacity 1 | New-AzVmss -ResourceGroupName rg -Name piped -AsJob | Wait-Job
        $job.State | Should -Be 'Completed'
        ($job | Receive-Job).Name | Should -Be 'piped'
    }

    It 'creates nothing with -WhatIf' {
        New-AzVmss rg unmade (Get-TestModel) -WhatIf | Should -BeNullOrEmpty
        Get-AzVmss rg unmade -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'warns about an image that is pinned to a version' {
        $model = Get-TestModel -Capacity 1
        $model.VirtualMachineProfile.StorageProfile.ImageReference.Version = '1.0.0'
        $null = New-AzVmss rg pinned $model -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike 'You are deploying VMSS pinned to a specific image version*'
    }

    It 'does not overwrite when it must not' {
        New-AzVmss rg web (Get-TestModel) -IfNoneMatch '*' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.StatusCode | Should -Be 412
    }

    It 'passes the words of the service on' {
        $model = Get-TestModel
        $model.Location = $null
        New-AzVmss rg nowhere $model -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidParameter,New-AzVmss'
    }
}

Describe 'what New-AzVmss decides for an object' {
    BeforeAll {
        $ip = New-AzVmssIpConfig -Name ip -SubnetId "$group/providers/Microsoft.Network/virtualNetworks/vnet/subnets/one"

        function New-OpenConfig {
            param([hashtable] $More = @{})
            New-AzVmssConfig -Location westus2 -SkuCapacity 1 -SkuName Standard_D4s_v3 -UpgradePolicyMode Manual -Overprovision $false @More |
                Add-AzVmssNetworkInterfaceConfiguration -Name nic -Primary $true -IPConfiguration $ip |
                Set-AzVmssOsProfile -ComputerNamePrefix vm -AdminUsername azure -AdminPassword 'Pa55-word-of-test'
        }

        function Add-OpenImage {
            param([object] $Config, [string] $Sku)
            $image = @{ ImageReferencePublisher = 'MicrosoftWindowsServer'; ImageReferenceOffer = 'WindowsServer'; ImageReferenceSku = $Sku; ImageReferenceVersion = 'latest' }
            $Config | Set-AzVmssStorageProfile -OsDiskCreateOption FromImage @image
        }
    }

    It 'is trusted launch for a marketplace image of generation 2' {
        $machine = (New-AzVmss rg second2 (Add-OpenImage (New-OpenConfig) '2022-datacenter-azure-edition')).VirtualMachineProfile
        $machine.SecurityProfile.SecurityType | Should -Be 'TrustedLaunch'
        $machine.SecurityProfile.UefiSettings.VTpmEnabled | Should -BeTrue
        $machine.SecurityProfile.UefiSettings.SecureBootEnabled | Should -BeTrue
        $machine.StorageProfile.OsDisk.WriteAcceleratorEnabled | Should -BeFalse
        $machine.StorageProfile.OsDisk.WriteAcceleratorEnabled | Should -Not -BeNullOrEmpty
    }

    It 'is no security type for generation 1, and for Standard, which stays in the object' {
        (New-AzVmss rg first1 (Add-OpenImage (New-OpenConfig) '2016-Datacenter')).VirtualMachineProfile.SecurityProfile | Should -BeNullOrEmpty
        $config = Add-OpenImage (New-OpenConfig @{ SecurityType = 'Standard' }) '2022-datacenter-azure-edition'
        (New-AzVmss rg plain2 $config).VirtualMachineProfile.SecurityProfile | Should -BeNullOrEmpty
        $config.VirtualMachineProfile.SecurityProfile.SecurityType | Should -Be 'Standard'
    }

    It 'leaves secure boot off when the object says so' {
        $config = Add-OpenImage (New-OpenConfig @{ SecurityType = 'TrustedLaunch'; EnableSecureBoot = $false }) '2022-datacenter-azure-edition'
        $uefi = (New-AzVmss rg halfway $config).VirtualMachineProfile.SecurityProfile.UefiSettings
        "$($uefi.SecureBootEnabled) $($uefi.VTpmEnabled)" | Should -Be 'False True'
    }

    It 'is Windows Server 2022 Azure Edition with trusted launch without an image' {
        $machine = (New-AzVmss rg noimage (New-OpenConfig)).VirtualMachineProfile
        $machine.StorageProfile.ImageReference.Sku | Should -Be '2022-datacenter-azure-edition'
        $machine.SecurityProfile.SecurityType | Should -Be 'TrustedLaunch'
    }

    It 'is Flexible without a profile: <Given>' -ForEach @(
        @{ Name = 'bare1'; Given = @{ UpgradePolicyMode = 'Manual'; SinglePlacementGroup = $true }; Domains = 1 }
        @{ Name = 'bare2'; Given = @{}; Domains = 1 }
        @{ Name = 'bare3'; Given = @{ PlatformFaultDomainCount = 3 }; Domains = 3 }
    ) {
        $made = New-AzVmssConfig -Location westus2 @Given | New-AzVmss -ResourceGroupName rg -VMScaleSetName $Name
        "$($made.OrchestrationMode) $($made.PlatformFaultDomainCount)" | Should -Be "Flexible $Domains"
        $made.VirtualMachineProfile | Should -BeNullOrEmpty
    }
}

Describe 'New-AzVmss with a name and a credential' {
    It 'makes a Flexible scale set with trusted launch, and everything that it stands on' {
        $made = New-AzVmss -VMScaleSetName plain -Credential $credential
        $made.ResourceGroupName | Should -Be 'plain'
        $made.Location | Should -Be 'eastus'
        $made.OrchestrationMode | Should -Be 'Flexible'
        $made.PlatformFaultDomainCount | Should -Be 1
        $made.Sku.Capacity | Should -Be 2
        $made.Sku.Name | Should -Be 'Standard_DS1_v2'
        $made.FullyQualifiedDomainName | Should -Match '^plain-[0-9a-f]{6}\.eastus\.cloudapp\.azure\.com$'
        $machine = $made.VirtualMachineProfile
        $machine.StorageProfile.ImageReference.Sku | Should -Be '2022-datacenter-azure-edition'
        $machine.StorageProfile.ImageReference.Version | Should -Be 'latest'
        $machine.SecurityProfile.SecurityType | Should -Be 'TrustedLaunch'
        $machine.SecurityProfile.UefiSettings.SecureBootEnabled | Should -BeTrue
        $machine.OsProfile.AdminUsername | Should -Be 'azure'
        $machine.OsProfile.ComputerNamePrefix | Should -Be 'plain'
        $place = (Invoke-TestRpc -Method 'resourceGroup.get' -Params @{ name = 'plain' }).Id
        (Get-TestResource virtualNetworks plain $place).properties.addressSpace.addressPrefixes | Should -Be '192.168.0.0/16'
        $address = Get-TestResource publicIPAddresses plain $place
        $address.sku.name | Should -Be 'Standard'
        $address.properties.publicIPAllocationMethod | Should -Be 'Static'
        (Get-TestResource loadBalancers plain $place).properties.loadBalancingRules[0].name | Should -Be 'plain80'
        $machine.NetworkProfile.NetworkInterfaceConfigurations[0].IpConfigurations[0].Subnet.Id | Should -BeLike '*/virtualNetworks/plain/subnets/plain'
        { Get-TestResource networkSecurityGroups plain $place } | Should -Throw
    }

    It 'makes a Uniform one with ports of its own for each instance, and in zones a security group' {
        $made = New-AzVmss rg uniform -Credential $credential -OrchestrationMode Uniform -Image Ubuntu2204 -InstanceCount 3 -Zone '1', '2' -UpgradePolicyMode Automatic -BackendPort 80, 443 -DataDiskSizeInGb 10, 20 -SystemAssignedIdentity
        $made.Location | Should -Be 'westus2' -Because 'the resource group is there'
        $made.OrchestrationMode | Should -Be 'Uniform'
        $made.UpgradePolicy.Mode | Should -Be 'Automatic'
        $made.Zones | Should -Be @('1', '2')
        $made.Identity.Type | Should -Be 'SystemAssigned'
        $made.VirtualMachineProfile.StorageProfile.DataDisks.DiskSizeGB | Should -Be @(10, 20)
        $made.VirtualMachineProfile.SecurityProfile | Should -BeNullOrEmpty
        $balancer = (Get-TestResource loadBalancers uniform).properties
        $balancer.loadBalancingRules.name | Should -Be @('uniform80', 'uniform443')
        $balancer.inboundNatPools[0].properties.backendPort | Should -Be 22
        $balancer.inboundNatPools[0].properties.frontendPortRangeStart | Should -Be 50000
        $balancer.inboundNatPools[0].properties.frontendPortRangeEnd | Should -Be 50006
        $rules = (Get-TestResource networkSecurityGroups uniform).properties.securityRules
        $rules.properties.destinationPortRange | Should -Be @('22', '80', '443')
        $rules.properties.priority | Should -Be @(1000, 1001, 1002)
        $made.VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations[0].IpConfigurations[0].LoadBalancerInboundNatPools[0].Id | Should -BeLike '*/inboundNatPools/uniform22'
    }

    It 'uses a network that is there, and adds its subnet' {
        $vnet = "$group/providers/Microsoft.Network/virtualNetworks/shared"
        $document = @{ location = 'westus2'; properties = @{ addressSpace = @{ addressPrefixes = @('10.0.0.0/8') }; subnets = @(@{ name = 'old'; properties = @{ addressPrefix = '10.1.0.0/16' } }) } }
        $null = Invoke-TestRpc -Method 'resource.createOrUpdate' -Params @{ id = $vnet; apiVersion = '2024-05-01'; document = $document }
        $null = New-AzVmss rg first -Credential $credential -VirtualNetworkName shared -SubnetName new -SubnetAddressPrefix '10.2.0.0/16'
        $null = New-AzVmss rg second -Credential $credential -VirtualNetworkName shared -SubnetName old
        (Get-TestResource virtualNetworks shared).properties.addressSpace.addressPrefixes | Should -Be '10.0.0.0/8'
        (Get-TestResource 'virtualNetworks/shared/subnets' new).properties.addressPrefix | Should -Be '10.2.0.0/16'
        (Get-AzVmss rg second).VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations[0].IpConfigurations[0].Subnet.Id | Should -BeLike '*/shared/subnets/old'
    }

    It 'refuses a load balancer that is named and there, and creates nothing' {
        $null = New-AzVmss rg owner -Credential $credential
        New-AzVmss rg guest -Credential $credential -LoadBalancerName owner -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "Existing loadbalancer config is not compatible with what is required by the cmdlet*name : owner and ID : $group/providers/Microsoft.Network/loadBalancers/owner"
        Get-AzVmss rg guest -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        { Get-TestResource virtualNetworks guest } | Should -Throw
        (New-AzVmss rg owner -Credential $credential).ProvisioningState | Should -Be 'Succeeded' -Because 'the same may be run again'
    }

    It 'refuses a Flexible one with a single placement group' {
        New-AzVmss rg narrow -Credential $credential -OrchestrationMode Flexible -SinglePlacementGroup -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike 'The value provided for SinglePlacementGroup cannot be used for a VMSS with OrchestrationMode set to Flexible*'
        Get-AzVmss rg narrow -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'takes the newest version of a named image, and says that it is pinned' {
        $made = New-AzVmss rg urn -Credential $credential -ImageName 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest' -WarningVariable warnings -WarningAction SilentlyContinue
        $made.VirtualMachineProfile.StorageProfile.ImageReference.Version | Should -Match '^\d+\.\d+\.\d+$'
        $made.VirtualMachineProfile.OsProfile.LinuxConfiguration | Should -Not -BeNullOrEmpty
        "$warnings" | Should -BeLike '*pinned to a specific image version*'
    }

    It 'finds a custom image of the resource group by its name' {
        $image = "$group/providers/Microsoft.Compute/images/golden"
        $document = @{ location = 'westus2'; properties = @{ storageProfile = @{ osDisk = @{ osType = 'Linux'; osState = 'Generalized' } } } }
        $null = Invoke-TestRpc -Method 'resource.createOrUpdate' -Params @{ id = $image; apiVersion = '2024-07-01'; document = $document }
        $made = New-AzVmss rg custom -Credential $credential -ImageName golden
        $made.VirtualMachineProfile.StorageProfile.ImageReference.Id | Should -Be $image
        $made.VirtualMachineProfile.OsProfile.LinuxConfiguration | Should -Not -BeNullOrEmpty
    }

    It 'refuses an image that is none: <Image>' -ForEach @(
        @{ Image = 'NoSuchImage'; Id = 'ImageNotFound' }
        @{ Image = 'a:b:c'; Id = 'InvalidImageName' }
    ) {
        { New-AzVmss rg broken -Credential $credential -ImageName $Image } | Should -Throw -ErrorId "$Id,New-AzVmss"
        Get-AzVmss rg broken -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'says that an upgrade policy needs a Uniform scale set' {
        $null = New-AzVmss rg flexible -Credential $credential -UpgradePolicyMode Rolling -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*-OrchestrationMode Uniform*'
    }

    It 'ends as one job, and as Failed when a step fails' {
        $job = New-AzVmss rg asjob -Credential $credential -AsJob
        $job.Name | Should -Be "Long Running Operation for 'New-AzVmss'"
        ($job | Wait-Job).State | Should -Be 'Completed'
        ($job | Receive-Job).FullyQualifiedDomainName | Should -BeLike 'asjob-*'
        $job = New-AzVmss rg toobig -Credential $credential -InstanceCount 5000 -AsJob | Wait-Job
        $job.State | Should -Be 'Failed'
        $job.Error[0].Exception.StatusCode | Should -Be 409
        (Get-TestResource loadBalancers toobig).sku.name | Should -Be 'Standard' -Because 'what was created before stays'
    }

    It 'sends no password to a trace' {
        $told = New-AzVmss rg traced -Credential $credential -Verbose 4>&1 | Out-String
        $told | Should -BeLike '*PUT *loadBalancers/traced*'
        $told | Should -Not -BeLike '*Pa55-word*'
        (Get-TestRequest { New-AzVmss rg traced -Credential $credential }) -join "`n" | Should -Not -BeLike '*Pa55-word*'
    }

    It 'needs no resource group, but a name' {
        $simple = (Get-Command -Name New-AzVmss -Module VmssSdk).ParameterSets | Where-Object -FilterScript { $_.Name -eq 'SimpleParameterSet' }
        ($simple.Parameters | Where-Object -FilterScript { $_.IsMandatory }).Name | Sort-Object | Should -Be @('Credential', 'VMScaleSetName')
    }

    It 'creates nothing with -WhatIf, not even the resource group' {
        New-AzVmss -VMScaleSetName unmade -Credential $credential -WhatIf | Should -BeNullOrEmpty
        { Invoke-TestRpc -Method 'resourceGroup.get' -Params @{ name = 'unmade' } } | Should -Throw
    }
}
