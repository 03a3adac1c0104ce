function Set-AzVmssRollingUpgradePolicy {
    <#
    .SYNOPSIS
        Puts a rolling upgrade policy into the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that. Only what is given is changed. The mode of the upgrade
        policy is not: -UpgradePolicyMode Rolling of New-AzVmssConfig or Update-AzVmss does.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER MaxBatchInstancePercent
        How many percent of the instances one batch has at most.
    .PARAMETER MaxUnhealthyInstancePercent
        How many percent may be unhealthy at all; one more, and the upgrade stops.
    .PARAMETER MaxUnhealthyUpgradedInstancePercent
        How many percent of the upgraded ones may be unhealthy.
    .PARAMETER EnableCrossZoneUpgrade
        Whether a batch may hold instances of several zones.
    .PARAMETER MaxSurge
        Whether new instances are created in place of an upgrade of those that are there.
    .PARAMETER PauseTimeBetweenBatches
        The pause between two batches, for example PT30S.
    .PARAMETER PrioritizeUnhealthyInstance
        Whether unhealthy instances come first.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $web = Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web"
        Set-AzVmssRollingUpgradePolicy -VirtualMachineScaleSet $web -MaxBatchInstancePercent 20
        Update-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -VirtualMachineScaleSet $web -UpgradePolicyMode Rolling
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [int] $MaxBatchInstancePercent,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [int] $MaxUnhealthyInstancePercent,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [int] $MaxUnhealthyUpgradedInstancePercent,
        [Parameter(ValueFromPipelineByPropertyName)]
        [bool] $EnableCrossZoneUpgrade,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $MaxSurge,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PauseTimeBetweenBatches,
        [Parameter(ValueFromPipelineByPropertyName)]
        [bool] $PrioritizeUnhealthyInstance,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        $map = @{
            MaxBatchInstancePercent             = 'UpgradePolicy.RollingUpgradePolicy.MaxBatchInstancePercent'
            MaxUnhealthyInstancePercent         = 'UpgradePolicy.RollingUpgradePolicy.MaxUnhealthyInstancePercent'
            MaxUnhealthyUpgradedInstancePercent = 'UpgradePolicy.RollingUpgradePolicy.MaxUnhealthyUpgradedInstancePercent'
            EnableCrossZoneUpgrade              = 'UpgradePolicy.RollingUpgradePolicy.EnableCrossZoneUpgrade'
            MaxSurge                            = 'UpgradePolicy.RollingUpgradePolicy.MaxSurge'
            PauseTimeBetweenBatches             = 'UpgradePolicy.RollingUpgradePolicy.PauseTimeBetweenBatches'
            PrioritizeUnhealthyInstance         = 'UpgradePolicy.RollingUpgradePolicy.PrioritizeUnhealthyInstances'
        }
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Set')) { return }
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        $VirtualMachineScaleSet
    }
}
