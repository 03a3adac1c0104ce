function Test-VmssSameImage {
    <#
    .SYNOPSIS
        Whether a scale set to be sent has the custom image that the service has for it.
    .DESCRIPTION
        Az.Compute then leaves the image out, because one may change a scale set without being allowed to read its
        image. An error of the service is thrown.
    .PARAMETER Cmdlet
        The cmdlet that sends.
    .PARAMETER ScaleSet
        What it sends.
    .PARAMETER Names
        Whom it is about, as parameters of the bridge.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [psobject] $ScaleSet,
        [Parameter(Mandatory)] [hashtable] $Names
    )
    $path = 'VirtualMachineProfile.StorageProfile.ImageReference.Id'
    $id = Get-VmssMember -InputObject $ScaleSet -Path $path
    if (-not $id) { return $false }
    $read = @{ resourceGroup = $Names.resourceGroup; scaleSet = $Names.scaleSet }
    $current = Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'scaleSet.get' -Params $read -Target $Names.scaleSet -PassError
    return $id -eq (Get-VmssMember -InputObject $current -Path $path)
}
