<#
.SYNOPSIS
    Sets how the proxy agent guards the metadata endpoints, in the object of a scale set.
.DESCRIPTION
    Nothing is sent: New-AzVmss or Update-AzVmss does that. Settings that were there are replaced as a whole.
.PARAMETER VirtualMachineScaleSet
    The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
.PARAMETER EnableProxyAgent
    Whether the proxy agent is on.
.PARAMETER WireServerMode
    Of the wire server: Audit, Enforce or Disabled.
.PARAMETER WireServerProfile
    Of the wire server: the resource id of the version of an access control profile.
.PARAMETER ImdsMode
    Of the instance metadata service: Audit, Enforce or Disabled.
.PARAMETER ImdsProfile
    Of the instance metadata service: the resource id of the version of an access control profile.
.PARAMETER AddProxyAgentExtension
    Linux: whether the extension of the proxy agent is added.
.PARAMETER DefaultProfile
    Taken so that scripts run unchanged, and not looked at: nothing is sent.
.EXAMPLE
    $vmss | Set-AzVmssProxyAgentSetting -EnableProxyAgent $true
.EXAMPLE
    $vmss | Set-AzVmssProxyAgentSetting -EnableProxyAgent $true -WireServerMode Enforce -ImdsMode Audit
#>
function Set-AzVmssProxyAgentSetting {  # allow: UseShouldProcessForStateChangingFunctions, as Az.Compute has it, and only an object in memory changes
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [Alias('Vmss')]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $EnableProxyAgent,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $WireServerMode,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $WireServerProfile,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ImdsMode,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ImdsProfile,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $AddProxyAgentExtension,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        $map = [ordered]@{
            EnableProxyAgent       = 'Enabled'
            AddProxyAgentExtension = 'AddProxyAgentExtension'
            WireServerMode         = 'WireServer.Mode'
            WireServerProfile      = 'WireServer.InVMAccessControlProfileReferenceId'
            ImdsMode               = 'Imds.Mode'
            ImdsProfile            = 'Imds.InVMAccessControlProfileReferenceId'
        }
        $path = 'VirtualMachineProfile.SecurityProfile.ProxyAgentSettings'
        Set-VmssMember -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Path $path -Value $null
        foreach ($name in @($map.Keys)) { $map[$name] = "$path.$($map[$name])" }
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        $VirtualMachineScaleSet
    }
}
