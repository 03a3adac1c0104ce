function Start-AzVmssRollingOSUpgrade {
    <#
    .SYNOPSIS
        Moves all instances to the newest version of the image of the platform, batch by batch.
    .DESCRIPTION
        The scale set needs a rolling upgrade policy and a way to tell health. Instances that have that version already are left
        alone. It ends when the upgrade has ended; Get-AzVmssRollingUpgrade tells more meanwhile.
    .PARAMETER ResourceGroupName
        The resource group of the scale set.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER AsJob
        Do not wait: write a job.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: Connect-Vmss says whom to ask.
    .EXAMPLE
        Start-AzVmssRollingOSUpgrade -ResourceGroupName "rg" -VMScaleSetName "web"
    .EXAMPLE
        $job = Start-AzVmssRollingOSUpgrade -ResourceGroupName "rg" -VMScaleSetName "web" -AsJob
        (Get-AzVmssRollingUpgrade -ResourceGroupName "rg" -VMScaleSetName "web").Progress
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ResourceGroupName,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $VMScaleSetName,
        [Parameter()]
        [switch] $AsJob,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    # Operation: virtual_machine_scale_set_rolling_upgrades.begin_start_os_upgrade
    process {
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $VMScaleSetName -Action 'Start') {
            $params = @{ resourceGroup = $ResourceGroupName; scaleSet = $VMScaleSetName }
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'rollingUpgrade.startOS' -Params $params -Target $VMScaleSetName -AsJob:$AsJob
        }
    }
}
