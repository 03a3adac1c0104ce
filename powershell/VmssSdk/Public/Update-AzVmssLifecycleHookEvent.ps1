function Update-AzVmssLifecycleHookEvent {
    <#
    .SYNOPSIS
        Answers a question that a scale set asks before an upgrade goes on, or takes more time for the answer.
    .DESCRIPTION
        The upgrade goes on when all instances of the event are answered for. Without an answer the default action of the event is
        taken when its time is over.
    .PARAMETER InputObject
        The event as an object, from Get-AzVmssLifecycleHookEvent.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER Name
        The event: a GUID.
    .PARAMETER ActionState
        The answer.
    .PARAMETER InstanceId
        The instances that are answered for; without it all of the event.
    .PARAMETER WaitUntil
        Wait for an answer until then, at most until the MaxWaitUntil of the event: for example 2026-01-01T12:00:00Z.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Get-AzVmssLifecycleHookEvent "rg" "web" | Update-AzVmssLifecycleHookEvent -ActionState Approved
    .EXAMPLE
        Update-AzVmssLifecycleHookEvent "rg" "web" $name -WaitUntil "2026-01-01T12:00:00Z"
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByNameParameterSet', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Management.Compute.Models.VMScaleSetLifecycleHookEvent')]
    param(
        [Parameter(ParameterSetName = 'ByObjectParameterSet', Mandatory, Position = 0, ValueFromPipeline)]
        [psobject] $InputObject,
        [Parameter(ParameterSetName = 'ByNameParameterSet', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'ByNameParameterSet', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $VMScaleSetName,
        [Parameter(ParameterSetName = 'ByNameParameterSet', Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(ValueFromPipelineByPropertyName)]
        [ValidateSet('Approved', 'Rejected')]
        [string] $ActionState,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string[]] $InstanceId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $WaitUntil,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_life_cycle_hook_events.update
    process {
        $names = Resolve-VmssScaleSet -Cmdlet $PSCmdlet -InputObject $InputObject
        $names['event'] = $Name
        if ($InputObject) { $names['event'] = (Resolve-VmssResourceId -Cmdlet $PSCmdlet -ResourceId $InputObject.Id).EventName }
        if (-not ($ActionState -or $WaitUntil)) {
            $PSCmdlet.ThrowTerminatingError((New-VmssError -Id 'NothingToAnswer' -Target $names.event -Message (
                        'Nothing is said about the event: give -ActionState Approved or Rejected, or -WaitUntil with a time.')))
        }
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $names.scaleSet -Action 'Update')) { return }
        if ($WaitUntil) {
            $delayed = Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'lifecycleHookEvent.delay' -Params ($names + @{ until = $WaitUntil }) -Target $names.event | Add-VmssOwner
            if (-not $delayed -or -not $ActionState) { return $delayed }
        }
        $verb = @{ Approved = 'approve'; Rejected = 'reject' }[$ActionState]
        $instances = '*'
        if ($InstanceId) { $instances = $InstanceId }
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method "lifecycleHookEvent.$verb" -Params ($names + @{ instances = $instances }) -Target $names.event | Add-VmssOwner
    }
}
