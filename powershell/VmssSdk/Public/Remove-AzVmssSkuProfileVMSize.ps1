function Remove-AzVmssSkuProfileVMSize {
    <#
    .SYNOPSIS
        Takes a size out of the instance mix of the object of a scale set.
    .DESCRIPTION
        Nothing is sent: Update-AzVmss does that. A scale set without an instance mix is not written, as in
        Az.Compute.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER VmSize
        The size.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" | Remove-AzVmssSkuProfileVMSize -VmSize "Standard_D4s_v5"
    .EXAMPLE
        Remove-AzVmssSkuProfileVMSize $vmss "Standard_D4s_v5"
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $VmSize,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Remove')) { return }
        if ($null -eq (Get-VmssMember -InputObject $VirtualMachineScaleSet -Path 'SkuProfile.VmSizes')) { return }
        Remove-VmssItem -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet -Path 'SkuProfile.VmSizes' -Member 'Name' -Value $VmSize
        $VirtualMachineScaleSet
    }
}
