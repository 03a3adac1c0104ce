function Remove-AzVmssGalleryApplication {
    <#
    .SYNOPSIS
        Takes a gallery application out of the profile of the virtual machines of a scale set.
    .DESCRIPTION
        Nothing is sent: Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSetVM
        The profile of the virtual machines: $vmss.VirtualMachineProfile; it is changed, and written.
    .PARAMETER GalleryApplicationsReferenceId
        The resource id of the version of the application.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        Remove-AzVmssGalleryApplication -VirtualMachineScaleSetVM $vmss.VirtualMachineProfile -GalleryApplicationsReferenceId $version.Id
    .EXAMPLE
        $null = Remove-AzVmssGalleryApplication -VirtualMachineScaleSetVM $vmss.VirtualMachineProfile -GalleryApplicationsReferenceId $id
        Update-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -VirtualMachineScaleSet $vmss
    #>
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVMProfile')]
    param(
        [Parameter(Mandatory)]
        [psobject] $VirtualMachineScaleSetVM,
        [Parameter(Mandatory)]
        [string] $GalleryApplicationsReferenceId,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSetVM -Parameter 'VirtualMachineScaleSetVM' -Expected 'the VirtualMachineProfile of a scale set'
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSetVM' -Action 'Remove')) { return }
        $key = @{ Member = 'PackageReferenceId'; Value = $GalleryApplicationsReferenceId }
        Remove-VmssItem -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSetVM -Model 'VirtualMachineScaleSetVMProfile' -Path 'ApplicationProfile.GalleryApplications' @key
        $VirtualMachineScaleSetVM
    }
}
