function Set-VmssCreateDefault {
    <#
    .SYNOPSIS
        Fills in what New-AzVmss decides for an object that does not: trusted launch, the image, the orchestration mode.
    .DESCRIPTION
        As Az.Compute since 7.0: a profile without an image gets Windows Server 2022 Azure Edition with trusted launch; one
        with an image of the marketplace of generation 2 and no security type gets trusted launch; no profile is Flexible.
        Writes the scale set to send: the object that was given, or a copy of it without the word Standard, which the
        service calls the absence of a security type.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER InputObject
        The scale set; it is changed.
    .PARAMETER ResourceGroupName
        Where it is created.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [psobject] $InputObject,
        [Parameter(Mandatory)] [string] $ResourceGroupName
    )
    $security = 'VirtualMachineProfile.SecurityProfile.SecurityType'
    if ($null -eq (Get-VmssMember -InputObject $InputObject -Path 'VirtualMachineProfile')) {
        Set-VmssMemberDefault -InputObject $InputObject -Path 'OrchestrationMode' -Value 'Flexible'
    } elseif (-not (Get-VmssMember -InputObject $InputObject -Path $security)) {
        $storage = Get-VmssMember -InputObject $InputObject -Path 'VirtualMachineProfile.StorageProfile'
        $image = Get-VmssMember -InputObject $storage -Path 'ImageReference'
        if ($null -eq $image -and $null -eq (Get-VmssMember -InputObject $storage -Path 'OsDisk')) {
            $image = (Get-VmssImageAlias -Name 'Win2022AzureEdition').Reference
            Set-VmssMember -InputObject $InputObject -Model 'VirtualMachineScaleSet' -Path 'VirtualMachineProfile.StorageProfile.ImageReference' -Value $image
            Set-VmssMember -InputObject $InputObject -Model 'VirtualMachineScaleSet' -Path $security -Value 'TrustedLaunch'
        } elseif (Test-VmssSecondGeneration -Cmdlet $Cmdlet -Reference $image -ResourceGroupName $ResourceGroupName -Location $InputObject.Location) {
            Set-VmssMember -InputObject $InputObject -Model 'VirtualMachineScaleSet' -Path $security -Value 'TrustedLaunch'
        }
    }
    if ((Get-VmssMember -InputObject $InputObject -Path 'OrchestrationMode') -eq 'Flexible') {
        Set-VmssMemberDefault -InputObject $InputObject -Path 'PlatformFaultDomainCount' -Value 1
        if (Get-VmssMember -InputObject $InputObject -Path 'VirtualMachineProfile.NetworkProfile') {
            Set-VmssMemberDefault -InputObject $InputObject -Path 'VirtualMachineProfile.NetworkProfile.NetworkApiVersion' -Value '2020-11-01'
        }
    }
    $type = Get-VmssMember -InputObject $InputObject -Path $security
    if ($type -in 'TrustedLaunch', 'ConfidentialVM') {
        foreach ($name in 'SecureBootEnabled', 'VTpmEnabled') {
            Set-VmssMemberDefault -InputObject $InputObject -Path "VirtualMachineProfile.SecurityProfile.UefiSettings.$name" -Value $true
        }
    }
    if ($type -ne 'Standard') { return $InputObject }
    $sent = $InputObject.PSObject.Copy()
    $sent.VirtualMachineProfile = $sent.VirtualMachineProfile.PSObject.Copy()
    $sent.VirtualMachineProfile.SecurityProfile = $sent.VirtualMachineProfile.SecurityProfile.PSObject.Copy()
    $sent.VirtualMachineProfile.SecurityProfile.SecurityType = $null
    $left = @($sent.VirtualMachineProfile.SecurityProfile.PSObject.Properties | Where-Object -FilterScript { $null -ne $_.Value })
    if (-not $left) { $sent.VirtualMachineProfile.SecurityProfile = $null }
    return $sent
}
