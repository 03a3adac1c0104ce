function Get-VmssPendingChange {
    <#
    .SYNOPSIS
        What the instances of a scale set lack to be as its model wants them, and which action brings it.
    .DESCRIPTION
        One object for each change that an instance lacks; nothing when all have everything. Only an emulator tells
        this: Azure itself answers with LatestModelApplied, which does not know of changes that only a reimage brings.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER InstanceId
        Only these instances.
    .EXAMPLE
        Get-VmssPendingChange -ResourceGroupName "rg" -VMScaleSetName "web"
    .EXAMPLE
        $waiting = Get-VmssPendingChange "rg" "web" | Where-Object Remedy -eq "reimage"
        Set-AzVmss "rg" "web" -Reimage -InstanceId ($waiting.InstanceId | Select-Object -Unique)

        Brings what only a reimage brings.
    #>
    [CmdletBinding()]
    [OutputType('VmssSdk.PendingChange')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter(Position = 2)]
        [string[]] $InstanceId
    )
    process {
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
        foreach ($pending in Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'emulated.pending' -Params $params -Target $VMScaleSetName) {
            foreach ($instance in $pending.Instances) {
                if ($InstanceId -and $instance.InstanceId -notin $InstanceId) { continue }
                foreach ($change in $instance.Changes) {
                    [pscustomobject]@{
                        PSTypeName        = 'VmssSdk.PendingChange'
                        ResourceGroupName = $ResourceGroupName
                        VMScaleSetName    = $VMScaleSetName
                        InstanceId        = $instance.InstanceId
                        Remedy            = $change.Remedy
                        Effect            = $change.Effect
                        Path              = $change.Path
                        Loses             = @($change.Loses)
                        SinceModel        = $change.SinceModel
                        LatestModel       = $pending.LatestModel
                        ModelsInUse       = $pending.ModelsInUse
                        ModelLimit        = $pending.ModelLimit
                    }
                }
            }
        }
    }
}
