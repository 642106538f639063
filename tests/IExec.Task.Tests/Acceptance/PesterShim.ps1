# As much of Pester as tests/Pester needs, for the bare engine, which has neither Pester nor the cmdlets that Pester is made of. Files are
# discovered first and run afterwards, as Pester does, so a test sees what BeforeAll has set and nothing else. Dot-source it; the names in
# it begin with Shim because whatever is a variable here can be seen by the tests.

$Shim = @{ Block = $null; Mocks = @{}; Calls = [Collections.Generic.List[object]]::new(); Passed = 0; Failed = 0 }

function Invoke-PesterShim {
    param([string] $Folder)

    $files = [IO.Directory]::GetFiles($Folder, '*.Tests.ps1', 'AllDirectories')
    [Array]::Sort($files)
    foreach ($file in $files) {
        $Shim.Block = Add-ShimNode $null ([IO.Path]::GetFileName($file)) $null
        & $file
        $TestDrive = [IO.Directory]::CreateDirectory("$([IO.Path]::GetTempPath())/iexec-pester-$([Guid]::NewGuid())").FullName
        Invoke-ShimBlock $Shim.Block
        [IO.Directory]::Delete($TestDrive, $true)
    }
    "$($Shim.Passed) passed, $($Shim.Failed) failed"
}

function Add-ShimNode($Parent, [string] $Name, $Case) {
    $node = @{ Name = $Name; Parent = $Parent; Case = $Case; Children = [Collections.Generic.List[object]]::new(); BeforeAll = {}; AfterAll = {}; Body = $null }
    if ($Parent) {
        $Parent.Children.Add($node)
    }
    $node
}

function Describe([string] $Name, [scriptblock] $Fixture, [object[]] $ForEach = @($null)) {
    $parent = $Shim.Block
    foreach ($case in $ForEach) {
        $Shim.Block = Add-ShimNode $parent $Name $case
        $null = & $Fixture
    }
    $Shim.Block = $parent
}

function Context([string] $Name, [scriptblock] $Fixture) {
    Describe $Name $Fixture
}

function It([string] $Name, [scriptblock] $Test, [object[]] $ForEach = @($null)) {
    foreach ($case in $ForEach) {
        (Add-ShimNode $Shim.Block $Name $case).Body = $Test
    }
}

function BeforeAll([scriptblock] $Scriptblock) {
    $Shim.Block.BeforeAll = $Scriptblock
}

function AfterAll([scriptblock] $Scriptblock) {
    $Shim.Block.AfterAll = $Scriptblock
}

function Invoke-ShimBlock($ShimNode) {
    $Shim.Calls.Clear()
    try {
        . Import-ShimCase $ShimNode.Case
        $null = . $ShimNode.BeforeAll
        foreach ($ShimChild in $ShimNode.Children) {
            if ($ShimChild.Body) { Invoke-ShimTest $ShimChild } else { Invoke-ShimBlock $ShimChild }
        }
        $null = . $ShimNode.AfterAll
    } catch {
        $Shim.Failed++
        "[-] $($ShimNode.Name): $_ $($_.ScriptStackTrace.Split("`n")[1])"
    } finally {
        if (-not $ShimNode.Parent) {
            foreach ($name in @($Shim.Mocks.Keys)) {
                $ExecutionContext.InvokeProvider.Item.Remove("function:$name", $false)
            }
            $Shim.Mocks.Clear()
        }
    }
}

function Invoke-ShimTest($ShimNode) {
    try {
        . Import-ShimCase $ShimNode.Case
        $null = . $ShimNode.Body
        $Shim.Passed++
    } catch {
        $Shim.Failed++
        "[-] $($ShimNode.Parent.Name) $($ShimNode.Name) ($($ShimNode.Case.Values)): $_ $($_.ScriptStackTrace.Split("`n")[1])"
    }
}

# Dot-sourced: the entries of a case are variables in its block or test.
function Import-ShimCase([hashtable] $ShimCase) {
    if ($ShimCase) {
        foreach ($ShimEntry in $ShimCase.GetEnumerator()) {
            $ExecutionContext.SessionState.PSVariable.Set($ShimEntry.Key, $ShimEntry.Value)
        }
    }
}

