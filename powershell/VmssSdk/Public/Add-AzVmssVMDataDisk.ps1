<#
.SYNOPSIS
    Adds a managed disk that exists to the object of an instance.
.DESCRIPTION
    Nothing is sent: Update-AzVmssVM does that.
.PARAMETER VirtualMachineScaleSetVM
    The instance, of Get-AzVmssVM; it is changed, and written.
.PARAMETER Lun
    Its logical unit number.
.PARAMETER CreateOption
    Attach.
.PARAMETER ManagedDiskId
    The resource id of the disk.
.PARAMETER StorageAccountType
    Standard_LRS, Premium_LRS, StandardSSD_LRS, UltraSSD_LRS and so on.
.PARAMETER DiskEncryptionSetId
    The disk encryption set.
.PARAMETER Caching
    None, ReadOnly or ReadWrite.
.PARAMETER DiskSizeInGB
    Its size, in GB.
.PARAMETER WriteAccelerator
    Speed up writes.
.PARAMETER DefaultProfile
    Taken so that scripts run unchanged, and not looked at: nothing is sent.
.EXAMPLE
    Get-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 | Add-AzVmssVMDataDisk -Lun 0 -CreateOption Attach -ManagedDiskId $disk.Id | Update-AzVmssVM
.EXAMPLE
    Add-AzVmssVMDataDisk $instance 1 Attach $disk.Id -Caching ReadOnly
#>
function Add-AzVmssVMDataDisk {  # allow: UseShouldProcessForStateChangingFunctions, as Az.Compute has it, and only an object in memory changes
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVM')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)]
        [psobject] $VirtualMachineScaleSetVM,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [int] $Lun,
        [Parameter(Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $CreateOption,
        [Parameter(Mandatory, Position = 3, ValueFromPipelineByPropertyName)]
        [string] $ManagedDiskId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $StorageAccountType,
        [Parameter()]
        [string] $DiskEncryptionSetId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('None', 'ReadOnly', 'ReadWrite')]
        [string] $Caching,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $DiskSizeInGB,
        [Parameter()]
        [switch] $WriteAccelerator,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSetVM -Parameter 'VirtualMachineScaleSetVM' -Expected 'the object of one instance, from Get-AzVmssVM'
        $disk = @{ Lun = $Lun; CreateOption = $CreateOption; WriteAcceleratorEnabled = [bool] $WriteAccelerator }
        if ($PSBoundParameters.ContainsKey('Caching')) { $disk['Caching'] = @('None', 'ReadOnly', 'ReadWrite' -eq $Caching)[0] }
        if ($PSBoundParameters.ContainsKey('DiskSizeInGB')) { $disk['DiskSizeGB'] = $DiskSizeInGB }
        $managed = @{ Id = $ManagedDiskId }
        if ($StorageAccountType) { $managed['StorageAccountType'] = $StorageAccountType }
        if ($DiskEncryptionSetId) { $managed['DiskEncryptionSet'] = New-VmssObject -Model 'DiskEncryptionSetParameters' -Value @{ Id = $DiskEncryptionSetId } }
        $disk['ManagedDisk'] = New-VmssObject -Model 'ManagedDiskParameters' -Value $managed
        Add-VmssItem -InputObject $VirtualMachineScaleSetVM -Model 'VirtualMachineScaleSetVM' -Path 'StorageProfile.DataDisks' -Value $disk
        $VirtualMachineScaleSetVM
    }
}
