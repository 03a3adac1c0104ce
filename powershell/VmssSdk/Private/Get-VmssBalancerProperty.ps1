function Get-VmssBalancerProperty {
    <#
    .SYNOPSIS
        The load balancer that New-AzVmss makes: a rule for each port, and ports of its own for each instance.
    .PARAMETER Id
        Its resource id.
    .PARAMETER AddressId
        That of its public address.
    .PARAMETER Plan
        Names and ports, as New-AzVmss has settled them.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [string] $AddressId,
        [Parameter(Mandatory)] [hashtable] $Plan
    )
    $front = @{ id = "$Id/frontendIPConfigurations/$($Plan.FrontendPoolName)" }
    $rules = foreach ($port in $Plan.BackendPort) {
        @{
            name       = "$($Plan.LoadBalancerName)$port"
            properties = @{
                frontendIPConfiguration = $front
                backendAddressPool      = @{ id = "$Id/backendAddressPools/$($Plan.BackendPoolName)" }
                protocol                = 'Tcp'; frontendPort = $port; backendPort = $port
            }
        }
    }
    $start = 50000
    $pools = foreach ($port in $Plan.NatPorts) {
        @{
            name       = "$($Plan.Name)$port"
            properties = @{
                frontendIPConfiguration = $front; protocol = 'Tcp'; backendPort = $port
                frontendPortRangeStart  = $start; frontendPortRangeEnd = $start + 2 * $Plan.InstanceCount
            }
        }
        $start += 2000
    }
    return @{
        frontendIPConfigurations = @(@{ name = $Plan.FrontendPoolName; properties = @{ publicIPAddress = @{ id = $AddressId } } })
        backendAddressPools      = @(@{ name = $Plan.BackendPoolName })
        loadBalancingRules       = @($rules)
        inboundNatPools          = @($pools)
    }
}
