function Get-VmssHolder {
    <#
    .SYNOPSIS
        The object that has the last member of a path; objects that are missing on the way to it are made.
    .PARAMETER InputObject
        Where the path begins.
    .PARAMETER Model
        The model that this is.
    .PARAMETER Path
        Names with dots between them.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [psobject] $InputObject,
        [Parameter(Mandatory)] [string] $Model,
        [Parameter(Mandatory)] [string] $Path
    )
    $holder = $InputObject
    $names = $Path.Split('.')
    for ($index = 0; $index -lt $names.Count - 1; $index++) {
        $name = $names[$index]
        $Model = Get-VmssShape -Model $Model -Member $name
        if ($null -eq (Get-VmssMember -InputObject $holder -Path $name)) {
            $class = Get-VmssMemberClass -Holder $holder -Name $name
            if ($class) { $made = [System.Activator]::CreateInstance($class) } else { $made = New-VmssObject -Model $Model }
            Set-VmssProperty -Holder $holder -Name $name -Value $made
        }
        $holder = $holder.$name
    }
    return [pscustomobject]@{ Object = $holder; Model = $Model; Name = $names[-1] }
}
