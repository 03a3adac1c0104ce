function Write-VmssProgress {
    <#
    .SYNOPSIS
        Shows how far a long call is, once a second at most.
    .PARAMETER Cmdlet
        The cmdlet that waits.
    .PARAMETER Seconds
        For how long it has waited.
    .PARAMETER Note
        What the bridge told last, if anything.
    .PARAMETER Completed
        Take the display away.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [int] $Seconds,
        [AllowNull()] [object] $Note,
        [switch] $Completed
    )
    $status = "waiting for $Seconds s"
    if ($Note) { $status = "$($Note.Text), $status" }
    $record = New-Object -TypeName System.Management.Automation.ProgressRecord -ArgumentList 86770, $Cmdlet.MyInvocation.MyCommand.Name, $status
    if ($Note) { $record.PercentComplete = $Note.Percent }
    if ($Completed) { $record.RecordType = [System.Management.Automation.ProgressRecordType]::Completed }
    $Cmdlet.WriteProgress($record)
}
