function Update-AzVmssVM {
    <#
    .SYNOPSIS
        Protects one instance of a scale set, or gives it data disks or user data of its own.
    .DESCRIPTION
        The instance is read, changed and sent back; with an object, as a parameter or from the pipeline, that object is sent. An
        instance with disks or user data of its own differs from the model of its scale set, and counts as outdated. Protection
        from scale set actions does not hold back what is asked of the instance itself.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER ResourceId
        The resource id of the instance, instead of the names.
    .PARAMETER VirtualMachineScaleSetVM
        The instance as an object, from Get-AzVmssVM.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        The instance: a number in Uniform scale sets, the name of the virtual machine in Flexible ones.
    .PARAMETER DataDisk
        Data disks to add, for example from New-AzVMDataDisk.
    .PARAMETER ProtectFromScaleIn
        Whether scaling in passes it by.
    .PARAMETER ProtectFromScaleSetAction
        Whether upgrades and other actions on the whole scale set pass it by, and scaling in too.
    .PARAMETER ProxyAgentKeyIncarnationId
        Another number makes a new key for the proxy agent.
    .PARAMETER UserData
        Its user data; what is not base64 is made so.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Update-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web" -InstanceId 0 -ProtectFromScaleIn $true
    .EXAMPLE
        $vms = Get-AzVmssVM -ResourceGroupName "rg" -VMScaleSetName "web"
        $vms[0] | Update-AzVmssVM -ProtectFromScaleIn $true -ProtectFromScaleSetAction $true
    #>
    [CmdletBinding(DefaultParameterSetName = 'DefaultParameter', SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVM')]
    param(
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ParameterSetName = 'ResourceIdParameter', Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceId,
        [Parameter(ParameterSetName = 'ObjectParameter', Mandatory, Position = 0, ValueFromPipeline)]
        [psobject] $VirtualMachineScaleSetVM,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(ParameterSetName = 'DefaultParameter', Mandatory, Position = 2, ValueFromPipelineByPropertyName)]
        [string] $InstanceId,
        [Parameter(ValueFromPipeline)]
        [psobject[]] $DataDisk,
        [Parameter()]
        [bool] $ProtectFromScaleIn,
        [Parameter()]
        [bool] $ProtectFromScaleSetAction,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('KeyIncarnationId')]
        [Nullable[int]] $ProxyAgentKeyIncarnationId,
        [Parameter(ParameterSetName = 'DefaultParameter', ValueFromPipelineByPropertyName)]
        [Parameter(ParameterSetName = 'ResourceIdParameter', ValueFromPipelineByPropertyName)]
        [string] $UserData,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_vms.get
    # Operation: virtual_machine_scale_set_vms.begin_update
    begin {
        # What was said by name; the rest may come from a piped object.
        $named = @($PSBoundParameters.Keys)
    }
    process {
        # PowerShell can bind a piped instance to -DataDisk too, and its Name to -VMScaleSetName: it is the object all the same.
        $instance = $VirtualMachineScaleSetVM
        if (-not $instance -and $named -notcontains 'VMScaleSetName' -and (Get-VmssMember -InputObject $_ -Path 'InstanceId')) { $instance = $_ }
        $disks = @($DataDisk | Where-Object -FilterScript { $_ -and -not (Get-VmssMember -InputObject $_ -Path 'InstanceId') })
        $names = Resolve-VmssScaleSet -Cmdlet $PSCmdlet -InputObject $instance
        $names['instanceId'] = $InstanceId
        $id = $PSBoundParameters['ResourceId']
        if ($instance) { $id = Get-VmssMember -InputObject $instance -Path 'Id' }
        if ($id) { $names['instanceId'] = (Resolve-VmssResourceId -Cmdlet $PSCmdlet -ResourceId $id).InstanceId }
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $names.scaleSet -Action 'Update')) { return }
        if (-not $instance) {
            $instance = Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'instance.get' -Params $names -Target $names.scaleSet
            if (-not $instance) { return }
        }
        $bound = @{} + $PSBoundParameters
        if ($named -notcontains 'UserData' -and -not $UserData) { $bound.Remove('UserData') }
        Set-VmssInstanceMember -InputObject $instance -Bound $bound -DataDisk $disks
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'instance.update' -Params ($names + @{ instance = $instance }) -Target $names.scaleSet -AsJob:$AsJob
    }
}
