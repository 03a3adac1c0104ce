function Add-AzVmssGalleryApplication {
    <#
    .SYNOPSIS
        Adds a gallery application to the profile of the virtual machines of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSetVM
        The profile of the virtual machines: $vmss.VirtualMachineProfile; it is changed, and written.
    .PARAMETER GalleryApplication
        The application, of New-AzVmssGalleryApplication.
    .PARAMETER TreatFailureAsDeploymentFailure
        Whether a failure of the application fails the deployment.
    .PARAMETER Order
        Its place in the order of installation.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        Add-AzVmssGalleryApplication -VirtualMachineScaleSetVM $vmss.VirtualMachineProfile -GalleryApplication $application -Order 1
    .EXAMPLE
        Add-AzVmssGalleryApplication -VirtualMachineScaleSetVM $vmss.VirtualMachineProfile -GalleryApplication $application -TreatFailureAsDeploymentFailure
    #>
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVMProfile')]
    param(
        [Parameter(Mandatory)]
        [psobject] $VirtualMachineScaleSetVM,
        [Parameter(Mandatory)]
        [psobject] $GalleryApplication,
        [Parameter(ValueFromPipelineByPropertyName)]
        [switch] $TreatFailureAsDeploymentFailure,
        [Parameter()]
        [int] $Order,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSetVM -Parameter 'VirtualMachineScaleSetVM' -Expected 'the VirtualMachineProfile of a scale set'
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSetVM' -Action 'Add')) { return }
        $application = @{}
        foreach ($property in $GalleryApplication.PSObject.Properties) {
            if ($null -ne $property.Value) { $application[$property.Name] = $property.Value }
        }
        if ($PSBoundParameters.ContainsKey('Order')) { $application['Order'] = $Order }
        if ($TreatFailureAsDeploymentFailure) { $application['TreatFailureAsDeploymentFailure'] = $true }
        Add-VmssItem -InputObject $VirtualMachineScaleSetVM -Model 'VirtualMachineScaleSetVMProfile' -Path 'ApplicationProfile.GalleryApplications' -Value $application
        $VirtualMachineScaleSetVM
    }
}
