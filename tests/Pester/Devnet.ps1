# What the test files share: the local chains that `dotnet run --project tests/Playground -- --serve` keeps up, and connections to them.

# Imports the module, and returns the ids and connections from the file of the running devnet.
function Get-Devnet {
    $file = if ($env:IEXEC_DEVNET) { $env:IEXEC_DEVNET } else { "$PSScriptRoot/../../out/devnet.psd1" }
    if (-not [IO.File]::Exists($file)) {
        throw 'No devnet is up. Start one, and leave it running: dotnet run --project tests/Playground -- --serve'
    }
    $devnet = Import-PowerShellDataFile -LiteralPath $file
    if ($env:IEXEC_MODULE) {
        $devnet.Module = $env:IEXEC_MODULE
    }
    Import-Module -Name $devnet.Module
    $devnet
}

# Calls the node of the first chain directly, with methods for tests only.
function Invoke-Node {
    param([string] $Method, [object[]] $Parameters = @())

    $request = @{ jsonrpc = '2.0'; id = 1; method = $Method; params = $Parameters } | ConvertTo-Json -Compress
    $answer = Invoke-RestMethod -Uri (Get-Devnet).Arbitrum.Connection.RpcUrl -Method Post -ContentType 'application/json' -Body $request
    if ($answer.PSObject.Properties['error']) {
        throw $answer.error.message
    }
    $answer.result
}

# The requester's key, as Connect-IExec takes it.
function Get-RequesterKey {
    [Net.NetworkCredential]::new('', (Get-Devnet).RequesterKey).SecurePassword
}

# The program of this PowerShell, and the first arguments of a shell. A test run in the background may ignore Ctrl+C, which child processes
# inherit; on Linux, env resets it.
function Get-Shell {
    if ($PSVersionTable.PSVersion.Major -ge 7 -and $IsLinux) {
        'env'
        '--default-signal=INT'
    }
    $program = (Get-Process -Id $PID).Path
    $program
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        "$PSHOME/pwsh.dll"
    }
}

# Starts a script as a runbook: in a separate shell, without a profile, not interactive. It has $devnet, $tasks and $deals, and is connected.
function Open-Runbook {
    param([string] $Script)

    $file = "$TestDrive/runbook.ps1"
    Set-Content -LiteralPath $file -Value @"
. '$PSScriptRoot/Devnet.ps1'
`$devnet = Get-Devnet
`$connection, `$tasks, `$deals = `$devnet.Arbitrum.Connection, `$devnet.Arbitrum.Tasks, `$devnet.Arbitrum.Deals
Connect-IExec @connection
$Script
"@
    $program, $arguments = @(Get-Shell) + '-NoProfile', '-NonInteractive', '-File', $file
    $start = [Diagnostics.ProcessStartInfo]::new($program, ($arguments.ForEach({ "`"$_`"" }) -join ' '))
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}

# Waits for the end of a runbook: the lines of its output, all that it wrote as errors, and its exit code.
function Wait-Runbook {
    param([Diagnostics.Process] $Process)

    $failure = $Process.StandardError.ReadToEndAsync()
    $output = $Process.StandardOutput.ReadToEndAsync()
    if (-not $Process.WaitForExit(120000)) {
        $Process.Kill()
        throw 'The runbook did not end within two minutes.'
    }
    [pscustomobject]@{
        Lines    = @($output.Result -split '\r?\n' | Where-Object { $_ })
        Failure  = $failure.Result
        ExitCode = $Process.ExitCode
    }
}

# Runs a script as a runbook, to its end.
function Invoke-Runbook {
    param([string] $Script)

    Wait-Runbook (Open-Runbook $Script)
}
