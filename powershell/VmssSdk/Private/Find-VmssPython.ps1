function Find-VmssPython {
    <#
    .SYNOPSIS
        Where a Python with the SDK may be, the most deliberate place first. Starts nothing.
    .DESCRIPTION
        VMSS_PYTHON; VIRTUAL_ENV and CONDA_PREFIX; the environment in or beside which this module is installed; the
        launcher py on Windows; python3 and python on PATH; what uv knows. When VMSS_PYTHON is set, nothing else is tried.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()
    if ($env:VMSS_PYTHON) {
        return [pscustomobject]@{ Path = $env:VMSS_PYTHON; Arguments = ''; Reason = 'VMSS_PYTHON' }
    }
    $windows = $PSVersionTable.PSEdition -eq 'Desktop' -or [System.IO.Path]::DirectorySeparatorChar -eq '\'
    $inside = 'bin/python'
    if ($windows) { $inside = 'Scripts\python.exe' }
    foreach ($variable in 'VIRTUAL_ENV', 'CONDA_PREFIX') {
        $prefix = [System.Environment]::GetEnvironmentVariable($variable)
        if ($prefix) {
            $path = Join-Path -Path $prefix -ChildPath $inside
            if ($windows -and $variable -eq 'CONDA_PREFIX') { $path = Join-Path -Path $prefix -ChildPath 'python.exe' }
            if ([System.IO.File]::Exists($path)) { [pscustomobject]@{ Path = $path; Arguments = ''; Reason = $variable } }
        }
    }
    $folder = [System.IO.Path]::GetDirectoryName($PSScriptRoot)
    while ($folder) {
        foreach ($environment in $folder, (Join-Path -Path $folder -ChildPath '.venv')) {
            if ([System.IO.File]::Exists((Join-Path -Path $environment -ChildPath 'pyvenv.cfg'))) {
                [pscustomobject]@{ Path = (Join-Path -Path $environment -ChildPath $inside); Arguments = ''; Reason = 'beside this module' }
            }
        }
        $folder = [System.IO.Path]::GetDirectoryName($folder)
    }
    $names = 'python3', 'python'
    if ($windows) { $names = 'py', 'python3', 'python' }
    foreach ($name in $names) {
        $found = Get-Command -Name $name -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        # The store's stub is no Python: it opens a shop.
        if ($found -and $found.Source -notlike '*\WindowsApps\*') {
            $arguments = ''
            if ($name -eq 'py') { $arguments = '-3' }
            [pscustomobject]@{ Path = $found.Source; Arguments = $arguments; Reason = 'on PATH' }
        }
    }
    $uv = Get-Command -Name 'uv' -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if ($uv) {
        $path = & $uv.Source python find 2>$null
        if ($path) { [pscustomobject]@{ Path = "$path"; Arguments = ''; Reason = 'uv python find' } }
    }
}
