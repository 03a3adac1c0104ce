function Get-VmssNetworkStep {
    <#
    .SYNOPSIS
        The network that New-AzVmss makes for a scale set: what is to be created, and the ids that the scale set needs.
    .DESCRIPTION
        What is there already is taken as it is, but for a load balancer that was named: its pools are another scale set's,
        and Az.Compute refuses it. Nothing is created here.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Plan
        Names, prefixes and ports, as New-AzVmss has settled them.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [hashtable] $Plan
    )
    $network = "$($Plan.GroupId)/providers/Microsoft.Network"
    $vnet = "$network/virtualNetworks/$($Plan.VirtualNetworkName)"
    $address = "$network/publicIPAddresses/$($Plan.PublicIpAddressName)"
    $balancer = "$network/loadBalancers/$($Plan.LoadBalancerName)"
    $guard = "$network/networkSecurityGroups/$($Plan.SecurityGroupName)"
    $subnet = @{ name = $Plan.SubnetName; properties = @{ addressPrefix = $Plan.SubnetAddressPrefix } }
    $documents = [ordered]@{
        $vnet    = @{ properties = @{ addressSpace = @{ addressPrefixes = @($Plan.VnetAddressPrefix) }; subnets = @($subnet) } }
        $address = @{
            sku        = @{ name = $Plan.NetworkSku }
            properties = @{ publicIPAllocationMethod = $Plan.AllocationMethod; dnsSettings = @{ domainNameLabel = $Plan.DomainNameLabel } }
        }
        $balancer = @{ sku = @{ name = $Plan.NetworkSku }; properties = (Get-VmssBalancerProperty -Id $balancer -AddressId $address -Plan $Plan) }
    }
    if ($Plan.Zones) { $documents[$guard] = @{ properties = @{ securityRules = @(Get-VmssGuardRule -Plan $Plan) } } }
    $steps = foreach ($id in @($documents.Keys)) {
        $found = Get-VmssResource -Cmdlet $Cmdlet -Id $id
        if (-not $found) {
            $document = $documents[$id] + @{ location = $Plan.Location }
            if ($Plan.EdgeZone) { $document['extendedLocation'] = @{ name = $Plan.EdgeZone; type = 'EdgeZone' } }
            New-VmssStep -Method 'resource.createOrUpdate' -Params @{ id = $id; apiVersion = '2024-05-01'; document = $document }
        } elseif ($id -eq $balancer -and $Plan.BalancerIsNamed) {
            throw (New-VmssError -Id 'LoadBalancerIsThere' -Target $id -Message (
                    'Existing loadbalancer config is not compatible with what is required by the cmdlet. Kindly rerun the cmdlet after ' +
                    "deleting the existing LB with name : $($Plan.LoadBalancerName) and ID : $id"))
        } elseif ($id -eq $vnet -and -not (Get-VmssResource -Cmdlet $Cmdlet -Id "$vnet/subnets/$($Plan.SubnetName)") -and
            @($found['properties']['subnets'] | Where-Object -FilterScript { $_ -and $_['name'] -eq $Plan.SubnetName }).Count -eq 0) {
            $document = @{ properties = $subnet.properties }
            New-VmssStep -Method 'resource.createOrUpdate' -Params @{ id = "$vnet/subnets/$($Plan.SubnetName)"; apiVersion = '2024-05-01'; document = $document }
        }
    }
    return [pscustomobject]@{
        Steps      = @($steps)
        SubnetId   = "$vnet/subnets/$($Plan.SubnetName)"
        PoolId     = "$balancer/backendAddressPools/$($Plan.BackendPoolName)"
        NatPoolIds = @($Plan.NatPorts | ForEach-Object -Process { "$balancer/inboundNatPools/$($Plan.Name)$_" })
        GuardId    = if ($Plan.Zones) { $guard } else { $null }
    }
}
