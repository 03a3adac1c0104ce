function Write-VmssError {
    <#
    .SYNOPSIS
        Writes a non-terminating error as the cmdlet, by the preference of the script that calls it.
    .PARAMETER Cmdlet
        The cmdlet that fails.
    .PARAMETER Record
        What it has to say.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [System.Management.Automation.ErrorRecord] $Record
    )
    $ErrorActionPreference = $Cmdlet.SessionState.PSVariable.GetValue('ErrorActionPreference')
    $Cmdlet.WriteError($Record)
}