function Should {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] $ActualValue,
        [switch] $Not, $Be, $BeExactly, $BeGreaterThan, $HaveCount, [string] $Match, [type] $BeOfType, [switch] $BeTrue, [switch] $BeFalse,
        [switch] $BeNullOrEmpty, [switch] $Throw, [string] $ErrorId = '*', [switch] $PassThru,
        [string] $Invoke, [int] $Times, [switch] $Exactly, [ValidateSet('Context')] [string] $Scope, [scriptblock] $ParameterFilter = { $true }
    )

    begin {
        $ShimActual = [Collections.Generic.List[object]]::new()
    }
    process {
        $ShimActual.Add($ActualValue)
    }
    end {
        $ShimOperators = 'Be', 'BeExactly', 'BeGreaterThan', 'HaveCount', 'Match', 'BeOfType', 'BeTrue', 'BeFalse', 'BeNullOrEmpty', 'Throw', 'Invoke'
        $ShimOperator = $PSBoundParameters.Keys.Where({ $_ -in $ShimOperators })
        $ShimValue = if ($ShimActual.Count -eq 1) { $ShimActual[0] } else { $ShimActual.ToArray() }
        $ShimHolds = switch ($ShimOperator) {
            'Be' { "$(@($ShimValue).Count):$ShimValue" -eq "$(@($Be).Count):$Be" }
            'BeExactly' { "$(@($ShimValue).Count):$ShimValue" -ceq "$(@($BeExactly).Count):$BeExactly" }
            'BeGreaterThan' { $ShimValue -gt $BeGreaterThan }
            'HaveCount' { @($ShimValue).Count -eq $HaveCount }
            'Match' { $ShimValue -match $Match }
            'BeOfType' { $ShimActual.Count -gt 0 -and -not $ShimActual.Where({ $_ -isnot $BeOfType }) }
            'BeTrue' { [bool] $ShimValue }
            'BeFalse' { -not $ShimValue }
            'BeNullOrEmpty' { $null -eq $ShimValue -or @($ShimValue).Count -eq 0 -or '' -eq "$ShimValue" }
            'Throw' {
                $ShimError = try { $null = & $ShimValue } catch { $_ }
                $null -ne $ShimError -and $ShimError.FullyQualifiedErrorId -like $ErrorId
                $ShimValue = "'$($ShimError.FullyQualifiedErrorId) $ShimError'"
            }
            'Invoke' {
                $ShimValue = $Shim.Calls.Where({ $_.Name -eq $Invoke -and (Test-ShimCall $_.Parameters $ParameterFilter) }).Count
                $ShimValue -eq $Times -and $Exactly -and $Scope
            }
        }
        if ($ShimHolds -eq $Not.IsPresent) {
            throw "$ShimValue should $(if ($Not) { 'not ' })$ShimOperator $($PSBoundParameters[$ShimOperator]) $ErrorId"
        }
        if ($PassThru) {
            $ShimError
        }
    }
}

function Test-ShimCall($ShimParameters, $ShimFilter) {
    . Import-ShimCase $ShimParameters
    & $ShimFilter
}

function Mock([string] $CommandName, [scriptblock] $MockWith) {
    $metadata = [Management.Automation.CommandMetadata]::new((Get-Command -Name $CommandName -CommandType Cmdlet))
    $Shim.Mocks[$CommandName] = $MockWith
    $ExecutionContext.InvokeProvider.Item.Set("function:global:$CommandName", [scriptblock]::Create("
        $([Management.Automation.ProxyCommand]::GetCmdletBindingAttribute($metadata))
        param($([Management.Automation.ProxyCommand]::GetParamBlock($metadata)))
        process {
            `$Shim.Calls.Add(@{ Name = '$CommandName'; Parameters = @{} + `$PSBoundParameters })
            . `$Shim.Mocks['$CommandName']
        }"))
}

# What the test files use of Microsoft.PowerShell.Utility.
function Import-PowerShellDataFile([string] $LiteralPath) {
    $tree = [Management.Automation.Language.Parser]::ParseFile($LiteralPath, [ref] $null, [ref] $null)
    $tree.Find({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}
