function Get-VmssMemberPath {
    <#
    .SYNOPSIS
        Which member of a scale set each parameter of Update-AzVmss is.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param()
    $machine = 'VirtualMachineProfile'
    $image = "$machine.StorageProfile.ImageReference"
    $disk = "$machine.StorageProfile.OsDisk"
    $windows = "$machine.OsProfile.WindowsConfiguration"
    $notify = "$machine.ScheduledEventsProfile"
    $rolling = 'UpgradePolicy.RollingUpgradePolicy'
    $automatic = 'UpgradePolicy.AutomaticOSUpgradePolicy'
    $rebalance = 'ResiliencyPolicy.AutomaticZoneRebalancingPolicy'
    $zones = 'ResiliencyPolicy.ZoneAllocationPolicy'
    return [ordered]@{
        AutomaticOSUpgrade                             = "$automatic.EnableAutomaticOSUpgrade"
        AutomaticRepairAction                          = 'AutomaticRepairsPolicy.RepairAction'
        AutomaticRepairGracePeriod                     = 'AutomaticRepairsPolicy.GracePeriod'
        AutomaticZoneRebalanceBehavior                 = "$rebalance.RebalanceBehavior"
        AutomaticZoneRebalanceStrategy                 = "$rebalance.RebalanceStrategy"
        BaseRegularPriorityCount                       = 'PriorityMixPolicy.BaseRegularPriorityCount'
        BootDiagnosticsEnabled                         = "$machine.DiagnosticsProfile.BootDiagnostics.Enabled"
        BootDiagnosticsStorageUri                      = "$machine.DiagnosticsProfile.BootDiagnostics.StorageUri"
        CapacityReservationGroupId                     = "$machine.CapacityReservation.CapacityReservationGroup.Id"
        CustomData                                     = "$machine.OsProfile.CustomData"
        DisableAutoRollback                            = "$automatic.DisableAutomaticRollback"
        DisablePasswordAuthentication                  = "$machine.OsProfile.LinuxConfiguration.DisablePasswordAuthentication"
        EnableAllInstancesDown                         = 'ScheduledEventsPolicy.AllInstancesDown.AutomaticallyApprove'
        EnableAutomaticRepair                          = 'AutomaticRepairsPolicy.Enabled'
        EnableAutomaticUpdate                          = "$windows.EnableAutomaticUpdates"
        EnableAutomaticZoneRebalance                   = "$rebalance.Enabled"
        EnableMaxInstancePercentPerZone                = "$zones.MaxInstancePercentPerZonePolicy.Enabled"
        EnableResilientVMCreate                        = 'ResiliencyPolicy.ResilientVMCreationPolicy.Enabled'
        EnableResilientVMDelete                        = 'ResiliencyPolicy.ResilientVMDeletionPolicy.Enabled'
        EncryptionAtHost                               = "$machine.SecurityProfile.EncryptionAtHost"
        IdentityId                                     = 'Identity.UserAssignedIdentities'
        IdentityType                                   = 'Identity.Type'
        ImageReferenceId                               = "$image.Id"
        ImageReferenceOffer                            = "$image.Offer"
        ImageReferencePublisher                        = "$image.Publisher"
        ImageReferenceSku                              = "$image.Sku"
        ImageReferenceVersion                          = "$image.Version"
        ImageUri                                       = "$disk.Image.Uri"
        LicenseType                                    = "$machine.LicenseType"
        ManagedDiskStorageAccountType                  = "$disk.ManagedDisk.StorageAccountType"
        MaxBatchInstancePercent                        = "$rolling.MaxBatchInstancePercent"
        MaxInstancePercentPerZoneValue                 = "$zones.MaxInstancePercentPerZonePolicy.Value"
        MaxPrice                                       = "$machine.BillingProfile.MaxPrice"
        MaxUnhealthyInstancePercent                    = "$rolling.MaxUnhealthyInstancePercent"
        MaxUnhealthyUpgradedInstancePercent            = "$rolling.MaxUnhealthyUpgradedInstancePercent"
        MaxZoneCount                                   = "$zones.MaxZoneCount"
        OsDiskCaching                                  = "$disk.Caching"
        OsDiskWriteAccelerator                         = "$disk.WriteAcceleratorEnabled"
        OSImageScheduledEventEnabled                   = "$notify.OsImageNotificationProfile.Enable"
        OSImageScheduledEventNotBeforeTimeoutInMinutes = "$notify.OsImageNotificationProfile.NotBeforeTimeout"
        Overprovision                                  = 'Overprovision'
        PauseTimeBetweenBatches                        = "$rolling.PauseTimeBetweenBatches"
        PlanName                                       = 'Plan.Name'
        PlanProduct                                    = 'Plan.Product'
        PlanPromotionCode                              = 'Plan.PromotionCode'
        PlanPublisher                                  = 'Plan.Publisher'
        ProvisionVMAgent                               = "$windows.ProvisionVMAgent"
        ProximityPlacementGroupId                      = 'ProximityPlacementGroup.Id'
        RegularPriorityPercentage                      = 'PriorityMixPolicy.RegularPriorityPercentageAboveBase'
        ScaleInPolicy                                  = 'ScaleInPolicy.Rules'
        ScaleInPolicyForceDeletion                     = 'ScaleInPolicy.ForceDeletion'
        ScheduledEventsApiVersion                      = 'ScheduledEventsPolicy.ScheduledEventsAdditionalPublishingTargets.EventGridAndResourceGraph.ScheduledEventsApiVersion'
        SecurityType                                   = "$machine.SecurityProfile.SecurityType"
        EnableSecureBoot                               = "$machine.SecurityProfile.UefiSettings.SecureBootEnabled"
        EnableVtpm                                     = "$machine.SecurityProfile.UefiSettings.VTpmEnabled"
        SharedGalleryImageId                           = "$image.SharedGalleryImageId"
        SinglePlacementGroup                           = 'SinglePlacementGroup'
        SkipExtensionsOnOverprovisionedVMs             = 'DoNotRunExtensionsOnOverprovisionedVMs'
        SkuCapacity                                    = 'Sku.Capacity'
        SkuName                                        = 'Sku.Name'
        SkuProfileAllocationStrategy                   = 'SkuProfile.AllocationStrategy'
        SkuProfileVmSize                               = 'SkuProfile.VmSizes'
        SkuTier                                        = 'Sku.Tier'
        Tag                                            = 'Tags'
        TerminateScheduledEventNotBeforeTimeoutInMinutes = "$notify.TerminateNotificationProfile.NotBeforeTimeout"
        TerminateScheduledEvents                       = "$notify.TerminateNotificationProfile.Enable"
        TimeZone                                       = "$windows.TimeZone"
        UltraSSDEnabled                                = 'AdditionalCapabilities.UltraSSDEnabled'
        UpgradePolicyMode                              = 'UpgradePolicy.Mode'
        UserData                                       = "$machine.UserData"
        VhdContainer                                   = "$disk.VhdContainers"
        ZonalPlatformFaultDomainAlignMode              = 'ZonalPlatformFaultDomainAlignMode'
    }
}
