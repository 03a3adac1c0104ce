# A15: protection, data disks and user data of one instance.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet
    $group = (Invoke-TestRpc -Method 'resourceGroup.get' -Params @{ name = 'rg' }).Id

    function New-TestDisk {
        param([int] $Lun)
        [pscustomobject]@{
            Lun = $Lun; CreateOption = 'Attach'
            ManagedDisk = [pscustomobject]@{ Id = "$group/providers/Microsoft.Compute/disks/disk$Lun" }
        }
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe 'protection' {
    It 'is set on a piped instance' {
        $vms = Get-AzVmssVM rg web
        $updated = $vms[0] | Update-AzVmssVM -ProtectFromScaleIn $true -ProtectFromScaleSetAction $true
        $updated.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Commands.Compute.Automation.Models.PSVirtualMachineScaleSetVM'
        $read = Get-AzVmssVM -ResourceGroupName rg -VMScaleSetName web -InstanceId 0
        $read.ProtectionPolicy.ProtectFromScaleIn | Should -BeTrue
        $read.ProtectionPolicy.ProtectFromScaleSetActions | Should -BeTrue
    }

    It 'is set by names' {
        $null = Update-AzVmssVM -ResourceGroupName rg -VMScaleSetName web -InstanceId 1 -ProtectFromScaleIn $true
        $read = Get-AzVmssVM rg web 1
        $read.ProtectionPolicy.ProtectFromScaleIn | Should -BeTrue
        $read.ProtectionPolicy.ProtectFromScaleSetActions | Should -BeNullOrEmpty
    }

    It 'is set by a resource id' {
        $id = (Get-AzVmssVM rg web 2).Id
        $null = Update-AzVmssVM -ResourceId $id -ProtectFromScaleIn $true
        (Get-AzVmssVM rg web 2).ProtectionPolicy.ProtectFromScaleIn | Should -BeTrue
    }

    It 'is set on an object, as a job' {
        $instance = Get-AzVmssVM rg web 1
        $job = Update-AzVmssVM -VirtualMachineScaleSetVM $instance -ProtectFromScaleIn $false -AsJob | Wait-Job
        ($job | Receive-Job).ProtectionPolicy.ProtectFromScaleIn | Should -BeFalse
        (Get-AzVmssVM rg web 1).ProtectionPolicy.ProtectFromScaleIn | Should -BeFalse
    }

    It 'leaves the instance at the model of its scale set' {
        (Get-AzVmssVM rg web).LatestModelApplied | Should -Be @($true, $true, $true)
    }

    It 'keeps a reimage of the scale set away, but not one of the instance' {
        $before = Get-AzVmssVM rg web
        Set-AzVmss rg web -Reimage | Assert-OperationSucceeded
        $after = Get-AzVmssVM rg web
        $changed = @(0..2 | Where-Object -FilterScript { $before[$_].StorageProfile.OsDisk.Name -ne $after[$_].StorageProfile.OsDisk.Name })
        $changed | Should -Be @(1, 2)
        Set-AzVmssVM rg web 0 -Reimage | Assert-OperationSucceeded
        (Get-AzVmssVM rg web 0).StorageProfile.OsDisk.Name | Should -Not -Be $before[0].StorageProfile.OsDisk.Name
    }

    It 'that contradicts itself is refused by the service' {
        Update-AzVmssVM rg web 1 -ProtectFromScaleIn $false -ProtectFromScaleSetAction $true -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.StatusCode | Should -Be 400
    }

    It 'of an instance that is not there is an error' {
        Update-AzVmssVM rg web 77 -ProtectFromScaleIn $true -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'takes a piped instance together with another scale set by its word' {
        Get-AzVmssVM rg web 1 | Update-AzVmssVM -VMScaleSetName nope -ProtectFromScaleIn $true -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be 'ParentResourceNotFound,Update-AzVmssVM'
    }
}

Describe 'data disks' {
    It 'are added by names, to those that are there' {
        $null = Update-AzVmssVM rg web 2 -DataDisk (New-TestDisk -Lun 0)
        $updated = New-TestDisk -Lun 1 | Update-AzVmssVM -ResourceGroupName rg -VMScaleSetName web -InstanceId 2
        $updated.StorageProfile.DataDisks.Lun | Should -Be @(0, 1)
        (Get-AzVmssVM rg web 2).StorageProfile.DataDisks.Count | Should -Be 2
    }
}

Describe 'user data' {
    It 'is made base64, and stays as it is when it is already' {
        InModuleScope VmssSdk {
            ConvertTo-VmssMemberValue -Name 'UserData' -Value 'hello' | Should -BeExactly 'aGVsbG8='
            ConvertTo-VmssMemberValue -Name 'UserData' -Value 'd29ybGQ=' | Should -BeExactly 'd29ybGQ='
        }
    }

    It 'of one instance stays that of the scale set, as on Azure' {
        (Get-AzVmssVM rg web 1 -UserData).UserData | Should -BeNullOrEmpty
        $null = Update-AzVmss rg web -UserData 'd29ybGQ='
        $null = Update-AzVmssInstance rg web 1
        $null = Update-AzVmssVM rg web 1 -UserData 'hello'
        (Get-AzVmssVM rg web 1 -UserData).UserData | Should -BeExactly 'd29ybGQ='
        (Get-AzVmssVM rg web 1).UserData | Should -BeNullOrEmpty
    }

    It 'is not taken away by piping an instance' {
        Get-AzVmssVM rg web 1 | Update-AzVmssVM -ProtectFromScaleIn $true | Out-Null
        Get-AzVmssVM rg web 1 | Update-AzVmssVM -VMScaleSetName web -ProtectFromScaleIn $false | Out-Null
        (Get-AzVmssVM rg web 1 -UserData).UserData | Should -BeExactly 'd29ybGQ='
    }
}
