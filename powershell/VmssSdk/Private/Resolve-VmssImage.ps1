function Resolve-VmssImage {
    <#
    .SYNOPSIS
        What -ImageName of New-AzVmss means: a custom image of the resource group, a short name, publisher:offer:sku:version,
        or a resource id. Says also which operating system it has.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Name
        The name.
    .PARAMETER GroupId
        The resource id of the resource group.
    .PARAMETER Location
        The region.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $GroupId,
        [Parameter(Mandatory)] [string] $Location
    )
    if ($Name.Contains(':')) { return Resolve-VmssMarketplaceImage -Cmdlet $Cmdlet -Urn $Name -GroupId $GroupId -Location $Location }
    $id = $Name
    if (-not $Name.Contains('/')) { $id = "$GroupId/providers/Microsoft.Compute/images/$Name" }
    $alias = Get-VmssImageAlias -Name $Name
    # The image itself says it; that of a version is said by what the version belongs to.
    # Galleries have api-versions of their own.
    $version = if ($id -match '/galleries/') { '2022-03-03' } else { '2024-07-01' }
    $found = Get-VmssResource -Cmdlet $Cmdlet -Id ($id -replace '/versions/[^/]+$') -ApiVersion $version
    if ($found) {
        $system = $found['properties']['osType']
        if (-not $system) { $system = $found['properties']['storageProfile']['osDisk']['osType'] }
        return [pscustomobject]@{ System = $system; Reference = (New-VmssObject -Model 'ImageReference' -Value @{ Id = $id }) }
    }
    if ($alias) { return $alias }
    $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'ImageNotFound' -Target $Name -Message (
            "No image '$Name' is known: expected a short name such as Ubuntu2204 or Win2022AzureEdition, publisher:offer:sku:version, " +
            'the resource id of an image, or the name of one in the resource group.')))
}
