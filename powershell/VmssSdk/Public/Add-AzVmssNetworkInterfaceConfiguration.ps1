function Add-AzVmssNetworkInterfaceConfiguration {
    <#
    .SYNOPSIS
        Adds a network interface to the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Name
        Its name.
    .PARAMETER Primary
        Whether it is the first one of an instance.
    .PARAMETER Id
        Taken so that scripts run unchanged; the service has no such thing any more.
    .PARAMETER IpConfiguration
        IP configurations of New-AzVmssIpConfig.
    .PARAMETER EnableAcceleratedNetworking
        Accelerated networking.
    .PARAMETER EnableIPForwarding
        Forward what is meant for others.
    .PARAMETER NetworkSecurityGroupId
        The network security group.
    .PARAMETER DnsSettingsDnsServer
        Addresses of DNS servers.
    .PARAMETER NetworkApiVersion
        Flexible: the version of the network API that makes interfaces.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $ip = New-AzVmssIpConfig -Name ip -SubnetId $subnet.Id
        $vmss | Add-AzVmssNetworkInterfaceConfiguration -Name nic -Primary $true -IpConfiguration $ip
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Name,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [Nullable[bool]] $Primary,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [string] $Id,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [psobject[]] $IpConfiguration,
        [Parameter()]
        [switch] $EnableAcceleratedNetworking,
        [Parameter()]
        [switch] $EnableIPForwarding,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $NetworkSecurityGroupId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('DnsServer')]
        [string[]] $DnsSettingsDnsServer,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $NetworkApiVersion,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $names = 'Name', 'Primary'
        $interface = Get-VmssBoundValue -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Name $names
        $interface['EnableAcceleratedNetworking'] = [bool] $EnableAcceleratedNetworking
        $interface['EnableIPForwarding'] = [bool] $EnableIPForwarding
        if ($IpConfiguration) { $interface['IpConfigurations'] = $IpConfiguration }
        if ($NetworkSecurityGroupId) { $interface['NetworkSecurityGroup'] = New-VmssObject -Model 'SubResource' -Value @{ Id = $NetworkSecurityGroupId } }
        if ($DnsSettingsDnsServer) {
            $interface['DnsSettings'] = New-VmssObject -Model 'VirtualMachineScaleSetNetworkConfigurationDnsSettings' -Value @{ DnsServers = $DnsSettingsDnsServer }
        }
        if ($NetworkApiVersion) {
            Set-VmssMember -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Path 'VirtualMachineProfile.NetworkProfile.NetworkApiVersion' -Value $NetworkApiVersion
        }
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.NetworkProfile.NetworkInterfaceConfigurations' -Value $interface
        $VirtualMachineScaleSet
    }
}
