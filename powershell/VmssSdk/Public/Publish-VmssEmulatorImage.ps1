function Publish-VmssEmulatorImage {
    <#
    .SYNOPSIS
        Makes a version the newest of an image, as a publisher does in Azure.
    .DESCRIPTION
        'latest' in a model means it from now on; scale sets with automatic OS upgrades follow by themselves. Writes all
        versions published so far, the newest last.
    .PARAMETER Image
        publisher:offer:sku, or the resource id of an image in a gallery.
    .PARAMETER Version
        The version.
    .EXAMPLE
        Publish-VmssEmulatorImage -Image "Canonical:ubuntu-24_04-lts:server" -Version "24.04.202610010"
        Set-VmssEmulatorClock -Advance '04:00:00'
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $Image,
        [Parameter(Mandatory, Position = 1)]
        [string] $Version
    )
    process {
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target "$Image $Version" -Action 'Publish') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'emulator.publishImage' -Params @{ image = $Image; version = $Version } -Target $Image
        }
    }
}
