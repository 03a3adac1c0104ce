function Connect-Vmss {
    <#
    .SYNOPSIS
        Says whom the cmdlets of this module ask: an emulator, or Azure.
    .DESCRIPTION
        Nothing is sent. Without this command the first cmdlet takes what the environment says, by the same variables
        as Python's VmssClient.from_environment(): VMSS_ENDPOINT, AZURE_SUBSCRIPTION_ID and so on. Connections stay for
        all runspaces of this process; the last one made is the one that cmdlets use.
    .PARAMETER Endpoint
        The URL of an emulator (vmss emulator start), or of a service that speaks like Azure.
    .PARAMETER InProcess
        An emulator inside the child process: no server, no account, time that skips ahead while somebody waits.
        It begins empty, and is gone with this PowerShell or with Remove-Module.
    .PARAMETER Azure
        Azure itself. Without a credential the login of Azure PowerShell, az and so on is used, by azure-identity.
    .PARAMETER SubscriptionId
        The subscription; an emulator takes any.
    .PARAMETER Credential
        A service principal: its client id as user name and its secret as password.
    .PARAMETER TenantId
        The tenant of the service principal.
    .PARAMETER Authority
        Who gives tokens, when that is not the public cloud: for an emulator its own URL.
    .PARAMETER AccessToken
        A bearer token that was fetched elsewhere.
    .PARAMETER CACertificate
        A file with the certificates to trust, for example of an emulator's own authority.
    .PARAMETER Clock
        Of an emulator in process: virtual, scaled:60 or system.
    .PARAMETER Seed
        Of everything that varies in an emulator in process.
    .PARAMETER Name
        A name, to keep several connections; cmdlets use the last one made.
    .EXAMPLE
        Connect-Vmss -InProcess

        An empty Azure inside this process.
    .EXAMPLE
        Connect-Vmss -Endpoint https://localhost:8677 -SubscriptionId $id -CACertificate ./ca.pem -AccessToken $token

        An emulator over HTTPS.
    .EXAMPLE
        Connect-Vmss -Azure -SubscriptionId $id -Credential $principal -TenantId $tenant

        Azure, as a service principal.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Environment')]
    [OutputType('VmssSdk.Connection')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Endpoint', Position = 0)]
        [string] $Endpoint,
        [Parameter(Mandatory, ParameterSetName = 'InProcess')]
        [switch] $InProcess,
        [Parameter(Mandatory, ParameterSetName = 'Azure')]
        [switch] $Azure,
        [Parameter(ParameterSetName = 'Endpoint')]
        [Parameter(ParameterSetName = 'InProcess')]
        [Parameter(Mandatory, ParameterSetName = 'Azure')]
        [Alias('Subscription')]
        [string] $SubscriptionId,
        [Parameter(ParameterSetName = 'Endpoint')]
        [Parameter(ParameterSetName = 'Azure')]
        [System.Management.Automation.PSCredential]
        [System.Management.Automation.Credential()]
        $Credential,
        [Parameter(ParameterSetName = 'Endpoint')]
        [Parameter(ParameterSetName = 'Azure')]
        [Alias('Tenant')]
        [string] $TenantId,
        [Parameter(ParameterSetName = 'Endpoint')]
        [Parameter(ParameterSetName = 'Azure')]
        [string] $Authority,
        [Parameter(ParameterSetName = 'Endpoint')]
        [Parameter(ParameterSetName = 'Azure')]
        [securestring] $AccessToken,
        [Parameter(ParameterSetName = 'Endpoint')]
        [Parameter(ParameterSetName = 'Azure')]
        [string] $CACertificate,
        [Parameter(ParameterSetName = 'InProcess')]
        [string] $Clock,
        [Parameter(ParameterSetName = 'InProcess')]
        [int] $Seed,
        [Parameter()]
        [ValidateNotNullOrEmpty()]
        [string] $Name = 'default'
    )
    process {
        $recipe = Get-VmssEnvironment
        if ($PSCmdlet.ParameterSetName -ne 'Environment') {
            $recipe = @{
                kind           = $PSCmdlet.ParameterSetName.Substring(0, 1).ToLowerInvariant() + $PSCmdlet.ParameterSetName.Substring(1)
                endpoint       = $PSBoundParameters['Endpoint']
                subscriptionId = $PSBoundParameters['SubscriptionId']
                tenantId       = $PSBoundParameters['TenantId']
                authority      = $PSBoundParameters['Authority']
                clock          = $PSBoundParameters['Clock']
                seed           = $PSBoundParameters['Seed']
            }
            if ($CACertificate) { $recipe['caFile'] = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($CACertificate) }
            if ($AccessToken) {
                $recipe['token'] = (New-Object -TypeName System.Net.NetworkCredential -ArgumentList 'token', $AccessToken).Password
            }
            if ($Credential) {
                $recipe['clientId'] = $Credential.UserName
                $recipe['clientSecret'] = $Credential.GetNetworkCredential().Password
            }
        }
        $recipe['name'] = $Name
        Connect-VmssBridge -Cmdlet $PSCmdlet -Name $Name -Recipe $recipe
    }
}
