function New-AzVmssLifecycleHookConfig {
    <#
    .SYNOPSIS
        Makes a lifecycle hook for Set-AzVmssLifecycleHooksProfile.
    .DESCRIPTION
        Nothing is sent. A hook lets somebody approve, reject or delay a phase of the automatic OS upgrade.
    .PARAMETER Type
        Before which phase: UpgradeAutoOSScheduling or UpgradeAutoOSRollingBatchStarting.
    .PARAMETER WaitDuration
        How long an answer is waited for, for example PT8H.
    .PARAMETER DefaultAction
        What happens without an answer: Approve or Reject.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        New-AzVmssLifecycleHookConfig -Type UpgradeAutoOSScheduling -WaitDuration PT8H
    .EXAMPLE
        New-AzVmssLifecycleHookConfig UpgradeAutoOSRollingBatchStarting PT30M Approve
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Management.Compute.Models.LifecycleHook')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $Type,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $WaitDuration,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $DefaultAction,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'LifecycleHook' -Action 'New')) { return }
        $made = New-VmssObject -Model 'LifecycleHook'
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $made -Model 'LifecycleHook' -Map @{ Type = 'Type'; WaitDuration = 'WaitDuration'; DefaultAction = 'DefaultAction' }
        $made
    }
}
