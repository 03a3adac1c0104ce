function New-VmssSimpleNic {
    <#
    .SYNOPSIS
        The network profile that New-AzVmss makes of its simple parameters.
    .PARAMETER Plan
        Names, as it has settled them.
    .PARAMETER Network
        The ids of what the scale set stands on.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [hashtable] $Plan,
        [Parameter(Mandatory)] [psobject] $Network
    )
    $ip = @{
        Name                            = $Plan.Name
        Subnet                          = New-VmssObject -Model 'ApiEntityReference' -Value @{ Id = $Network.SubnetId }
        LoadBalancerBackendAddressPools = @(New-VmssObject -Model 'SubResource' -Value @{ Id = $Network.PoolId })
    }
    $pools = @($Network.NatPoolIds | ForEach-Object -Process { New-VmssObject -Model 'SubResource' -Value @{ Id = $_ } })
    if ($pools) { $ip['LoadBalancerInboundNatPools'] = $pools }
    $nic = @{
        Name             = $Plan.Name
        Primary          = $true
        IpConfigurations = @(New-VmssObject -Model 'VirtualMachineScaleSetIPConfiguration' -Value $ip)
    }
    if ($Network.GuardId) { $nic['NetworkSecurityGroup'] = New-VmssObject -Model 'SubResource' -Value @{ Id = $Network.GuardId } }
    $all = @{ NetworkInterfaceConfigurations = @(New-VmssObject -Model 'VirtualMachineScaleSetNetworkConfiguration' -Value $nic) }
    if ($Plan.OrchestrationMode -eq 'Flexible') { $all['NetworkApiVersion'] = '2020-11-01' }
    return New-VmssObject -Model 'VirtualMachineScaleSetNetworkProfile' -Value $all
}
