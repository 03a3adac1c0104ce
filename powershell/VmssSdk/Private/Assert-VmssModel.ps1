function Assert-VmssModel {
    <#
    .SYNOPSIS
        Ends a builder that got something else than the object of a scale set, for example its name.
    .PARAMETER Cmdlet
        The builder.
    .PARAMETER InputObject
        What it got.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [psobject] $InputObject
    )
    $inner = $InputObject.PSObject.BaseObject
    if ($inner -is [string] -or $inner -is [ValueType] -or $inner -is [System.Collections.IEnumerable]) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'NoScaleSet' -Message (
                    "-VirtualMachineScaleSet wants the object of one scale set, from New-AzVmssConfig or Get-AzVmss, and got a $($inner.GetType().Name).")))
    }
}
