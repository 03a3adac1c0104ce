function New-VmssSimpleModel {
    <#
    .SYNOPSIS
        The scale set that New-AzVmss makes of its simple parameters.
    .PARAMETER Bound
        The parameters that it got.
    .PARAMETER Plan
        Names and ports, as it has settled them.
    .PARAMETER Network
        The ids of what the scale set stands on.
    .PARAMETER Credential
        The administrator.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory)] [hashtable] $Plan,
        [Parameter(Mandatory)] [psobject] $Network,
        [Parameter(Mandatory)] [pscredential] $Credential
    )
    $os = @{
        ComputerNamePrefix = $Plan.Name.Substring(0, [Math]::Min(9, $Plan.Name.Length))
        AdminUsername      = $Credential.UserName
        AdminPassword      = $Credential.GetNetworkCredential().Password
    }
    $os["$($Plan.Image.System)Configuration"] = New-VmssObject -Model "$($Plan.Image.System)Configuration"
    $disks = for ($lun = 0; $lun -lt @($Bound['DataDiskSizeInGb']).Count -and $Bound['DataDiskSizeInGb']; $lun++) {
        New-VmssObject -Model 'VirtualMachineScaleSetDataDisk' -Value @{ Lun = $lun; CreateOption = 'Empty'; DiskSizeGB = @($Bound['DataDiskSizeInGb'])[$lun] }
    }
    $storage = @{ ImageReference = $Plan.Image.Reference }
    if ($disks) { $storage['DataDisks'] = @($disks) }
    $model = New-VmssObject -Model 'VirtualMachineScaleSet' -Value @{
        Location              = $Plan.Location
        Sku                   = New-VmssObject -Model 'Sku' -Value @{ Name = $Plan.VmSize; Capacity = $Plan.InstanceCount }
        SinglePlacementGroup  = [bool] $Bound['SinglePlacementGroup']
        OrchestrationMode     = $Bound['OrchestrationMode']
        VirtualMachineProfile = New-VmssObject -Model 'VirtualMachineScaleSetVMProfile' -Value @{
            OsProfile      = New-VmssObject -Model 'VirtualMachineScaleSetOSProfile' -Value $os
            StorageProfile = New-VmssObject -Model 'VirtualMachineScaleSetStorageProfile' -Value $storage
            NetworkProfile = New-VmssSimpleNic -Plan $Plan -Network $Network
        }
    }
    if ($Plan.OrchestrationMode -eq 'Flexible') {
        $model.OrchestrationMode = 'Flexible'
        $model.PlatformFaultDomainCount = 1
    } else {
        $model.UpgradePolicy = New-VmssObject -Model 'UpgradePolicy' -Value @{ Mode = 'Manual' }
    }
    return $model
}
