function Set-AzVmssVM {
    <#
    .SYNOPSIS
        Reimages, redeploys, maintains or evicts one instance of a scale set.
    .DESCRIPTION
        It works also on an instance that is protected from scale set actions. Objects of Get-AzVmssVM can be piped in
        when -VMScaleSetName is given; otherwise the instance's own name is taken for the scale set's, as in Az.Compute.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instance: a number in Uniform scale sets, the name of the virtual machine in Flexible ones.
    .PARAMETER Reimage
        Put a new operating system disk under it, from the current model.
    .PARAMETER ReimageAll
        The same for its data disks as well: what is on them is lost.
    .PARAMETER Redeploy
        Move it to another host.
    .PARAMETER PerformMaintenance
        Do planned maintenance now.
    .PARAMETER SimulateEviction
        Take it away as Azure takes Spot instances.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Set-AzVmssVM -ResourceGroupName "myResourceGroup" -VMScaleSetName "myScaleSet" -InstanceId 0 -Reimage
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $InstanceId,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory)]
        [switch] $Reimage,
        [Parameter(ParameterSetName = 'FriendMethod', Mandatory)]
        [switch] $ReimageAll,
        [Parameter(ParameterSetName = 'RedeployMethodParameter', Mandatory)]
        [switch] $Redeploy,
        [Parameter(ParameterSetName = 'PerformMaintenanceMethodParameter', Mandatory)]
        [switch] $PerformMaintenance,
        [Parameter(ParameterSetName = 'SimulateEvictionMethodParameter', Mandatory)]
        [switch] $SimulateEviction,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_vms.begin_reimage
    # Operation: virtual_machine_scale_set_vms.begin_reimage_all
    # Operation: virtual_machine_scale_set_vms.begin_redeploy
    # Operation: virtual_machine_scale_set_vms.begin_perform_maintenance
    # Operation: virtual_machine_scale_set_vms.simulate_eviction
    process {
        if (-not ($Reimage -or $ReimageAll -or $Redeploy -or $PerformMaintenance -or $SimulateEviction)) {
            return Write-VmssWarning -Cmdlet $PSCmdlet -Text 'The switch that says what to do is $false: nothing was done.'
        }
        Assert-VmssSetName -Cmdlet $PSCmdlet -VMScaleSetName $VMScaleSetName -InputValue $_
        $action = @{
            DefaultParameter                  = 'reimage'
            FriendMethod                      = 'reimageAll'
            RedeployMethodParameter           = 'redeploy'
            PerformMaintenanceMethodParameter = 'performMaintenance'
            SimulateEvictionMethodParameter   = 'simulateEviction'
        }[$PSCmdlet.ParameterSetName]
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName; instanceId = $InstanceId }
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Set') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method "instance.$action" -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
