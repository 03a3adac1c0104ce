function Remove-VmssResourceGroup {
    <#
    .SYNOPSIS
        Deletes a resource group with all that is in it, where the other cmdlets of this module look for it.
    .DESCRIPTION
        It asks before, and waits until all is gone.
    .PARAMETER Name
        Its name.
    .PARAMETER Force
        Do not ask.
    .PARAMETER AsJob
        Do not wait: write a job.
    .EXAMPLE
        Remove-VmssResourceGroup -Name "rg" -Force
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [Alias('ResourceGroupName')]
        [string] $Name,
        [Parameter()]
        [switch] $Force,
        [Parameter()]
        [switch] $AsJob
    )
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $Name -Action 'Remove')) { return }
        $question = @{ Query = "Delete the resource group '$Name' and all that is in it?"; Caption = 'Remove-VmssResourceGroup operation' }
        if (Test-VmssShouldContinue -Cmdlet $PSCmdlet -Force:$Force @question) {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'resourceGroup.delete' -Params @{ name = $Name } -Target $Name -AsJob:$AsJob
        }
    }
}
