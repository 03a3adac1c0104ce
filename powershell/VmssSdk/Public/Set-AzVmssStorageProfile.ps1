function Set-AzVmssStorageProfile {
    <#
    .SYNOPSIS
        Puts image, operating system disk and data disks into the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that. Only what is given is changed.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER ImageReferencePublisher
        The publisher of the image.
    .PARAMETER ImageReferenceOffer
        The offer of the image.
    .PARAMETER ImageReferenceSku
        The SKU of the image.
    .PARAMETER ImageReferenceVersion
        The version of the image, or latest.
    .PARAMETER OsDiskName
        The name of the operating system disk.
    .PARAMETER OsDiskCaching
        The cache of the operating system disk: None, ReadOnly or ReadWrite.
    .PARAMETER OsDiskCreateOption
        FromImage, as a rule.
    .PARAMETER OsDiskOsType
        Windows or Linux, for an image of your own.
    .PARAMETER Image
        The URL of an image of your own, without managed disks.
    .PARAMETER VhdContainer
        URLs of containers for disks, without managed disks.
    .PARAMETER ImageReferenceId
        The resource id of an image.
    .PARAMETER OsDiskWriteAccelerator
        Speed up writes to the operating system disk.
    .PARAMETER OsDiskDeleteOption
        Flexible: what becomes of the disk of a deleted instance: Delete or Detach.
    .PARAMETER DiffDiskSetting
        Local makes the operating system disk an ephemeral one.
    .PARAMETER DiffDiskPlacement
        Where an ephemeral disk is: CacheDisk, ResourceDisk or NvmeDisk.
    .PARAMETER ManagedDisk
        The kind of managed disk: Standard_LRS, Premium_LRS, StandardSSD_LRS and so on.
    .PARAMETER DiskEncryptionSetId
        The disk encryption set of the operating system disk.
    .PARAMETER DataDisk
        Data disks, in place of Add-AzVmssDataDisk.
    .PARAMETER OSDiskSizeGB
        The size of the operating system disk, in GB.
    .PARAMETER DiskControllerType
        SCSI or NVMe.
    .PARAMETER SecurityEncryptionType
        What is encrypted of a confidential VM: DiskWithVMGuestState, VMGuestStateOnly or NonPersistedTPM.
    .PARAMETER SecureVMDiskEncryptionSet
        The disk encryption set of a confidential VM.
    .PARAMETER SharedGalleryImageId
        The id of an image in a shared gallery.
    .PARAMETER OsDiskStorageFaultDomainAlignment
        How storage follows the fault domains of instances.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Set-AzVmssStorageProfile -OsDiskCreateOption FromImage -ImageReferencePublisher Canonical -ImageReferenceOffer ubuntu-24_04-lts -ImageReferenceSku server -ImageReferenceVersion latest
    .EXAMPLE
        $web = Get-AzVmss -ResourceGroupName "rg" -VMScaleSetName "web"
        Set-AzVmssStorageProfile -VirtualMachineScaleSet $web -ImageReferenceVersion "2.0.0"

        A new image in a scale set that is there; pipe $web on to Update-AzVmss.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $ImageReferencePublisher,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $ImageReferenceOffer,
        [Parameter(Position = 3, ValueFromPipelineByPropertyName)]
        [string] $ImageReferenceSku,
        [Parameter(Position = 4, ValueFromPipelineByPropertyName)]
        [string] $ImageReferenceVersion,
        [Parameter(Position = 5, ValueFromPipelineByPropertyName)]
        [Alias('Name')]
        [string] $OsDiskName,
        [Parameter(Position = 6, ValueFromPipelineByPropertyName)]
        [ValidateSet('None', 'ReadOnly', 'ReadWrite')]
        [string] $OsDiskCaching,
        [Parameter(Position = 7, ValueFromPipelineByPropertyName)]
        [string] $OsDiskCreateOption,
        [Parameter(Position = 8, ValueFromPipelineByPropertyName)]
        [ValidateSet('Windows', 'Linux')]
        [string] $OsDiskOsType,
        [Parameter(Position = 9, ValueFromPipelineByPropertyName)]
        [string] $Image,
        [Parameter(Position = 10, ValueFromPipelineByPropertyName)]
        [string[]] $VhdContainer,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ImageReferenceId,
        [Parameter()]
        [switch] $OsDiskWriteAccelerator,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $OsDiskDeleteOption,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $DiffDiskSetting,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $DiffDiskPlacement,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $ManagedDisk,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $DiskEncryptionSetId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [psobject[]] $DataDisk,
        [Parameter(ValueFromPipelineByPropertyName)]
        [int] $OSDiskSizeGB,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $DiskControllerType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SecurityEncryptionType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SecureVMDiskEncryptionSet,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $SharedGalleryImageId,
        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $OsDiskStorageFaultDomainAlignment,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        $map = @{
            ImageReferencePublisher           = 'VirtualMachineProfile.StorageProfile.ImageReference.Publisher'
            ImageReferenceOffer               = 'VirtualMachineProfile.StorageProfile.ImageReference.Offer'
            ImageReferenceSku                 = 'VirtualMachineProfile.StorageProfile.ImageReference.Sku'
            ImageReferenceVersion             = 'VirtualMachineProfile.StorageProfile.ImageReference.Version'
            OsDiskName                        = 'VirtualMachineProfile.StorageProfile.OsDisk.Name'
            OsDiskCaching                     = 'VirtualMachineProfile.StorageProfile.OsDisk.Caching'
            OsDiskCreateOption                = 'VirtualMachineProfile.StorageProfile.OsDisk.CreateOption'
            OsDiskOsType                      = 'VirtualMachineProfile.StorageProfile.OsDisk.OsType'
            Image                             = 'VirtualMachineProfile.StorageProfile.OsDisk.Image.Uri'
            VhdContainer                      = 'VirtualMachineProfile.StorageProfile.OsDisk.VhdContainers'
            ImageReferenceId                  = 'VirtualMachineProfile.StorageProfile.ImageReference.Id'
            OsDiskWriteAccelerator            = 'VirtualMachineProfile.StorageProfile.OsDisk.WriteAcceleratorEnabled'
            OsDiskDeleteOption                = 'VirtualMachineProfile.StorageProfile.OsDisk.DeleteOption'
            DiffDiskSetting                   = 'VirtualMachineProfile.StorageProfile.OsDisk.DiffDiskSettings.Option'
            DiffDiskPlacement                 = 'VirtualMachineProfile.StorageProfile.OsDisk.DiffDiskSettings.Placement'
            ManagedDisk                       = 'VirtualMachineProfile.StorageProfile.OsDisk.ManagedDisk.StorageAccountType'
            DiskEncryptionSetId               = 'VirtualMachineProfile.StorageProfile.OsDisk.ManagedDisk.DiskEncryptionSet.Id'
            DataDisk                          = 'VirtualMachineProfile.StorageProfile.DataDisks'
            OSDiskSizeGB                      = 'VirtualMachineProfile.StorageProfile.OsDisk.DiskSizeGB'
            DiskControllerType                = 'VirtualMachineProfile.StorageProfile.DiskControllerType'
            SecurityEncryptionType            = 'VirtualMachineProfile.StorageProfile.OsDisk.ManagedDisk.SecurityProfile.SecurityEncryptionType'
            SecureVMDiskEncryptionSet         = 'VirtualMachineProfile.StorageProfile.OsDisk.ManagedDisk.SecurityProfile.DiskEncryptionSet.Id'
            SharedGalleryImageId              = 'VirtualMachineProfile.StorageProfile.ImageReference.SharedGalleryImageId'
            OsDiskStorageFaultDomainAlignment = 'VirtualMachineProfile.StorageProfile.OsDisk.StorageFaultDomainAlignment'
        }
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Set')) { return }
        $null = Set-VmssBoundMember -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Model 'VirtualMachineScaleSet' -Map $map
        # CHOICE: a $true that is there stays; Az.Compute writes $false over it too.
        if (Get-VmssMember -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.StorageProfile.OsDisk') {
            Set-VmssMemberDefault -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.StorageProfile.OsDisk.WriteAcceleratorEnabled' -Value $false
        }
        $VirtualMachineScaleSet
    }
}
