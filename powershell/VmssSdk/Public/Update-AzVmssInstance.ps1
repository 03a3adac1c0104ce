function Update-AzVmssInstance {
    <#
    .SYNOPSIS
        Brings instances to the current model of their scale set: the manual upgrade.
    .DESCRIPTION
        The instances must be listed; an asterisk means all. What only a reimage brings to an existing instance, such as
        new custom data, is not brought by this.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instances, or * for all.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Update-AzVmssInstance -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId "0", "1"
    .EXAMPLE
        $old = Get-AzVmssVM "rg" "web" | Where-Object { -not $_.LatestModelApplied }
        Update-AzVmssInstance "rg" "web" $old.InstanceId
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string[]] $InstanceId,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_update_instances
    process {
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName; instances = $InstanceId }
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Update' -Method 'scaleSet.upgradeInstances' -Params $params) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.upgradeInstances' -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
