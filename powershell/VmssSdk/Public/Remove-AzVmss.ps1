function Remove-AzVmss {
    <#
    .SYNOPSIS
        Deletes a scale set, or some of its instances.
    .DESCRIPTION
        With -InstanceId those instances are deleted and the capacity becomes smaller by as many; without it the scale set is
        deleted with everything in it.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instances to delete, or * for all; without it, and with $null, the scale set itself.
    .PARAMETER Force
        Do not ask whether to go on.
    .PARAMETER ForceDeletion
        Delete without shutting the guests down first. It is no answer to the question: that is -Force.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Remove-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId "1" -Force
    .EXAMPLE
        Remove-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web"

        Asks, then deletes the scale set.
    #>
    [CmdletBinding(SupportsShouldProcess)]
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
        [Parameter()]
        [switch] $Force,
        [Parameter()]
        [Nullable[bool]] $ForceDeletion,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.begin_delete
    # Operation: virtual_machine_scale_sets.begin_delete_instances
    process {
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName; force = $ForceDeletion }
        $method = 'scaleSet.delete'
        if ($null -ne $InstanceId) {
            $method = 'scaleSet.deleteInstances'
            $params['instances'] = $InstanceId
        } elseif ($PSBoundParameters.ContainsKey('InstanceId')) {
            Write-VmssWarning -Cmdlet $PSCmdlet -Text ('-InstanceId is $null: this removes the WHOLE scale set, as in Az.Compute. ' +
                'Leave -InstanceId out if that is meant.')
        }
        $query = 'This cmdlet will remove the specified resource. Do you want to continue?'
        if ((Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Remove' -Method $method -Params $params) -and
            (Test-VmssShouldContinue -Cmdlet $PSCmdlet -Force:$Force -Query $query -Caption 'Remove-AzVmss operation')) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method $method -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
