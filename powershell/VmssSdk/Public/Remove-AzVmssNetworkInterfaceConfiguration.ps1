function Remove-AzVmssNetworkInterfaceConfiguration {
    <#
    .SYNOPSIS
        Takes a network interface out of the object of a scale set.
    .DESCRIPTION
        Nothing is sent: Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Name
        Its name.
    .PARAMETER Id
        Its id.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" | Remove-AzVmssNetworkInterfaceConfiguration -Name "second"
    .EXAMPLE
        Remove-AzVmssNetworkInterfaceConfiguration -VirtualMachineScaleSet $vmss -Id $id
    #>
    [CmdletBinding(DefaultParameterSetName = 'NameParameterSet', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ParameterSetName = 'NameParameterSet', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(ParameterSetName = 'IdParameterSet', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Id,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Remove')) { return }
        $key = @{ Member = 'Name'; Value = $Name }
        if ($PSCmdlet.ParameterSetName -eq 'IdParameterSet') { $key = @{ Member = 'Id'; Value = $Id } }
        Remove-VmssItem -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations' @key
        $VirtualMachineScaleSet
    }
}
