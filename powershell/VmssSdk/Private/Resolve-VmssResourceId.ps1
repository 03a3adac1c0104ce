function Resolve-VmssResourceId {
    <#
    .SYNOPSIS
        The names in a resource id of a scale set, an instance or a lifecycle hook event; with another one the cmdlet ends.
    .PARAMETER Cmdlet
        The cmdlet that got it.
    .PARAMETER ResourceId
        The resource id.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [string] $ResourceId
    )
    $pattern = '^/subscriptions/(?<subscription>[^/]+)/resourceGroups/(?<group>[^/]+)/providers/Microsoft\.Compute/' +
    'virtualMachineScaleSets/(?<set>[^/]+)(/virtualMachines/(?<instance>[^/]+)|/lifecycleHookEvents/(?<event>[^/]+))?/?$'
    if ($ResourceId -notmatch $pattern) {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'InvalidResourceId' -Target $ResourceId -Message (
                    "'$ResourceId' is no resource id of a scale set: expected /subscriptions/{id}/resourceGroups/{name}/" +
                    'providers/Microsoft.Compute/virtualMachineScaleSets/{name}, for an instance with /virtualMachines/{id}.')))
    }
    return [pscustomobject]@{
        SubscriptionId    = $Matches['subscription']
        ResourceGroupName = $Matches['group']
        VMScaleSetName    = $Matches['set']
        InstanceId        = $Matches['instance']
        EventName         = $Matches['event']
    }
}
