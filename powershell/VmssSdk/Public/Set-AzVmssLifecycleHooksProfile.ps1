function Set-AzVmssLifecycleHooksProfile {
    <#
    .SYNOPSIS
        Sets the lifecycle hooks in the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that. Hooks that were there are replaced.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER LifecycleHook
        The hooks, of New-AzVmssLifecycleHookConfig.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Set-AzVmssLifecycleHooksProfile -LifecycleHook (New-AzVmssLifecycleHookConfig -Type UpgradeAutoOSScheduling -WaitDuration PT8H)
    .EXAMPLE
        $vmss | Set-AzVmssLifecycleHooksProfile -LifecycleHook ($vmss.LifecycleHooksProfile.LifecycleHooks + $hook)
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [psobject[]] $LifecycleHook,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Set')) { return }
        Set-VmssMember -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Path 'LifecycleHooksProfile.LifecycleHooks' -Value $LifecycleHook
        $VirtualMachineScaleSet
    }
}
