function Import-VmssAssembly {
    <#
    .SYNOPSIS
        Compiles a C# file, or loads what was compiled of it before.
    .PARAMETER Path
        The C# file.
    #>
    [CmdletBinding()]
    [OutputType([System.Reflection.Assembly])]
    param([Parameter(Mandatory)] [string] $Path)
    $source = [System.IO.File]::ReadAllText($Path)
    $cached = Get-VmssCachePath -Source $source
    if ($cached -and [System.IO.File]::Exists($cached)) {
        try {
            return [System.Reflection.Assembly]::LoadFrom($cached)
        } catch [System.BadImageFormatException], [System.IO.IOException] {
            Write-Verbose -Message "The cached $cached cannot be loaded and is made anew."
        }
    }
    if ($cached) {
        $made = "$cached.$PID.tmp"
        try {
            Add-Type -TypeDefinition $source -OutputAssembly $made -OutputType Library
            # Another process may have been faster; both made the same.
            if (-not [System.IO.File]::Exists($cached)) { [System.IO.File]::Move($made, $cached) }
            return [System.Reflection.Assembly]::LoadFrom($cached)
        } catch [System.IO.IOException], [System.UnauthorizedAccessException] {
            Write-Verbose -Message "Nothing can be kept in the cache: $_"
        } finally {
            if ([System.IO.File]::Exists($made)) { [System.IO.File]::Delete($made) }
        }
    }
    return @(Add-Type -TypeDefinition $source -PassThru)[0].Assembly
}
