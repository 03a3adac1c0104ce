@{
    RootModule           = 'VmssSdk.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6e0c2a3b-8f6d-4b57-9a35-1d1f6c1f7b52'
    Author               = 'The vmss_sdk authors'
    CompanyName          = 'The vmss_sdk authors'
    Copyright            = '(c) The vmss_sdk authors. MIT license.'
    Description          = 'Virtual Machine Scale Sets with the cmdlets of Az.Compute, against Azure or an emulator of its upgrade machinery.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FormatsToProcess     = @('Formats/VmssSdk.Format.ps1xml')
    FunctionsToExport    = @(
        'Add-AzVmssDataDisk'
        'Add-AzVmssExtension'
        'Add-AzVmssNetworkInterfaceConfiguration'
        'Add-VmssEmulatorFault'
        'Connect-Vmss'
        'Disconnect-Vmss'
        'Get-AzVmss'
        'Get-AzVmssLifecycleHookEvent'
        'Get-AzVmssRollingUpgrade'
        'Get-AzVmssSku'
        'Get-AzVmssVM'
        'Get-VmssConnection'
        'Get-VmssDecisionLog'
        'Get-VmssEmulatorClock'
        'Get-VmssEmulatorFault'
        'Get-VmssPendingChange'
        'New-AzVmss'
        'New-AzVmssConfig'
        'New-AzVmssIpConfig'
        'New-VmssResourceGroup'
        'Publish-VmssEmulatorImage'
        'Remove-AzVmss'
        'Remove-AzVmssDataDisk'
        'Remove-AzVmssExtension'
        'Remove-VmssEmulatorFault'
        'Remove-VmssResourceGroup'
        'Repair-AzVmssServiceFabricUpdateDomain'
        'Restart-AzVmss'
        'Set-AzVmss'
        'Set-AzVmssOrchestrationServiceState'
        'Set-AzVmssOsProfile'
        'Set-AzVmssRollingUpgradePolicy'
        'Set-AzVmssStorageProfile'
        'Set-AzVmssVM'
        'Set-VmssEmulatorClock'
        'Start-AzVmss'
        'Start-AzVmssRollingExtensionUpgrade'
        'Start-AzVmssRollingOSUpgrade'
        'Start-VmssEmulator'
        'Stop-AzVmss'
        'Stop-AzVmssRollingUpgrade'
        'Stop-VmssEmulator'
        'Update-AzVmss'
        'Update-AzVmssInstance'
        'Update-AzVmssLifecycleHookEvent'
        'Update-AzVmssVM'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @('Repair-AzVmssServiceFabricUD')
    PrivateData          = @{
        PSData = @{
            Tags       = @('Azure', 'VMSS', 'ScaleSet', 'Emulator', 'PSEdition_Desktop', 'PSEdition_Core')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
