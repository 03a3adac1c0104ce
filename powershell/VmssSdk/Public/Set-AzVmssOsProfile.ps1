function Set-AzVmssOsProfile {
    <#
    .SYNOPSIS
        Puts names, users and settings of the operating system into the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that. Only what is given is changed. Most of it reaches
        instances that are there only by a reimage.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER ComputerNamePrefix
        What the names of the instances begin with.
    .PARAMETER AdminUsername
        The administrator.
    .PARAMETER AdminPassword
        The administrator's password, as a text. It is sent, and never shown.
    .PARAMETER CustomData
        Custom data in base64: a file on instances when they start for the first time, thus on new and reimaged ones
        only.
    .PARAMETER WindowsConfigurationProvisionVMAgent
        Windows: whether the agent is put on instances.
    .PARAMETER WindowsConfigurationEnableAutomaticUpdate
        Windows: whether it updates itself.
    .PARAMETER TimeZone
        Windows: the time zone, for example Pacific Standard Time.
    .PARAMETER AdditionalUnattendContent
        Windows: objects with PassName, ComponentName, SettingName and Content.
    .PARAMETER Listener
        Windows: objects with Protocol and CertificateUrl.
    .PARAMETER LinuxConfigurationDisablePasswordAuthentication
        Linux: whether keys are the only way in.
    .PARAMETER PublicKey
        Linux: objects with Path and KeyData.
    .PARAMETER Secret
        Certificates: objects with SourceVault and VaultCertificates.
    .PARAMETER LinuxConfigurationProvisionVMAgent
        Linux: whether the agent is put on instances.
    .PARAMETER WindowsConfigurationPatchMode
        Windows: Manual, AutomaticByOS or AutomaticByPlatform.
    .PARAMETER LinuxConfigurationPatchMode
        Linux: ImageDefault or AutomaticByPlatform.
    .PARAMETER EnableHotpatching
        Windows: patch without a restart.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Set-AzVmssOsProfile -ComputerNamePrefix web -AdminUsername azureuser -AdminPassword $password
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $ComputerNamePrefix,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $AdminUsername,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [string] $AdminPassword,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [string] $CustomData,
        [Parameter(Position = 5, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $WindowsConfigurationProvisionVMAgent,
        [Parameter(Position = 6, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $WindowsConfigurationEnableAutomaticUpdate,
        [Parameter(Position = 7, ValueFromPipelineByPropertyName)]
        [string] $TimeZone,
        [Parameter(Position = 8, ValueFromPipelineByPropertyName)]
        [psobject[]] $AdditionalUnattendContent,
        [Parameter(Position = 9, ValueFromPipelineByPropertyName)]
        [psobject[]] $Listener,
        [Parameter(Position = 10, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $LinuxConfigurationDisablePasswordAuthentication,
        [Parameter(Position = 11, ValueFromPipelineByPropertyName)]
        [psobject[]] $PublicKey,
        [Parameter(Position = 12, ValueFromPipelineByPropertyName)]
        [psobject[]] $Secret,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $LinuxConfigurationProvisionVMAgent,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $WindowsConfigurationPatchMode,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $LinuxConfigurationPatchMode,
        [Parameter()]
        [switch] $EnableHotpatching,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        $map = @{
            ComputerNamePrefix                              = 'VirtualMachineProfile.OsProfile.ComputerNamePrefix'
            AdminUsername                                   = 'VirtualMachineProfile.OsProfile.AdminUsername'
            AdminPassword                                   = 'VirtualMachineProfile.OsProfile.AdminPassword'
            CustomData                                      = 'VirtualMachineProfile.OsProfile.CustomData'
            WindowsConfigurationProvisionVMAgent            = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.ProvisionVMAgent'
            WindowsConfigurationEnableAutomaticUpdate       = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.EnableAutomaticUpdates'
            TimeZone                                        = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.TimeZone'
            AdditionalUnattendContent                       = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.AdditionalUnattendContent'
            Listener                                        = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.WinRM.Listeners'
            LinuxConfigurationDisablePasswordAuthentication = 'VirtualMachineProfile.OsProfile.LinuxConfiguration.DisablePasswordAuthentication'
            PublicKey                                       = 'VirtualMachineProfile.OsProfile.LinuxConfiguration.Ssh.PublicKeys'
            Secret                                          = 'VirtualMachineProfile.OsProfile.Secrets'
            LinuxConfigurationProvisionVMAgent              = 'VirtualMachineProfile.OsProfile.LinuxConfiguration.ProvisionVMAgent'
            WindowsConfigurationPatchMode                   = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.PatchSettings.PatchMode'
            LinuxConfigurationPatchMode                     = 'VirtualMachineProfile.OsProfile.LinuxConfiguration.PatchSettings.PatchMode'
            EnableHotpatching                               = 'VirtualMachineProfile.OsProfile.WindowsConfiguration.PatchSettings.EnableHotpatching'
        }
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if ($PSBoundParameters.ContainsKey('WindowsConfigurationProvisionVMAgent') -and $PSBoundParameters.ContainsKey('LinuxConfigurationProvisionVMAgent')) {
            $PSCmdlet.ThrowTerminatingError((New-VmssError -Id 'TwoOperatingSystems' -Message (
                        'Please provide only one of the following parameters: -WindowsConfigurationProvisionVMAgent or -LinuxConfigurationProvisionVMAgent')))
        }
        if ($AdminPassword -eq 'System.Security.SecureString') {
            Write-VmssWarning -Cmdlet $PSCmdlet -Text ('-AdminPassword wants a text and got a SecureString, so that its name became the password, as in Az.Compute. ' +
                'Pass (New-Object System.Net.NetworkCredential "", $secret).Password instead.')
        }
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Set')) { return }
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        $VirtualMachineScaleSet
    }
}
