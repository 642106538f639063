<#
.SYNOPSIS
    Runs the acceptance tests with one version of Pester, against the devnet that is up, and writes down what came of each.
.DESCRIPTION
    The exit code is 0 when all tests passed.
#>
[CmdletBinding()]
param(
    # The manifest of Pester; without it, the newest that is installed.
    [string] $Pester = 'Pester',

    # The file for the results, as JSON; none without it.
    [string] $ResultPath,

    # The file of the devnet; without it, the one that Playground --serve writes.
    [string] $Devnet,

    # The manifest of the module to test; without it, the one that the devnet names: the build of the clone.
    [string] $Module
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
if ($Devnet) {
    $env:IEXEC_DEVNET = $Devnet
}
if ($Module) {
    $env:IEXEC_MODULE = Convert-Path -LiteralPath $Module
}
. $PSScriptRoot/Devnet.ps1
$null = Get-Devnet
Import-Module -Name $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration
if ($ResultPath) {
    $tests = foreach ($test in $run.Tests) {
        @{
            Path    = @([IO.Path]::GetFileName($test.ScriptBlock.File)) + $test.Path
            Name    = $test.ExpandedPath
            Result  = "$($test.Result)"
            Message = "$($test.ErrorRecord -join "`n")"
        }
    }
    $report = @{
        Shell  = "$($PSVersionTable.PSVersion)"
        Pester = "$((Get-Module -Name Pester).Version)"
        Tests  = @($tests)
    }
    [IO.File]::WriteAllText($ResultPath, (ConvertTo-Json -InputObject $report -Depth 5))
}
exit [int]($run.Result -ne 'Passed')
