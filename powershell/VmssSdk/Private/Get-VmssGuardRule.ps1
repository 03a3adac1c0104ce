function Get-VmssGuardRule {
    <#
    .SYNOPSIS
        The rules of the network security group that New-AzVmss makes: its ports are open.
    .PARAMETER Plan
        Names and ports, as New-AzVmss has settled them.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [hashtable] $Plan)
    $priority = 1000
    foreach ($port in @($Plan.GuestPorts) + @($Plan.BackendPort)) {
        @{
            name       = "$($Plan.Name)$port"
            properties = @{
                protocol = 'Tcp'; access = 'Allow'; direction = 'Inbound'; priority = $priority
                sourceAddressPrefix = '*'; sourcePortRange = '*'
                destinationAddressPrefix = '*'; destinationPortRange = "$port"
            }
        }
        $priority++
    }
}
