function Remove-VmssEmulatorFault {
    <#
    .SYNOPSIS
        Takes faults away: of a scale set, or of the service.
    .DESCRIPTION
        All of them, or those of a kind. What they have done stays.
    .PARAMETER Kind
        Only those of this kind.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set; without it those of the service.
    .EXAMPLE
        Remove-VmssEmulatorFault -ResourceGroupName "rg" -VMScaleSetName "web"
    .EXAMPLE
        Remove-VmssEmulatorFault throttle
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([void])]
    param(
        [Parameter(Position = 0)]
        [string] $Kind,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName
    )
    process {
        $params = Get-VmssFaultPlace -Cmdlet $PSCmdlet -ResourceGroupName $ResourceGroupName -VMScaleSetName $VMScaleSetName
        if ($Kind) { $params['kind'] = $Kind }
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target "$VMScaleSetName" -Action 'Remove') {
            $null = Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'fault.clear' -Params $params -Target $VMScaleSetName
        }
    }
}
