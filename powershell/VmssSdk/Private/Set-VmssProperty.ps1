function Set-VmssProperty {
    <#
    .SYNOPSIS
        Assigns a member of an object; an object of a script gets it when it has none.
    .PARAMETER Holder
        The object.
    .PARAMETER Name
        The member.
    .PARAMETER Value
        Its value.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [psobject] $Holder,
        [Parameter(Mandatory)] [string] $Name,
        [AllowNull()] [object] $Value
    )
    if ($Holder.PSObject.Properties[$Name]) {
        $Holder.$Name = $Value
    } else {
        $Holder.PSObject.Properties.Add((New-Object -TypeName psnoteproperty -ArgumentList $Name, $Value))
    }
}
