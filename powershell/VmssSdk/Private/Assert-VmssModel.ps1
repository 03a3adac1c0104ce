function Assert-VmssModel {
    <#
    .SYNOPSIS
        Ends a builder that got something else than the object of a scale set, for example its name.
    .PARAMETER Cmdlet
        The builder.
    .PARAMETER InputObject
        What it got.
    .PARAMETER Parameter
        The parameter that got it.
    .PARAMETER Expected
        What that wants.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [psobject] $InputObject,
        [string] $Parameter = 'VirtualMachineScaleSet',
        [string] $Expected = 'the object of one scale set, from New-AzVmssConfig or Get-AzVmss'
    )
    $inner = $InputObject.PSObject.BaseObject
    if ($inner -is [string] -or $inner -is [ValueType] -or $inner -is [System.Collections.IEnumerable]) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'NoScaleSet' -Message (
                    "-$Parameter wants $Expected, and got a $($inner.GetType().Name).")))
    }
}
