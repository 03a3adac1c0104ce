function ConvertTo-VmssSortedJson {
    <#
    .SYNOPSIS
        A dictionary as one line of JSON, its names in order: the order in a hashtable is another one each time.
    .PARAMETER Map
        The dictionary.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [System.Collections.IDictionary] $Map)
    $sorted = [ordered]@{}
    foreach ($name in $Map.Keys | Sort-Object -CaseSensitive) { $sorted[$name] = $Map[$name] }
    return ConvertTo-Json -InputObject $sorted -Depth 100 -Compress
}
