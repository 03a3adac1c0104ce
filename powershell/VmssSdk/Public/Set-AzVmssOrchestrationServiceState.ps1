function Set-AzVmssOrchestrationServiceState {
    <#
    .SYNOPSIS
        Suspends or resumes a service that works on a scale set by itself, such as automatic repairs.
    .DESCRIPTION
        (Get-AzVmss -InstanceView).OrchestrationServices tells the state.
    .PARAMETER InputObject
        The scale set as an object, for example from Get-AzVmss, instead of its names.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER ResourceId
        The resource id of the scale set, instead of its names.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER ServiceName
        AutomaticRepairs; the service judges the name.
    .PARAMETER Action
        Resume or Suspend.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Set-AzVmssOrchestrationServiceState -ResourceGroupName "rg" -VMScaleSetName "web" -ServiceName "AutomaticRepairs" -Action "Suspend"
    .EXAMPLE
        Get-AzVmss "rg" "web" | Set-AzVmssOrchestrationServiceState -ServiceName "AutomaticRepairs" -Action "Resume"
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(ParameterSetName = 'ObjectParameter', Mandatory, Position = 0, ValueFromPipeline)]
        [psobject] $InputObject,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'ResourceIdParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceId,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $ServiceName,
        [Parameter(Mandatory, Position = 3, ValueFromPipelineByPropertyName)]
        [string] $Action,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_set_orchestration_service_state
    process {
        $params = Resolve-VmssScaleSet -Cmdlet $PSCmdlet -InputObject $InputObject
        $params['service'] = $ServiceName
        $params['action'] = $Action
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $params.scaleSet -Action 'Set') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.setOrchestrationServiceState' -Params $params -Target $params.scaleSet -AsJob:$AsJob
        }
    }
}
