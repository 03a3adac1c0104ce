function Restart-AzVmss {
    <#
    .SYNOPSIS
        Restarts the instances of a scale set: all of them, or those that are listed.
    .DESCRIPTION
        They keep their hardware and their disks.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instances, or * for all; without it, and with $null, all.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Restart-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web"
    .EXAMPLE
        Restart-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId "0", "3" -AsJob
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [AllowNull()]
        [string[]] $InstanceId,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_restart
    process {
        $params = @{
            resourceGroup = $ResourceGroupName
            scaleSet      = $VMScaleSetName
            instances     = Get-VmssInstanceParam -Cmdlet $PSCmdlet -InstanceId $InstanceId
        }
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Restart' -Method 'scaleSet.restart' -Params $params) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.restart' -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
