function Assert-VmssSetName {
    <#
    .SYNOPSIS
        Warns when the name of a piped instance was taken for the name of its scale set.
    .PARAMETER Cmdlet
        The cmdlet that got it.
    .PARAMETER VMScaleSetName
        What was bound.
    .PARAMETER InputValue
        The piped object, if there is one.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $VMScaleSetName,
        [AllowNull()] [object] $InputValue
    )
    if ($null -eq $InputValue -or -not $Cmdlet.MyInvocation.ExpectingInput) { return }
    $id, $name = $InputValue.PSObject.Properties['Id'], $InputValue.PSObject.Properties['Name']
    if (-not $id -or -not $name -or "$($name.Value)" -ne $VMScaleSetName) { return }
    if ("$($id.Value)" -match '/virtualMachineScaleSets/(?<set>[^/]+)/virtualMachines/') {
        Write-VmssWarning -Cmdlet $Cmdlet -Text ("'$VMScaleSetName' is the name of an instance, and was taken for the name of its scale set, " +
            "as in Az.Compute. Say which scale set is meant: -VMScaleSetName '$($Matches['set'])'.")
    }
}
