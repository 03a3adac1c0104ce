function Stop-AzVmss {
    <#
    .SYNOPSIS
        Deallocates the instances of a scale set, or with -StayProvisioned powers them off.
    .DESCRIPTION
        Deallocated instances give their hardware back and cost nothing but their disks; what is on temporary disks is
        lost. Powered off they keep the hardware, and are charged for.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instances, or * for all; without it, and with $null, all.
    .PARAMETER StayProvisioned
        Only power off: the hardware is kept.
    .PARAMETER Force
        Do not ask whether to go on.
    .PARAMETER Hibernate
        Keep the memory on the disk when deallocating; only for instances that were created for it.
    .PARAMETER SkipShutdown
        With -StayProvisioned: do not shut the guest down first.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Stop-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -Force
    .EXAMPLE
        Stop-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId "1" -StayProvisioned -Force

        One instance is powered off and keeps its hardware.
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [AllowNull()]
        [string[]] $InstanceId,
        [Parameter(ParameterSetName = 'FriendMethod', Mandatory)]
        [switch] $StayProvisioned,
        [Parameter()]
        [switch] $Force,
        [Parameter(ParameterSetName = 'DefaultParameter')]
        [switch] $Hibernate,
        [Parameter(ParameterSetName = 'FriendMethod')]
        [switch] $SkipShutdown,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_deallocate
    # Operation: virtual_machine_scale_sets.begin_power_off
    process {
        $params = @{
            resourceGroup = $ResourceGroupName
            scaleSet      = $VMScaleSetName
            instances     = Get-VmssInstanceParam -Cmdlet $PSCmdlet -InstanceId $InstanceId
        }
        $method = 'scaleSet.deallocate'
        if ($StayProvisioned) {
            $method = 'scaleSet.powerOff'
            if ($SkipShutdown) { $params['skipShutdown'] = $true }
        } elseif ($Hibernate) {
            $params['hibernate'] = $true
        }
        $query = 'This cmdlet will stop the specified resource. Do you want to continue?'
        if ((Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Stop' -Method $method -Params $params) -and
            (Test-VmssShouldContinue -Cmdlet $PSCmdlet -Force:$Force -Query $query -Caption 'Stop-AzVmss operation')) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
