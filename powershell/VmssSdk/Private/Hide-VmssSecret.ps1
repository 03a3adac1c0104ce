function Hide-VmssSecret {
    <#
    .SYNOPSIS
        Has objects with secrets say what they are when they are made a text, as those of Az.Compute do, and not what
        is in them.
    .DESCRIPTION
        Done before the first of them is made, because it costs the import of a module tens of milliseconds.
    #>
    [CmdletBinding()]
    param()
    foreach ($model in 'VirtualMachineScaleSetOSProfile', 'VirtualMachineScaleSetExtension', 'AdditionalUnattendContent') {
        Update-TypeData -TypeName "VmssSdk.$model" -MemberType ScriptMethod -MemberName ToString -Value { $this.PSObject.TypeNames[0] } -Force
    }
}
