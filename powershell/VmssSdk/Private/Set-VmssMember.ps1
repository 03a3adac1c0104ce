function Set-VmssMember {
    <#
    .SYNOPSIS
        Sets a member deep in an object, and makes what is missing above it.
    .DESCRIPTION
        The object may be ours, one of a script that has only some members, or one of Az.Compute itself.
    .PARAMETER InputObject
        The object; it is changed.
    .PARAMETER Model
        What it is, for example VirtualMachineScaleSet: says what is made for a missing member.
    .PARAMETER Path
        Names with dots between them, for example UpgradePolicy.RollingUpgradePolicy.MaxSurge.
    .PARAMETER Value
        The value.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [psobject] $InputObject,
        [Parameter(Mandatory)] [string] $Model,
        [Parameter(Mandatory)] [string] $Path,
        [AllowNull()] [object] $Value
    )
    $names = $Path.Split('.')
    $place = $InputObject
    for ($index = 0; $index -lt $names.Count; $index++) {
        $name = $names[$index]
        if (-not $place.PSObject.Properties[$name]) {
            $place.PSObject.Properties.Add((New-Object -TypeName psnoteproperty -ArgumentList $name, $null))
        }
        if ($index -eq $names.Count - 1) {
            $place.$name = $Value
            return
        }
        $Model = Get-VmssShape -Model $Model -Member $name
        if ($null -eq $place.$name) {
            $property = $place.GetType().GetProperty($name)
            if ($property) {
                $place.$name = New-Object -TypeName $property.PropertyType.FullName
            } else {
                $place.$name = New-VmssObject -Model $Model
            }
        }
        $place = $place.$name
    }
}
