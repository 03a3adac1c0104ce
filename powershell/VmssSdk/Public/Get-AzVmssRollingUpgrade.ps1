function Get-AzVmssRollingUpgrade {
    <#
    .SYNOPSIS
        Gets the latest rolling upgrade of a scale set: how far it is, and how it ended.
    .DESCRIPTION
        An upgrade that a change of the model has begun is shown as well. When there was none yet it is an error that can be
        caught with -ErrorAction Stop.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        (Get-AzVmssRollingUpgrade -ResourceGroupName "rg" -VMScaleSetName "web").RunningStatus.Code

        RollingForward, Cancelled, Completed or Faulted.
    #>
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSRollingUpgradeStatusInfo')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_rolling_upgrades.get_latest
    process {
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'rollingUpgrade.latest' -Params @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName } -Target $VMScaleSetName
    }
}
