function New-VmssError {
    <#
    .SYNOPSIS
        Makes an error record for what a cmdlet itself has to say.
    .PARAMETER Id
        A stable word for it.
    .PARAMETER Message
        What is wrong, what was expected, what to do.
    .PARAMETER Category
        PowerShell's category.
    .PARAMETER Target
        What it is about.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [string] $Message,
        [System.Management.Automation.ErrorCategory] $Category = [System.Management.Automation.ErrorCategory]::InvalidArgument,
        [AllowNull()] [object] $Target
    )
    $exception = New-Object -TypeName System.InvalidOperationException -ArgumentList $Message
    return New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $exception, $Id, $Category, $Target
}
