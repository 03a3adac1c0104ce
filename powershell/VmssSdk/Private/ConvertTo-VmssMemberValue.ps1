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
    $choices = @{
        UpgradePolicyMode = 'Automatic', 'Manual', 'Rolling'
        OsDiskCaching     = 'None', 'ReadOnly', 'ReadWrite'
        IdentityType      = 'SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned', 'None'
    }
    if ($choices.ContainsKey($Name)) {
        # An enumeration in Az.Compute: a script may write it in any case.
        $same = if ($Value -eq 'SystemAssignedUserAssigned') { 'SystemAssigned, UserAssigned' } else { $Value }
        return @($choices[$Name] -eq $same)[0]
    }
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
    if ($Value -is [switch]) { return [bool] $Value }
    return , $Value
}
