function Remove-AzVmssDataDisk {
    <#
    .SYNOPSIS
        Takes a data disk out of the object of a scale set.
    .DESCRIPTION
        Nothing is sent: Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Name
        Its name.
    .PARAMETER Lun
        Its logical unit number.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" | Remove-AzVmssDataDisk -Lun 0
    #>
    [CmdletBinding(DefaultParameterSetName = 'NameParameterSet', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ParameterSetName = 'NameParameterSet', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(ParameterSetName = 'LunParameterSet', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Nullable[int]] $Lun,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Remove')) { return }
        $key = @{ Member = 'Name'; Value = $Name }
        if ($PSCmdlet.ParameterSetName -eq 'LunParameterSet') { $key = @{ Member = 'Lun'; Value = $Lun } }
        Remove-VmssItem -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.StorageProfile.DataDisks' @key
        $VirtualMachineScaleSet
    }
}
