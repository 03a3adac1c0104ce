function Get-VmssEmulatorFault {
    <#
    .SYNOPSIS
        The faults that are set: of a scale set, or of the service.
    .DESCRIPTION
        In the order in which they are tried.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set; without it those of the service.
    .EXAMPLE
        Get-VmssEmulatorFault -ResourceGroupName "rg" -VMScaleSetName "web"
    #>
    [CmdletBinding()]
    [OutputType('VmssSdk.EmulatorFault')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName
    )
    process {
        $params = Get-VmssFaultPlace -Cmdlet $PSCmdlet -ResourceGroupName $ResourceGroupName -VMScaleSetName $VMScaleSetName
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'fault.list' -Params $params -Target $VMScaleSetName
    }
}
