function Test-VmssTrace {
    <#
    .SYNOPSIS
        Whether the cmdlet shows verbose or debug messages: only then does the bridge tell them.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet)
    $bound = $Cmdlet.MyInvocation.BoundParameters
    foreach ($stream in 'Verbose', 'Debug') {
        if ($bound.ContainsKey($stream)) {
            if ([bool] $bound[$stream]) { return $true }
        } elseif ("$($Cmdlet.SessionState.PSVariable.GetValue($stream + 'Preference'))" -notin 'SilentlyContinue', 'Ignore') {
            return $true
        }
    }
    return $false
}
