function Disconnect-Vmss {
    <#
    .SYNOPSIS
        Forgets a connection; an emulator in process is gone with it.
    .DESCRIPTION
        Without a name it is the connection that cmdlets use. Afterwards they use the one named default, which is made
        from the environment when it is needed.
    .PARAMETER Name
        The name that Connect-Vmss gave it.
    .EXAMPLE
        Disconnect-Vmss
    #>
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $Name
    )
    process {
        $type = Get-VmssType
        if (-not $Name) { $Name = $type::Connection }
        $ignored = $null
        $known = $type::Recipes.TryRemove($Name, [ref] $ignored)
        if ($type::Connection -eq $Name) { $type::Connection = 'default' }
        if ($known -and $type::Current -and $type::Current.IsAlive) {
            $null = Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'disconnect' -Params @{ name = $Name; connection = $Name }
        }
    }
}
