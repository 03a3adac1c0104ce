# What Az.Compute does not have: what is pending, the decision log, servers, the clock, faults, resource groups.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet
    $web = @{ ResourceGroupName = 'rg'; VMScaleSetName = 'web' }

    function Set-TestCustomData {
        param([string] $Text)
        $model = Get-AzVmss @web
        $null = Set-AzVmssOsProfile -VirtualMachineScaleSet $model -CustomData $Text
        $null = Invoke-TestRpc -Method 'scaleSet.createOrUpdate' -Params @{ resourceGroup = 'rg'; scaleSet = 'web'; model = $model }
    }
}

AfterAll {
    Disconnect-Vmss
}

Describe '-WhatIf' {
    BeforeAll {
        function Get-TestPreview {
            param([string] $Method, [hashtable] $Given)
            # What -WhatIf writes goes to the host, where nobody can catch it.
            function Test-Preview {
                [CmdletBinding()]
                param()
                $module = Get-Module -Name VmssSdk
                & $module { param($c, $m, $p) Get-VmssPreviewText -Cmdlet $c -Method $m -Params $p } $PSCmdlet $Method $Given
            }
            (Test-Preview) -join "`n"
        }
        $names = @{ resourceGroup = 'rg'; scaleSet = 'web' }
    }

    It 'tells who would be reached and what would be lost' {
        $text = Get-TestPreview -Method 'scaleSet.reimage' -Given ($names + @{ instances = @('1') })
        $text | Should -BeLike '*instance 1: reimage; lost: the OS disk and what is on it*'
    }

    It 'tells what would be refused, and does nothing' {
        $change = [pscustomobject]@{ Sku = [pscustomobject]@{ Name = 'Standard_D3s_v99' } }
        $text = Get-TestPreview -Method 'scaleSet.update' -Given ($names + @{ change = $change })
        $text | Should -BeLike 'refused (400): (InvalidParameter) The requested VM size Standard_D3s_v99*'
        Set-AzVmss @web -Reimage -InstanceId 0 -WhatIf | Should -BeNullOrEmpty
        Update-AzVmss @web -SkuCapacity 5 -WhatIf | Should -BeNullOrEmpty
        Remove-AzVmss @web -Force -WhatIf | Should -BeNullOrEmpty
        (Get-AzVmss @web).Sku.Capacity | Should -Be 3
    }

    It 'says when there is nobody to tell' {
        Get-TestPreview -Method 'no.such' -Given $names | Should -BeLike 'There is no preview*'
    }
}

Describe 'Get-VmssPendingChange' {
    It 'writes nothing when nobody lacks anything' {
        Get-VmssPendingChange @web | Should -BeNullOrEmpty
    }

    It 'writes each change that an instance lacks, and which action brings it' {
        Set-TestCustomData -Text 'djI='
        $found = @(Get-AzVmss @web | Get-VmssPendingChange)
        ($found | ForEach-Object -Process { $_.InstanceId }) -join ' ' | Should -Be '0 1 2'
        $found[0].Path | Should -Be 'virtualMachineProfile.osProfile.customData'
        $found[0].Remedy | Should -Be 'reimage'
        $found[0].PSObject.TypeNames[0] | Should -Be 'VmssSdk.PendingChange'
        @(Get-VmssPendingChange rg web -InstanceId 1).Count | Should -Be 1
        $found | Out-String | Should -Match 'InstanceId +Remedy'
    }

    It 'has none left after that action' {
        $null = Set-AzVmss @web -Reimage -InstanceId (Get-VmssPendingChange @web).InstanceId
        Get-VmssPendingChange @web | Should -BeNullOrEmpty
    }

    It 'says that Azure does not tell this, and that there is no such scale set' {
        { Get-VmssPendingChange rg nowhere -ErrorAction Stop } | Should -Throw '*nowhere*'
    }
}

