function Send-VmssRequest {
    <#
    .SYNOPSIS
        Sends one request over the current connection, which is made from the environment when there is none yet.
    .PARAMETER Bridge
        The child process.
    .PARAMETER Method
        A method of the bridge.
    .PARAMETER Params
        Its parameters; objects in it are sent member by member.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [object] $Bridge,
        [Parameter(Mandatory)] [string] $Method,
        [Parameter(Mandatory)] [hashtable] $Params,
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet
    )
    $type = Get-VmssType
    if (-not $Params.ContainsKey('connection')) {
        $Params['connection'] = $type::Connection
        if ($type::Recipes.IsEmpty) {
            $recipe = ConvertTo-VmssParam -Params (Get-VmssEnvironment)
            $call = $Bridge.Send('connect', $recipe)
            Wait-VmssCall -Cmdlet $Cmdlet -Call $call
            $call.Parse($null)
            # It never came to the request; the connection's own error is that of the request.
            if ($call.Error) { return $call }
            $type::Recipes['default'] = $recipe
        }
    }
    return $Bridge.Send($Method, (ConvertTo-VmssParam -Params $Params))
}
