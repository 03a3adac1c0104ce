function New-VmssJob {
    <#
    .SYNOPSIS
        Makes the job of a call, with the name, command and type that Az.Compute gives it.
    .PARAMETER Cmdlet
        The cmdlet that asks; its job repository gets the job.
    .PARAMETER Call
        What the job waits for.
    .PARAMETER Target
        What the call is about, for its error record.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.Job])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [object] $Call,
        [AllowNull()] [object] $Target
    )
    $command = $Cmdlet.MyInvocation.MyCommand.Name
    $name = "Long Running Operation for '$command'"
    foreach ($parameter in 'Name', 'InputObject', 'ResourceId') {
        if ($Cmdlet.MyInvocation.BoundParameters.ContainsKey($parameter)) {
            $name += " on resource '$($Cmdlet.MyInvocation.BoundParameters[$parameter])'"
            break
        }
    }
    $type = (Get-VmssType).Assembly.GetType('VmssSdk.VmssJob')
    $job = [System.Activator]::CreateInstance($type, @($Call, $command, $name, $Target))
    $Cmdlet.JobRepository.Add($job)
    return $job
}