Describe 'Publish-VmssEmulatorImage' {
    It 'makes a version the newest, and writes all of them' {
        Publish-VmssEmulatorImage -Image 'shop:images:web' -Version '1.0.0' | Should -Be '1.0.0'
        Publish-VmssEmulatorImage 'shop:images:web' '1.1.0' | Should -Be '1.0.0', '1.1.0'
    }

    It 'publishes nothing with -WhatIf, and refuses what is no image' {
        Publish-VmssEmulatorImage 'shop:images:other' '1.0.0' -WhatIf | Should -BeNullOrEmpty
        { Publish-VmssEmulatorImage 'shop' '1.0.0' -ErrorAction Stop } | Should -Throw '*publisher:offer:sku*'
    }
}

Describe 'Get-VmssDecisionLog' {
    It 'writes the oldest first, the newest with -Last, and what came after with -Since' {
        $all = @(Get-VmssDecisionLog @web)
        $all[0].Seq | Should -Be 1
        $all[0].Time | Should -BeOfType [datetime]
        $all[0].PSObject.TypeNames[0] | Should -Be 'VmssSdk.Decision'
        $last = @(Get-VmssDecisionLog @web -Last 2)
        $last.Count | Should -Be 2
        $last[1].Seq | Should -Be $all[-1].Seq
        @(Get-VmssDecisionLog @web -Since $all[-1].Seq).Count | Should -Be 0
        @(Get-VmssDecisionLog @web -Since 1)[0].Seq | Should -Be 2
    }

    It 'is shown as a table of sentences' {
        Get-VmssDecisionLog @web -Last 1 | Out-String -Width 200 | Should -Match 'Seq +Time +Text'
    }
}

Describe 'the clock' {
    It 'lets time pass' {
        $before = (Get-VmssEmulatorClock).Now
        ((Set-VmssEmulatorClock -Advance '01:00:00').Now - $before).TotalSeconds | Should -Be 3600
        $null = Set-VmssEmulatorClock -Seconds 60
        ((Get-VmssEmulatorClock).Now - $before).TotalSeconds | Should -Be 3660
    }

    It 'goes to what happens next, and on until nothing does' {
        $null = Set-VmssEmulatorClock -Settle
        $job = Set-AzVmss @web -Reimage -AsJob
        $null = $job | Wait-Job
        (Set-VmssEmulatorClock -Skip).NextEvent | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf' {
        $before = (Get-VmssEmulatorClock).Now
        Set-VmssEmulatorClock -Advance '01:00:00' -WhatIf | Should -BeNullOrEmpty
        (Get-VmssEmulatorClock).Now | Should -Be $before
    }

    It 'has a speed only when it is no virtual one' {
        { Set-VmssEmulatorClock -Speed 5 -ErrorAction Stop } | Should -Throw '*virtual clock has no speed*'
        $null = Connect-Vmss -InProcess -Clock 'scaled:10' -Name scaled
        (Set-VmssEmulatorClock -Speed 5).Speed | Should -Be 5
        Disconnect-Vmss
    }
}

Describe 'faults' {
    It 'of a scale set happen to whom they are meant for' {
        $fault = Add-VmssEmulatorFault provisioningFailure @web -InstanceId 1 -Count 1 -Member @{ code = 'OSProvisioningTimedOut' }
        $fault.Kind | Should -Be 'provisioningFailure'
        $fault.Members['instanceIds'] | Should -Be '1'
        $fault | Out-String -Width 200 | Should -Match 'code=OSProvisioningTimedOut count=1 instanceIds=1'
        { Set-AzVmss @web -Reimage -ErrorAction Stop } | Should -Throw '*OSProvisioningTimedOut*'
        (Set-AzVmss @web -Reimage).Status | Should -Be 'Succeeded'
    }

    It 'of the service hit its requests' {
        $null = Add-VmssEmulatorFault serverError -Count 9 -Member @{ status = 503; path = '*/reimage'; processed = $false }
        @(Get-VmssEmulatorFault).Count | Should -Be 1
        { Set-AzVmss @web -Reimage -ErrorAction Stop } | Should -Throw '*503*'
        Remove-VmssEmulatorFault serverError
        Get-VmssEmulatorFault | Should -BeNullOrEmpty
    }

    It 'are taken away by kind, or all' {
        Remove-VmssEmulatorFault @web
        $null = Get-AzVmss @web | Add-VmssEmulatorFault slowBoot -Member @{ seconds = 5 }
        $null = Add-VmssEmulatorFault quota @web -Member @{ left = 0 }
        Remove-VmssEmulatorFault quota @web
        (Get-VmssEmulatorFault @web).Kind | Should -Be 'slowBoot'
        Remove-VmssEmulatorFault @web -WhatIf
        @(Get-VmssEmulatorFault @web).Count | Should -Be 1
        Get-AzVmss @web | Remove-VmssEmulatorFault
        Get-VmssEmulatorFault @web | Should -BeNullOrEmpty
    }

    It 'that there are not are refused, as is half a name' {
        { Add-VmssEmulatorFault bogus -ErrorAction Stop } | Should -Throw '*throttle, serverError, dropConnection*'
        { Add-VmssEmulatorFault quota -ResourceGroupName rg } | Should -Throw '*-ResourceGroupName and -VMScaleSetName*'
    }
}

