function New-VmssObject {
    <#
    .SYNOPSIS
        Makes an object as the service would return it: all members of a model, null where there is no value.
    .DESCRIPTION
        Needs no Python: the members of every model are in Shapes.json.
    .PARAMETER Model
        A model of the SDK, for example RollingUpgradePolicy.
    .PARAMETER Value
        Values by member; in any case. A name that the model does not have is an error.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [string] $Model,
        [hashtable] $Value = @{}
    )
    $shape = Get-VmssShape -Model $Model
    $made = New-Object -TypeName psobject
    foreach ($name in $shape.members) {
        $made.PSObject.Properties.Add((New-Object -TypeName psnoteproperty -ArgumentList $name, $Value[$name]))
    }
    foreach ($name in $Value.Keys) {
        if (-not $made.PSObject.Properties[$name]) { throw "'$Model' has no member '$name'." }
    }
    for ($index = @($shape.types).Count - 1; $index -ge 0; $index--) {
        $made.PSObject.TypeNames.Insert(0, @($shape.types)[$index])
    }
    return $made
}
