# What the test files share: the local chains that `dotnet run --project tests/Playground -- --serve` keeps up, and connections to them.

# Imports the module, and gives the ids and connections that the running devnet has written down.
function Get-Devnet {
    $file = if ($env:IEXEC_DEVNET) { $env:IEXEC_DEVNET } else { "$PSScriptRoot/../../out/devnet.psd1" }
    if (-not [IO.File]::Exists($file)) {
        throw 'No devnet is up. Start one, and leave it running: dotnet run --project tests/Playground -- --serve'
    }
    $devnet = Import-PowerShellDataFile -LiteralPath $file
    Import-Module -Name $devnet.Module
    $devnet
}

# Calls the node of the first chain as only a test may.
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

# The running shell, to be started again: its program, and what comes before its own arguments. On PowerShell 7 the tool's pwsh only starts a
# child process; what it starts is pwsh.dll.
function Get-Shell {
    $dll = [IO.Path]::Combine($PSHOME, 'pwsh.dll')
    $program = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        @{ Program = $program; Arguments = @($dll) }
    } else {
        @{ Program = $program; Arguments = @() }
    }
}

# Runs a script as an unattended runbook, in a process of its own that is connected to the devnet: gives its exit code and its output's lines.
function Invoke-Runbook {
    param([string] $Script, [switch] $NoConnection)

    $devnet = Get-Devnet
    $file = [IO.Path]::Combine([IO.Path]::GetTempPath(), "iexec-runbook-$([Guid]::NewGuid()).ps1")
    $lines = @("Import-Module '$($devnet.Module)'")
    if (-not $NoConnection) {
        $lines += "Connect-IExec -RpcUrl '$($devnet.Arbitrum.Connection.RpcUrl)'"
    }
    [IO.File]::WriteAllText($file, ($lines + $Script) -join "`n")
    try {
        $shell = Get-Shell
        $arguments = $shell.Arguments + '-NoProfile', '-NonInteractive', '-File', $file
        $output = & $shell.Program @arguments 2>&1
        @{ ExitCode = $LASTEXITCODE; Output = @($output | ForEach-Object { "$_".Trim() }) }
    } finally {
        [IO.File]::Delete($file)
    }
}
