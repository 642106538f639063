#requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests and packs the module. Thin over dotnet, which is all that is needed.
.PARAMETER Task
    Build      builds everything; afterwards Import-Module ./IExec.Task.psd1 works in the clone.
    Test       runs all tests.
    Pack       makes the module folder out/IExec.Task/<version>.
    Playground starts the local chain and the guided tour.
    Clean      removes what the other tasks made.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Playground', 'Clean')]
    [string] $Task = 'Build'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$solution = "$PSScriptRoot/IExec.Task.sln"

function Invoke-DotNet {
    & dotnet $args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

switch ($Task) {
    'Build' { Invoke-DotNet build $solution }
    'Test' { Invoke-DotNet test $solution }
    'Pack' { Invoke-DotNet build "$PSScriptRoot/src/IExec.Task" --configuration Release --target PackModule }
    'Playground' { Invoke-DotNet run --project "$PSScriptRoot/tests/Playground" }
    'Clean' {
        Invoke-DotNet clean $solution
        foreach ($folder in "$PSScriptRoot/lib", "$PSScriptRoot/out") {
            if ([IO.Directory]::Exists($folder)) {
                [IO.Directory]::Delete($folder, $true)
            }
        }
    }
}
