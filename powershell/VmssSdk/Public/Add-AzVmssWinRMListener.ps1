function Add-AzVmssWinRMListener {
    <#
    .SYNOPSIS
        Adds a listener for Windows Remote Management to the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Protocol
        Http or Https.
    .PARAMETER CertificateUrl
        For Https: the URL of the certificate in a key vault.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssWinRMListener -Protocol Http
    .EXAMPLE
        $vmss | Add-AzVmssWinRMListener -Protocol Https -CertificateUrl "https://vault.vault.azure.net/secrets/cert/1"
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [ValidateSet('Http', 'Https')]
        [string] $Protocol,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $CertificateUrl,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $listener = Get-VmssBoundValue -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Name 'Protocol', 'CertificateUrl'
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.OsProfile.WindowsConfiguration.WinRM.Listeners' -Value $listener
        $VirtualMachineScaleSet
    }
}
