<#
.SYNOPSIS
    Sets secure boot and the virtual TPM in the object of a scale set.
.DESCRIPTION
    Nothing is sent: New-AzVmss or Update-AzVmss does that. Instances of generation 2 only.
.PARAMETER VirtualMachineScaleSet
    The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
.PARAMETER EnableVtpm
    Whether there is a virtual TPM.
.PARAMETER EnableSecureBoot
    Whether secure boot is on.
.PARAMETER DefaultProfile
    Taken so that scripts run unchanged, and not looked at: nothing is sent.
.EXAMPLE
    $vmss | Set-AzVmssSecurityProfile -SecurityType TrustedLaunch | Set-AzVmssUefi -EnableVtpm $true -EnableSecureBoot $true
.EXAMPLE
    Set-AzVmssUefi $vmss $true $false
#>
function Set-AzVmssUefi {  # allow: UseShouldProcessForStateChangingFunctions, as Az.Compute has it, and only an object in memory changes
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [bool] $EnableVtpm,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [bool] $EnableSecureBoot,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        $map = @{
            EnableVtpm       = 'VirtualMachineProfile.SecurityProfile.UefiSettings.VTpmEnabled'
            EnableSecureBoot = 'VirtualMachineProfile.SecurityProfile.UefiSettings.SecureBootEnabled'
        }
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        $VirtualMachineScaleSet
    }
}
