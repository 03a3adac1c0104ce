function Resolve-VmssMarketplaceImage {
    <#
    .SYNOPSIS
        An image of the marketplace; latest becomes the newest version that there is, as in Az.Compute.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Urn
        publisher:offer:sku:version
    .PARAMETER GroupId
        The resource id of a resource group of the subscription.
    .PARAMETER Location
        The region.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Urn,
        [Parameter(Mandatory)] [string] $GroupId,
        [Parameter(Mandatory)] [string] $Location
    )
    $parts = $Urn.Split(':')
    if ($parts.Count -ne 4 -or $parts -contains '') {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'InvalidImageName' -Target $Urn -Message (
                "'$Urn' is no image: expected publisher:offer:sku:version, for example Canonical:ubuntu-24_04-lts:server:latest.")))
    }
    $publisher, $offer, $sku, $version = $parts
    $versions = ($GroupId -replace '/resourceGroups/.*$') + "/providers/Microsoft.Compute/locations/$Location/publishers/$publisher" +
    "/artifacttypes/vmimage/offers/$offer/skus/$sku/versions"
    if ($version -eq 'latest') {
        $version = @(Get-VmssResource -Cmdlet $Cmdlet -Id $versions -ApiVersion '2024-07-01' | ForEach-Object -Process { $_['name'] }) |
            Sort-Object -Property { [version] $_ } | Select-Object -Last 1
    }
    $found = $null
    if ($version) { $found = Get-VmssResource -Cmdlet $Cmdlet -Id "$versions/$version" -ApiVersion '2024-07-01' }
    if (-not $found) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'ImageNotFound' -Target $Urn -Message "There is no image '$Urn' in $Location."))
    }
    $reference = New-VmssObject -Model 'ImageReference' -Value @{ Publisher = $publisher; Offer = $offer; Sku = $sku; Version = $version }
    return [pscustomobject]@{ System = $found['properties']['osDiskImage']['operatingSystem']; Reference = $reference }
}
