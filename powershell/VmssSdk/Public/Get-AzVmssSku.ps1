function Get-AzVmssSku {
    <#
    .SYNOPSIS
        Gets the sizes that a scale set can have, and how many instances of each.
    .DESCRIPTION
        All pages are followed.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Get-AzVmssSku -ResourceGroupName "rg" -VMScaleSetName "web"
    #>
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetSku')]
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
    # Operation: virtual_machine_scale_sets.list_skus
    process {
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.skus' -Params @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName } -Target $VMScaleSetName
    }
}
