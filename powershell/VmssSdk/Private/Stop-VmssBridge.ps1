function Stop-VmssBridge {
    <#
    .SYNOPSIS
        Ends the child process, if there is one and this is the runspace that started the session.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()
    if (-not $script:BridgeType -or -not $script:BridgeType::Current) { return }
    # Other runspaces of this process use the same child.
    if ([runspace]::DefaultRunspace.Id -ne 1) { return }
    if (-not $PSCmdlet.ShouldProcess('the Python process', 'Stop')) { return }
    $script:BridgeType::Current.Stop()
    $script:BridgeType::Current = $null
}
