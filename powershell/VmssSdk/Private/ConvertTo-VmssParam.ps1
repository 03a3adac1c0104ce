function ConvertTo-VmssParam {
    <#
    .SYNOPSIS
        The JSON of the parameters of a request.
    .PARAMETER Params
        By name; one that is $null is left out.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [hashtable] $Params)
    return (Get-VmssType).Assembly.GetType('VmssSdk.Writer')::Params($Params)
}
