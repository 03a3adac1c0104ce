function Set-VmssMemberDefault {
    <#
    .SYNOPSIS
        Sets a member of a scale set that has no value yet.
    .PARAMETER InputObject
        The scale set; it is changed.
    .PARAMETER Path
        Names with dots between them.
    .PARAMETER Value
        The value.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [psobject] $InputObject,
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [object] $Value
    )
    if ($null -ne (Get-VmssMember -InputObject $InputObject -Path $Path)) { return }
    Set-VmssMember -InputObject $InputObject -Model 'VirtualMachineScaleSet' -Path $Path -Value $Value
}
