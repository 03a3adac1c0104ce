function Get-VmssCachePath {
    <#
    .SYNOPSIS
        Where the compiled helper is kept: a file of the user alone, or nothing where there is no such place.
    .PARAMETER Source
        What it is made of.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Source)
    $folder = $env:VMSS_CACHE
    if (-not $folder) {
        $base = $env:XDG_CACHE_HOME
        if (-not $base) { $base = [System.Environment]::GetFolderPath('LocalApplicationData') }
        if (-not $base) { return $null }
        $folder = Join-Path -Path $base -ChildPath 'vmss-sdk'
    }
    try {
        $null = [System.IO.Directory]::CreateDirectory($folder)
    } catch [System.IO.IOException], [System.UnauthorizedAccessException] {
        return $null
    }
    $algorithm = [System.Security.Cryptography.SHA256]::Create()
    $text = "$($PSVersionTable.PSVersion) $Source"
    $hash = [System.BitConverter]::ToString($algorithm.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($text))).Replace('-', '')
    return Join-Path -Path $folder -ChildPath "VmssSdk.Bridge.$($hash.Substring(0, 16)).dll"
}
