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
    ) {
        Get-TestCompletion -Line $Line | Should -BeExactly $Expected
    }

    It 'offers nothing, and says nothing, when nobody can be asked' {
        Get-TestCompletion -Line 'Set-AzVmssVM none web -InstanceId ' | Should -Not -Match '\d'
    }
}
