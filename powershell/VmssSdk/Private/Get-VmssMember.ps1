function Get-VmssMember {
    <#
    .SYNOPSIS
        A member of an object, or of what is in it; $null when any of them is missing.
    .PARAMETER InputObject
        Any object.
    .PARAMETER Path
        Names with dots between them.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [AllowNull()] [object] $InputObject,
        [Parameter(Mandatory)] [string] $Path
    )
    $value = $InputObject
    foreach ($name in $Path.Split('.')) {
        if ($null -eq $value) { return $null }
        $member = $value.PSObject.Properties[$name]
        if (-not $member) { return $null }
        $value = $member.Value
    }
    # As it is: a list of one stays a list.
    return , $value
}
