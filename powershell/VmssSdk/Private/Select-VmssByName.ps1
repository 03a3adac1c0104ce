function Select-VmssByName {
    <#
    .SYNOPSIS
        Scale sets of a resource group or of the subscription whose names fit; wildcards are applied here, not by Azure.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER ResourceGroupName
        Nothing, a name, or a pattern.
    .PARAMETER Name
        Nothing, a name, or a pattern.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [AllowEmptyString()] [string] $ResourceGroupName,
        [AllowNull()] [AllowEmptyString()] [string] $Name
    )
    $params = @{}
    $pattern = $ResourceGroupName
    if ($ResourceGroupName -and -not (Test-VmssWildcard -Text $ResourceGroupName)) {
        $params['resourceGroup'] = $ResourceGroupName
        $pattern = ''
    }
    Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'scaleSet.list' -Params $params -Target $ResourceGroupName |
        Where-Object -FilterScript { (-not $pattern -or $_.ResourceGroupName -like $pattern) -and (-not $Name -or $_.Name -like $Name) }
}
