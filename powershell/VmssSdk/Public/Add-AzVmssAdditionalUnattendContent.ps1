function Add-AzVmssAdditionalUnattendContent {
    <#
    .SYNOPSIS
        Adds content to the answer file of Windows Setup, in the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER PassName
        The pass that it is for: OobeSystem.
    .PARAMETER ComponentName
        The component that it configures: MicrosoftWindowsShellSetup.
    .PARAMETER SettingName
        AutoLogon or FirstLogonCommands.
    .PARAMETER Content
        The XML that is added; it may hold a password, and is sent as it is.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssAdditionalUnattendContent -PassName OobeSystem -ComponentName MicrosoftWindowsShellSetup -SettingName AutoLogon -Content $xml
    .EXAMPLE
        Add-AzVmssAdditionalUnattendContent -VirtualMachineScaleSet $vmss -SettingName FirstLogonCommands -Content $xml
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [ValidateSet('OobeSystem')]
        [string] $PassName,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [ValidateSet('MicrosoftWindowsShellSetup')]
        [string] $ComponentName,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [ValidateSet('AutoLogon', 'FirstLogonCommands')]
        [string] $SettingName,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [string] $Content,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $names = 'PassName', 'ComponentName', 'SettingName', 'Content'
        $item = Get-VmssBoundValue -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Name $names
        # Az.Compute's enumeration cannot have the hyphens that Azure's name of the component has.
        if ($item['ComponentName']) { $item['ComponentName'] = 'Microsoft-Windows-Shell-Setup' }
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.OsProfile.WindowsConfiguration.AdditionalUnattendContent' -Value $item
        $VirtualMachineScaleSet
    }
}
