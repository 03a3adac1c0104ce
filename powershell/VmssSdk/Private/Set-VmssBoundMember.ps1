function Set-VmssBoundMember {
    <#
    .SYNOPSIS
        Writes the parameters that a cmdlet got into a scale set or into a change of one: those and nothing else.
    .DESCRIPTION
        A member that a change cannot say is left out, as in Az.Compute, with a warning. Returns how many were written.
    .PARAMETER Cmdlet
        The cmdlet.
    .PARAMETER Bound
        The parameters that it got.
    .PARAMETER InputObject
        The object; it is changed.
    .PARAMETER Model
        What it is: VirtualMachineScaleSet, VirtualMachineScaleSetUpdate for a change, or another model.
    .PARAMETER Map
        Which member each parameter is: names with dots between them. By default those of New-AzVmssConfig,
        New-AzVmss and Update-AzVmss.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory)] [psobject] $InputObject,
        [Parameter(Mandatory)] [string] $Model,
        [System.Collections.IDictionary] $Map = (Get-VmssMemberPath)
    )
    $given = Get-VmssBoundValue -Cmdlet $Cmdlet -Bound $Bound -InputObject $InputObject -Name @($Map.Keys)
    if ($given['SecurityType'] -in 'TrustedLaunch', 'ConfidentialVM') {
        foreach ($name in 'EnableVtpm', 'EnableSecureBoot') {
            if (-not $given.ContainsKey($name)) { $given[$name] = $true }
        }
    }
    $written = 0
    foreach ($pair in $Map.GetEnumerator()) {
        if (-not $given.ContainsKey($pair.Key)) { continue }
        if (-not (Test-VmssMember -Model $Model -Path $pair.Value)) {
            Write-VmssWarning -Cmdlet $Cmdlet -Text ("-$($pair.Key) changes nothing here: it works only together with " +
                '-VirtualMachineScaleSet, as in Az.Compute.')
            continue
        }
        $value = ConvertTo-VmssMemberValue -Name $pair.Key -Value $given[$pair.Key]
        Set-VmssMember -InputObject $InputObject -Model $Model -Path $pair.Value -Value $value
        $written++
    }
    return $written
}
