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
    $reference = New-VmssObject -Model 'ImageReference' -Value @{ Publisher = $publisher; Offer = $offer; Sku = $sku; Version = $version }
    $found = Get-VmssMarketplaceVersion -Cmdlet $Cmdlet -Reference $reference -GroupId $GroupId -Location $Location
    if (-not $found) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'ImageNotFound' -Target $Urn -Message "There is no image '$Urn' in $Location."))
    }
    if ($version -eq 'latest') { $reference.Version = $found['name'] }
    return [pscustomobject]@{ System = $found['properties']['osDiskImage']['operatingSystem']; Reference = $reference }
}
