function Repair-AzVmssServiceFabricUpdateDomain {
    <#
    .SYNOPSIS
        Walks one update domain of a scale set with Service Fabric, so that what waits for it goes on.
    .DESCRIPTION
        Say NextPlatformUpdateDomain of the answer the next time, until there is none.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER ResourceId
        The resource id of the scale set, instead of its names.
    .PARAMETER VirtualMachineScaleSet
        The scale set as an object, for example from Get-AzVmss, instead of its names.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER PlatformUpdateDomain
        The update domain, from 0.
    .PARAMETER PlacementGroupId
        Only that placement group.
    .PARAMETER Zone
        Only that zone.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        $domain = 0
        while ($null -ne $domain) {
            $domain = (Repair-AzVmssServiceFabricUpdateDomain "rg" "web" -PlatformUpdateDomain $domain).NextPlatformUpdateDomain
        }
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSRecoveryWalkResponse')]
    # Here and not by Set-Alias, which would have to load a module of its own first.
    [Alias('Repair-AzVmssServiceFabricUD')]
    param(
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'ResourceIdParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceId,
        [Parameter(ParameterSetName = 'ObjectParameter', Mandatory, Position = 0, ValueFromPipeline)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Mandatory, Position = 2)]
        [int] $PlatformUpdateDomain,
        [Parameter()]
        [string] $PlacementGroupId,
        [Parameter()]
        [string] $Zone,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_sets.force_recovery_service_fabric_platform_update_domain_walk
    process {
        $params = Resolve-VmssScaleSet -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        $params['domain'] = $PlatformUpdateDomain
        $params['zone'] = $PSBoundParameters['Zone']
        $params['placementGroupId'] = $PSBoundParameters['PlacementGroupId']
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $params.scaleSet -Action 'Repair') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.walkUpdateDomain' -Params $params -Target $params.scaleSet -AsJob:$AsJob
        }
    }
}
