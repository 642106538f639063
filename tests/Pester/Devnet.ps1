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
