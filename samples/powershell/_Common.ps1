# What the samples share: whom they ask, the scale set that they begin with, and what they show of it. Dot-source it.

param([switch] $Azure)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module -Name VmssSdk)) {
    Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath '../../powershell/VmssSdk/VmssSdk.psd1')
}
# An emulator inside this PowerShell, or where VMSS_ENDPOINT or AZURE_CLOUD say.
$elsewhere = [bool] ($env:VMSS_ENDPOINT -or $env:AZURE_CLOUD)
if (-not $elsewhere) { $null = Connect-Vmss -InProcess }
$isAzure = -not (Get-VmssEmulatorClock -ErrorAction SilentlyContinue)
if ($isAzure -and -not $Azure) { throw 'this sample lets things go wrong to order, and for that it needs an emulator' }
if ($isAzure -and -not ($env:SAMPLE_SUBNET_ID -and $env:SAMPLE_IMAGES)) { throw 'on Azure set SAMPLE_SUBNET_ID and SAMPLE_IMAGES: see the README' }

# Only Azure asks whether these exist.
$subnet = '/subscriptions/s/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/web'
if ($env:SAMPLE_SUBNET_ID) { $subnet = $env:SAMPLE_SUBNET_ID }
$location = 'westus2'
if ($env:SAMPLE_LOCATION) { $location = $env:SAMPLE_LOCATION }
$oldImage, $newImage = '24.04.1', '24.04.2'
if ($env:SAMPLE_IMAGES) { $oldImage, $newImage = -split $env:SAMPLE_IMAGES }

# The scale set of all samples.
$group = 'shop'
if ($elsewhere) { $group = 'shop-{0}' -f [guid]::NewGuid().ToString('N').Substring(0, 8) }
$web = @{ ResourceGroupName = $group; VMScaleSetName = 'web' }

function New-Production {
    <#
    .SYNOPSIS
        Makes a scale set of Linux instances that are healthy as soon as SSH answers, and waits until they are.
    .PARAMETER Capacity
        How many instances.
    .PARAMETER UpgradePolicyMode
        Automatic, Manual or Rolling.
    .PARAMETER Image
        The version of the image.
    .PARAMETER VMScaleSetName
        The scale set.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [int] $Capacity = 10,
        [string] $UpgradePolicyMode = 'Rolling',
        [string] $Image = $oldImage,
        [string] $VMScaleSetName = 'web'
    )
    if (-not $PSCmdlet.ShouldProcess($VMScaleSetName, 'New')) { return }
    $null = New-VmssResourceGroup -Name $group -Location $location
    $password = 'Aa1-{0}' -f [guid]::NewGuid()
    $ipConfig = New-AzVmssIpConfig -Name 'ip' -SubnetId $subnet
    $config = New-AzVmssConfig -Location $location -SkuName 'Standard_D2s_v5' -SkuCapacity $Capacity -UpgradePolicyMode $UpgradePolicyMode -Overprovision $false |
        Set-AzVmssRollingUpgradePolicy -MaxBatchInstancePercent 20 -MaxUnhealthyInstancePercent 20 -MaxUnhealthyUpgradedInstancePercent 20 -PauseTimeBetweenBatches 'PT30S' |
        Set-AzVmssOsProfile -ComputerNamePrefix 'web' -AdminUsername 'azureuser' -AdminPassword $password -CustomData (ConvertTo-CustomData -Text 'v1') |
        Set-AzVmssStorageProfile -OsDiskCreateOption 'FromImage' -OsDiskCaching 'ReadWrite' -ImageReferencePublisher 'Canonical' `
            -ImageReferenceOffer 'ubuntu-24_04-lts' -ImageReferenceSku 'server' -ImageReferenceVersion $Image |
        Add-AzVmssNetworkInterfaceConfiguration -Name 'nic' -Primary $true -IpConfiguration $ipConfig |
        Add-AzVmssExtension -Name 'health' -Publisher 'Microsoft.ManagedServices' -Type 'ApplicationHealthLinux' -TypeHandlerVersion '1.0' -Setting @{ protocol = 'tcp'; port = 22 }
    # It warns of the pinned version, which is there to be changed.
    $null = New-AzVmss -ResourceGroupName $group -VMScaleSetName $VMScaleSetName -VirtualMachineScaleSet $config -WarningAction SilentlyContinue
    Wait-UntilHealthy
}

function Remove-Production {
    <#
    .SYNOPSIS
        Leaves nothing behind.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()
    if ($PSCmdlet.ShouldProcess($group, 'Remove')) { $null = Remove-VmssResourceGroup -Name $group -Force }
}

function Wait-UntilHealthy {
    <#
    .SYNOPSIS
        Waits until every instance has told its health.
    #>
    [CmdletBinding()]
    param()
    if ($isAzure) {
        while (Get-Sick) { Start-Sleep -Seconds 10 }
    } else {
        $null = Set-VmssEmulatorClock -Settle
    }
}

function Wait-Minute {
    <#
    .SYNOPSIS
        Waits; the clock of an emulator moves forward at once.
    .PARAMETER Count
        How many minutes.
    #>
    [CmdletBinding()]
    param([int] $Count)
    if ($isAzure) { Start-Sleep -Seconds (60 * $Count) } else { $null = Set-VmssEmulatorClock -Seconds (60 * $Count) }
}

function Get-Sick {
    <#
    .SYNOPSIS
        The instances that do not tell that they are healthy.
    #>
    [CmdletBinding()]
    param()
    Get-AzVmssVM @web -InstanceView | Where-Object -FilterScript { $_.InstanceView.VmHealth.Status.Code -ne 'HealthState/healthy' }
}

function Show-Instance {
    <#
    .SYNOPSIS
        Writes who runs which image, and how they are.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()
    $alike = Get-AzVmssVM @web -InstanceView | Group-Object -Property {
        '  image {0}  {1,-9}' -f $_.StorageProfile.ImageReference.ExactVersion, ($_.InstanceView.VmHealth.Status.Code -replace '.*/')
    }
    foreach ($same in $alike | Sort-Object -Property Name) { "$($same.Name)  instances $($same.Group.InstanceId -join ' ')" }
}

function Show-Decision {
    <#
    .SYNOPSIS
        Writes what was decided after an entry of the decision log, and how long after the first of it.
    .PARAMETER Since
        The number of the entry.
    .PARAMETER Kind
        Only these.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([int] $Since, [string[]] $Kind)
    $log = @(Get-VmssDecisionLog @web -Since $Since)
    foreach ($decision in $log) {
        if ($Kind -and $decision.Kind -notin $Kind) { continue }
        $after = [timespan]::FromSeconds([math]::Round(($decision.Time - $log[0].Time).TotalSeconds))
        '  +{0:h\:mm\:ss}  {1}' -f $after, $decision.Text
    }
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
