function Get-VmssPreviewText {
    <#
    .SYNOPSIS
        What a request would come to, in lines; none where it cannot be asked: only an emulator tells.
    .PARAMETER Cmdlet
        The cmdlet that asks: its $PSCmdlet.
    .PARAMETER Method
        The method of the bridge that is not done.
    .PARAMETER Params
        Its parameters.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $Method,
        [Parameter(Mandatory)] [hashtable] $Params
    )
    $given = @{}
    foreach ($name in $Params.Keys) { if ($null -ne $Params[$name]) { $given[$name] = $Params[$name] } }
    try {
        $asked = @{ method = $Method; params = [pscustomobject] $given }
        $found = Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'preview' -Params $asked -PassError
    } catch {
        return 'There is no preview of it here: only an emulator that answers has one.'
    }
    return $found.Text -split "`n"
}
