function Get-AzVmss {
    <#
    .SYNOPSIS
        Gets scale sets: one, several, or the instance view or operating system upgrades of one.
    .DESCRIPTION
        With both names and no wildcard it is one scale set with its whole model. Otherwise it is a list, of the
        resource group or of the subscription, from which wildcards choose; a list has no instance view.
    .PARAMETER ResourceGroupName
        The resource group of the scale set; may hold wildcards.
    .PARAMETER VMScaleSetName
        The scale set; may hold wildcards.
    .PARAMETER InstanceView
        How many instances are in which state, instead of the model.
    .PARAMETER OSUpgradeHistory
        The last operating system upgrades; nothing when there were none.
    .PARAMETER ResourceId
        The resource id of one scale set.
    .PARAMETER UserData
        With -InstanceView:$false: the model with its user data, which is left out otherwise.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web"

        One scale set, as a tree.
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "w*"

        A table of those whose names begin with w.
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter')]
    [OutputType(
        'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet',
        'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetInstanceView',
        'Microsoft.Azure.Commands.Compute.Automation.Models.PSUpgradeOperationHistoricalStatusInfo')]
    param(
        [Parameter(ParameterSetName = 'DefaultParameter', Position = 0, ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'FriendMethod', Position = 0, ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'OSUpgradeHistoryMethodParameter', Position = 0, ValueFromPipelineByPropertyName)]
        [SupportsWildcards()]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'DefaultParameter', Position = 1, ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'FriendMethod', Position = 1, ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'OSUpgradeHistoryMethodParameter', Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [SupportsWildcards()]
        [string] $VMScaleSetName,
        [Parameter(ParameterSetName = 'FriendMethod', Mandatory)]
        [switch] $InstanceView,
        [Parameter(ParameterSetName = 'OSUpgradeHistoryMethodParameter', Mandatory)]
        [switch] $OSUpgradeHistory,
        [Parameter(ParameterSetName = 'ResourceIdParameterSet', ValueFromPipelineByPropertyName)]
        [string] $ResourceId,
        [Parameter(ParameterSetName = 'FriendMethod', ValueFromPipelineByPropertyName)]
        [switch] $UserData,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.get
    # Operation: virtual_machine_scale_sets.list
    # Operation: virtual_machine_scale_sets.list_all
    # Operation: virtual_machine_scale_sets.get_instance_view
    # Operation: virtual_machine_scale_sets.get_os_upgrade_history
    process {
        $group, $name = $ResourceGroupName, $VMScaleSetName
        if ($ResourceId) {
            $id = Resolve-VmssResourceId -Cmdlet $PSCmdlet -ResourceId $ResourceId
            $group, $name = $id.ResourceGroupName, $id.VMScaleSetName
        }
        if (-not $group -or -not $name -or (Test-VmssWildcard -Text $group, $name)) {
            return Select-VmssByName -Cmdlet $PSCmdlet -ResourceGroupName $group -Name $name
        }
        $params = @{ resourceGroup = $group; scaleSet = $name }
        $method = 'scaleSet.get'
        if ($InstanceView) {
            $method = 'scaleSet.instanceView'
        } elseif ($OSUpgradeHistory) {
            $method = 'scaleSet.osUpgradeHistory'
        } elseif ($UserData) {
            $params['expand'] = 'userData'
        }
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $name
    }
}
