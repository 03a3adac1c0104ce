function Get-VmssInstanceParam {
    <#
    .SYNOPSIS
        What the bridge calls the instances of an action on a scale set: a list, or * for all.
    .DESCRIPTION
        Az.Compute takes -InstanceId $null for all instances, which is mostly a mistake of the script. That is not
        changed here, but it is said.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER InstanceId
        What it got.
    #>
    [CmdletBinding()]
    [OutputType([string], [string[]])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $InstanceId
    )
    # An empty list is none at all: the bridge refuses it.
    if ($null -ne $InstanceId) { return , $InstanceId }
    if ($Cmdlet.MyInvocation.BoundParameters.ContainsKey('InstanceId')) {
        Write-VmssWarning -Cmdlet $Cmdlet -Text ('-InstanceId is $null: this is an action on ALL instances, as in Az.Compute. ' +
            'Leave -InstanceId out if that is meant.')
    }
    return '*'
}
