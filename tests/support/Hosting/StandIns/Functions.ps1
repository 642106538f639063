# Commands of a full PowerShell that the engine lacks, as far as the examples in the help and in README.md use them.

# A user who answers every question with the variable of its name.
function Read-Host {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'The variables hold what is asked for.')]
    param([string] $Prompt, [switch] $AsSecureString)
    $ExecutionContext.SessionState.PSVariable.GetValue($Prompt)
}

# A vault (Microsoft.PowerShell.SecretManagement) with one secret.
function Get-Secret {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'There is one secret.')]
    param([string] $Name)
    $password
}

function Get-Content {
    param([string] $Path)
    [IO.File]::ReadAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path))
}

# What > does.
function Out-File {
    param([string] $FilePath, [Parameter(ValueFromPipeline)] $InputObject)
    begin { $lines = [Collections.Generic.List[string]]::new() }
    process { $lines.Add("$InputObject") }
    end { [IO.File]::WriteAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($FilePath), $lines) }
}

function Group-Object {
    param([Parameter(Position = 0)] [string] $Property, [Parameter(ValueFromPipeline)] $InputObject)
    begin { $groups = [ordered]@{} }
    process {
        $name = "$($InputObject.$Property)"
        if (-not $groups.Contains($name)) { $groups[$name] = [Collections.Generic.List[object]]::new() }
        $groups[$name].Add($InputObject)
    }
    end { foreach ($name in $groups.Keys) { [pscustomobject]@{ Count = $groups[$name].Count; Name = $name; Group = $groups[$name] } } }
}

function Write-Error {
    [CmdletBinding()]
    param([string] $Message)
    $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([Exception]::new($Message), 'Microsoft.PowerShell.Commands.WriteErrorException', 'NotSpecified', $null))
}

function Get-Date { [DateTime]::Now }
