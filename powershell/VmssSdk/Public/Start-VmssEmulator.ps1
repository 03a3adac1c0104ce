function Start-VmssEmulator {
    <#
    .SYNOPSIS
        Starts a server of the emulator on this machine, and makes the cmdlets of this session use it.
    .DESCRIPTION
        It is a process of its own that any client of Azure can talk to, over HTTP or HTTPS; it begins empty, and ends
        with this session at the latest. For cmdlets of this module alone, Connect-Vmss -InProcess is quicker.
    .PARAMETER Port
        Where it listens on 127.0.0.1; a free port when it is not said.
    .PARAMETER Https
        Serve HTTPS and ask for tokens. The session logs in as the principal named contributor.
    .PARAMETER Clock
        virtual: time skips ahead whenever somebody waits; scaled:60: sixty times as fast as real time; or system.
    .PARAMETER Seed
        Of everything that varies.
    .PARAMETER DataDirectory
        With -Https: where certificates, keys and principals are kept, in place of VMSS_HOME or the user's usual folder.
    .PARAMETER Name
        The name of the connection that is made to it.
    .EXAMPLE
        Start-VmssEmulator
    .EXAMPLE
        $emulator = Start-VmssEmulator -Https -Clock scaled:60
        $env:REQUESTS_CA_BUNDLE = $emulator.CACertificate

        For az and others, which have to trust its certificate.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('VmssSdk.EmulatorServer')]
    param(
        [Parameter(Position = 0)]
        [ValidateRange(0, 65535)]
        [int] $Port,
        [Parameter()]
        [switch] $Https,
        [Parameter()]
        [ValidateNotNullOrEmpty()]
        [string] $Clock = 'virtual',
        [Parameter()]
        [int] $Seed,
        [Parameter()]
        [string] $DataDirectory,
        [Parameter()]
        [ValidateNotNullOrEmpty()]
        [string] $Name = 'default'
    )
    process {
        $params = @{ connection = $Name; port = $Port; https = [bool] $Https; clock = $Clock; seed = $Seed }
        if ($DataDirectory) { $params['dataDir'] = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($DataDirectory) }
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'emulator' -Action 'Start')) { return }
        foreach ($server in Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'server.start' -Params $params -Target 'emulator') {
            # What a new child is told: the server is gone then, and nobody else must be asked in its place.
            $type = Get-VmssType
            $type::Recipes[$Name] = ConvertTo-VmssParam -Params @{ name = $Name; kind = 'endpoint'; endpoint = $server.Endpoint }
            $type::Connection = $Name
            $server
        }
    }
}
