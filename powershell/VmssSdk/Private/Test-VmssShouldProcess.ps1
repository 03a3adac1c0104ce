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
    .PARAMETER Method
        The method of the bridge that would be done, so that -WhatIf tells what would come of it.
    .PARAMETER Params
        Its parameters.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Target,
        [Parameter(Mandatory)] [string] $Action,
        [string] $Method,
        [hashtable] $Params = @{}
    )
    foreach ($name in 'WhatIfPreference', 'ConfirmPreference') {
        Set-Variable -Name $name -Value $Cmdlet.SessionState.PSVariable.GetValue($name) -WhatIf:$false -Confirm:$false
    }
    $bound = $Cmdlet.MyInvocation.BoundParameters
    $isWhatIf = if ($bound.ContainsKey('WhatIf')) { [bool] $bound['WhatIf'] } else { [bool] $WhatIfPreference }
    if ($isWhatIf -and $Method) {
        $lines = @("Performing the operation `"$Action`" on target `"$Target`".")
        $lines += Get-VmssPreviewText -Cmdlet $Cmdlet -Method $Method -Params $Params
        return $Cmdlet.ShouldProcess(($lines -join "`n"), ($lines -join "`n"), $Action)
    }
    return $Cmdlet.ShouldProcess($Target, $Action)
}
