function Set-AzVmssBootDiagnostic {
    <#
    .SYNOPSIS
        Sets boot diagnostics in the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Enabled
        Whether screenshots and the log of the serial console are kept.
    .PARAMETER StorageUri
        The storage account that keeps them; without it a managed one does.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Set-AzVmssBootDiagnostic -Enabled $true
    .EXAMPLE
        $vmss | Set-AzVmssBootDiagnostic -Enabled $true -StorageUri "https://diagnostics.blob.core.windows.net"
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $Enabled,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $StorageUri,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        $map = @{
            Enabled    = 'VirtualMachineProfile.DiagnosticsProfile.BootDiagnostics.Enabled'
            StorageUri = 'VirtualMachineProfile.DiagnosticsProfile.BootDiagnostics.StorageUri'
        }
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Set')) { return }
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        $VirtualMachineScaleSet
    }
}
