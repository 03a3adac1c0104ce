function Get-VmssImageAlias {
    <#
    .SYNOPSIS
        The image of a short name that New-AzVmss knows, or nothing.
    .PARAMETER Name
        The short name, in any case.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory)] [string] $Name)
    $windows = 'MicrosoftWindowsServer:WindowsServer'
    $known = @{
        CentOS85Gen2               = 'Linux', 'OpenLogic:CentOS:8_5-gen2'
        Debian11                   = 'Linux', 'Debian:debian-11:11-backports-gen2'
        FlatcarLinuxFreeGen2       = 'Linux', 'kinvolk:flatcar-container-linux-free:stable-gen2'
        OpenSuseLeap154Gen2        = 'Linux', 'SUSE:openSUSE-leap-15-4:gen2'
        RHELRaw8LVMGen2            = 'Linux', 'RedHat:RHEL:8-lvm-gen2'
        SuseSles15SP3              = 'Linux', 'SUSE:sles-15-sp3:gen2'
        Ubuntu2204                 = 'Linux', 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2'
        Win10                      = 'Windows', 'MicrosoftVisualStudio:Windows:Windows-10-N-x64'
        Win2012Datacenter          = 'Windows', "${windows}:2012-Datacenter"
        Win2012R2Datacenter        = 'Windows', "${windows}:2012-R2-Datacenter"
        Win2016Datacenter          = 'Windows', "${windows}:2016-Datacenter"
        Win2016DataCenterGenSecond = 'Windows', "${windows}:2016-datacenter-gensecond"
        Win2019Datacenter          = 'Windows', "${windows}:2019-Datacenter"
        Win2019DatacenterGen2      = 'Windows', "${windows}:2019-DATACENTER-GENSECOND"
        Win2022AzureEdition        = 'Windows', "${windows}:2022-datacenter-azure-edition"
        Win2022AzureEditionCore    = 'Windows', "${windows}:2022-datacenter-azure-edition-core"
    }
    if (-not $known.ContainsKey($Name)) { return }
    $system, $urn = $known[$Name]
    $publisher, $offer, $sku = $urn.Split(':')
    $reference = New-VmssObject -Model 'ImageReference' -Value @{ Publisher = $publisher; Offer = $offer; Sku = $sku; Version = 'latest' }
    return [pscustomobject]@{ System = $system; Reference = $reference }
}
