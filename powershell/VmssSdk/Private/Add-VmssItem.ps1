function Add-VmssItem {
    <#
    .SYNOPSIS
        Adds an object to a list inside a scale set or another model; the list, and what it is in, is made when it is missing.
    .PARAMETER InputObject
        The scale set, or another object.
    .PARAMETER Model
        What that is, when it is no scale set.
    .PARAMETER Path
        Where the list is, members with dots between them.
    .PARAMETER Value
        The members of the object that have a value.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [psobject] $InputObject,
        [string] $Model = 'VirtualMachineScaleSet',
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [hashtable] $Value
    )
    $place = Get-VmssHolder -InputObject $InputObject -Model $Model -Path $Path
    $class = Get-VmssMemberClass -Holder $place.Object -Name $place.Name
    if ($class) {
        $of = $class.GetGenericArguments()[0]
        $list = [System.Activator]::CreateInstance([System.Collections.Generic.List[object]].GetGenericTypeDefinition().MakeGenericType($of))
        $item = [System.Activator]::CreateInstance($of)
        foreach ($name in $Value.Keys) { $item.$name = $Value[$name] }
    } else {
        $list = New-Object -TypeName System.Collections.Generic.List[object]
        $item = New-VmssObject -Model (Get-VmssShape -Model $place.Model -Member $place.Name) -Value $Value
    }
    $before = Get-VmssMember -InputObject $place.Object -Path $place.Name
    if ($before -is [System.Collections.IList] -and -not $before.IsFixedSize) {
        $null = $before.Add($item)
        return
    }
    foreach ($one in $before) { $list.Add($one) }
    $list.Add($item)
    Set-VmssProperty -Holder $place.Object -Name $place.Name -Value $list
}
