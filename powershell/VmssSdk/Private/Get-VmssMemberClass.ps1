function Get-VmssMemberClass {
    <#
    .SYNOPSIS
        The .NET class that a member has to be of; nothing where it may be any object, as in all objects of this module.
    .DESCRIPTION
        Objects of Az.Compute itself have classes: what a builder puts into them must be made of theirs.
    .PARAMETER Holder
        The object that has the member.
    .PARAMETER Name
        The member.
    #>
    [CmdletBinding()]
    [OutputType([type])]
    param(
        [Parameter(Mandatory)] [psobject] $Holder,
        [Parameter(Mandatory)] [string] $Name
    )
    $inner = $Holder.PSObject.BaseObject
    if ($inner -is [System.Management.Automation.PSCustomObject]) { return }
    $property = $inner.GetType().GetProperty($Name)
    if ($property -and $property.PropertyType -ne [object]) { $property.PropertyType }
}