Describe 'resource groups' {
    It 'are made with their tags, and deleted with what is in them' {
        $made = New-VmssResourceGroup -Name 'more' -Location 'westus2' -Tag @{ Team = 'web' }
        $made.Location | Should -Be 'westus2'
        $made.Tags['Team'] | Should -Be 'web'
        New-VmssResourceGroup -Name 'other' -Location 'westus2' -WhatIf | Should -BeNullOrEmpty
        $made | Remove-VmssResourceGroup -Force | Assert-OperationSucceeded
        { Invoke-TestRpc -Method 'resourceGroup.get' -Params @{ name = 'more' } } | Should -Throw '*more*'
    }

    It 'are not deleted with -WhatIf' {
        Remove-VmssResourceGroup -Name 'rg' -WhatIf | Should -BeNullOrEmpty
        Get-AzVmss rg web | Should -Not -BeNullOrEmpty
    }
}

Describe 'Start-VmssEmulator' {
    It 'serves what cmdlets then ask, until Stop-VmssEmulator' {
        $server = Start-VmssEmulator -Name served
        $server.Endpoint | Should -Match '^http://127\.0\.0\.1:\d+$'
        ((Get-VmssConnection | Where-Object -FilterScript { $_.InUse }).Endpoint) | Should -Be $server.Endpoint
        New-TestScaleSet -Name 'over-http'
        Set-AzVmssVM -ResourceGroupName rg -VMScaleSetName over-http -InstanceId 0 -Reimage | Assert-OperationSucceeded
        (Invoke-RestMethod -Uri "$($server.Endpoint)/_emulator/status").scaleSets.Count | Should -Be 1
        $server | Stop-VmssEmulator
        Get-Process -Id $server.ProcessId -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        ((Get-VmssConnection).Name) | Should -Be 'default'
        Get-AzVmss rg web | Should -Not -BeNullOrEmpty
    }

    It 'serves HTTPS, trusted and with a login' {
        $server = Start-VmssEmulator -Https -Name secure -DataDirectory (Join-Path -Path $TestDrive -ChildPath 'data')
        $server.Endpoint | Should -Match '^https://localhost:\d+$'
        Test-Path -Path $server.CACertificate | Should -BeTrue
        (New-VmssResourceGroup -Name rg -Location westus2).Name | Should -Be 'rg'
        Stop-VmssEmulator
        ((Get-VmssConnection).Name) | Should -Be 'default'
    }

    It 'asks nobody else when the server is gone with its Python' {
        $server = Start-VmssEmulator -Name gone
        $child = & (Get-Module -Name VmssSdk) { (Get-VmssType)::Current.Id }
        Stop-Process -Id $child -Force
        # Whether the first call already knows depends on who is quicker.
        $null = Get-AzVmss rg web -ErrorAction SilentlyContinue
        { Get-AzVmss rg web -ErrorAction Stop } | Should -Throw "*$($server.Endpoint -replace '.*//')*"
        Disconnect-Vmss -Name gone
    }

    It 'starts nothing with -WhatIf, and says why it cannot start' {
        Start-VmssEmulator -WhatIf | Should -BeNullOrEmpty
        { Start-VmssEmulator -Clock sundial -ErrorAction Stop } | Should -Throw '*sundial*'
    }
}
