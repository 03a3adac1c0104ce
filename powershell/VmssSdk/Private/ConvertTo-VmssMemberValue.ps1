function ConvertTo-VmssMemberValue {
    <#
    .SYNOPSIS
        What a parameter of Az.Compute becomes as the member of a scale set.
    .PARAMETER Name
        The parameter.
    .PARAMETER Value
        What it got.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [string] $Name,
        [AllowNull()] [object] $Value
    )
    if ($Name -eq 'IdentityType' -and $Value -eq 'SystemAssignedUserAssigned') { return 'SystemAssigned, UserAssigned' }
    if ($Name -eq 'IdentityId') {
        $identities = @{}
        foreach ($id in $Value) { $identities[$id] = New-VmssObject -Model 'UserAssignedIdentitiesValue' }
        return $identities
    }
    if ($Name -eq 'SkuProfileVmSize') {
        return , @($Value | ForEach-Object -Process { New-VmssObject -Model 'SkuProfileVMSize' -Value @{ Name = $_ } })
    }
    if ($Name -eq 'TerminateScheduledEventNotBeforeTimeoutInMinutes') {
        return [System.Xml.XmlConvert]::ToString((New-TimeSpan -Minutes $Value))
    }
    if ($Name -eq 'UserData') { return ConvertTo-VmssBase64 -Text $Value }
    # An empty id takes the placement group away.
    if ($Name -eq 'ProximityPlacementGroupId' -and -not $Value) { return $null }
    return , $Value
}
