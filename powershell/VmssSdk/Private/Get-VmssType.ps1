function Get-VmssType {
    <#
    .SYNOPSIS
        The class BridgeProcess of Bridge.cs; compiled on the first call, and found in a cache after that.
    .DESCRIPTION
        All runspaces of a process share it. The name of the cached file holds a hash of the source and of the version
        of PowerShell; VMSS_CACHE names another folder, and an empty cache only costs the second of compiling.
    #>
    [CmdletBinding()]
    [OutputType([type])]
    param()
    if ($script:BridgeType) { return $script:BridgeType }
    $domain = [System.AppDomain]::CurrentDomain
    [System.Threading.Monitor]::Enter($domain)
    try {
        $type = $domain.GetData('VmssSdk.BridgeProcess')
        if (-not $type) {
            $type = (Import-VmssAssembly -Path (Join-Path -Path $PSScriptRoot -ChildPath 'Bridge.cs')).GetType('VmssSdk.BridgeProcess')
            $domain.SetData('VmssSdk.BridgeProcess', $type)
        }
    } finally {
        [System.Threading.Monitor]::Exit($domain)
    }
    $wanted = 2
    if ($type::Version -ne $wanted) {
        throw "This session has loaded another version of VmssSdk ($($type::Version), not $wanted), which cannot be unloaded. Start a new PowerShell."
    }
    $script:BridgeType = $type
    return $type
}
$script:BridgeType = $null
