function Get-VmssPipedMember {
    <#
    .SYNOPSIS
        The member of a piped object that a parameter is bound from, if there is one.
    .PARAMETER Parameter
        The parameter.
    .PARAMETER InputObject
        The object.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSMemberInfo])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.ParameterMetadata] $Parameter,
        [AllowNull()] [psobject] $InputObject
    )
    if ($null -eq $InputObject) { return }
    if (-not @($Parameter.ParameterSets.Values | Where-Object -FilterScript { $_.ValueFromPipelineByPropertyName }).Count) { return }
    foreach ($name in @($Parameter.Name) + $Parameter.Aliases) {
        $member = $InputObject.PSObject.Properties[$name]
        if ($member) { return $member }
    }
}
