function Update-AzVmss {
    <#
    .SYNOPSIS
        Changes a scale set.
    .DESCRIPTION
        Without an object only what is said is changed (PATCH). With an object, as a parameter or from the pipeline, the whole
        object is sent with the other parameters written into it (PUT). How a new model comes to the instances is for the upgrade
        policy: in Manual mode they wait for Update-AzVmssInstance. With Rolling the upgrade goes on after the cmdlet has ended:
        Get-AzVmssRollingUpgrade tells.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER VirtualMachineScaleSet
        The scale set as an object: all of it is sent, with the other parameters written into it.
    .PARAMETER IdentityType
        Which managed identities it has.
    .PARAMETER AutomaticOSUpgrade
        Whether new versions of the image are rolled out by themselves.
    .PARAMETER AutomaticRepairAction
        What a repair does.
    .PARAMETER AutomaticRepairGracePeriod
        How long after a change unhealthy instances are let be, for example PT30M.
    .PARAMETER AutomaticZoneRebalanceBehavior
        How instances are moved between zones.
    .PARAMETER AutomaticZoneRebalanceStrategy
        By which rule instances are moved between zones.
    .PARAMETER BaseRegularPriorityCount
        How many instances are of regular priority before any is Spot.
    .PARAMETER BootDiagnosticsEnabled
        Whether screen and console of instances are kept.
    .PARAMETER BootDiagnosticsStorageUri
        Where they are kept.
    .PARAMETER CapacityReservationGroupId
        The capacity reservation group; only together with -VirtualMachineScaleSet.
    .PARAMETER CustomData
        The custom data in base64. Existing instances get it by a reimage.
    .PARAMETER DisableAutoRollback
        Whether a failed automatic upgrade leaves the new version in place.
    .PARAMETER DisablePasswordAuthentication
        Linux: whether only SSH keys are taken.
    .PARAMETER EnableAllInstancesDown
        Whether events on all instances at once are approved; only together with -VirtualMachineScaleSet.
    .PARAMETER EnableAutomaticRepair
        Whether unhealthy instances are repaired by themselves.
    .PARAMETER EnableAutomaticUpdate
        Windows: whether updates are installed by themselves.
    .PARAMETER EnableAutomaticZoneRebalance
        Whether instances are moved between zones by themselves.
    .PARAMETER EnableMaxInstancePercentPerZone
        Whether a zone may hold only some percent of the instances.
    .PARAMETER EnableResilientVMCreate
        Whether failed creations are tried again.
    .PARAMETER EnableResilientVMDelete
        Whether failed deletions are tried again.
    .PARAMETER EnableSecureBoot
        Whether secure boot is on.
    .PARAMETER EnableVtpm
        Whether there is a virtual TPM.
    .PARAMETER EncryptionAtHost
        Whether disks are encrypted at the host.
    .PARAMETER IdentityId
        The resource ids of identities that are assigned to it.
    .PARAMETER IfMatch
        Its ETag: the change is refused when it was changed meanwhile.
    .PARAMETER IfNoneMatch
        * refuses the change when there is such a scale set.
    .PARAMETER ImageReferenceId
        The resource id of the image.
    .PARAMETER ImageReferenceOffer
        The offer of the image.
    .PARAMETER ImageReferencePublisher
        The publisher of the image.
    .PARAMETER ImageReferenceSku
        The SKU of the image.
    .PARAMETER ImageReferenceVersion
        The version of the image, or latest.
    .PARAMETER ImageUri
        The blob of an unmanaged image.
    .PARAMETER LicenseType
        A licence that is brought along.
    .PARAMETER ManagedDiskStorageAccountType
        The kind of storage of operating system disks.
    .PARAMETER MaxBatchInstancePercent
        How much of the scale set one batch of a rolling upgrade may be.
    .PARAMETER MaxInstancePercentPerZoneValue
        How many percent of the instances a zone may hold.
    .PARAMETER MaxPrice
        What a Spot instance may cost in an hour.
    .PARAMETER MaxUnhealthyInstancePercent
        How many percent may be unhealthy before a rolling upgrade stops.
    .PARAMETER MaxUnhealthyUpgradedInstancePercent
        How many percent of those upgraded may be unhealthy before it stops.
    .PARAMETER MaxZoneCount
        How many zones are used at most.
    .PARAMETER OsDiskCaching
        The caching of operating system disks.
    .PARAMETER OsDiskWriteAccelerator
        Whether the write accelerator is on.
    .PARAMETER OSImageScheduledEventEnabled
        Whether guests are told before their operating system is upgraded.
    .PARAMETER OSImageScheduledEventNotBeforeTimeoutInMinutes
        How long a guest may take to agree, as PT15M.
    .PARAMETER Overprovision
        Whether more instances than needed are begun.
    .PARAMETER PauseTimeBetweenBatches
        How long a rolling upgrade rests after a batch, for example PT5M.
    .PARAMETER PlanName
        The plan of an image of the marketplace.
    .PARAMETER PlanProduct
        Its product.
    .PARAMETER PlanPromotionCode
        Its promotion code.
    .PARAMETER PlanPublisher
        Its publisher.
    .PARAMETER ProvisionVMAgent
        Windows: whether the agent is installed.
    .PARAMETER ProximityPlacementGroupId
        The proximity placement group; an empty text takes it away.
    .PARAMETER RegularPriorityPercentage
        How many percent of the instances above that count are of regular priority.
    .PARAMETER ScaleInPolicy
        Which instances go first: Default, OldestVM or NewestVM.
    .PARAMETER ScaleInPolicyForceDeletion
        Whether scaling in deletes without a shutdown.
    .PARAMETER ScheduledEventsApiVersion
        The version of scheduled events; only together with -VirtualMachineScaleSet.
    .PARAMETER SecurityType
        The security of the virtual machines; for the first two secure boot and TPM are on unless said otherwise.
    .PARAMETER SharedGalleryImageId
        An image of a gallery that is shared.
    .PARAMETER SinglePlacementGroup
        Whether it is one placement group of at most 100 instances.
    .PARAMETER SkipExtensionsOnOverprovisionedVMs
        Whether instances too many get no extensions.
    .PARAMETER SkuCapacity
        How many instances.
    .PARAMETER SkuName
        The size of the instances.
    .PARAMETER SkuProfileAllocationStrategy
        How a size is chosen among several.
    .PARAMETER SkuProfileVmSize
        The sizes to choose from.
    .PARAMETER SkuTier
        The tier of the size.
    .PARAMETER Tag
        The tags: these and no others.
    .PARAMETER TerminateScheduledEventNotBeforeTimeoutInMinutes
        How long a guest may take before it is deleted.
    .PARAMETER TerminateScheduledEvents
        Whether guests are told before they are deleted.
    .PARAMETER TimeZone
        Windows: the time zone.
    .PARAMETER UltraSSDEnabled
        Whether ultra disks can be attached.
    .PARAMETER UpgradePolicyMode
        How a change of the model comes to the instances.
    .PARAMETER UserData
        The user data; what is not base64 is made so.
    .PARAMETER VhdContainer
        Where unmanaged disks are.
    .PARAMETER ZonalPlatformFaultDomainAlignMode
        How disks and machines are put on fault domains.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Update-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -MaxBatchInstancePercent 30
    .EXAMPLE
        $vmss = Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web"
        $vmss.VirtualMachineProfile.StorageProfile.ImageReference.Version = "1.2.0"
        Update-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -VirtualMachineScaleSet $vmss
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Position = 2, ValueFromPipeline)]
        [AllowNull()]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ParameterSetName = 'ExplicitIdentityParameterSet', Mandatory)]
        [ValidateSet('SystemAssigned', 'UserAssigned', 'SystemAssignedUserAssigned', 'None')]
        [string] $IdentityType,
        [Parameter()]
        [bool] $AutomaticOSUpgrade,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('Replace', 'Restart', 'Reimage')]
        [string] $AutomaticRepairAction,
        [Parameter()]
        [string] $AutomaticRepairGracePeriod,
        [Parameter()]
        [string] $AutomaticZoneRebalanceBehavior,
        [Parameter()]
        [string] $AutomaticZoneRebalanceStrategy,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $BaseRegularPriorityCount,
        [Parameter()]
        [bool] $BootDiagnosticsEnabled,
        [Parameter()]
        [string] $BootDiagnosticsStorageUri,
        [Parameter()]
        [string] $CapacityReservationGroupId,
        [Parameter()]
        [string] $CustomData,
        [Parameter()]
        [bool] $DisableAutoRollback,
        [Parameter()]
        [bool] $DisablePasswordAuthentication,
        [Parameter()]
        [Nullable[bool]] $EnableAllInstancesDown,
        [Parameter()]
        [bool] $EnableAutomaticRepair,
        [Parameter()]
        [bool] $EnableAutomaticUpdate,
        [Parameter()]
        [bool] $EnableAutomaticZoneRebalance,
        [Parameter()]
        [bool] $EnableMaxInstancePercentPerZone,
        [Parameter()]
        [bool] $EnableResilientVMCreate,
        [Parameter()]
        [bool] $EnableResilientVMDelete,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $EnableSecureBoot,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $EnableVtpm,
        [Parameter()]
        [bool] $EncryptionAtHost,
        [Parameter(ParameterSetName = 'ExplicitIdentityParameterSet')]
        [string[]] $IdentityId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $IfMatch,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $IfNoneMatch,
        [Parameter()]
        [string] $ImageReferenceId,
        [Parameter()]
        [string] $ImageReferenceOffer,
        [Parameter()]
        [string] $ImageReferencePublisher,
        [Parameter()]
        [string] $ImageReferenceSku,
        [Parameter()]
        [string] $ImageReferenceVersion,
        [Parameter()]
        [string] $ImageUri,
        [Parameter()]
        [string] $LicenseType,
        [Parameter()]
        [string] $ManagedDiskStorageAccountType,
        [Parameter()]
        [int] $MaxBatchInstancePercent,
        [Parameter()]
        [int] $MaxInstancePercentPerZoneValue,
        [Parameter()]
        [double] $MaxPrice,
        [Parameter()]
        [int] $MaxUnhealthyInstancePercent,
        [Parameter()]
        [int] $MaxUnhealthyUpgradedInstancePercent,
        [Parameter()]
        [int] $MaxZoneCount,
        [Parameter()]
        [ValidateSet('None', 'ReadOnly', 'ReadWrite')]
        [string] $OsDiskCaching,
        [Parameter()]
        [bool] $OsDiskWriteAccelerator,
        [Parameter()]
        [switch] $OSImageScheduledEventEnabled,
        [Parameter()]
        [string] $OSImageScheduledEventNotBeforeTimeoutInMinutes,
        [Parameter()]
        [bool] $Overprovision,
        [Parameter()]
        [string] $PauseTimeBetweenBatches,
        [Parameter()]
        [string] $PlanName,
        [Parameter()]
        [string] $PlanProduct,
        [Parameter()]
        [string] $PlanPromotionCode,
        [Parameter()]
        [string] $PlanPublisher,
        [Parameter()]
        [bool] $ProvisionVMAgent,
        [Parameter()]
        [AllowEmptyString()]
        [string] $ProximityPlacementGroupId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $RegularPriorityPercentage,
        [Parameter()]
        [string[]] $ScaleInPolicy,
        [Parameter()]
        [bool] $ScaleInPolicyForceDeletion,
        [Parameter()]
        [string] $ScheduledEventsApiVersion,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('TrustedLaunch', 'ConfidentialVM', 'Standard')]
        [string] $SecurityType,
        [Parameter()]
        [string] $SharedGalleryImageId,
        [Parameter()]
        [bool] $SinglePlacementGroup,
        [Parameter()]
        [bool] $SkipExtensionsOnOverprovisionedVMs,
        [Parameter()]
        [int] $SkuCapacity,
        [Parameter()]
        [string] $SkuName,
        [Parameter()]
        [ValidateSet('LowestPrice', 'CapacityOptimized')]
        [string] $SkuProfileAllocationStrategy,
        [Parameter()]
        [string[]] $SkuProfileVmSize,
        [Parameter()]
        [string] $SkuTier,
        [Parameter()]
        [hashtable] $Tag,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $TerminateScheduledEventNotBeforeTimeoutInMinutes,
        [Parameter(ValueFromPipelineByPropertyName)]
        [bool] $TerminateScheduledEvents,
        [Parameter()]
        [string] $TimeZone,
        [Parameter(ValueFromPipelineByPropertyName)]
        [bool] $UltraSSDEnabled,
        [Parameter()]
        [ValidateSet('Automatic', 'Manual', 'Rolling')]
        [string] $UpgradePolicyMode,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $UserData,
        [Parameter()]
        [string[]] $VhdContainer,
        [Parameter()]
        [ValidateSet('Aligned', 'Unaligned', 'BestEffortAligned')]
        [string] $ZonalPlatformFaultDomainAlignMode,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_create_or_update
    # Operation: virtual_machine_scale_sets.begin_update
    process {
        $names = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName; ifMatch = $PSBoundParameters['IfMatch'] }
        # An object of the caller's is written into only when it is sent.
        if ($null -ne $VirtualMachineScaleSet) {
            $told = @{ Method = 'scaleSet.createOrUpdate'; Params = $names + @{ model = $VirtualMachineScaleSet } }
            $others = New-VmssObject -Model 'VirtualMachineScaleSetUpdate'
            if (Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $others -Model 'VirtualMachineScaleSetUpdate') {
                $told = @{}
            }
            if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Update' @told)) { return }
        }
        if ($null -eq $VirtualMachineScaleSet) {
            $change = New-VmssObject -Model 'VirtualMachineScaleSetUpdate'
            if (Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $change -Model 'VirtualMachineScaleSetUpdate') {
                $method, $params = 'scaleSet.update', ($names + @{ change = $change })
            } else {
                # With nothing to change Az.Compute sends an empty scale set, which the service refuses.
                $method, $params = 'scaleSet.createOrUpdate', ($names + @{ model = @{}; ifNoneMatch = $PSBoundParameters['IfNoneMatch'] })
            }
            $told = @{ Method = $method; Params = $params }
            if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Update' @told)) { return }
        } else {
            $change = $VirtualMachineScaleSet
            $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $change -Model 'VirtualMachineScaleSet'
            $method, $params = 'scaleSet.createOrUpdate', ($names + @{ model = $change; ifNoneMatch = $PSBoundParameters['IfNoneMatch'] })
        }
        if ((Get-VmssMember -InputObject $change -Path 'VirtualMachineProfile.OsProfile.WindowsConfiguration') -and
            (Get-VmssMember -InputObject $change -Path 'VirtualMachineProfile.OsProfile.LinuxConfiguration')) {
            return Write-VmssError -Cmdlet $PSCmdlet -Record (New-VmssError -Id 'BothSystems' -Target $VMScaleSetName -Message (
                    'Cannot specify both Windows and Linux configurations.'))
        }
        try {
            $isSame = Test-VmssSameImage -Cmdlet $PSCmdlet -ScaleSet $VirtualMachineScaleSet -Names $names
        } catch {
            return Write-VmssError -Cmdlet $PSCmdlet -Record $_
        }
        if ($isSame) {
            $image = $change.VirtualMachineProfile.StorageProfile.ImageReference
            $change.VirtualMachineProfile.StorageProfile.ImageReference = $null
        }
        try {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        } finally {
            if ($isSame) { $change.VirtualMachineProfile.StorageProfile.ImageReference = $image }
        }
    }
}
