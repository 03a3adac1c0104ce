function Set-AzVmss {
    <#
    .SYNOPSIS
        Reimages, redeploys or maintains the instances of a scale set: all of them, or those that are listed.
    .DESCRIPTION
        Without -InstanceId it is every instance, all at once and without a question; instances that are protected from
        scale set actions are passed over.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instances, or * for all; without it, and with $null, all.
    .PARAMETER Reimage
        Put new operating system disks under them, from the current model.
    .PARAMETER ReimageAll
        The same for the data disks as well: what is on them is lost.
    .PARAMETER Redeploy
        Move them to other hosts.
    .PARAMETER PerformMaintenance
        Do planned maintenance now.
    .PARAMETER TempDisk
        With -Reimage, for ephemeral disks: make the temporary disk new as well.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Set-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -Reimage -InstanceId "0", "3"
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" | Set-AzVmss -Reimage -AsJob
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
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory)]
        [switch] $Reimage,
        [Parameter(ParameterSetName = 'FriendMethod', Mandatory)]
        [switch] $ReimageAll,
        [Parameter(ParameterSetName = 'RedeployMethodParameter', Mandatory)]
        [switch] $Redeploy,
        [Parameter(ParameterSetName = 'PerformMaintenanceMethodParameter', Mandatory)]
        [switch] $PerformMaintenance,
        [Parameter(ParameterSetName = 'DefaultParameter')]
        [switch] $TempDisk,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_reimage
    # Operation: virtual_machine_scale_sets.begin_reimage_all
    # Operation: virtual_machine_scale_sets.begin_redeploy
    # Operation: virtual_machine_scale_sets.begin_perform_maintenance
    process {
        if (-not ($Reimage -or $ReimageAll -or $Redeploy -or $PerformMaintenance)) {
            return Write-VmssWarning -Cmdlet $PSCmdlet -Text 'The switch that says what to do is $false: nothing was done.'
        }
        $action = @{
            DefaultParameter                  = 'reimage'
            FriendMethod                      = 'reimageAll'
            RedeployMethodParameter           = 'redeploy'
            PerformMaintenanceMethodParameter = 'performMaintenance'
        }[$PSCmdlet.ParameterSetName]
        $params = @{
            resourceGroup = $ResourceGroupName
            scaleSet      = $VMScaleSetName
            instances     = Get-VmssInstanceParam -Cmdlet $PSCmdlet -InstanceId $InstanceId
        }
        if ($TempDisk) { $params['tempDisk'] = $true }
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Set' -Method "scaleSet.$action" -Params $params) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method "scaleSet.$action" -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
