function New-VmssStep {
    <#
    .SYNOPSIS
        One step of the method sequence of the bridge.
    .PARAMETER Method
        A method of the bridge.
    .PARAMETER Params
        Its parameters.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [string] $Method,
        [Parameter(Mandatory)] [hashtable] $Params
    )
    # Objects, not hashtables: the names in those would be data.
    return [pscustomobject]@{ method = $Method; params = [pscustomobject] $Params }
}
