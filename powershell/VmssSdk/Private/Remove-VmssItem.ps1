function Remove-VmssItem {
    <#
    .SYNOPSIS
        Takes the object that fits out of a list inside a scale set or another model; what is not there is an error of the cmdlet.
    .DESCRIPTION
        A list without an object becomes $null, and where there is no list nothing happens, as in Az.Compute.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER InputObject
        The scale set, or another object.
    .PARAMETER Model
        What that is, when it is no scale set.
    .PARAMETER Path
        Where the list is, members with dots between them.
    .PARAMETER Member
        By which member the object is found.
    .PARAMETER Value
        The value that it has.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [psobject] $InputObject,
        [string] $Model = 'VirtualMachineScaleSet',
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Member,
        [Parameter(Mandatory)] [object] $Value
    )
    $list = Get-VmssMember -InputObject $InputObject -Path $Path
    if ($null -eq $list) { return }
    $kept = New-Object -TypeName System.Collections.Generic.List[object]
    $known = New-Object -TypeName System.Collections.Generic.List[string]
    foreach ($item in $list) {
        $found = Get-VmssMember -InputObject $item -Path $Member
        $known.Add("$found")
        if ($found -ne $Value) { $kept.Add($item) }
    }
    if ($kept.Count -eq $known.Count) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'NotInTheModel' -Target $Value -Category ([System.Management.Automation.ErrorCategory]::ObjectNotFound) -Message (
                    "There is none with the $($Member.ToLowerInvariant()) '$Value' in $Path; there is: $($known -join ', ').")))
    }
    if ($kept.Count -eq 0) {
        Set-VmssMember -InputObject $InputObject -Model $Model -Path $Path -Value $null
    } elseif ($list -is [System.Collections.IList] -and -not $list.IsFixedSize) {
        for ($index = $list.Count - 1; $index -ge 0; $index--) {
            if ((Get-VmssMember -InputObject $list[$index] -Path $Member) -eq $Value) { $list.RemoveAt($index) }
        }
    } else {
        Set-VmssMember -InputObject $InputObject -Model $Model -Path $Path -Value $kept
    }
}
