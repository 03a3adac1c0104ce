function Test-VmssWildcard {
    <#
    .SYNOPSIS
        Whether one of the texts holds wildcards.
    .PARAMETER Text
        Names.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([AllowNull()] [AllowEmptyString()] [string[]] $Text)
    return @($Text | Where-Object -FilterScript { [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($_) }).Count -gt 0
}
