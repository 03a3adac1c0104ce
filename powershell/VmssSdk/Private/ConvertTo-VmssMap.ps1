function ConvertTo-VmssMap {
    <#
    .SYNOPSIS
        Free-form settings with every object as a hashtable: the names in them are data, and stay as they are written.
    .PARAMETER InputObject
        A hashtable, an object such as ConvertFrom-Json makes, or any value in one.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param([AllowNull()] [object] $InputObject)
    if ($InputObject -is [System.Collections.IDictionary]) {
        $made = @{}
        foreach ($name in @($InputObject.Keys)) { $made[$name] = ConvertTo-VmssMap -InputObject $InputObject[$name] }
        return $made
    }
    if ($InputObject -is [System.Management.Automation.PSCustomObject]) {
        $made = @{}
        foreach ($property in $InputObject.PSObject.Properties) { $made[$property.Name] = ConvertTo-VmssMap -InputObject $property.Value }
        return $made
    }
    if ($InputObject -is [System.Collections.IList]) {
        return , @(foreach ($one in $InputObject) { ConvertTo-VmssMap -InputObject $one })
    }
    return $InputObject
}
