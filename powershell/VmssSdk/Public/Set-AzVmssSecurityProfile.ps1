<#
.SYNOPSIS
    Sets the security type in the object of a scale set.
.DESCRIPTION
    Nothing is sent: New-AzVmss or Update-AzVmss does that. Standard writes nothing, as in Az.Compute: what has no
    type is Standard to the service.
.PARAMETER VirtualMachineScaleSet
    The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
.PARAMETER SecurityType
    TrustedLaunch, ConfidentialVM or Standard.
.PARAMETER DefaultProfile
    Taken so that scripts run unchanged, and not looked at: nothing is sent.
.EXAMPLE
    $vmss | Set-AzVmssSecurityProfile -SecurityType TrustedLaunch
.EXAMPLE
    Set-AzVmssSecurityProfile $vmss ConfidentialVM | Set-AzVmssUefi -EnableVtpm $true -EnableSecureBoot $true
#>
function Set-AzVmssSecurityProfile {  # allow: UseShouldProcessForStateChangingFunctions, as Az.Compute has it, and only an object in memory changes
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [ValidateSet('TrustedLaunch', 'ConfidentialVM', 'Standard')]
        [string] $SecurityType,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if ($SecurityType -and $SecurityType -ne 'Standard') {
            $map = @{ SecurityType = 'VirtualMachineProfile.SecurityProfile.SecurityType' }
            $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        }
        $VirtualMachineScaleSet
    }
}
