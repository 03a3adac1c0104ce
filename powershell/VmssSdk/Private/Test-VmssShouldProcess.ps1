function Test-VmssShouldProcess {
    <#
    .SYNOPSIS
        Asks ShouldProcess as a compiled cmdlet does: by the preferences of the script that calls.
    .PARAMETER Cmdlet
        The cmdlet that asks: its $PSCmdlet.
    .PARAMETER Target
        What Az.Compute names: the scale set.
    .PARAMETER Action
        The verb of the cmdlet.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Target,
        [Parameter(Mandatory)] [string] $Action
    )
    foreach ($name in 'WhatIfPreference', 'ConfirmPreference') {
        Set-Variable -Name $name -Value $Cmdlet.SessionState.PSVariable.GetValue($name) -WhatIf:$false -Confirm:$false
    }
    return $Cmdlet.ShouldProcess($Target, $Action)
}
