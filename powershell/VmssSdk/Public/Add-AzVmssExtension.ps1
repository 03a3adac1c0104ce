function Add-AzVmssExtension {
    <#
    .SYNOPSIS
        Adds an extension to the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Name
        Its name.
    .PARAMETER Publisher
        Who publishes its handler.
    .PARAMETER Type
        The type of the handler, for example ApplicationHealthLinux.
    .PARAMETER TypeHandlerVersion
        The version of the handler, for example 2.0.
    .PARAMETER AutoUpgradeMinorVersion
        Whether the newest minor version is taken.
    .PARAMETER Setting
        Settings: a hashtable.
    .PARAMETER ProtectedSetting
        Settings that are secret: a hashtable. They are sent, and never shown.
    .PARAMETER EnableAutomaticUpgrade
        Whether the platform upgrades the handler.
    .PARAMETER ForceUpdateTag
        Another text runs the extension again.
    .PARAMETER ProvisionAfterExtension
        Names of extensions that have to be done before.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssExtension -Name health -Publisher Microsoft.ManagedServices -Type ApplicationHealthLinux -TypeHandlerVersion 2.0 -Setting @{ protocol = "http"; port = 80; requestPath = "/healthz" }
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $Publisher,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [string] $Type,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [string] $TypeHandlerVersion,
        [Parameter(Position = 5, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $AutoUpgradeMinorVersion,
        [Parameter(Position = 6, ValueFromPipelineByPropertyName)]
        [object] $Setting,
        [Parameter(Position = 7, ValueFromPipelineByPropertyName)]
        [object] $ProtectedSetting,
        [Parameter()]
        [Nullable[bool]] $EnableAutomaticUpgrade,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ForceUpdateTag,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $ProvisionAfterExtension,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $names = 'Name', 'Publisher', 'Type', 'TypeHandlerVersion', 'AutoUpgradeMinorVersion', 'EnableAutomaticUpgrade', 'ForceUpdateTag'
        $extension = Get-VmssBoundValue -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Name $names
        if ($null -ne $Setting) { $extension['Settings'] = ConvertTo-VmssMap -InputObject $Setting }
        if ($null -ne $ProtectedSetting) { $extension['ProtectedSettings'] = ConvertTo-VmssMap -InputObject $ProtectedSetting }
        if ($ProvisionAfterExtension) { $extension['ProvisionAfterExtensions'] = $ProvisionAfterExtension }
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.ExtensionProfile.Extensions' -Value $extension
        $VirtualMachineScaleSet
    }
}
