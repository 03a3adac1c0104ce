function Invoke-VmssRpc {
    <#
    .SYNOPSIS
        Has one method of the bridge done: the only place where cmdlets talk to Python.
    .DESCRIPTION
        Writes what came back, or a non-terminating error. Verbose and debug messages, warnings and, after two seconds,
        progress are written as the calling cmdlet. Ctrl-C ends the waiting; what the service has begun goes on.
    .PARAMETER Cmdlet
        The cmdlet that asks: its $PSCmdlet.
    .PARAMETER Method
        A method of the bridge; `python -m vmss_sdk.bridge` lists them by the method named methods.
    .PARAMETER Params
        By their names in the bridge; one that is $null is left out.
    .PARAMETER Target
        What the call is about, for the error record.
    .PARAMETER AsJob
        Write a job instead of waiting.
    .PARAMETER AllowMissing
        What is not there is no error: nothing is written.
    .PARAMETER PassError
        Throw the error record instead of writing it, for a cmdlet that makes something of it.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Method,
        [hashtable] $Params = @{},
        [object] $Target,
        [switch] $AsJob,
        [switch] $AllowMissing,
        [switch] $PassError
    )
    # Module code does not see the preferences of the script that calls the cmdlet; a compiled cmdlet would.
    foreach ($name in 'WarningPreference', 'VerbosePreference', 'DebugPreference', 'ProgressPreference') {
        Set-Variable -Name $name -Value $Cmdlet.SessionState.PSVariable.GetValue($name) -WhatIf:$false -Confirm:$false
    }
    $bridge = Get-VmssBridge -Cmdlet $Cmdlet
    $given = @{} + $Params
    if (Test-VmssTrace -Cmdlet $Cmdlet) { $given['trace'] = $true }
    $call = Send-VmssRequest -Bridge $bridge -Method $Method -Params $given -Cmdlet $Cmdlet
    if ($AsJob -and -not $call.Error) {
        return New-VmssJob -Cmdlet $Cmdlet -Call $call -Target $Target
    }
    if (-not $call.Error) {
        Wait-VmssCall -Cmdlet $Cmdlet -Call $call
        $call.Parse($Target)
    }
    if ($call.Error) {
        if ($AllowMissing -and $call.Error.CategoryInfo.Category -eq 'ObjectNotFound') { return }
        if ($PassError) { throw $call.Error }
        return Write-VmssError -Cmdlet $Cmdlet -Record $call.Error
    }
    # One by one, so that the pipeline has the first before the last is written.
    foreach ($item in $call.Output) { $item }
}
