function Start-VmssBridge {
    <#
    .SYNOPSIS
        Starts the child with the first Python that has the SDK.
    .PARAMETER Cmdlet
        The cmdlet that needs it.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param([Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet)
    $type = Get-VmssType
    $tried = New-Object -TypeName System.Collections.Generic.List[string]
    foreach ($candidate in Find-VmssPython) {
        try {
            # -P: what lies in the current folder must not pass for the SDK.
            $bridge = $type::Start($candidate.Path, ($candidate.Arguments + ' -P -u -X utf8 -m vmss_sdk.bridge').Trim(), 30000)
        } catch {
            $reason = $_.Exception
            while ($reason.InnerException) { $reason = $reason.InnerException }
            $tried.Add("$($candidate.Path) ($($candidate.Reason)): $($reason.Message)")
            $Cmdlet.WriteVerbose("Not $($tried[-1])")
            continue
        }
        if ($bridge.SpokenProtocol -eq $type::Protocol) {
            $Cmdlet.WriteVerbose("$($candidate.Path) ($($candidate.Reason)): Python $($bridge.PythonVersion), vmss-sdk $($bridge.PackageVersion)")
            return $bridge
        }
        $bridge.Stop()
        $tried.Add("$($candidate.Path) ($($candidate.Reason)): vmss-sdk $($bridge.PackageVersion) speaks version $($bridge.SpokenProtocol), and this module $($type::Protocol)")
    }
    $text = "No Python with a fitting vmss-sdk was found. Install it with 'python -m pip install vmss-sdk', or set the " +
    "environment variable VMSS_PYTHON to the Python that has it (3.11 or later)."
    if ($tried.Count) { $text += " Tried:`n  " + ($tried -join "`n  ") }
    $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'PythonNotFound' -Message $text -Category ([System.Management.Automation.ErrorCategory]::NotInstalled)))
}
