function Get-VmssResource {
    <#
    .SYNOPSIS
        A resource of any type as a hashtable, or nothing when it is not there. Any other error is thrown.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Id
        Its resource id.
    .PARAMETER ApiVersion
        Of its provider.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Id,
        [string] $ApiVersion = '2024-05-01'
    )
    Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'resource.get' -Params @{ id = $Id; apiVersion = $ApiVersion } -Target $Id -AllowMissing -PassError
}
