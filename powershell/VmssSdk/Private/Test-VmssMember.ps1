function Test-VmssMember {
    <#
    .SYNOPSIS
        Whether a model has a member, for example whether a change of a scale set can say it.
    .PARAMETER Model
        A model of the SDK.
    .PARAMETER Path
        Names with dots between them.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $Model,
        [Parameter(Mandatory)] [string] $Path
    )
    foreach ($name in $Path.Split('.')) {
        if (-not $Model -or (Get-VmssShape -Model $Model).members -notcontains $name) { return $false }
        $Model = Get-VmssShape -Model $Model -Member $name
    }
    return $true
}
