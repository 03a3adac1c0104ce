function Complete-VmssName {
    <#
    .SYNOPSIS
        What can stand for a resource group, a scale set or an instance where Tab was pressed.
    .PARAMETER ParameterName
        Of the parameter that is being typed.
    .PARAMETER WordToComplete
        What was typed of it so far.
    .PARAMETER Bound
        The other parameters so far.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.CompletionResult])]
    param(
        [Parameter(Mandatory)] [string] $ParameterName,
        [AllowEmptyString()] [string] $WordToComplete,
        [System.Collections.IDictionary] $Bound = @{}
    )
    $group, $set = $Bound['ResourceGroupName'], $Bound['VMScaleSetName']
    if (-not $set) { $set = $Bound['Name'] }
    $found = @(
        try {
            if ($ParameterName -eq 'ResourceGroupName') {
                Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'resourceGroup.list' -PassError | ForEach-Object -Process { $_.Name }
            } elseif ($ParameterName -eq 'VMScaleSetName') {
                Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'scaleSet.list' -Params @{ resourceGroup = $group } -PassError | ForEach-Object -Process { $_.Name }
            } elseif ($group -and $set) {
                Invoke-VmssRpc -Cmdlet $PSCmdlet -Method 'instance.list' -Params @{ resourceGroup = $group; scaleSet = $set } -PassError | ForEach-Object -Process { $_.InstanceId }
            }
        } catch {
            # Whoever presses Tab wants no error; the command itself will say what is wrong.
            Write-Debug -Message "$_"
        })
    $word = $WordToComplete.Trim('''"')
    foreach ($name in $found | Where-Object -FilterScript { $_ -like "$word*" } | Sort-Object -Unique) {
        $text = $name
        if ($name -match '[^\w.-]') { $text = "'" + $name.Replace("'", "''") + "'" }
        New-Object -TypeName System.Management.Automation.CompletionResult -ArgumentList $text, $name, 'ParameterValue', $name
    }
}
