function Invoke-VmssWithoutSameImage {
    <#
    .SYNOPSIS
        Sends a scale set without its custom image when that is the one it has: as Az.Compute does, because the user may
        change a scale set without being allowed to read its image.
    .PARAMETER Cmdlet
        The cmdlet that sends.
    .PARAMETER ScaleSet
        The object; its image is back in it afterwards.
    .PARAMETER Names
        Whom it is about, as parameters of the bridge.
    .PARAMETER Script
        What sends it.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [psobject] $ScaleSet,
        [Parameter(Mandatory)] [hashtable] $Names,
        [Parameter(Mandatory)] [scriptblock] $Script
    )
    $id = Get-VmssMember -InputObject $ScaleSet -Path 'VirtualMachineProfile.StorageProfile.ImageReference.Id'
    if (-not $id) { return & $Script }
    $read = @{ resourceGroup = $Names.resourceGroup; scaleSet = $Names.scaleSet }
    $current = Invoke-VmssRpc -Cmdlet $Cmdlet -Method 'scaleSet.get' -Params $read -Target $Names.scaleSet
    if (-not $current) { return }
    if ($id -ne (Get-VmssMember -InputObject $current -Path 'VirtualMachineProfile.StorageProfile.ImageReference.Id')) { return & $Script }
    $storage = $ScaleSet.VirtualMachineProfile.StorageProfile
    $image = $storage.ImageReference
    try {
        $storage.ImageReference = $null
        & $Script
    } finally {
        $storage.ImageReference = $image
    }
}
