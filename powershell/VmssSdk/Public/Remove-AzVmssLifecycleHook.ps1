function Remove-AzVmssLifecycleHook {
    <#
    .SYNOPSIS
        Takes one lifecycle hook, or all of them, from a scale set.
    .DESCRIPTION
        The scale set is read and written again without them.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER Type
        The hook: UpgradeAutoOSScheduling or UpgradeAutoOSRollingBatchStarting.
    .PARAMETER All
        Every hook.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Remove-AzVmssLifecycleHook -ResourceGroupName "rg" -VMScaleSetName "web" -Type UpgradeAutoOSScheduling
    .EXAMPLE
        Remove-AzVmssLifecycleHook -ResourceGroupName "rg" -VMScaleSetName "web" -All
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByTypeParameterSet', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(ParameterSetName = 'ByTypeParameterSet', Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $Type,
        [Parameter(ParameterSetName = 'AllParameterSet', Mandatory)]
        [switch] $All,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.get
    # Operation: virtual_machine_scale_sets.begin_create_or_update
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Remove')) { return }
        $names = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
        $found = Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.get' -Params $names -Target $VMScaleSetName
        if (-not $found) { return }
        $hooks = Get-VmssMember -InputObject $found -Path 'LifecycleHooksProfile.LifecycleHooks'
        $kept = @($hooks | Where-Object -FilterScript { $_ -and $_.Type -ne $Type })
        if ($All) { $kept = @() }
        # A member that is left out of a PUT stays as it was: that there is none left has to be said.
        Set-VmssMember -InputObject $found -Model 'VirtualMachineScaleSet' -Path 'LifecycleHooksProfile.LifecycleHooks' -Value $kept
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.createOrUpdate' -Params ($names + @{ model = $found }) -Target $VMScaleSetName
    }
}
