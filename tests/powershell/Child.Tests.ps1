# The child process: when it starts, what happens when it ends, and who shares it.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    function Get-TestChild {
        & (Get-Module -Name VmssSdk) { (Get-VmssType)::Current }
    }
}

Describe 'the child process' {
    It 'is not needed for help, and not started by it' {
        (Get-Help -Name Get-AzVmss).Synopsis | Should -Not -BeNullOrEmpty
        & (Get-Module -Name VmssSdk) { $script:BridgeType } | Should -BeNullOrEmpty
    }

    It 'starts with the first call and is there for the next one' {
        $null = Connect-Vmss -InProcess
        $first = (Get-TestChild).Id
        New-TestScaleSet
        (Get-TestChild).Id | Should -Be $first
    }

    It 'is shared by all runspaces of this process' {
        $path = (Get-Module -Name VmssSdk).Path -replace 'psm1$', 'psd1'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module -Name '$path'; (Get-AzVmss rg web).Name; & (Get-Module -Name VmssSdk) { (Get-VmssType)::Current.Id }")
            $found = $shell.Invoke()
            $found[0] | Should -Be 'web'
            $found[1] | Should -Be (Get-TestChild).Id
        } finally {
            $shell.Dispose()
        }
    }

    It 'says what happened when it is killed during a call, and the next call works' {
        $null = Connect-Vmss -InProcess -Clock 'scaled:100000'
        New-TestScaleSet
        $null = Invoke-TestRpc -Method 'clock.setSpeed' -Params @{ factor = 0 }
        $job = Set-AzVmss rg web -Reimage -AsJob
        $before = (Get-TestChild).Id
        Stop-Process -Id $before -Force
        $null = $job | Wait-Job -Timeout 20
        $job.State | Should -Be 'Failed'
        "$($job.Error[0])" | Should -BeLike "*Python process $before ended*What the service has begun goes on*"
        $job.Error[0].FullyQualifiedErrorId | Should -BeLike 'BridgeEnded*'
        New-TestResourceGroup
        (Get-TestChild).Id | Should -Not -Be $before
    }

    It 'shows progress after two seconds, and takes it away at the end' {
        $null = Connect-Vmss -InProcess -Clock 'scaled:100000'
        New-TestScaleSet
        $null = Invoke-TestRpc -Method 'clock.setSpeed' -Params @{ factor = 0 }
        $path = (Get-Module -Name VmssSdk).Path -replace 'psm1$', 'psd1'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module -Name '$path'; Set-AzVmss rg web -Reimage")
            $running = $shell.BeginInvoke()
            $null = [System.Threading.SpinWait]::SpinUntil({ $shell.Streams.Progress.Count -gt 0 }, 20000)
            $shell.Streams.Progress[0].Activity | Should -Be 'Set-AzVmss'
            $shell.Streams.Progress[0].StatusDescription | Should -BeLike '*waiting for * s'
            $null = Invoke-TestRpc -Method 'clock.setSpeed' -Params @{ factor = 100000 }
            $shell.EndInvoke($running) | Assert-OperationSucceeded
            $shell.Streams.Progress[$shell.Streams.Progress.Count - 1].RecordType | Should -Be 'Completed'
        } finally {
            $shell.Dispose()
        }
    }

    It 'says what to install when there is no Python with the SDK' {
        $python = $env:VMSS_PYTHON
        & (Get-Module -Name VmssSdk) { (Get-VmssType)::Current.Stop() }
        $env:VMSS_PYTHON = 'no-such-python'
        try {
            { Get-VmssConnection } | Should -Throw -ErrorId 'PythonNotFound,Get-VmssConnection'
            { Get-VmssConnection } | Should -Throw '*pip install vmss-sdk*no-such-python*'
        } finally {
            $env:VMSS_PYTHON = $python
        }
    }
}

Describe 'connections' {
    It 'takes what the environment says when nothing else was said' {
        Disconnect-Vmss -Name default
        $env:VMSS_ENDPOINT = 'moon://nowhere'
        try {
            { Get-AzVmss rg web -ErrorAction Stop } | Should -Throw '*VMSS_ENDPOINT*'
        } finally {
            $env:VMSS_ENDPOINT = $null
        }
    }

    It 'uses the last one that was made, and shows all' {
        $null = Connect-Vmss -InProcess -Name one
        $two = Connect-Vmss -InProcess -Name two -SubscriptionId 'sub-2'
        $two.SubscriptionId | Should -Be 'sub-2'
        New-TestResourceGroup -Name only-in-two
        ((Get-VmssConnection | Where-Object -FilterScript { $_.InUse }).Name) | Should -Be 'two'
        Disconnect-Vmss -Name two
        $null = Connect-Vmss -InProcess -Name one
        @(Invoke-TestRpc -Method 'resourceGroup.list').Count | Should -Be 0
    }

    It 'never shows a secret' {
        $secret = New-Object -TypeName securestring
        foreach ($letter in 'hidden-word'.ToCharArray()) { $secret.AppendChar($letter) }
        { Connect-Vmss -Endpoint 'http://vmss.invalid' -AccessToken $secret } | Should -Throw '*plain HTTP*'
        "$($Error[0])" | Should -Not -BeLike '*hidden-word*'
    }
}

Describe 'values' {
    It 'sends an object of another kind by its members, and nothing that has no value' {
        $text = & (Get-Module -Name VmssSdk) { ConvertTo-VmssParam -Params $args[0] } @{
            model = [pscustomobject]@{ A = $null; B = @(1); C = @{ 'x y' = $true }; D = [timespan]::Zero.Days; E = "\u" + [char]0xe4 + '"' }
        }
        $text | Should -BeExactly '{"model":{"B":[1],"C":{"$map":{"x y":true}},"D":0,"E":"\\u\u00e4\""}}'
    }

    It 'refuses an object that contains itself' {
        $loop = [pscustomobject]@{ Inner = $null }
        $loop.Inner = $loop
        { & (Get-Module -Name VmssSdk) { ConvertTo-VmssParam -Params @{ model = $args[0] } } $loop } | Should -Throw '*contain itself*'
    }

    It 'sends what is not known to the SDK back as it came' {
        $null = Connect-Vmss -InProcess
        New-TestScaleSet
        $model = Get-AzVmss rg web
        Add-Member -InputObject $model -NotePropertyName 'BrandNew' -NotePropertyValue @{ Deep = @(1, 2) }
        $params = @{ resourceGroup = 'rg'; scaleSet = 'web'; model = $model }
        # The service refuses it; what counts is that it was sent.
        $sent = @(Get-TestRequest { try { Invoke-TestRpc -Method 'scaleSet.createOrUpdate' -Params $params } catch { "$_" } }) -like 'PUT *'
        $sent[0] | Should -BeLike '*"brandNew":{"Deep":`[1,2`]}*'
    }
}

Describe 'objects that are made here' {
    It 'has every member of the model, null where there is no value' {
        $made = & (Get-Module -Name VmssSdk) { New-VmssObject -Model RollingUpgradePolicy -Value @{ MaxBatchInstancePercent = 50 } }
        $made.MaxBatchInstancePercent | Should -Be 50
        $made.MaxSurge | Should -BeNullOrEmpty
        $made.PSObject.TypeNames[0] | Should -BeExactly 'Microsoft.Azure.Management.Compute.Models.RollingUpgradePolicy'
    }

    It 'refuses a member that the model does not have' {
        { & (Get-Module -Name VmssSdk) { New-VmssObject -Model RollingUpgradePolicy -Value @{ Wrong = 1 } } } | Should -Throw '*no member*'
    }
}
