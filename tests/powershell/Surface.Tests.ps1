# A22: the parameters of every cmdlet are Az.Compute's. surface.json holds the facts of Az 16.2.0; what we have beyond
# them stands in $extras below, and nothing else may be there.

# While tests are discovered: one test of each kind for every cmdlet that is exported.
$facts = Get-Content -Raw -Path (Join-Path -Path $PSScriptRoot -ChildPath 'surface.json') | ConvertFrom-Json
Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath '../../powershell/VmssSdk/VmssSdk.psd1')
$exported = @((Get-Module -Name VmssSdk).ExportedFunctions.Keys | Where-Object -FilterScript { $facts.PSObject.Properties[$_] } | ForEach-Object -Process { @{ Name = $_ } })

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Shared.ps1')
    $facts = Get-Content -Raw -Path (Join-Path -Path $PSScriptRoot -ChildPath 'surface.json') | ConvertFrom-Json
    # Of ours beside Az.Compute's, by cmdlet. Mind abbreviations: -ResourceGroup must stay unambiguous.
    $extras = @{}
    $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + 'WhatIf', 'Confirm', 'DefaultProfile'
    $types = @{
        'string' = [string]; 'string[]' = [string[]]; 'switch' = [switch]; 'int' = [int]; 'int[]' = [int[]]; 'bool' = [bool]
        'int?' = [Nullable[int]]; 'bool?' = [Nullable[bool]]; 'double' = [double]; 'long' = [long]; 'object' = [object]; 'hashtable' = [hashtable]; 'PSCredential' = [pscredential]
    }

    function Get-Fact {
        param([string] $Name)
        $facts.PSObject.Properties[$Name].Value
    }

    # Each parameter as one line, so that a difference can be read.
    function Get-FactLine {
        param([object] $Fact)
        foreach ($parameter in $Fact.parameters.PSObject.Properties) {
            $value = $parameter.Value
            $sets = '*'
            if ($value.PSObject.Properties['sets']) { $sets = (@($value.sets) | Sort-Object) -join '+' }
            $mandatory = [bool] ($value.PSObject.Properties['mandatory'] -and $value.mandatory)
            $position = 'named'
            if ($value.PSObject.Properties['position']) { $position = $value.position }
            $aliases = ''
            if ($value.PSObject.Properties['aliases']) { $aliases = (@($value.aliases) | Sort-Object) -join '+' }
            "-$($parameter.Name) sets=$sets mandatory=$mandatory position=$position aliases=$aliases"
        }
    }

    function Get-RealLine {
        param([object] $Command, [string[]] $Without)
        foreach ($parameter in $Command.Parameters.Values) {
            if ($parameter.Name -in $Without) { continue }
            $names = @($parameter.ParameterSets.Keys)
            $one = $parameter.ParameterSets[$names[0]]
            if ($names -contains $Command.DefaultParameterSet) { $one = $parameter.ParameterSets[$Command.DefaultParameterSet] }
            $sets = ($names | Sort-Object) -join '+'
            if ($names -contains '__AllParameterSets' -or $names.Count -eq $Command.ParameterSets.Count) { $sets = '*' }
            $position = 'named'
            if ($one.Position -ge 0) { $position = $one.Position }
            $aliases = ($parameter.Aliases | Sort-Object) -join '+'
            "-$($parameter.Name) sets=$sets mandatory=$($one.IsMandatory) position=$position aliases=$aliases"
        }
    }
}

Describe 'the parameters' {
    It '<Name> has Az.Compute''s parameters, sets, positions and aliases' -ForEach $exported {
        $command = Get-Command -Name $Name -Module VmssSdk
        $expected = @(Get-FactLine -Fact (Get-Fact -Name $Name) | Sort-Object)
        $without = $common + @($extras[$Name])
        $real = @(Get-RealLine -Command $command -Without $without | Sort-Object)
        ($real -join "`n") | Should -BeExactly ($expected -join "`n")
    }

    It '<Name> has Az.Compute''s parameter sets and default' -ForEach $exported {
        $command = Get-Command -Name $Name -Module VmssSdk
        $fact = Get-Fact -Name $Name
        (@($command.ParameterSets.Name) | Sort-Object) -join ' ' | Should -BeExactly ((@($fact.sets) | Sort-Object) -join ' ')
        if ($fact.PSObject.Properties['default'] -and @($fact.sets).Count -gt 1) { $command.DefaultParameterSet | Should -BeExactly $fact.default }
    }

    It '<Name> binds from the pipeline what Az.Compute does' -ForEach $exported {
        $command = Get-Command -Name $Name -Module VmssSdk
        foreach ($parameter in (Get-Fact -Name $Name).parameters.PSObject.Properties) {
            # For the longest cmdlets only binding by value is known.
            if (-not $parameter.Value.PSObject.Properties['pipeline']) { continue }
            $wanted = @($parameter.Value.pipeline)
            $real = $command.Parameters[$parameter.Name].ParameterSets.Values | Select-Object -First 1
            $real.ValueFromPipeline | Should -Be ($wanted -contains 'value') -Because "-$($parameter.Name)"
            if ($wanted -contains 'prop' -or $wanted.Count -eq 0) {
                $real.ValueFromPipelineByPropertyName | Should -Be ($wanted -contains 'prop') -Because "-$($parameter.Name)"
            }
        }
    }

    It '<Name> has the types that a script can have' -ForEach $exported {
        $command = Get-Command -Name $Name -Module VmssSdk
        foreach ($parameter in (Get-Fact -Name $Name).parameters.PSObject.Properties) {
            $type = $types[$parameter.Value.type]
            if ($type) { $command.Parameters[$parameter.Name].ParameterType | Should -Be $type -Because "-$($parameter.Name)" }
        }
    }

    It '<Name> supports -WhatIf exactly when Az.Compute does' -ForEach $exported {
        $command = Get-Command -Name $Name -Module VmssSdk
        $command.Parameters.ContainsKey('WhatIf') | Should -Be (Get-Fact -Name $Name).shouldProcess
    }

    It '<Name> takes a -DefaultProfile by all its names' -ForEach $exported {
        $profileParameter = (Get-Command -Name $Name -Module VmssSdk).Parameters['DefaultProfile']
        ($profileParameter.Aliases | Sort-Object) -join ' ' | Should -BeExactly 'AzContext AzureCredential AzureRmContext'
    }
}

Describe 'the module' {
    It 'exports what its manifest lists, one file for each' {
        $module = Get-Module -Name VmssSdk
        $files = Get-ChildItem -Path (Join-Path -Path $module.ModuleBase -ChildPath 'Public') -Filter '*.ps1' | ForEach-Object -Process { $_.BaseName }
        (@($module.ExportedFunctions.Keys) | Sort-Object) -join ' ' | Should -BeExactly ((@($files) | Sort-Object) -join ' ')
    }

    It 'has help with a synopsis, an example and a text for every parameter' {
        foreach ($name in (Get-Module -Name VmssSdk).ExportedFunctions.Keys) {
            $help = Get-Help -Name $name -Full
            $help.Synopsis | Should -Not -BeLike "*$name*" -Because $name
            @($help.Examples.Example).Count | Should -BeGreaterThan 0 -Because $name
            foreach ($parameter in @($help.Parameters.Parameter) -ne $null) {
                if ($parameter.Name -in 'WhatIf', 'Confirm') { continue }
                $parameter.PSObject.Properties['Description'] | Should -Not -BeNullOrEmpty -Because "$name -$($parameter.Name)"
            }
        }
    }
}
