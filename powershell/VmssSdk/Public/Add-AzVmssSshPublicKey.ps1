function Add-AzVmssSshPublicKey {
    <#
    .SYNOPSIS
        Adds an SSH public key to the object of a scale set.
    .DESCRIPTION
        Nothing is sent: New-AzVmss or Update-AzVmss does that.
    .PARAMETER VirtualMachineScaleSet
        The scale set, of New-AzVmssConfig or Get-AzVmss; it is changed, and written.
    .PARAMETER Path
        The file on the instances that gets the key, for example /home/azureuser/.ssh/authorized_keys.
    .PARAMETER KeyData
        The key, as ssh-keygen writes it.
    .PARAMETER DefaultProfile
        Taken so that scripts run unchanged, and not looked at: nothing is sent.
    .EXAMPLE
        $vmss | Add-AzVmssSshPublicKey -Path "/home/azureuser/.ssh/authorized_keys" -KeyData (Get-Content -Raw -Path ~/.ssh/id_rsa.pub)
    .EXAMPLE
        Add-AzVmssSshPublicKey $vmss "/home/azureuser/.ssh/authorized_keys" $key
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSet')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
        [psobject] $VirtualMachineScaleSet,
        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $Path,
        [Parameter(Position = 2, ValueFromPipelineByPropertyName)]
        [string] $KeyData,
        [Parameter()]
        [Alias('AzContext', 'AzureRmContext', 'AzureCredential')]
        [object] $DefaultProfile
    )
    process {
        Assert-VmssModel -Cmdlet $PSCmdlet -InputObject $VirtualMachineScaleSet
        if (-not (Test-VmssShouldProcess -Cmdlet $PSCmdlet -Target 'VirtualMachineScaleSet' -Action 'Add')) { return }
        $key = Get-VmssBoundValue -Cmdlet $PSCmdlet -Bound $PSBoundParameters -InputObject $VirtualMachineScaleSet -Name 'Path', 'KeyData'
        Add-VmssItem -InputObject $VirtualMachineScaleSet -Path 'VirtualMachineProfile.OsProfile.LinuxConfiguration.Ssh.PublicKeys' -Value $key
        $VirtualMachineScaleSet
    }
}
