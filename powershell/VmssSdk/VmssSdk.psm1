# One function per file: Public is what users call, Private is what these are made of.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Parsed and run: that is a quarter quicker than dot-sourcing each file, and errors still name the file and the line.
foreach ($folder in 'Private', 'Public') {
    foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($PSScriptRoot, $folder), '*.ps1')) {
        . ([System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null).GetScriptBlock())
    }
}

# The literal belongs to the module, so that it finds the private function.
$names = foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($PSScriptRoot, 'Public'), '*Vmss*.ps1')) {
    [System.IO.Path]::GetFileNameWithoutExtension($file)
}
foreach ($parameter in 'ResourceGroupName', 'VMScaleSetName', 'InstanceId') {
    Register-ArgumentCompleter -ParameterName $parameter -CommandName $names -ScriptBlock {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        $null = $commandName, $commandAst
        Complete-VmssName -ParameterName $parameterName -WordToComplete $wordToComplete -Bound $fakeBoundParameters
    }
}
foreach ($key in (Get-VmssOfferedValue).Keys) {
    $place = $key.Split(':')
    $commands = $names
    if ($place.Count -eq 2) { $commands = $place[0] }
    Register-ArgumentCompleter -ParameterName $place[-1] -CommandName $commands -ScriptBlock {
        param($commandName, $parameterName, $wordToComplete)
        Complete-VmssWord -CommandName $commandName -ParameterName $parameterName -WordToComplete $wordToComplete
    }
}

# Az.Compute's compiled cmdlets stay where they are; our functions of the same name come first.
if (Get-Module -Name 'Az.Compute') {
    Write-Warning -Message ("Az.Compute is loaded as well: while VmssSdk is loaded, its commands of the same name are " +
        "the ones that run. Remove-Module VmssSdk gives those of Az.Compute back; Az.Compute\Get-AzVmss calls one of them.")
}

# The child ends by itself when this process does; Remove-Module in the first runspace ends it sooner.
$ExecutionContext.SessionState.Module.OnRemove = { Stop-VmssBridge }
