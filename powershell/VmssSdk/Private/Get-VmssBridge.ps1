function Get-VmssBridge {
    <#
    .SYNOPSIS
        The running child process; started when there is none, with the connections that were made before.
    .PARAMETER Cmdlet
        The cmdlet that needs it; without a Python that has the SDK it ends with an error that says what to install.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param([Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet)
    $type = Get-VmssType
    if ($type::Current -and $type::Current.IsAlive) { return $type::Current }
    [System.Threading.Monitor]::Enter($type::Gate)
    try {
        if (-not ($type::Current -and $type::Current.IsAlive)) {
            $bridge = Start-VmssBridge -Cmdlet $Cmdlet
            foreach ($recipe in $type::Recipes.ToArray()) {
                $call = $bridge.Send('connect', $recipe.Value)
                Wait-VmssCall -Cmdlet $Cmdlet -Call $call
            }
            $type::Current = $bridge
        }
    } finally {
        [System.Threading.Monitor]::Exit($type::Gate)
    }
    return $type::Current
}
