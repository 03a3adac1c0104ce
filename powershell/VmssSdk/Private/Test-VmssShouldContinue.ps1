function Test-VmssShouldContinue {
    <#
    .SYNOPSIS
        The question that -Force answers beforehand. Where nobody can be asked, it is an error.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Force
        Whether the user has answered already.
    .PARAMETER Query
        The question.
    .PARAMETER Caption
        What stands above it.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [switch] $Force,
        [Parameter(Mandatory)] [string] $Query,
        [Parameter(Mandatory)] [string] $Caption
    )
    if ($Force) { return $true }
    try {
        return $Cmdlet.ShouldContinue($Query, $Caption)
    } catch [System.Management.Automation.PSInvalidOperationException] {
        $Cmdlet.ThrowTerminatingError((New-VmssError -Id 'NobodyToAsk' -Message (
                    "$($Cmdlet.MyInvocation.MyCommand.Name) asks before it goes on, and nobody is there to answer: give -Force. ($Caption)")))
    }
}
