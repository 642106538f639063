BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
}

AfterAll { Disconnect-IExec }

Describe 'A runbook' {
    It 'continues after the error of one task, and exits with 1 at the first one under Stop' {
        $run = Invoke-Runbook @'
$tasks.active, 'nonsense', $tasks.revealing | Get-IExecTask | ForEach-Object StatusName
Get-IExecTask 'nonsense' -ErrorAction Stop
'not reached'
'@
        $run.Lines | Should -Contain 'ACTIVE'
        $run.Lines | Should -Contain 'REVEALING'
        $run.Lines | Should -Not -Contain 'not reached'
        $run.ExitCode | Should -Be 1
    }

    It 'chooses its exit code by the error''s id, and claims nothing without confirmation' {
        $run = Invoke-Runbook @'
Connect-IExec @connection -PrivateKey (Get-RequesterKey)
try { Invoke-IExecTaskClaim $tasks.claimable0 } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.Message }
(Get-IExecTask $tasks.claimable0).IsClaimable
try { Get-IExecTask $tasks.unset -ErrorAction Stop }
catch { exit $(if ($_.FullyQualifiedErrorId -like 'TaskNotFound,*') { 7 } else { 8 }) }
'@
        $run.Lines | Should -Be @(
            'ConfirmationImpossible,IExec.Tasks.Commands.InvokeIExecTaskClaimCommand'
            'Nothing was done: Invoke-IExecTaskClaim asks for confirmation, and this session cannot prompt. Run it with -Force; -WhatIf shows what it would do.'
            'True'
        )
        $run.ExitCode | Should -Be 7
    }

    It 'shows requests with -Debug, and sends no claim after a warning that nobody can answer' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $run = Invoke-Runbook @'
Connect-IExec @connection -PrivateKey (Get-RequesterKey)
$messages = @(Get-IExecTask $tasks.claimable0 -Debug 5>&1)
@($messages -match 'eth_call').Count -gt 0
try { Invoke-IExecTaskClaim $tasks.claimable0 -Force -Debug 5>$null } catch { "$_" }
(Get-IExecTask $tasks.claimable0).IsClaimable
$DebugPreference = 'Continue'
@(Invoke-IExecTaskClaim $tasks.claimable0 -WhatIf 5>&1) -match 'eth_estimateGas' | ForEach-Object { 'estimated' } | Select-Object -First 1
'@
        $run.Failure | Should -BeNullOrEmpty
        $run.Lines | Where-Object { $_ -notmatch '^(WARNING|What if):' } | Should -Be @(
            'True'
            'PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'
            'True'
            'estimated'
        )
        $run.Lines -match '^WARNING: Sending transaction' | Should -HaveCount 1
    }

    It 'works under strict mode and in another culture, and shows the same' {
        $run = Invoke-Runbook @'
$show = {
    foreach ($item in (Get-IExecTask $tasks.completedSingle), (Get-IExecDeal $deals.bag), (Get-IExecTaskOffchainInfo $tasks.active), (Watch-IExecTask $tasks.activeTimeout)) {
        ($item | Format-Table | Out-String -Width 120), ($item | Format-List | Out-String -Width 120) -replace '\s' # lines break where a culture has it
    }
}
$here = -join (& $show)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($name in 'de-DE', 'tr-TR', 'ar-SA', 'fa-IR') {
    [Threading.Thread]::CurrentThread.CurrentCulture = [Threading.Thread]::CurrentThread.CurrentUICulture = $name
    if ((-join (& $show)) -cne $here) { "$name differs" }
    if (@(Get-IExecChain 'ARBITRUM-MAINNET').Count -ne 1) { "$name does not know the chain" }
    $timeout = @(Watch-IExecTask $tasks.active -TimeoutSec 0.5 -PollingIntervalSec 0.2 -ErrorVariable problem -ErrorAction SilentlyContinue)
    if ($problem[0].FullyQualifiedErrorId -notlike 'OperationTimedOut,*') { "$name watches otherwise" }
}
'done'
'@
        $run.Failure | Should -BeNullOrEmpty
        $run.Lines | Should -Be 'done'
    }

    It 'has all output in its transcript, and no key' {
        $run = Invoke-Runbook @'
$null = Start-Transcript -Path "$PSScriptRoot/transcript.txt"
Connect-IExec @connection -PrivateKey (Get-RequesterKey) -Verbose
Get-IExecConnection | Format-List *
Get-IExecTask $tasks.active
Get-IExecTask 'nonsense'
Get-IExecTaskLog $tasks.active -Debug -Verbose
$null = Stop-Transcript
'@
        $transcript = [IO.File]::ReadAllText("$TestDrive/transcript.txt")
        $run.ExitCode | Should -Be 0
        $transcript | Should -Match $tasks.active
        $transcript | Should -Match 'nonsense'
        $transcript | Should -Match 'out of memory'
        $transcript | Should -Not -Match $devnet.RequesterKey.Substring(2)
    }

    It 'can unload the module, load it again, reload it with -Force, and use it in a job' {
        $run = Invoke-Runbook @'
Import-Module -Name $devnet.Module -Force
Connect-IExec @connection
"after -Force: $((Get-IExecTask $tasks.active).StatusName)"
Remove-Module -Name IExec.Task
"gone: $($null -eq (Get-Command -Name Get-IExecTask -ErrorAction SilentlyContinue))"
Import-Module -Name $devnet.Module
Connect-IExec @connection
"loaded again: $((Get-IExecTask $tasks.active).StatusName)"
$job = Start-Job -ArgumentList $devnet.Module, $connection, $tasks.active {
    param($module, $connection, $id)
    Import-Module -Name $module
    Connect-IExec @connection
    Get-IExecTask $id
}
$task = $job | Receive-Job -Wait -AutoRemoveJob
"of a job: $($task.StatusName), read again: $(($task | Get-IExecTask).StatusName)"
'@
        $run.Failure | Should -BeNullOrEmpty
        $run.Lines | Should -Be @('after -Force: ACTIVE', 'gone: True', 'loaded again: ACTIVE', 'of a job: ACTIVE, read again: ACTIVE')
    }

    It 'shares one connection among parallel runspaces and thread jobs' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $run = Invoke-Runbook @'
