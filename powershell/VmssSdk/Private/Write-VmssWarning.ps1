function Write-VmssWarning {
    <#
    .SYNOPSIS
        Writes a warning as the cmdlet, by the preference of the script that calls it.
    .PARAMETER Cmdlet
        The cmdlet that warns.
    .PARAMETER Text
        What a user must know.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Text
    )
    Set-Variable -Name WarningPreference -Value $Cmdlet.SessionState.PSVariable.GetValue('WarningPreference') -WhatIf:$false -Confirm:$false
    $Cmdlet.WriteWarning($Text)
}
