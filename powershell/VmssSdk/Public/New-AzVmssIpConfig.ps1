function New-AzVmssIpConfig {
    <#
    .SYNOPSIS
        Makes an IP configuration for Add-AzVmssNetworkInterfaceConfiguration.
    .DESCRIPTION
        Nothing is sent.
    .PARAMETER Name
        Its name.
    .PARAMETER Id
        The subnet, when -SubnetId does not say it.
    .PARAMETER SubnetId
        The resource id of the subnet.
    .PARAMETER ApplicationGatewayBackendAddressPoolsId
        Resource ids of pools of an application gateway.
    .PARAMETER LoadBalancerBackendAddressPoolsId
        Resource ids of pools of load balancers.
    .PARAMETER LoadBalancerInboundNatPoolsId
        Resource ids of inbound NAT pools of load balancers.
    .PARAMETER Primary
        The first one of its interface.
    .PARAMETER PrivateIPAddressVersion
        IPv4 or IPv6.
    .PARAMETER PublicIPAddressConfigurationName
        A public address for every instance: its name.
    .PARAMETER PublicIPAddressConfigurationIdleTimeoutInMinutes
        Of the public address: minutes until a silent connection ends.
    .PARAMETER DnsSetting
        Of the public address: what its name begins with.
    .PARAMETER IpTag
        Of the public address: objects with IpTagType and Tag.
    .PARAMETER PublicIPPrefix
        Of the public address: the resource id of a prefix.
    .PARAMETER PublicIPAddressVersion
        Of the public address: IPv4 or IPv6.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        New-AzVmssIpConfig -Name ip -SubnetId $subnet.Id -LoadBalancerBackendAddressPoolsId $balancer.BackendAddressPools[0].Id
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Management.Compute.Models.VirtualMachineScaleSetIPConfiguration')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Id,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $SubnetId,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [string[]] $ApplicationGatewayBackendAddressPoolsId,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [string[]] $LoadBalancerBackendAddressPoolsId,
        [Parameter(Position = 5, ValueFromPipelineByPropertyName)]
        [string[]] $LoadBalancerInboundNatPoolsId,
        [Parameter()]
        [switch] $Primary,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PrivateIPAddressVersion,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('PublicIPAddressName')]
        [string] $PublicIPAddressConfigurationName,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('PublicIPAddressIdleTimeoutInMinutes')]
        [int] $PublicIPAddressConfigurationIdleTimeoutInMinutes,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('PublicIPAddressDomainNameLabel')]
        [string] $DnsSetting,
        [Parameter(ValueFromPipelineByPropertyName)]
        [psobject[]] $IpTag,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PublicIPPrefix,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $PublicIPAddressVersion,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        $map = @{
            Name                                             = 'Name'
            PrivateIPAddressVersion                          = 'PrivateIPAddressVersion'
            PublicIPAddressConfigurationName                 = 'PublicIPAddressConfiguration.Name'
            PublicIPAddressConfigurationIdleTimeoutInMinutes = 'PublicIPAddressConfiguration.IdleTimeoutInMinutes'
            DnsSetting                                       = 'PublicIPAddressConfiguration.DnsSettings.DomainNameLabel'
            IpTag                                            = 'PublicIPAddressConfiguration.IpTags'
            PublicIPPrefix                                   = 'PublicIPAddressConfiguration.PublicIPPrefix.Id'
            PublicIPAddressVersion                           = 'PublicIPAddressConfiguration.PublicIPAddressVersion'
        }
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'New')) { return }
        $made = New-VmssObject -Model 'VirtualMachineScaleSetIPConfiguration' -Value @{ Primary = [bool] $Primary }
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $made -Model 'VirtualMachineScaleSetIPConfiguration' -Map $map
        $subnet = $SubnetId
        if (-not $subnet) { $subnet = $Id }
        if ($subnet) { $made.Subnet = New-VmssObject -Model 'ApiEntityReference' -Value @{ Id = $subnet } }
        foreach ($pool in 'ApplicationGatewayBackendAddressPools', 'LoadBalancerBackendAddressPools', 'LoadBalancerInboundNatPools') {
            $ids = $PSBoundParameters["${pool}Id"]
            if ($ids) { $made.$pool = @(foreach ($one in $ids) { New-VmssObject -Model 'SubResource' -Value @{ Id = $one } }) }
        }
        $made
    }
}
