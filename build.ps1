#requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests and packs the module. A thin wrapper around dotnet, which is all that is needed.
.PARAMETER Task
    Build      builds everything; afterwards Import-Module ./IExec.Task.psd1 works in the clone.
    Test       runs all tests, including those of tests/Pester with the PowerShell and the versions of Pester that the build restores.
    Unit       runs the quick unit tests while you write: without a local chain, the vectors of peers, and fuzzing.
    Pack       creates the module folder out/IExec.Task/<version>, and its .nupkg for a PowerShell repository.
    Pester     runs tests/Pester in this PowerShell, where Pester 5 or later is installed, against the devnet of the Playground's --serve, which has to be running.
    Playground starts the local chain and the guided tour.
    Clean      removes what the other tasks created.
.PARAMETER Filter
    The tests to run, with Test and Unit: a part of their full names, or an expression of `dotnet test --filter`.
.EXAMPLE
    ./build.ps1 -Task Test -Filter WatchIExecTask
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Unit', 'Pack', 'Pester', 'Playground', 'Clean')]
    [string] $Task = 'Build',

    [string] $Filter
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

function Invoke-Test {
    param([string] $Project, [string[]] $Filter)

    # dotnet accepts a filter without an operator as a part of the full name, but only if it is the only condition.
    $conditions = foreach ($condition in $Filter) {
        if ($condition -match '[=~]') { "($condition)" } elseif ($condition) { "(FullyQualifiedName~$condition)" }
    }
    if (-not $conditions) {
        Invoke-DotNet test $Project
        return
    }
    $env:DOTNET_CLI_UI_LANGUAGE = 'en' # its summaries are parsed below
    $ran = $false
    Invoke-DotNet test $Project --filter ($conditions -join '&') | ForEach-Object {
        $_
        $ran = $ran -or $_ -match ', Total: +[1-9]'
    }
    if (-not $ran) {
        throw "No test matches the filter: $($conditions -join '&')"
    }
}

# Converts the manifest to the .nuspec for a PowerShell repository, with the tags for the gallery's search of modules and commands.
function ConvertTo-Nuspec {
    param([hashtable] $Manifest)

    $data = $Manifest.PrivateData.PSData
    $tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' + $Manifest.CmdletsToExport.ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
    $elements = [ordered]@{
        id                       = 'IExec.Task'
        version                  = $Manifest.ModuleVersion
        authors                  = $Manifest.Author
        owners                   = $Manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        projectUrl               = $data.ProjectUri
        description              = $Manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $Manifest.Copyright
        tags                     = $tags -join ' '
    }
    $metadata = $elements.GetEnumerator().ForEach({ "<$($_.Key)>$([Security.SecurityElement]::Escape($_.Value))</$($_.Key)>" })
    '<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd"><metadata>' + $metadata + '</metadata></package>'
}

function Read-Manifest {
    $tree = [Management.Automation.Language.Parser]::ParseFile("$PSScriptRoot/IExec.Task.psd1", [ref] $null, [ref] $null)
    $tree.Find({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}

function Invoke-Pack {
    $manifest = Read-Manifest
    $out = "$PSScriptRoot/out"
    $null = [IO.Directory]::CreateDirectory($out)
    [IO.File]::WriteAllText("$out/IExec.Task.nuspec", (ConvertTo-Nuspec $manifest))
    Invoke-DotNet build "$PSScriptRoot/src/IExec.Task" --target PackModule "--property:NuspecFile=$out/IExec.Task.nuspec"

    $folder = [IO.DirectoryInfo] "$out/IExec.Task/$($manifest.ModuleVersion)"
    $files = $folder.GetFiles('*', 'AllDirectories')
    $size = 0
    $files.ForEach({ $size += $_.Length })
    $package = [IO.FileInfo] "$out/IExec.Task.$($manifest.ModuleVersion).nupkg"
    '{0}: {1} files, {2:N1} MB' -f $folder.FullName, $files.Count, ($size / 1e6)
    '{0}: {1:N1} MB' -f $package.FullName, ($package.Length / 1e6)
}

function Invoke-Acceptance {
    if (-not (Get-Module -Name Pester -ListAvailable | Where-Object Version -GE '5.0')) {
        throw 'Pester 5 or later is not installed: Install-PSResource Pester'
    }
    & "$PSScriptRoot/tests/Pester/Invoke-Acceptance.ps1"
    if ($LASTEXITCODE -ne 0) {
        throw 'Acceptance tests failed.'
    }
}

switch ($Task) {
    'Build' { Invoke-DotNet build $solution }
    'Test' { Invoke-Test $solution $Filter }
    'Unit' { Invoke-Test "$PSScriptRoot/tests/Unit" 'Category!=Slow', $Filter }
    'Pack' { Invoke-Pack }
    'Pester' { Invoke-Acceptance }
    'Playground' { Invoke-DotNet run --project "$PSScriptRoot/tests/Playground" }
    'Clean' {
        Invoke-DotNet clean $solution
        foreach ($folder in "$PSScriptRoot/lib/net8.0", "$PSScriptRoot/lib/netstandard2.0", "$PSScriptRoot/out") {
            if ([IO.Directory]::Exists($folder)) {
                [IO.Directory]::Delete($folder, $true)
            }
        }
    }
}
