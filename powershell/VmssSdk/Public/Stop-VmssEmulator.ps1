function Stop-VmssEmulator {
    <#
    .SYNOPSIS
        Ends servers that Start-VmssEmulator has started; what they held is gone.
    .DESCRIPTION
        Without an endpoint it is all of this session. The connections to them are forgotten.
    .PARAMETER Endpoint
        Only the one at this URL.
    .EXAMPLE
        Stop-VmssEmulator
    .EXAMPLE
        $emulator | Stop-VmssEmulator
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([void])]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $Endpoint
    )
    process {
        $target = 'all emulators of this session'
        if ($Endpoint) { $target = $Endpoint }
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $target -Action 'Stop')) { return }
        $type = Get-VmssType
        $params = @{ connection = $type::Connection }
        if ($Endpoint) { $params['endpoint'] = $Endpoint }
        foreach ($server in Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'server.stop' -Params $params -Target $Endpoint) {
            $ignored = $null
            $null = $type::Recipes.TryRemove($server.Connection, [ref] $ignored)
            if ($type::Connection -eq $server.Connection) { $type::Connection = 'default' }
        }
    }
}
