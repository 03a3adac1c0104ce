function Start-AzVmssRollingExtensionUpgrade {
    <#
    .SYNOPSIS
        Brings the extensions of all instances to the versions that the model asks for, batch by batch.
    .DESCRIPTION
        The names stand by name only; objects of Get-AzVmss can be piped in.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER ResourceId
        The resource id of the scale set, instead of its names.
    .PARAMETER VirtualMachineScaleSet
        The scale set as an object, for example from Get-AzVmss, instead of its names.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Start-AzVmssRollingExtensionUpgrade -ResourceGroupName "rg" -VMScaleSetName "web"
    .EXAMPLE
        Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" | Start-AzVmssRollingExtensionUpgrade -AsJob
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'ByResourceId', Mandatory, ValueFromPipeline)]
        [string] $ResourceId,
        [Parameter(ParameterSetName = 'ByInputObject', Mandatory, ValueFromPipeline)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_rolling_upgrades.begin_start_extension_upgrade
    process {
        $params = Resolve-VmssScaleSet -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $params.scaleSet -Action 'Start') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'rollingUpgrade.startExtension' -Params $params -Target $params.scaleSet -AsJob:$AsJob
        }
    }
}
