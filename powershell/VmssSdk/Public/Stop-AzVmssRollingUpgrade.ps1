function Stop-AzVmssRollingUpgrade {
    <#
    .SYNOPSIS
        Cancels the rolling upgrade of a scale set after the batch that is under way.
    .DESCRIPTION
        Instances that are upgraded already stay so. Without -Force it asks.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER Force
        Do not ask whether to go on.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Stop-AzVmssRollingUpgrade -ResourceGroupName "rg" -VMScaleSetName "web" -Force
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter()]
        [switch] $Force,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_rolling_upgrades.begin_cancel
    process {
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
        $query = 'This cmdlet will stop the specified resource. Do you want to continue?'
        if ((Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Stop') -and
            (Test-VmssShouldContinue -Cmdlet $PSCmdlet -Force:$Force -Query $query -Caption 'Stop-AzVmssRollingUpgrade operation')) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'rollingUpgrade.cancel' -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
