function Get-VmssFaultPlace {
    <#
    .SYNOPSIS
        Where a fault is: with a scale set, or with the service when none is named.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER ResourceGroupName
        The resource group.
    .PARAMETER VMScaleSetName
        The scale set.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowEmptyString()] [string] $ResourceGroupName,
        [AllowEmptyString()] [string] $VMScaleSetName
    )
    if ([bool] $ResourceGroupName -ne [bool] $VMScaleSetName) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'HalfAName' -Message (
                    'A scale set has two names: give -ResourceGroupName and -VMScaleSetName, or neither for the service as a whole.')))
    }
    if (-not $VMScaleSetName) { return @{} }
    return @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
}
