function Resolve-VmssScaleSet {
    <#
    .SYNOPSIS
        Whom a cmdlet is about, by the names, the resource id or the object that it got, as parameters of the bridge.
    .PARAMETER Cmdlet
        The cmdlet that asks; its -ResourceGroupName, -VMScaleSetName and -ResourceId are looked at.
    .PARAMETER InputObject
        The scale set as an object, or what belongs to one: an instance, a lifecycle hook event.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [psobject] $InputObject
    )
    $bound = $Cmdlet.MyInvocation.BoundParameters
    if ($null -eq $InputObject -and -not $bound['ResourceId']) {
        return @{ resourceGroup = $bound['ResourceGroupName']; scaleSet = $bound['VMScaleSetName'] }
    }
    $id = $bound['ResourceId']
    if ($null -ne $InputObject) { $id = Get-VmssMember -InputObject $InputObject -Path 'Id' }
    if ($id) {
        $names = Resolve-VmssResourceId -Cmdlet $Cmdlet -ResourceId $id
        return @{ resourceGroup = $names.ResourceGroupName; scaleSet = $names.VMScaleSetName }
    }
    $group, $name = 'ResourceGroupName', 'Name' | ForEach-Object -Process { Get-VmssMember -InputObject $InputObject -Path $_ }
    if ($group -and $name) { return @{ resourceGroup = $group; scaleSet = $name } }
    $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'UnknownScaleSet' -Target $InputObject -Message (
                'The object does not say which scale set it is: it has neither an Id nor a ResourceGroupName and a Name. ' +
                'Take one that Get-AzVmss returned, or give the names.')))
}