$shared = Get-IExecConnection
$ids = $tasks.active, $tasks.revealing, $tasks.completedSingle, $tasks.failedFromActive
$read = 1..12 | ForEach-Object -ThrottleLimit 4 -Parallel {
    Import-Module -Name ($using:devnet).Module
    ($using:ids | Get-IExecTask -Connection $using:shared).StatusName -join ' '
}
"parallel: $(@($read).Count), $($read | Select-Object -Unique)"
$jobs = 1..3 | ForEach-Object { Start-ThreadJob { Import-Module -Name ($using:devnet).Module; (Get-IExecTask ($using:tasks).active -Connection $using:shared).StatusName } }
"thread jobs: $($jobs | Receive-Job -Wait -AutoRemoveJob)"
"alone: $(1 | ForEach-Object -Parallel { Import-Module -Name ($using:devnet).Module; $null -eq (Get-IExecConnection) })"
'@
        $run.Failure | Should -BeNullOrEmpty
        $run.Lines | Should -Be @('parallel: 12, ACTIVE REVEALING COMPLETED FAILED', 'thread jobs: ACTIVE ACTIVE ACTIVE', 'alone: True')
    }

    It 'ends at Ctrl+C, and runs its finally block' -Skip:($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) {
        $process = Open-Runbook @'
try {
    (Get-IExecTask $tasks.revealing).StatusName
    Wait-IExecTask $tasks.active -TimeoutSec 60 -Debug -Verbose # ends by itself when no signal comes
    'not reached'
}
finally { [Console]::WriteLine('cleaned up') }
'@
        $null = while (($line = $process.StandardOutput.ReadLine()) -notlike '*DEBUG: *' -and $null -ne $line) { } # its first request: it waits
        & kill -INT $process.Id
        $run = Wait-Runbook $process
        $run.Lines | Should -Contain 'cleaned up'
        $run.Lines | Should -Not -Contain 'not reached'
    }
}

Describe 'A session' {
    It 'keeps its connection to itself' {
        Connect-IExec @connection
        $other = [powershell]::Create()
        try {
            $other.AddScript("Import-Module -Name '$($devnet.Module)'; `$null -eq (Get-IExecConnection)").Invoke() | Should -BeTrue
        }
        finally {
            $other.Dispose()
        }
    }
}
