function Get-AzVmssVM {
    <#
    .SYNOPSIS
        Gets the instances of a scale set, or one of them, or its instance view.
    .DESCRIPTION
        Without -InstanceId all instances are listed, page after page. Without a resource group or a scale set nothing
        is asked and nothing is written, as in Az.Compute.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        One instance: a number in Uniform scale sets, the name of the virtual machine in Flexible ones.
    .PARAMETER InstanceView
        Power, health and agent: of one instance instead of its model, in a list beside it.
    .PARAMETER ResiliencyView
        How far a resilient deletion of one instance has come.
    .PARAMETER UserData
        The user data of one instance, which is left out otherwise.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Get-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" | Where-Object { -not $_.LatestModelApplied }

        The instances that lack the latest model.
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter')]
    [OutputType(
        'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVM',
        'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVMInstanceView')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $InstanceId,
        [Parameter(ParameterSetName = 'FriendMethod', Mandatory)]
        [switch] $InstanceView,
        [Parameter(ValueFromPipelineByPropertyName)]
        [switch] $ResiliencyView,
        [Parameter(ValueFromPipelineByPropertyName)]
        [switch] $UserData,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_vms.get
    # Operation: virtual_machine_scale_set_vms.list
    # Operation: virtual_machine_scale_set_vms.get_instance_view
    process {
        if (-not $ResourceGroupName -or -not $VMScaleSetName) { return }
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
        $method = 'instance.list'
        if ($InstanceId) {
            $params['instanceId'] = $InstanceId
            $method = 'instance.get'
            if ($InstanceView) {
                $method = 'instance.instanceView'
            } elseif ($UserData) {
                $params['expand'] = 'userData'
            } elseif ($ResiliencyView) {
                $params['expand'] = 'resiliencyView'
            }
        } elseif ($InstanceView) {
            $params['expand'] = 'instanceView'
        }
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $VMScaleSetName
    }
}
