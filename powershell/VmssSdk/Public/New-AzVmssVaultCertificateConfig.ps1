function New-AzVmssVaultCertificateConfig {
    <#
    .SYNOPSIS
        Makes a certificate of a key vault for Add-AzVmssSecret.
    .DESCRIPTION
        Nothing is sent.
    .PARAMETER CertificateUrl
        The URL of the secret that holds it.
    .PARAMETER CertificateStore
        Windows: the store of the machine that gets it, for example My.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        New-AzVmssVaultCertificateConfig -CertificateUrl "https://vault.vault.azure.net/secrets/cert/1" -CertificateStore "My"
    .EXAMPLE
        New-AzVmssVaultCertificateConfig $secret.Id
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Management.Compute.Models.VaultCertificate')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $CertificateUrl,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $CertificateStore,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VaultCertificate' -Action 'New')) { return }
        $made = New-VmssObject -Model 'VaultCertificate'
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $made -Model 'VaultCertificate' -Map @{ CertificateUrl = 'CertificateUrl'; CertificateStore = 'CertificateStore' }
        $made
    }
}
