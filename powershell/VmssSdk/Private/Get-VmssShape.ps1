function Get-VmssShape {
    <#
    .SYNOPSIS
        What a model is made of, without Python: its type names and members, or the model of one member.
    .PARAMETER Model
        A model of the SDK, for example RollingUpgradePolicy.
    .PARAMETER Member
        One of its members: then the answer is the name of that member's model, or nothing when there is no such member
        or it is no model.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [string] $Model,
        [string] $Member
    )
    if (-not $script:Shapes) {
        Hide-VmssSecret
        $script:Shapes = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText((Join-Path -Path $PSScriptRoot -ChildPath 'Shapes.json')))
    }
    $shape = $script:Shapes.PSObject.Properties[$Model]
    if (-not $shape) { throw "There is no model '$Model'." }
    if (-not $Member) { return $shape.Value }
    $inner = $shape.Value.models.PSObject.Properties[$Member]
    if ($inner) { return $inner.Value }
}
$script:Shapes = $null
