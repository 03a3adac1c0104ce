function Test-VmssSecondGeneration {
    <#
    .SYNOPSIS
        Whether an image of the marketplace is of the second generation; what cannot be found out is not.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Reference
        The image reference, if any.
    .PARAMETER ResourceGroupName
        A resource group of the subscription.
    .PARAMETER Location
        The region.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [psobject] $Reference,
        [Parameter(Mandatory)] [string] $ResourceGroupName,
        [AllowNull()] [AllowEmptyString()] [string] $Location
    )
    foreach ($name in 'Publisher', 'Offer', 'Sku', 'Version') {
        if (-not (Get-VmssMember -InputObject $Reference -Path $name)) { return $false }
    }
    $group = Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'resourceGroup.get' -Params @{ name = $ResourceGroupName } -Target $ResourceGroupName -AllowMissing -PassError
    if (-not $group) { return $false }
    if (-not $Location) { $Location = $group.Location }
    # CHOICE: an image that is not there is for the service to refuse, in its words.
    $found = Get-VmssMarketplaceVersion -Cmdlet $Cmdlet -Reference $Reference -GroupId $group.Id -Location $Location
    return [bool] ($found -and $found['properties']['hyperVGeneration'] -eq 'V2')
}
