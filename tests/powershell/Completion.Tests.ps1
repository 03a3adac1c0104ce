# What Tab offers.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $null = Connect-Vmss -InProcess
    New-TestScaleSet
    New-TestScaleSet -Name api

    function Get-TestCompletion {
        param([string] $Line)
        @((TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches | ForEach-Object -Process { $_.CompletionText }) -join ' '
    }
}

Describe 'completion' {
    It 'offers <Expected> after <Line>' -ForEach @(
        @{ Line = 'Get-AzVmss -ResourceGroupName '; Expected = 'rg' }
        @{ Line = 'Set-AzVmssVM -ResourceGroupName rg -VMScaleSetName w'; Expected = 'web' }
        @{ Line = 'Set-AzVmssVM -ResourceGroupName rg -VMScaleSetName '; Expected = 'api web' }
        @{ Line = 'Set-AzVmssVM rg web -InstanceId '; Expected = '0 1 2' }
        @{ Line = 'Set-AzVmssOrchestrationServiceState -Action '; Expected = 'Resume Suspend' }
        @{ Line = 'Set-AzVmssOrchestrationServiceState -ServiceName AutomaticR'; Expected = 'AutomaticRepairs' }
        @{ Line = 'New-AzVmssConfig -OrchestrationMode '; Expected = 'Flexible Uniform' }
        @{ Line = 'New-AzVmssConfig -ScaleInPolicy O'; Expected = 'OldestVM' }
        @{ Line = 'New-AzVmssLifecycleHookConfig -Type '; Expected = 'UpgradeAutoOSRollingBatchStarting UpgradeAutoOSScheduling' }
        @{ Line = 'Set-AzVmssProxyAgentSetting -ImdsMode '; Expected = 'Audit Disabled Enforce' }
        @{ Line = 'Add-VmssEmulatorFault -Kind slow'; Expected = 'slowBoot' }
        @{ Line = 'Add-VmssEmulatorFault pl'; Expected = 'platformUpgrade' }
    ) {
        Get-TestCompletion -Line $Line | Should -BeExactly $Expected
    }

    It 'offers nothing, and says nothing, when nobody can be asked' {
        Get-TestCompletion -Line 'Set-AzVmssVM none web -InstanceId ' | Should -Not -Match '\d'
    }
}

Describe 'without a connection' {
    It 'is an error that does not end the script, and names Connect-Vmss: <Line>' -ForEach @(
        @{ Line = 'Get-AzVmss rg web' }
        @{ Line = 'Set-AzVmss rg web -Reimage' }
        @{ Line = 'Set-AzVmss rg web -Reimage -AsJob' }
    ) {
        Disconnect-Vmss
        $kept = @{}
        foreach ($name in 'AZURE_SUBSCRIPTION_ID', 'VMSS_ENDPOINT') {
            $kept[$name] = [System.Environment]::GetEnvironmentVariable($name)
            [System.Environment]::SetEnvironmentVariable($name, $null)
        }
        try {
            . ([scriptblock]::Create("$Line -ErrorVariable problems -ErrorAction SilentlyContinue"))
        } finally {
            foreach ($name in $kept.Keys) { [System.Environment]::SetEnvironmentVariable($name, $kept[$name]) }
        }
        "$($problems[0])" | Should -Be 'There is no connection: use Connect-Vmss first, with -InProcess, -Endpoint or -Azure.'
    }
}
