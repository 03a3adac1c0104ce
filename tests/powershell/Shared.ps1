# What the tests share: dot-source it in BeforeAll. It needs nothing but the module and Pester.

$modulePath = Join-Path -Path $PSScriptRoot -ChildPath '../../powershell/VmssSdk/VmssSdk.psd1'
Import-Module -Name $modulePath

function Invoke-TestRpc {
    <#
    .SYNOPSIS
        Has a method of the bridge done as the module does it, for what no cmdlet does: resource groups, faults, clocks.
    #>
    [CmdletBinding()]
    param([string] $Method, [hashtable] $Params = @{})
    & (Get-Module -Name VmssSdk) { Invoke-VmssRpc @args } -Cmdlet $PSCmdlet -Method $Method -Params $Params -PassError
}

function New-TestResourceGroup {
    <#
    .SYNOPSIS
        A resource group of the current connection.
    #>
    [CmdletBinding()]
    param([string] $Name = 'rg')
    $null = Invoke-TestRpc -Method 'resourceGroup.createOrUpdate' -Params @{ name = $Name; location = 'westus2' }
}

function Get-TestModel {
    <#
    .SYNOPSIS
        The smallest scale set that the service takes, as an object of a script.
    #>
    [CmdletBinding()]
    param([int] $Capacity = 3, [string] $Mode = 'Manual', [hashtable] $UpgradePolicy = @{})
    $subnet = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/one'
    [pscustomobject]@{
        Location              = 'westus2'
        Sku                   = [pscustomobject]@{ Name = 'Standard_D2s_v3'; Capacity = $Capacity }
        SinglePlacementGroup  = $false
        Overprovision         = $false
        Tags                  = @{ Team = 'web' }
        UpgradePolicy         = [pscustomobject](@{ Mode = $Mode } + $UpgradePolicy)
        VirtualMachineProfile = [pscustomobject]@{
            StorageProfile = [pscustomobject]@{
                ImageReference = [pscustomobject]@{ Publisher = 'pub'; Offer = 'offer'; Sku = 'sku'; Version = 'latest' }
                OsDisk         = [pscustomobject]@{ CreateOption = 'FromImage'; OsType = 'Linux' }
            }
            OsProfile      = [pscustomobject]@{ ComputerNamePrefix = 'web'; AdminUsername = 'azure'; AdminPassword = 'Pa55-word-of-test' }
            NetworkProfile = [pscustomobject]@{
                NetworkInterfaceConfigurations = @(
                    [pscustomobject]@{
                        Name = 'nic'; Primary = $true
                        IpConfigurations = @([pscustomobject]@{ Name = 'ip'; Subnet = [pscustomobject]@{ Id = $subnet } })
                    })
            }
        }
    }
}

function New-TestScaleSet {
    <#
    .SYNOPSIS
        A scale set in the resource group rg of the current connection, which is made when it is not there.
    #>
    [CmdletBinding()]
    param([string] $Name = 'web', [object] $Model = (Get-TestModel))
    New-TestResourceGroup
    $null = Invoke-TestRpc -Method 'scaleSet.createOrUpdate' -Params @{ resourceGroup = 'rg'; scaleSet = $Name; model = $Model }
}

function Get-TestRequest {
    <#
    .SYNOPSIS
        The requests that a script block sends: one line each for the request, one for its body.
    #>
    [CmdletBinding()]
    param([scriptblock] $Script)
    $DebugPreference = 'Continue'
    $VerbosePreference = 'SilentlyContinue'
    @(& $Script 5>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.DebugRecord] } | ForEach-Object -Process { "$_" })
}

function Assert-OperationSucceeded {
    <#
    .SYNOPSIS
        The five checks that Microsoft's own tests make on a PSOperationStatusResponse.
    #>
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)] [object] $Response)
    process {
        $Response | Should -Not -BeNullOrEmpty
        $ignored = [guid]::Empty
        [guid]::TryParse($Response.Name, [ref] $ignored) | Should -BeTrue
        $Response.Status | Should -Be 'Succeeded'
        $Response.StartTime | Should -Not -BeNullOrEmpty
        $Response.EndTime | Should -Not -BeNullOrEmpty
        $Response.Error | Should -BeNullOrEmpty
    }
}
