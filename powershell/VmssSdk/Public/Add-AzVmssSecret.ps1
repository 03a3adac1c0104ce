function Add-AzVmssSecret {
    <#
    .SYNOPSIS
        Adds certificates of a key vault to the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER SourceVaultId
        The resource id of the key vault.
    .PARAMETER VaultCertificate
        Certificates in it, of New-AzVmssVaultCertificateConfig.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssSecret -SourceVaultId $vault.ResourceId -VaultCertificate $certificate
    .EXAMPLE
        Add-AzVmssSecret $vmss $vault.ResourceId (New-AzVmssVaultCertificateConfig -CertificateUrl $url -CertificateStore "My")
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $SourceVaultId,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [psobject[]] $VaultCertificate,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $group = @{}
        if ($SourceVaultId) { $group['SourceVault'] = New-VmssObject -Model 'SubResource' -Value @{ Id = $SourceVaultId } }
        if ($VaultCertificate) { $group['VaultCertificates'] = $VaultCertificate }
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.OsProfile.Secrets' -Value $group
        $VirtualMachineScaleSet
    }
}
