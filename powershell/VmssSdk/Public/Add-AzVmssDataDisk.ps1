function Add-AzVmssDataDisk {
    <#
    .SYNOPSIS
        Adds a data disk to the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that. Every instance gets a disk of its own.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Name
        Its name.
    .PARAMETER Lun
        Its logical unit number; 0 when it is not said.
    .PARAMETER Caching
        None, ReadOnly or ReadWrite.
    .PARAMETER WriteAccelerator
        Speed up writes.
    .PARAMETER CreateOption
        Empty or FromImage.
    .PARAMETER DeleteOption
        Flexible: what becomes of it with a deleted instance: Delete or Detach.
    .PARAMETER DiskSizeGB
        Its size, in GB.
    .PARAMETER DiskIOPSReadWrite
        Of an UltraSSD or PremiumV2 disk: operations in a second.
    .PARAMETER DiskMBpsReadWrite
        Of an UltraSSD or PremiumV2 disk: MB in a second.
    .PARAMETER StorageAccountType
        Standard_LRS, Premium_LRS, StandardSSD_LRS, UltraSSD_LRS and so on.
    .PARAMETER DiskEncryptionSetId
        The disk encryption set.
    .PARAMETER StorageFaultDomainAlignment
        How storage follows the fault domains of instances.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssDataDisk -Name data -Lun 0 -CreateOption Empty -DiskSizeGB 64 -StorageAccountType Premium_LRS
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [int] $Lun,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [ValidateSet('None', 'ReadOnly', 'ReadWrite')]
        [string] $Caching,
        [Parameter()]
        [switch] $WriteAccelerator,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $CreateOption,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $DeleteOption,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $DiskSizeGB,
        [Parameter(ValueFromPipelineByPropertyName)]
        [long] $DiskIOPSReadWrite,
        [Parameter(ValueFromPipelineByPropertyName)]
        [long] $DiskMBpsReadWrite,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $StorageAccountType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $DiskEncryptionSetId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $StorageFaultDomainAlignment,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $names = 'Name', 'Caching', 'CreateOption', 'DeleteOption', 'DiskSizeGB', 'DiskIOPSReadWrite', 'DiskMBpsReadWrite', 'StorageFaultDomainAlignment'
        $disk = Get-VmssBoundValue -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Name $names
        $disk['Lun'] = $Lun
        $disk['WriteAcceleratorEnabled'] = [bool] $WriteAccelerator
        if ($StorageAccountType -or $DiskEncryptionSetId) {
            $managed = @{}
            if ($StorageAccountType) { $managed['StorageAccountType'] = $StorageAccountType }
            if ($DiskEncryptionSetId) { $managed['DiskEncryptionSet'] = New-VmssObject -Model 'DiskEncryptionSetParameters' -Value @{ Id = $DiskEncryptionSetId } }
            $disk['ManagedDisk'] = New-VmssObject -Model 'VirtualMachineScaleSetManagedDiskParameters' -Value $managed
        }
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.StorageProfile.DataDisks' -Value $disk
        $VirtualMachineScaleSet
    }
}
