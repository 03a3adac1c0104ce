function Get-VmssOfferedValue {
    <#
    .SYNOPSIS
        What Tab offers for parameters that take words which the service knows: by parameter, or by cmdlet and parameter.
    .DESCRIPTION
        Other words are taken as well, and judged by the service, as in Az.Compute.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()
    return @{
        'Action'                                = 'Resume', 'Suspend'
        'ServiceName'                           = 'AutomaticRepairs', 'AutomaticZoneRebalancing'
        'AllocationStrategy'                    = 'CapacityOptimized', 'LowestPrice', 'Prioritized'
        'AutomaticRepairAction'                 = 'Reimage', 'Replace', 'Restart'
        'DefaultAction'                         = 'Approve', 'Reject'
        'EvictionPolicy'                        = 'Deallocate', 'Delete'
        'ImdsMode'                              = 'Audit', 'Disabled', 'Enforce'
        'OrchestrationMode'                     = 'Flexible', 'Uniform'
        'Priority'                              = 'Regular', 'Spot'
        'ScaleInPolicy'                         = 'Default', 'NewestVM', 'OldestVM'
        'WireServerMode'                        = 'Audit', 'Disabled', 'Enforce'
        'Add-VmssEmulatorFault:Kind'            = 'conflict', 'customMetrics', 'data', 'eviction', 'extensionFailure', 'health', 'machineNames',
        'platformUpgrade', 'provisioningFailure', 'quota', 'scriptAnswer', 'slowBoot', 'unhealthyAfterUpgrade', 'zoneDown'
        'New-AzVmssLifecycleHookConfig:Type'    = 'UpgradeAutoOSRollingBatchStarting', 'UpgradeAutoOSScheduling'
        'Remove-AzVmssLifecycleHook:Type'       = 'UpgradeAutoOSRollingBatchStarting', 'UpgradeAutoOSScheduling'
    }
}
