function Complete-VmssWord {
    <#
    .SYNOPSIS
        Completes a parameter that takes one of some words.
    .PARAMETER CommandName
        The cmdlet.
    .PARAMETER ParameterName
        Its parameter.
    .PARAMETER WordToComplete
        What is typed so far.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.CompletionResult])]
    param(
        [Parameter(Mandatory)] [string] $CommandName,
        [Parameter(Mandatory)] [string] $ParameterName,
        [AllowEmptyString()] [string] $WordToComplete
    )
    $offered = Get-VmssOfferedValue
    $key = "${CommandName}:$ParameterName"
    if (-not $offered.ContainsKey($key)) { $key = $ParameterName }
    $word = $WordToComplete.Trim('''"')
    foreach ($name in $offered[$key]) {
        if ($name -like "$word*") { New-Object -TypeName System.Management.Automation.CompletionResult -ArgumentList $name, $name, 'ParameterValue', $name }
    }
}
