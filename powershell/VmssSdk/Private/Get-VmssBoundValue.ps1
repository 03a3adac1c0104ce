function Get-VmssBoundValue {
    <#
    .SYNOPSIS
        The parameters that a cmdlet was given for the members of an object.
    .DESCRIPTION
        Switches become booleans, and a choice gets Azure's case. What the pipeline has bound by name from a member
        without a value counts as not given.
    .PARAMETER Cmdlet
        The cmdlet.
    .PARAMETER Bound
        The parameters that it got, and such as it has made of them.
    .PARAMETER InputObject
        The scale set that it was given, if any.
    .PARAMETER Name
        Only these parameters.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound,
        [AllowNull()] [psobject] $InputObject,
        [Parameter(Mandatory)] [string[]] $Name
    )
    $found = @{}
    $known = $Cmdlet.MyInvocation.MyCommand.Parameters
    foreach ($pair in $Bound.GetEnumerator()) {
        if ($pair.Key -notin $Name) { continue }
        $value = $pair.Value
        $parameter = $null
        if ($known.ContainsKey($pair.Key)) { $parameter = $known[$pair.Key] }
        if ($parameter -and $Cmdlet.MyInvocation.ExpectingInput -and $value -is [string]) {
            $piped = Get-VmssPipedMember -Parameter $parameter -InputObject $InputObject
            if ($piped -and "$($piped.Value)" -eq $value) {
                if (-not $value) { continue }
                Write-VmssWarning -Cmdlet $Cmdlet -Text ("'$value', the $($piped.Name) of the scale set in the pipeline, was taken for -$($pair.Key), as in Az.Compute. " +
                    "Pass the scale set as -VirtualMachineScaleSet if that is not meant.")
            }
        }
        if ($value -is [switch]) { $value = [bool] $value }
        if ($parameter) {
            foreach ($attribute in $parameter.Attributes) {
                if ($attribute -is [ValidateSet]) { $value = @($attribute.ValidValues -eq "$value")[0] }
            }
        }
        $found[$pair.Key] = $value
    }
    return $found
}
