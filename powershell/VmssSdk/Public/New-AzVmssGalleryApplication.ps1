function New-AzVmssGalleryApplication {
    <#
    .SYNOPSIS
        Makes a gallery application for Add-AzVmssGalleryApplication.
    .DESCRIPTION
        Nothing is sent.
    .PARAMETER PackageReferenceId
        The resource id of the version of the application.
    .PARAMETER ConfigReferenceId
        The address of the blob that configures it.
    .PARAMETER EnableAutomaticUpgrade
        Whether new versions are installed by themselves.
    .PARAMETER TreatFailureAsDeploymentFailure
        Whether a failure of the application fails the deployment.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        New-AzVmssGalleryApplication -PackageReferenceId $version.Id
    .EXAMPLE
        New-AzVmssGalleryApplication -PackageReferenceId $version.Id -ConfigReferenceId $blob -EnableAutomaticUpgrade $true
    #>
    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Management.Compute.Models.VMGalleryApplication')]
    param(
        [Parameter(Mandatory)]
        [string] $PackageReferenceId,
        [Parameter()]
        [string] $ConfigReferenceId,
        [Parameter()]
        [bool] $EnableAutomaticUpgrade,
        [Parameter()]
        [bool] $TreatFailureAsDeploymentFailure,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VMGalleryApplication' -Action 'New')) { return }
        $made = New-VmssObject -Model 'VMGalleryApplication'
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $made -Model 'VMGalleryApplication' -Map @{ PackageReferenceId = 'PackageReferenceId'; ConfigReferenceId = 'ConfigurationReference'; EnableAutomaticUpgrade = 'EnableAutomaticUpgrade'; TreatFailureAsDeploymentFailure = 'TreatFailureAsDeploymentFailure' }
        $made
    }
}
