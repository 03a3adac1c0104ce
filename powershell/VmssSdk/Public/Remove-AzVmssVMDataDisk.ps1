<#
.SYNOPSIS
    Takes a data disk out of the object of an instance.
.DESCRIPTION
    Nothing is sent: Update-AzVmssVM does that.
.PARAMETER VirtualMachineScaleSetVM
    The instance, of Get-AzVmssVM; it is changed, and written.
.PARAMETER Lun
    Its logical unit number.
.PARAMETER DefaultProfile
    Taken so that scripts run unchanged, and not looked at: nothing is sent.
.EXAMPLE
    Get-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 | Remove-AzVmssVMDataDisk -Lun 0 | Update-AzVmssVM
.EXAMPLE
    Remove-AzVmssVMDataDisk $instance 1
#>
function Remove-AzVmssVMDataDisk {  # allow: UseShouldProcessForStateChangingFunctions, as Az.Compute has it, and only an object in memory changes
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVM')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)]
        [psobject] $VirtualMachineScaleSetVM,
        [Parameter(Mandatory, Position = 1)]
        [int] $Lun,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSetVM -Parameter 'VirtualMachineScaleSetVM' -Expected 'the object of one instance, from Get-AzVmssVM'
        Remove-VmssItem -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSetVM -Model 'VirtualMachineScaleSetVM' -Path 'StorageProfile.DataDisks' -Member 'Lun' -Value $Lun
        $VirtualMachineScaleSetVM
    }
}
