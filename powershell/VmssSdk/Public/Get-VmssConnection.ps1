function Get-VmssConnection {
    <#
    .SYNOPSIS
        Shows the connections that were made, and which of them cmdlets use.
    .DESCRIPTION
        Nothing is sent. Without a connection it writes nothing: then the first cmdlet takes what the environment says.
    .PARAMETER Name
        Only the one of this name.
    .EXAMPLE
        Get-VmssConnection
    #>
    [CmdletBinding()]
    [OutputType('VmssSdk.Connection')]
    param(
        [Parameter(Position = 0)]
        [string] $Name
    )
    process {
        $type = Get-VmssType
        if ($type::Recipes.IsEmpty) { return }
        foreach ($connection in Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'connections' -Params @{ connection = $type::Connection }) {
            if (-not $Name -or $connection.Name -eq $Name) {
                $connection.PSObject.Properties.Add((New-Object -TypeName psnoteproperty -ArgumentList 'InUse', ($connection.Name -eq $type::Connection)))
                $connection
            }
        }
    }
}
