function Get-VmssOrNewGroup {
    <#
    .SYNOPSIS
        A resource group, which is created when it is not there.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Name
        Its name.
    .PARAMETER Location
        Where it is created; eastus when nothing is said, as in Az.Compute.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Name,
        [AllowNull()] [AllowEmptyString()] [string] $Location
    )
    $found = Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'resourceGroup.get' -Params @{ name = $Name } -Target $Name -AllowMissing -PassError
    if ($found) { return $found }
    if (-not $Location) { $Location = 'eastus' }
    Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'resourceGroup.createOrUpdate' -Params @{ name = $Name; location = $Location } -Target $Name -PassError
}
