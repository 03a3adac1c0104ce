function Get-AzVmssLifecycleHookEvent {
    <#
    .SYNOPSIS
        Gets the questions that a scale set asks before an automatic upgrade of the operating system goes on.
    .DESCRIPTION
        All of them, or the one of a name. Update-AzVmssLifecycleHookEvent answers.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER Name
        One event: a GUID.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Get-AzVmssLifecycleHookEvent -ResourceGroupName "rg" -VMScaleSetName "web" | Where-Object { $_.Properties.State -eq "Active" }
    #>
    [CmdletBinding(DefaultParameterSetName = 'ListParameterSet')]
    [OutputType('Microsoft.Azure.Management.Compute.Models.VMScaleSetLifecycleHookEvent')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $VMScaleSetName,
        [Parameter(ParameterSetName = 'GetParameterSet', Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_life_cycle_hook_events.get
    # Operation: virtual_machine_scale_set_life_cycle_hook_events.list
    process {
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
        $method = 'lifecycleHookEvent.list'
        if ($Name) {
            $method = 'lifecycleHookEvent.get'
            $params['event'] = $Name
        }
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $VMScaleSetName | Add-VmssOwner
    }
}
