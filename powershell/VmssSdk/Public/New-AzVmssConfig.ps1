function New-AzVmssConfig {
    <#
    .SYNOPSIS
        Makes the object of a scale set, for New-AzVmss to create.
    .DESCRIPTION
        Nothing is sent. Only what is given is in the object; what it lacks other builders add: Set-AzVmssOsProfile,
        Set-AzVmssStorageProfile, Add-AzVmssNetworkInterfaceConfiguration, Set-AzVmssRollingUpgradePolicy, Add-
        AzVmssExtension, Add-AzVmssDataDisk.
    .PARAMETER Overprovision
        Whether more instances than asked for are made at first; the service takes $true when it is not said.
    .PARAMETER Location
        The region.
    .PARAMETER Tag
        Tags.
    .PARAMETER SkuName
        The size of the instances, for example Standard_D2s_v5.
    .PARAMETER SkuTier
        The tier of the size.
    .PARAMETER SkuCapacity
        How many instances.
    .PARAMETER UpgradePolicyMode
        How a change of the model reaches the instances: Automatic, Manual or Rolling. Uniform scale sets need it.
    .PARAMETER OsProfile
        A whole operating system profile, in place of Set-AzVmssOsProfile.
    .PARAMETER StorageProfile
        A whole storage profile, in place of Set-AzVmssStorageProfile.
    .PARAMETER NetworkInterfaceConfiguration
        Network interfaces, in place of Add-AzVmssNetworkInterfaceConfiguration.
    .PARAMETER Extension
        Extensions, in place of Add-AzVmssExtension.
    .PARAMETER IdentityType
        SystemAssigned, UserAssigned, SystemAssignedUserAssigned or None.
    .PARAMETER AutomaticRepairAction
        What a repair does: Replace, Restart or Reimage.
    .PARAMETER AutomaticRepairGracePeriod
        For how long after a change an instance is not repaired, for example PT30M.
    .PARAMETER AutomaticZoneRebalanceBehavior
        How instances are moved between zones.
    .PARAMETER AutomaticZoneRebalanceStrategy
        When instances are moved between zones.
    .PARAMETER BaseRegularPriorityCount
        Flexible: so many instances of regular priority come first.
    .PARAMETER BootDiagnostic
        Boot diagnostics: an object with Enabled and StorageUri.
    .PARAMETER CapacityReservationGroupId
        The capacity reservation group.
    .PARAMETER DisableAutoRollback
        Whether a failed operating system upgrade leaves instances as they are.
    .PARAMETER EdgeZone
        The edge zone.
    .PARAMETER EnableAutomaticOSUpgrade
        Follow new versions of the image.
    .PARAMETER EnableAutomaticRepair
        Repair instances that stay unhealthy.
    .PARAMETER EnableAutomaticZoneRebalance
        Move instances when zones are out of balance.
    .PARAMETER EnableMaxInstancePercentPerZone
        Limit the share of one zone.
    .PARAMETER EnableResilientVMCreate
        Try again when an instance cannot be created.
    .PARAMETER EnableResilientVMDelete
        Try again when an instance cannot be deleted.
    .PARAMETER EnableSecureBoot
        Secure boot; $true with TrustedLaunch and ConfidentialVM when it is not said.
    .PARAMETER EnableSpotRestore
        Try to restore Spot instances that were evicted.
    .PARAMETER EnableUltraSSD
        Allow disks of type UltraSSD_LRS.
    .PARAMETER EnableVtpm
        A virtual TPM; $true with TrustedLaunch and ConfidentialVM when it is not said.
    .PARAMETER EncryptionAtHost
        Encrypt disks, caches too, on the host.
    .PARAMETER EncryptionIdentity
        The identity by which disks are encrypted.
    .PARAMETER EvictionPolicy
        What an eviction does to Spot instances: Deallocate or Delete.
    .PARAMETER ExcludeZone
        Zones that the service does not choose.
    .PARAMETER HealthProbeId
        The probe of a load balancer that tells whether instances are healthy.
    .PARAMETER HighSpeedInterconnectPlacement
        None or Trunk.
    .PARAMETER IdentityId
        Resource ids of user assigned identities.
    .PARAMETER ImageReferenceId
        The resource id of an image.
    .PARAMETER IncludeZone
        Zones that the service chooses from.
    .PARAMETER LicenseType
        A licence of your own, for example Windows_Server.
    .PARAMETER LifecycleHooksProfile
        An object with LifecycleHooks.
    .PARAMETER MaxInstancePercentPerZoneValue
        The largest share of one zone, in percent.
    .PARAMETER MaxPrice
        The highest price for a Spot instance; -1 for any.
    .PARAMETER MaxZoneCount
        So many zones at most.
    .PARAMETER OrchestrationMode
        Uniform or Flexible.
    .PARAMETER OSImageScheduledEventEnabled
        Tell instances before their operating system disk is replaced.
    .PARAMETER OSImageScheduledEventNotBeforeTimeoutInMinutes
        How long before, as a duration: PT15M.
    .PARAMETER PlanName
        The plan of an image from the marketplace.
    .PARAMETER PlanProduct
        The product of the plan.
    .PARAMETER PlanPromotionCode
        The promotion code of the plan.
    .PARAMETER PlanPublisher
        The publisher of the plan.
    .PARAMETER PlatformFaultDomainCount
        How many fault domains.
    .PARAMETER Priority
        Regular, Low or Spot.
    .PARAMETER ProximityPlacementGroupId
        The proximity placement group.
    .PARAMETER RegularPriorityPercentage
        Flexible: so many percent of the others are of regular priority.
    .PARAMETER RollingUpgradePolicy
        A whole rolling upgrade policy, in place of Set-AzVmssRollingUpgradePolicy.
    .PARAMETER ScaleInPolicy
        Whom a scale-in takes: Default, NewestVM or OldestVM.
    .PARAMETER SecurityPostureExcludeExtension
        Extensions of the security posture that are left out.
    .PARAMETER SecurityPostureId
        The security posture.
    .PARAMETER SecurityType
        TrustedLaunch, ConfidentialVM or Standard.
    .PARAMETER SharedGalleryImageId
        The id of an image in a shared gallery.
    .PARAMETER SinglePlacementGroup
        Whether it stays within one placement group of 100 instances.
    .PARAMETER SkipExtensionsOnOverprovisionedVMs
        Run no extensions on instances that overprovisioning will delete.
    .PARAMETER SkuProfileAllocationStrategy
        How sizes are chosen: LowestPrice, CapacityOptimized or Prioritized.
    .PARAMETER SkuProfileVmSize
        The sizes to choose from.
    .PARAMETER SpotRestoreTimeout
        For how long evicted Spot instances are restored, for example PT1H.
    .PARAMETER TerminateScheduledEventNotBeforeTimeoutInMinutes
        How many minutes before it is deleted an instance is told.
    .PARAMETER TerminateScheduledEvents
        Tell instances before they are deleted.
    .PARAMETER UserData
        What instances can read about themselves; what is not base64 yet becomes it.
    .PARAMETER ZonalPlatformFaultDomainAlignMode
        Aligned, Unaligned or BestEffortAligned.
    .PARAMETER Zone
        The availability zones.
    .PARAMETER ZoneBalance
        Rather fail than be out of balance between zones.
    .PARAMETER ZonePlacementPolicy
        Auto lets the service choose zones.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        New-AzVmssConfig -Location westus2 -SkuCapacity 3 -SkuName Standard_D2s_v5 -UpgradePolicyMode Rolling |
            Set-AzVmssRollingUpgradePolicy -MaxBatchInstancePercent 20 -PauseTimeBetweenBatches PT30S

        A scale set that is upgraded a fifth at a time.
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameterSet', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $Overprovision,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Location,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [hashtable] $Tag,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [Alias('AccountType')]
        [string] $SkuName,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [string] $SkuTier,
        [Parameter(Position = 5, ValueFromPipelineByPropertyName)]
        [int] $SkuCapacity,
        [Parameter(Position = 6, ValueFromPipelineByPropertyName)]
        [ValidateSet('Automatic', 'Manual', 'Rolling')]
        [string] $UpgradePolicyMode,
        [Parameter(Position = 7, ValueFromPipelineByPropertyName)]
        [psobject] $OsProfile,
        [Parameter(Position = 8, ValueFromPipelineByPropertyName)]
        [psobject] $StorageProfile,
        [Parameter(Position = 9, ValueFromPipelineByPropertyName)]
        [psobject[]] $NetworkInterfaceConfiguration,
        [Parameter(Position = 10, ValueFromPipelineByPropertyName)]
        [psobject[]] $Extension,
        [Parameter(ParameterSetName = 'ExplicitIdentityParameterSet', Mandatory, ValueFromPipelineByPropertyName)]
        [ValidateSet('SystemAssigned', 'UserAssigned', 'SystemAssignedUserAssigned', 'None')]
        [string] $IdentityType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $AutomaticRepairAction,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $AutomaticRepairGracePeriod,
        [Parameter()]
        [string] $AutomaticZoneRebalanceBehavior,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $AutomaticZoneRebalanceStrategy,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $BaseRegularPriorityCount,
        [Parameter(ValueFromPipelineByPropertyName)]
        [psobject] $BootDiagnostic,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $CapacityReservationGroupId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [bool] $DisableAutoRollback,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $EdgeZone,
        [Parameter()]
        [Alias('AutoOSUpgrade')]
        [switch] $EnableAutomaticOSUpgrade,
        [Parameter()]
        [switch] $EnableAutomaticRepair,
        [Parameter()]
        [switch] $EnableAutomaticZoneRebalance,
        [Parameter()]
        [switch] $EnableMaxInstancePercentPerZone,
        [Parameter()]
        [switch] $EnableResilientVMCreate,
        [Parameter()]
        [switch] $EnableResilientVMDelete,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $EnableSecureBoot,
        [Parameter()]
        [switch] $EnableSpotRestore,
        [Parameter()]
        [switch] $EnableUltraSSD,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $EnableVtpm,
        [Parameter()]
        [switch] $EncryptionAtHost,
        [Parameter(ParameterSetName = 'ExplicitIdentityParameterSet', ValueFromPipelineByPropertyName)]
        [string] $EncryptionIdentity,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $EvictionPolicy,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $ExcludeZone,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $HealthProbeId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('None', 'Trunk')]
        [string] $HighSpeedInterconnectPlacement,
        [Parameter(ParameterSetName = 'ExplicitIdentityParameterSet', ValueFromPipelineByPropertyName)]
        [string[]] $IdentityId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ImageReferenceId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $IncludeZone,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $LicenseType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [psobject] $LifecycleHooksProfile,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $MaxInstancePercentPerZoneValue,
        [Parameter(ValueFromPipelineByPropertyName)]
        [double] $MaxPrice,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $MaxZoneCount,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $OrchestrationMode,
        [Parameter()]
        [switch] $OSImageScheduledEventEnabled,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $OSImageScheduledEventNotBeforeTimeoutInMinutes,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PlanName,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PlanProduct,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PlanPromotionCode,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PlanPublisher,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $PlatformFaultDomainCount,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $Priority,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ProximityPlacementGroupId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $RegularPriorityPercentage,
        [Parameter(ValueFromPipelineByPropertyName)]
        [psobject] $RollingUpgradePolicy,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $ScaleInPolicy,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $SecurityPostureExcludeExtension,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SecurityPostureId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('TrustedLaunch', 'ConfidentialVM', 'Standard')]
        [string] $SecurityType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SharedGalleryImageId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $SinglePlacementGroup,
        [Parameter()]
        [switch] $SkipExtensionsOnOverprovisionedVMs,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SkuProfileAllocationStrategy,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $SkuProfileVmSize,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SpotRestoreTimeout,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $TerminateScheduledEventNotBeforeTimeoutInMinutes,
        [Parameter()]
        [switch] $TerminateScheduledEvents,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $UserData,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('Aligned', 'Unaligned', 'BestEffortAligned')]
        [string] $ZonalPlatformFaultDomainAlignMode,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $Zone,
        [Parameter()]
        [switch] $ZoneBalance,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ZonePlacementPolicy,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'New')) { return }
        $made = New-VmssObject -Model 'VirtualMachineScaleSet'
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $made -Model 'VirtualMachineScaleSet'
        if ($EdgeZone) { $made.ExtendedLocation.Type = 'EdgeZone' }
        $made
    }
}
