function Format-VmssTree {
    <#
    .SYNOPSIS
        One object as the indented tree that Az.Compute prints: members without a value are left out.
    .PARAMETER InputObject
        The object.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [psobject] $InputObject)
    $lines = New-Object -TypeName System.Collections.Generic.List[string]
    foreach ($property in $InputObject.PSObject.Properties) {
        Add-VmssTreeLine -Lines $lines -Name $property.Name -Value $property.Value -Indent ''
    }
    return $lines -join [System.Environment]::NewLine
}
