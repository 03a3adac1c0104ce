# What the samples share: whom they ask, and the scale set that they begin with. Dot-source it.

$ErrorActionPreference = 'Stop'
if (-not (Get-Module -Name VmssSdk)) {
    Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath '../../powershell/VmssSdk/VmssSdk.psd1')
}
# The emulator that VMSS_ENDPOINT names, or one inside this PowerShell; $clock says how its time goes.
if (-not (Get-Variable -Name clock -ErrorAction Ignore)) { $clock = @{} }
if (-not $env:VMSS_ENDPOINT) { $null = Connect-Vmss -InProcess @clock }

function New-SampleScaleSet {
    <#
    .SYNOPSIS
        Makes a scale set of Linux instances that tell their health, by the builders of Az.Compute.
    .PARAMETER ResourceGroupName
        The resource group; it is made when it is not there.
    .PARAMETER VMScaleSetName
        The scale set.
    .PARAMETER Capacity
        How many instances.
    .PARAMETER UpgradePolicyMode
        Automatic, Manual or Rolling.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [string] $ResourceGroupName,
        [string] $VMScaleSetName,
        [int] $Capacity = 3,
        [string] $UpgradePolicyMode = 'Manual'
    )
    if (-not $PSCmdlet.ShouldProcess($VMScaleSetName, 'New')) { return }
    $null = New-VmssResourceGroup -Name $ResourceGroupName -Location 'westus2'
    $subnet = '/subscriptions/s/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/web'
    $ipConfig = New-AzVmssIpConfig -Name 'ip' -SubnetId $subnet
    $config = New-AzVmssConfig -Location 'westus2' -SkuName 'Standard_D2s_v5' -SkuCapacity $Capacity -UpgradePolicyMode $UpgradePolicyMode -Overprovision $false |
        Set-AzVmssOsProfile -ComputerNamePrefix 'web' -AdminUsername 'azureuser' -AdminPassword 'Only-For-Samples-1' -CustomData (ConvertTo-CustomData -Text 'v1') |
        Set-AzVmssStorageProfile -OsDiskCreateOption 'FromImage' -OsDiskCaching 'ReadWrite' -ImageReferencePublisher 'Canonical' `
            -ImageReferenceOffer 'ubuntu-24_04-lts' -ImageReferenceSku 'server' -ImageReferenceVersion '1.0.0' |
        Add-AzVmssNetworkInterfaceConfiguration -Name 'nic' -Primary $true -IpConfiguration $ipConfig |
        Add-AzVmssExtension -Name 'health' -Publisher 'Microsoft.ManagedServices' -Type 'ApplicationHealthLinux' -TypeHandlerVersion '2.0' `
            -Setting @{ protocol = 'http'; port = 80; requestPath = '/healthz' }
    # It warns of the pinned version, which is there to be changed.
    $null = New-AzVmss -ResourceGroupName $ResourceGroupName -VMScaleSetName $VMScaleSetName -VirtualMachineScaleSet $config -WarningAction SilentlyContinue
    # Until every instance has told its health for the first time.
    $null = Set-VmssEmulatorClock -Settle
}

function ConvertTo-CustomData {
    <#
    .SYNOPSIS
        A text as custom data wants it.
    .PARAMETER Text
        The text.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([string] $Text)
    [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Text))
}
