function Get-VmssDecisionLog {
    <#
    .SYNOPSIS
        What the upgrade machinery of an emulator decided about a scale set, and why.
    .DESCRIPTION
        One object for each decision, the oldest first: its number Seq, the emulated time, a stable code as Kind, the
        instances, the rolling upgrade and batch, the figures, and all of it as a sentence. Azure tells none of this.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER Since
        Only what came after the decision of this number.
    .PARAMETER Last
        Only so many, the newest.
    .EXAMPLE
        Get-VmssDecisionLog -ResourceGroupName "rg" -VMScaleSetName "web" -Last 5
    .EXAMPLE
        $seen = (Get-VmssDecisionLog "rg" "web" -Last 1).Seq
        Update-AzVmss "rg" "web" -ImageReferenceVersion "2.0.0"
        (Get-VmssDecisionLog "rg" "web" -Since $seen).Text
    #>
    [CmdletBinding()]
    [OutputType('VmssSdk.Decision')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter()]
        [ValidateRange(0, 2147483647)]
        [int] $Since,
        [Parameter()]
        [ValidateRange(1, 2147483647)]
        [int] $Last
    )
    process {
        $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName; since = $Since }
        $found = @(Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'emulated.decisions' -Params $params -Target $VMScaleSetName)
        $first = 0
        if ($Last -and $found.Count -gt $Last) { $first = $found.Count - $Last }
        for ($index = $first; $index -lt $found.Count; $index++) { $found[$index] }
    }
}
