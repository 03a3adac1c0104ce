function New-AzVmss {
    <#
    .SYNOPSIS
        Creates a scale set: from an object, or from a name and a credential with everything that it stands on.
    .DESCRIPTION
        With an object it is one request, and what the object leaves open is decided as in Az.Compute: without an image it is
        Windows Server 2022 Azure Edition, with a marketplace image of generation 2 or none it has trusted launch unless it
        says another security type, and without a profile of virtual machines it is Flexible. With -Credential instead a
        virtual network, a public address and a load balancer are created first, with zones a network security group as well;
        what is there already is used, but for a load balancer that -LoadBalancerName names. Without -OrchestrationMode that
        makes a Flexible scale set, and without -ImageName and -SecurityType one with trusted launch.
    .PARAMETER ResourceGroupName
        The resource group; with simple parameters it is created when it is not there, and named as the scale set unless
        said otherwise.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER VirtualMachineScaleSet
        The scale set to create, for example from New-AzVmssConfig.
    .PARAMETER Credential
        Name and password of the administrator.
    .PARAMETER AddProxyAgentExtension
        Whether the extension of the proxy agent is added.
    .PARAMETER AllocationMethod
        Of the public address.
    .PARAMETER BackendPoolName
        The address pool of the load balancer.
    .PARAMETER BackendPort
        Ports that are balanced; 80 unless said otherwise.
    .PARAMETER CapacityReservationGroupId
        The capacity reservation group.
    .PARAMETER DataDiskSizeInGb
        An empty data disk for each size.
    .PARAMETER DiskControllerType
        SCSI or NVMe.
    .PARAMETER DomainNameLabel
        The name of the public address; one is made up otherwise.
    .PARAMETER EdgeZone
        The edge zone.
    .PARAMETER EnableAllInstancesDown
        Whether events on all instances at once are approved.
    .PARAMETER EnableAutomaticOSUpgrade
        Whether new versions of the image are rolled out by themselves.
    .PARAMETER EnableProxyAgent
        Whether the proxy agent is on.
    .PARAMETER EnableSecureBoot
        Whether secure boot is on.
    .PARAMETER EnableUltraSSD
        Whether ultra disks can be attached.
    .PARAMETER EnableVtpm
        Whether there is a virtual TPM.
    .PARAMETER EncryptionAtHost
        Whether disks are encrypted at the host.
    .PARAMETER EvictionPolicy
        What happens to evicted Spot instances: Deallocate or Delete.
    .PARAMETER ExcludeZone
        Zones that are not used.
    .PARAMETER FrontendPoolName
        The front end of the load balancer.
    .PARAMETER HighSpeedInterconnectPlacement
        Whether instances are placed along one trunk.
    .PARAMETER HostGroupId
        The dedicated host group.
    .PARAMETER IfMatch
        Its ETag: a write that finds another one is refused.
    .PARAMETER IfNoneMatch
        * refuses the write when there is such a scale set.
    .PARAMETER ImageName
        A short name such as Ubuntu2204, publisher:offer:sku:version, the resource id of an image, or the name of one in the
        resource group.
    .PARAMETER ImageReferenceId
        The resource id of an image of a gallery.
    .PARAMETER IncludeZone
        Zones that may be used.
    .PARAMETER InstanceCount
        How many instances; 2 unless said otherwise.
    .PARAMETER LoadBalancerName
        The load balancer.
    .PARAMETER Location
        The region; that of the resource group, or eastus, unless said otherwise.
    .PARAMETER MaxPrice
        What a Spot instance may cost in an hour.
    .PARAMETER NatBackendPort
        Ports of each instance for administrators; those of its operating system unless said otherwise.
    .PARAMETER OrchestrationMode
        Uniform, or Flexible as without a word.
    .PARAMETER PlatformFaultDomainCount
        How many fault domains.
    .PARAMETER Priority
        Regular or Spot.
    .PARAMETER ProximityPlacementGroupId
        The proximity placement group.
    .PARAMETER PublicIpAddressName
        The public address.
    .PARAMETER ScaleInPolicy
        Which instances go first: Default, OldestVM or NewestVM.
    .PARAMETER ScheduledEventsApiVersion
        The version of scheduled events.
    .PARAMETER SecurityGroupName
        The network security group, which is made with zones.
    .PARAMETER SecurityPostureExcludeExtension
        Extensions of the security posture that are left out.
    .PARAMETER SecurityPostureId
        The security posture.
    .PARAMETER SecurityType
        The security of the virtual machines; for the first two secure boot and TPM are on unless said otherwise.
    .PARAMETER SharedGalleryImageId
        An image of a gallery that is shared.
    .PARAMETER SinglePlacementGroup
        Whether it is one placement group of at most 100 instances.
    .PARAMETER SkipExtensionsOnOverprovisionedVMs
        Whether instances too many get no extensions.
    .PARAMETER SkuProfileAllocationStrategy
        How a size is chosen among several.
    .PARAMETER SkuProfileVmSize
        The sizes to choose from.
    .PARAMETER SubnetAddressPrefix
        The addresses of the subnet.
    .PARAMETER SubnetName
        The subnet.
    .PARAMETER SystemAssignedIdentity
        Whether it gets an identity of its own.
    .PARAMETER UpgradePolicyMode
        How a change of the model comes to the instances; only together with -OrchestrationMode Uniform.
    .PARAMETER UserAssignedIdentity
        The resource id of an identity that is assigned to it.
    .PARAMETER UserData
        The user data; what is not base64 is made so.
    .PARAMETER VirtualNetworkName
        The virtual network.
    .PARAMETER VmSize
        The size of the instances.
    .PARAMETER VnetAddressPrefix
        The addresses of the virtual network.
    .PARAMETER ZonalPlatformFaultDomainAlignMode
        How disks and machines are put on fault domains.
    .PARAMETER Zone
        The zones.
    .PARAMETER ZonePlacementPolicy
        How zones are chosen.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        New-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -VirtualMachineScaleSet $config
    .EXAMPLE
        $credential = Get-Credential
        New-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -Credential $credential -ImageName "Ubuntu2204" -InstanceCount 3
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'SimpleParameterSet', Position = 0)]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'SimpleParameterSet', Mandatory, Position = 1)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 2, ValueFromPipeline)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ParameterSetName = 'SimpleParameterSet', Mandatory)]
        [pscredential] $Credential,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $AddProxyAgentExtension,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [ValidateSet('Static', 'Dynamic')]
        [string] $AllocationMethod,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $BackendPoolName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [int[]] $BackendPort,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $CapacityReservationGroupId,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [int[]] $DataDiskSizeInGb,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $DiskControllerType,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $DomainNameLabel,
        [Parameter()]
        [string] $EdgeZone,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [Nullable[bool]] $EnableAllInstancesDown,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $EnableAutomaticOSUpgrade,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $EnableProxyAgent,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [Nullable[bool]] $EnableSecureBoot,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $EnableUltraSSD,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [Nullable[bool]] $EnableVtpm,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $EncryptionAtHost,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $EvictionPolicy,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string[]] $ExcludeZone,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $FrontendPoolName,
        [Parameter()]
        [ValidateSet('None', 'Trunk')]
        [string] $HighSpeedInterconnectPlacement,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [Alias('HostGroup')]
        [string] $HostGroupId,
        [Parameter()]
        [string] $IfMatch,
        [Parameter()]
        [string] $IfNoneMatch,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [Alias('Image')]
        [string] $ImageName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $ImageReferenceId,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string[]] $IncludeZone,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [int] $InstanceCount,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $LoadBalancerName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $Location,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [double] $MaxPrice,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [int[]] $NatBackendPort,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $OrchestrationMode,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [int] $PlatformFaultDomainCount,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $Priority,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [Alias('ProximityPlacementGroup')]
        [string] $ProximityPlacementGroupId,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $PublicIpAddressName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string[]] $ScaleInPolicy,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $ScheduledEventsApiVersion,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $SecurityGroupName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string[]] $SecurityPostureExcludeExtension,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $SecurityPostureId,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [ValidateSet('TrustedLaunch', 'ConfidentialVM', 'Standard')]
        [string] $SecurityType,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $SharedGalleryImageId,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $SinglePlacementGroup,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $SkipExtensionsOnOverprovisionedVMs,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $SkuProfileAllocationStrategy,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string[]] $SkuProfileVmSize,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $SubnetAddressPrefix,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $SubnetName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [switch] $SystemAssignedIdentity,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [ValidateSet('Automatic', 'Manual', 'Rolling')]
        [string] $UpgradePolicyMode,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $UserAssignedIdentity,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $UserData,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $VirtualNetworkName,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $VmSize,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $VnetAddressPrefix,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [ValidateSet('Aligned', 'Unaligned', 'BestEffortAligned')]
        [string] $ZonalPlatformFaultDomainAlignMode,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [System.Collections.Generic.List[string]] $Zone,
        [Parameter(ParameterSetName = 'SimpleParameterSet')]
        [string] $ZonePlacementPolicy,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_create_or_update
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'New')) { return }
        try {
            if ($PSCmdlet.ParameterSetName -eq 'SimpleParameterSet') {
                $params = Get-VmssSimpleStep -Cmdlet $PSCmdlet -Bound $PSBoundParameters
                $method, $image = 'sequence', $params.image
                $params.Remove('image')
            } else {
                $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet'
                $VirtualMachineScaleSet = Set-VmssCreateDefault -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet -ResourceGroupName $ResourceGroupName
                $method, $image = 'scaleSet.createOrUpdate', (Get-VmssMember -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.StorageProfile.ImageReference')
                $params = @{
                    resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName; model = $VirtualMachineScaleSet
                    ifMatch = $PSBoundParameters['IfMatch']; ifNoneMatch = $PSBoundParameters['IfNoneMatch']
                }
            }
        } catch {
            return Write-VmssError -Cmdlet $PSCmdlet -Record $_
        }
        if ((Get-VmssMember -InputObject $image -Path 'Publisher') -and (Get-VmssMember -InputObject $image -Path 'Version') -ne 'latest') {
            Write-VmssWarning -Cmdlet $PSCmdlet -Text ("You are deploying VMSS pinned to a specific image version from Azure Marketplace. `n" +
                'Consider using "latest" as the image version. This allows VMSS to auto upgrade when a newer version is available.')
        }
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $VMScaleSetName -AsJob:$AsJob
    }
}
