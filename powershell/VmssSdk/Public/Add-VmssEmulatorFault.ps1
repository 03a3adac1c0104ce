function Add-VmssEmulatorFault {
    <#
    .SYNOPSIS
        Lets something go wrong in the emulator: with a scale set, or with the service.
    .DESCRIPTION
        With a scale set: unhealthyAfterUpgrade, provisioningFailure, extensionFailure, quota, zoneDown, slowBoot,
        scriptAnswer, conflict. Without one it hits requests: throttle, serverError, dropConnection. It stays until it has happened
        -Count times, or until Remove-VmssEmulatorFault.
    .PARAMETER Kind
        What goes wrong.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        Only with these instances.
    .PARAMETER Count
        How many times.
    .PARAMETER Member
        What else the kind takes, by the names of the control plane: @{ code = 'OSProvisioningTimedOut' },
        @{ zone = '1' }, @{ retryAfter = 5; path = '*/reimage' }.
    .EXAMPLE
        Add-VmssEmulatorFault unhealthyAfterUpgrade -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0
    .EXAMPLE
        Add-VmssEmulatorFault conflict -ResourceGroupName "rg" -VMScaleSetName "web" -Count 1
    .EXAMPLE
        Add-VmssEmulatorFault throttle -Count 2 -Member @{ retryAfter = 1 }
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('VmssSdk.EmulatorFault')]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $Kind,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter()]
        [string[]] $InstanceId,
        [Parameter()]
        [ValidateRange(1, 2147483647)]
        [int] $Count,
        [Parameter()]
        [hashtable] $Member = @{}
    )
    process {
        $members = @{} + $Member
        if ($InstanceId) { $members['instanceIds'] = $InstanceId }
        if ($Count) { $members['count'] = $Count }
        $params = Get-VmssFaultPlace -Cmdlet $PSCmdlet -ResourceGroupName $ResourceGroupName -VMScaleSetName $VMScaleSetName
        $params['kind'] = $Kind
        $params['members'] = $members
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target "$VMScaleSetName" -Action 'Add') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'fault.add' -Params $params -Target $Kind
        }
    }
}
