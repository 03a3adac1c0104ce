function Add-AzVmssSkuProfileVMSize {
    <#
    .SYNOPSIS
        Adds a size to the instance mix of the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER VmSize
        The size, for example Standard_D4s_v5; one that is there already is an error.
    .PARAMETER Rank
        Its place among the sizes, from 0, for the strategy Prioritized.
    .PARAMETER AllocationStrategy
        LowestPrice, CapacityOptimized or Prioritized.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssSkuProfileVMSize -VmSize "Standard_D4s_v5" | Add-AzVmssSkuProfileVMSize -VmSize "Standard_D4as_v5"
    .EXAMPLE
        Add-AzVmssSkuProfileVMSize -VirtualMachineScaleSet $vmss -VmSize "Standard_D4s_v5" -Rank 0 -AllocationStrategy Prioritized
    #>
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName)]
        [string] $VmSize,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[int]] $Rank,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $AllocationStrategy,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $sizes = Get-VmssMember -InputObject $VirtualMachineScaleSet -Path 'SkuProfile.VmSizes'
        if (@($sizes | Where-Object -FilterScript { $_ -and $_.Name -eq $VmSize }).Count) {
            $PSCmdlet.ThrowTerminatingError((New-VmssError -Id 'SizeIsThere' -Target $VmSize -Message "The VM size '$VmSize' is already present in the SkuProfile."))
        }
        $size = @{ Name = $VmSize }
        if ($null -ne $Rank) { $size['Rank'] = $Rank }
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'SkuProfile.VmSizes' -Value $size
        if ($AllocationStrategy) { Set-VmssMember -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Path 'SkuProfile.AllocationStrategy' -Value $AllocationStrategy }
        $VirtualMachineScaleSet
    }
}
