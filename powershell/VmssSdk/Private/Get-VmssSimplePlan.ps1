function Get-VmssSimplePlan {
    <#
    .SYNOPSIS
        What New-AzVmss makes of its simple parameters: names, prefixes and ports with Az.Compute's defaults.
    .DESCRIPTION
        The resource group is created when it is not there, because a name of an image may be looked up in it.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Bound
        The parameters that it got.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound
    )
    $name = $Bound['VMScaleSetName']
    $plan = @{
        AllocationMethod    = 'Static'
        VnetAddressPrefix   = '192.168.0.0/16'
        SubnetAddressPrefix = '192.168.1.0/24'
        InstanceCount       = 2
        VmSize              = 'Standard_DS1_v2'
        BackendPort         = @(80)
        OrchestrationMode   = 'Flexible'
        EdgeZone            = $null
        DomainNameLabel     = ("$name-" + [guid]::NewGuid().ToString('n').Substring(0, 6)).ToLowerInvariant()
    }
    foreach ($key in 'VirtualNetworkName', 'SubnetName', 'PublicIpAddressName', 'LoadBalancerName', 'SecurityGroupName', 'FrontendPoolName', 'BackendPoolName', 'ResourceGroupName') {
        $plan[$key] = $name
    }
    foreach ($key in @($plan.Keys)) {
        if ($Bound.Contains($key) -and $null -ne $Bound[$key]) { $plan[$key] = $Bound[$key] }
    }
    if ($plan.OrchestrationMode -ne 'Uniform') { $plan['OrchestrationMode'] = 'Flexible' }
    if ($Bound['OrchestrationMode'] -eq 'Flexible' -and $Bound['SinglePlacementGroup']) {
        throw (New-VmssError -Id 'SinglePlacementGroup' -Message (
                'The value provided for SinglePlacementGroup cannot be used for a VMSS with OrchestrationMode set to Flexible. ' +
                "Please use SinglePlacementGroup 'false' instead."))
    }
    $group = Get-VmssOrNewGroup -Cmdlet $Cmdlet -Name $plan.ResourceGroupName -Location $Bound['Location']
    $plan['Name'] = $name
    $plan['BalancerIsNamed'] = [bool] $Bound['LoadBalancerName']
    $plan['GroupId'] = $group.Id
    $plan['Location'] = if ($Bound['Location']) { $Bound['Location'] } else { $group.Location }
    $plan['Zones'] = @($Bound['Zone'] | Where-Object -FilterScript { $_ })
    $plan['NetworkSku'] = if ($Bound['SinglePlacementGroup'] -and -not $plan.Zones) { 'Basic' } else { 'Standard' }
    $plan['Image'] = Get-VmssSimpleImage -Cmdlet $Cmdlet -Bound $Bound -Plan $plan
    $plan['GuestPorts'] = @($Bound['NatBackendPort'] | Where-Object -FilterScript { $_ })
    if (-not $plan.GuestPorts) { $plan['GuestPorts'] = if ($plan.Image.System -eq 'Windows') { 3389, 5985 } else { @(22) } }
    # Instances of Flexible scale sets cannot be in pools of ports.
    $plan['NatPorts'] = @($plan.GuestPorts | Where-Object -FilterScript { $plan.OrchestrationMode -eq 'Uniform' })
    return $plan
}
