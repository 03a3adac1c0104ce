function Wait-VmssCall {
    <#
    .SYNOPSIS
        Waits for an answer in slices that Ctrl-C can interrupt, and writes what is told meanwhile as the cmdlet.
    .PARAMETER Cmdlet
        The cmdlet that waits.
    .PARAMETER Call
        What it waits for.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [object] $Call
    )
    if ($Call.Wait(20) -and $Call.Notes.IsEmpty) { return }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $shown = -1
    $last = $null
    try {
        do {
            $done = $Call.Wait(100)
            $note = $null
            while ($Call.Notes.TryDequeue([ref] $note)) {
                switch ($note.Level) {
                    'verbose' { $Cmdlet.WriteVerbose($note.Text) }
                    'debug' { $Cmdlet.WriteDebug($note.Text) }
                    'warning' { $Cmdlet.WriteWarning($note.Text) }
                    'progress' { $last = $note }
                }
            }
            $seconds = [int][Math]::Floor($watch.Elapsed.TotalSeconds)
            if (-not $done -and $seconds -ge 2 -and $seconds -ne $shown) {
                Write-VmssProgress -Cmdlet $Cmdlet -Seconds $seconds -Note $last
                $shown = $seconds
            }
        } until ($done)
    } finally {
        if (-not $Call.IsCompleted) { $Call.Cancel() }
        if ($shown -ge 0) { Write-VmssProgress -Cmdlet $Cmdlet -Completed }
    }
}
