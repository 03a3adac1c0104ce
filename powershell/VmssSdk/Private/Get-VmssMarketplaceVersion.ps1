function Get-VmssMarketplaceVersion {
    <#
    .SYNOPSIS
        A version of an image of the marketplace as the service tells it, or nothing when it is not there.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Reference
        An image reference: Publisher, Offer, Sku and Version; latest is the newest version that there is.
    .PARAMETER GroupId
        The resource id of a resource group of the subscription.
    .PARAMETER Location
        The region.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [psobject] $Reference,
        [Parameter(Mandatory)] [string] $GroupId,
        [Parameter(Mandatory)] [string] $Location
    )
    $versions = ($GroupId -replace '/resourceGroups/.*$') + "/providers/Microsoft.Compute/locations/$Location" +
    "/publishers/$($Reference.Publisher)/artifacttypes/vmimage/offers/$($Reference.Offer)/skus/$($Reference.Sku)/versions"
    $version = $Reference.Version
    if ($version -eq 'latest') {
        $version = @(Get-VmssResource -Cmdlet $Cmdlet -Id $versions -ApiVersion '2024-07-01' | ForEach-Object -Process { $_['name'] }) |
            Sort-Object -Property { [version] $_ } | Select-Object -Last 1
    }
    if ($version) { return Get-VmssResource -Cmdlet $Cmdlet -Id "$versions/$version" -ApiVersion '2024-07-01' }
}
