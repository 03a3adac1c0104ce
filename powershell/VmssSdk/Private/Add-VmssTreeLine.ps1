function Add-VmssTreeLine {
    <#
    .SYNOPSIS
        Adds a member, and what is in it, to the lines of a tree; of a secret only that it is there.
    .PARAMETER Lines
        The lines so far.
    .PARAMETER Name
        The member; an item of a list has its number in brackets.
    .PARAMETER Value
        Its value.
    .PARAMETER Indent
        Two blanks for each level.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [System.Collections.Generic.List[string]] $Lines,
        [Parameter(Mandatory)] [string] $Name,
        [AllowNull()] [object] $Value,
        [AllowEmptyString()] [string] $Indent
    )
    if ($null -eq $Value) { return }
    $label = ($Indent + $Name).PadRight(43) + ' :'
    if ($script:SecretMembers -contains $Name) {
        $Lines.Add("$label (not shown)")
    } elseif ($Value -is [System.Collections.IDictionary]) {
        $Lines.Add("$label $(ConvertTo-VmssSortedJson -Map $Value)")
    } elseif ($Value -is [string] -or $Value -is [ValueType]) {
        $Lines.Add("$label $Value")
    } elseif ($Value -is [System.Collections.IEnumerable]) {
        $number = 0
        foreach ($item in $Value) {
            $itemName = '{0}[{1}]' -f $Name, $number
            Add-VmssTreeLine -Lines $Lines -Name $itemName -Value $item -Indent $Indent
            $number++
        }
    } else {
        $Lines.Add($label)
        foreach ($property in $Value.PSObject.Properties) {
            Add-VmssTreeLine -Lines $Lines -Name $property.Name -Value $property.Value -Indent ($Indent + '  ')
        }
    }
}
# Of what scripts put into scale sets. They stay readable as members, as in Az.Compute.
$script:SecretMembers = 'AdminPassword', 'CustomData', 'ProtectedSettings', 'Content'
