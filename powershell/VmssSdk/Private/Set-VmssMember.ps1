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
    $place = Get-VmssHolder -InputObject $InputObject -Model $Model -Path $Path
    Set-VmssProperty -Holder $place.Object -Name $place.Name -Value $Value
}
