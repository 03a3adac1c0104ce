function Connect-VmssBridge {
    <#
    .SYNOPSIS
        Makes a connection in the child process, and keeps how it was made for the next child.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Name
        The name of the connection, which is used from now on.
    .PARAMETER Recipe
        The parameters of the bridge's method connect.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [hashtable] $Recipe
    )
    $bridge = Get-VmssBridge -Cmdlet $Cmdlet
    $text = ConvertTo-VmssParam -Params $Recipe
    $call = $bridge.Send('connect', $text)
    Wait-VmssCall -Cmdlet $Cmdlet -Call $call
    $call.Parse($Name)
    if ($call.Error) { $Cmdlet.ThrowTerminatingError($call.Error) }
    $type = Get-VmssType
    $type::Recipes[$Name] = $text
    $type::Connection = $Name
    $call.Output
}
