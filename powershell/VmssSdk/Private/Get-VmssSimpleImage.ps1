function Get-VmssSimpleImage {
    <#
    .SYNOPSIS
        The image for New-AzVmss with simple parameters, and its operating system.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Bound
        The parameters that it got.
    .PARAMETER Plan
        What is settled so far.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory)] [hashtable] $Plan
    )
    $name = $Bound['ImageName']
    if (-not $name) {
        # Without any word on image or security Az.Compute takes one for trusted launch.
        $name = if ($Bound['SecurityType']) { 'Win2016Datacenter' } else { 'Win2022AzureEdition' }
    }
    $image = Resolve-VmssImage -Cmdlet $Cmdlet -Name $name -GroupId $Plan.GroupId -Location $Plan.Location
    $given = @{ Id = $Bound['ImageReferenceId']; SharedGalleryImageId = $Bound['SharedGalleryImageId'] }
    if ($given.Id -or $given.SharedGalleryImageId) {
        if ("$($given.Id)" -like '/communityGalleries/*') { $given = @{ CommunityGalleryImageId = $given.Id; SharedGalleryImageId = $given.SharedGalleryImageId } }
        $image.Reference = New-VmssObject -Model 'ImageReference' -Value $given
    }
    return $image
}
