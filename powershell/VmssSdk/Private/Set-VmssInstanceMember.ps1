function Set-VmssInstanceMember {
    <#
    .SYNOPSIS
        Writes the parameters of Update-AzVmssVM into an instance: those that were given.
    .PARAMETER InputObject
        The instance; it is changed.
    .PARAMETER Bound
        The parameters that the cmdlet got.
    .PARAMETER DataDisk
        Disks to add.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [psobject] $InputObject,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound,
        [AllowEmptyCollection()] [psobject[]] $DataDisk = @()
    )
    $paths = @{
        ProtectFromScaleIn         = 'ProtectionPolicy.ProtectFromScaleIn'
        ProtectFromScaleSetAction  = 'ProtectionPolicy.ProtectFromScaleSetActions'
        ProxyAgentKeyIncarnationId = 'SecurityProfile.ProxyAgentSettings.KeyIncarnationId'
        UserData                   = 'UserData'
    }
    foreach ($name in @($paths.Keys)) {
        if ($Bound.ContainsKey($name)) {
            $value = ConvertTo-VmssMemberValue -Name $name -Value $Bound[$name]
            Set-VmssMember -InputObject $InputObject -Model 'VirtualMachineScaleSetVM' -Path $paths[$name] -Value $value
        }
    }
    if ($DataDisk.Count) {
        $present = Get-VmssMember -InputObject $InputObject -Path 'StorageProfile.DataDisks'
        $all = @($present | Where-Object -FilterScript { $_ }) + $DataDisk
        Set-VmssMember -InputObject $InputObject -Model 'VirtualMachineScaleSetVM' -Path 'StorageProfile.DataDisks' -Value $all
    }
}
