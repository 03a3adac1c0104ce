function New-AzVmssIpTagConfig {
    <#
    .SYNOPSIS
        Makes an IP tag for New-AzVmssIpConfig.
    .DESCRIPTION
        Nothing is sent.
    .PARAMETER IpTagType
        Its type, for example FirstPartyUsage.
    .PARAMETER Tag
        Its value, for example Sql.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        New-AzVmssIpTagConfig -IpTagType "FirstPartyUsage" -Tag "Sql"
    .EXAMPLE
        New-AzVmssIpConfig -Name ip -SubnetId $subnet.Id -PublicIPAddressConfigurationName own -IpTag (New-AzVmssIpTagConfig RoutingPreference -Tag Internet)
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Management.Compute.Models.VirtualMachineScaleSetIpTag')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $IpTagType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $Tag,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSetIpTag' -Action 'New')) { return }
        $made = New-VmssObject -Model 'VirtualMachineScaleSetIpTag'
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $made -Model 'VirtualMachineScaleSetIpTag' -Map @{ IpTagType = 'IpTagType'; Tag = 'Tag' }
        $made
    }
}
