function New-VmssResourceGroup {
    <#
    .SYNOPSIS
        Makes a resource group where the other cmdlets of this module look for it.
    .DESCRIPTION
        New-AzResourceGroup of Az.Resources asks Azure; this asks whom Connect-Vmss named, for example an emulator. A
        resource group that is there stays as it is.
    .PARAMETER Name
        Its name.
    .PARAMETER Location
        Its region.
    .PARAMETER Tag
        Its tags.
    .EXAMPLE
        New-VmssResourceGroup -Name "rg" -Location "westus2"
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('VmssSdk.ResourceGroup')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [Alias('ResourceGroupName')]
        [string] $Name,
        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Location,
        [Parameter(ValueFromPipelineByPropertyName)]
        [hashtable] $Tag
    )
    process {
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target $Name -Action 'New') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'resourceGroup.createOrUpdate' -Params @{ name = $Name; location = $Location; tags = $Tag } -Target $Name
        }
    }
}
