function Get-VmssEmulatorClock {
    <#
    .SYNOPSIS
        What time it is in the emulator, and when the next thing happens there.
    .DESCRIPTION
        Its time is not yours: it is virtual, or runs faster.
    .EXAMPLE
        (Get-VmssEmulatorClock).Now
    #>
    [CmdletBinding()]
    [OutputType('VmssSdk.EmulatorClock')]
    param()
    process {
        Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'clock.read' -Target 'clock'
    }
}
