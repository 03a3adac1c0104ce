function ConvertTo-VmssBase64 {
    <#
    .SYNOPSIS
        A text in base64; one that is base64 already stays as it is, as in Az.Compute.
    .PARAMETER Text
        The text.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)
    try {
        $null = [System.Convert]::FromBase64String($Text)
        return $Text
    } catch [System.FormatException] {
        return [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Text))
    }
}
