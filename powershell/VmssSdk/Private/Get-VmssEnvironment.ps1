function Get-VmssEnvironment {
    <#
    .SYNOPSIS
        The recipe of the connection that the environment describes, with the variables as they are now.
    .DESCRIPTION
        The child process has the variables of the moment when it was started; a script may have changed them since.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()
    $variables = @{}
    foreach ($pair in [System.Environment]::GetEnvironmentVariables().GetEnumerator()) {
        if ($pair.Key -match '^(VMSS_|AZURE_|IDENTITY_|MSI_|REQUESTS_|CURL_|HTTPS?_PROXY$|NO_PROXY$)') { $variables[$pair.Key] = $pair.Value }
    }
    return @{ kind = 'environment'; variables = $variables }
}
