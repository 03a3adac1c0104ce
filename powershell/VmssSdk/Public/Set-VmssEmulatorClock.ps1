function Set-VmssEmulatorClock {
    <#
    .SYNOPSIS
        Lets time pass in the emulator, or sets how fast it goes.
    .DESCRIPTION
        Everything that is due in the time that passes happens at once. Writes the clock afterwards.
    .PARAMETER Advance
        Let so much time pass: a time span such as '01:30:00', or (New-TimeSpan -Minutes 90).
    .PARAMETER Seconds
        The same in seconds.
    .PARAMETER Skip
        Go to the moment when the next thing happens.
    .PARAMETER Settle
        Go on until nothing happens any more.
    .PARAMETER Speed
        How many times as fast as real time it goes from now on; 0 stops it. A virtual clock has no speed.
    .EXAMPLE
        Set-VmssEmulatorClock -Advance (New-TimeSpan -Hours 1)
    .EXAMPLE
        Set-VmssEmulatorClock -Settle
    #>
    [CmdletBinding(DefaultParameterSetName = 'Advance', SupportsShouldProcess)]
    [OutputType('VmssSdk.EmulatorClock')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'Advance')]
        [timespan] $Advance,
        [Parameter(Mandatory, ParameterSetName = 'Seconds')]
        [double] $Seconds,
        [Parameter(Mandatory, ParameterSetName = 'Skip')]
        [switch] $Skip,
        [Parameter(Mandatory, ParameterSetName = 'Settle')]
        [switch] $Settle,
        [Parameter(Mandatory, ParameterSetName = 'Speed')]
        [double] $Speed
    )
    process {
        $call = switch ($PSCmdlet.ParameterSetName) {
            'Advance' { @{ Method = 'clock.advance'; Params = @{ seconds = $Advance.TotalSeconds } } }
            'Seconds' { @{ Method = 'clock.advance'; Params = @{ seconds = $Seconds } } }
            'Skip' { @{ Method = 'clock.skip'; Params = @{} } }
            'Settle' { @{ Method = 'clock.settle'; Params = @{} } }
            'Speed' { @{ Method = 'clock.setSpeed'; Params = @{ factor = $Speed } } }
        }
        if (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'clock' -Action 'Set') {
            Invoke-VmssRpc -Cmdlet $PSCmdlet @call -Target 'clock'
        }
    }
}
