function Add-VmssOwner {
    <#
    .SYNOPSIS
        Adds the names of the scale set to a lifecycle hook event.
    .DESCRIPTION
        PowerShell prefers the default parameter set of Update-AzVmssLifecycleHookEvent for a piped event, because its
        Name fits there; with these members the rest of that set fits as well.
    .PARAMETER InputObject
        The event.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory, ValueFromPipeline)] [psobject] $InputObject)
    process {
        if ("$($InputObject.Id)" -match '/resourceGroups/(?<group>[^/]+)/.*/virtualMachineScaleSets/(?<set>[^/]+)/') {
            $found = $Matches
            foreach ($pair in @(@('ResourceGroupName', 'group'), @('VMScaleSetName', 'set'))) {
                $InputObject.PSObject.Properties.Add((New-Object -TypeName psnoteproperty -ArgumentList $pair[0], $found[$pair[1]]))
            }
        }
        $InputObject
    }
}
