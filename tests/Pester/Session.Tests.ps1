BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection
}

AfterAll { Disconnect-IExec }

Describe 'A runbook' {
    It 'ends with 0, and 1 at an error that stops it, with nothing run after that' {
        (Invoke-Runbook "(Get-IExecTask $($tasks.active)).StatusName").ExitCode | Should -Be 0
        $run = Invoke-Runbook "Get-IExecTask 0x12 -ErrorAction Stop`n'not reached'"
        $run.ExitCode | Should -Be 1
        $run.Output | Should -Not -Contain 'not reached'
    }

    It 'ends with 1 at a node that is down' {
        $run = Invoke-Runbook "`$ErrorActionPreference = 'Stop'`nConnect-IExec -RpcUrl http://127.0.0.1:9`nGet-IExecTask $($tasks.active)`n'not reached'" -NoConnection
        $run.ExitCode | Should -Be 1
        $run.Output | Should -Not -Contain 'not reached'
    }

    It 'works in strict mode, with a transcript, and in another culture' {
        $transcript = "$TestDrive/transcript.txt"
        $run = Invoke-Runbook @"
            Set-StrictMode -Version Latest
            `$ErrorActionPreference = 'Stop'
            [Threading.Thread]::CurrentThread.CurrentCulture = 'tr-TR'
            `$null = Start-Transcript '$transcript'
            (Get-IExecTask -DealId $($deals.bag) -Index 300).StatusName
            Get-IExecTask $($tasks.active) | Format-Table Status, TaskId
            `$null = Stop-Transcript
"@
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Contain 'REVEALING'
        [IO.File]::ReadAllText($transcript) | Should -Match "ACTIVE\s+$($tasks.active)"
    }

    It 'asks nobody: a claim without -Force is refused, and nothing is done' {
        $run = Invoke-Runbook @"
            `$ErrorActionPreference = 'Stop'
            `$key = [Net.NetworkCredential]::new('', '$($devnet.RequesterKey)').SecurePassword
            Connect-IExec -RpcUrl '$($connection.RpcUrl)' -PrivateKey `$key
            Invoke-IExecTaskClaim $($tasks.claimable9)
"@ -NoConnection
        $run.ExitCode | Should -Be 1
        $run.Output -join ' ' | Should -Match 'Run it with -Force'
        (Get-IExecTask $tasks.claimable9).IsClaimable | Should -BeTrue
    }

    It 'ends at once at an interrupt' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) {
        $started = "$TestDrive/started"
        $file = "$TestDrive/watch.ps1"
        Set-Content $file @"
            Import-Module '$($devnet.Module)'
            Connect-IExec -RpcUrl '$($connection.RpcUrl)'
            [IO.File]::WriteAllText('$started', '')
            Wait-IExecTask $($tasks.active)
            'not reached'
"@
        $shell = Get-Shell
        $arguments = $shell.Arguments + '-NoProfile', '-NonInteractive', '-File', $file
        $process = Start-Process $shell.Program $arguments -PassThru -RedirectStandardOutput "$TestDrive/watch.txt"
        while (-not [IO.File]::Exists($started)) {
            Start-Sleep -Milliseconds 100
        }
        & kill -INT $process.Id
        $process.WaitForExit(60000) | Should -BeTrue
        Get-Content "$TestDrive/watch.txt" | Should -Not -Contain 'not reached'
    }
}

Describe 'Work beside' {
    # Where the module is installed, other runspaces find it by themselves.
    It 'passes the connection to parallel runspaces' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $here, $module = (Get-IExecConnection), $devnet.Module
        $read = $tasks.active, $tasks.revealing, $tasks.completedSingle | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:module
            Get-IExecTask $_ -Connection $using:here
        }
        $read.StatusName | Sort-Object | Should -Be @('ACTIVE', 'COMPLETED', 'REVEALING')
    }

    It 'passes the connection to a thread job' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $here, $module = (Get-IExecConnection), $devnet.Module
        $job = Start-ThreadJob {
            Import-Module $using:module
            (Get-IExecTask $args[0] -Connection $using:here).StatusName
        } -ArgumentList $tasks.active
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'ACTIVE'
    }

    It 'connects anew in a job of another process, and gives data back that names its tasks' {
        $job = Start-Job {
            Import-Module $args[0]
            Connect-IExec -RpcUrl $args[1]
            Get-IExecTask $args[2]
        } -ArgumentList "$($devnet.Module)", "$($connection.RpcUrl)", $tasks.activeTimeout
        $copy = $job | Receive-Job -Wait -AutoRemoveJob
        $copy.StatusName | Should -Be 'TIMEOUT'
        ($copy | Get-IExecTask).TaskId | Should -Be $tasks.activeTimeout
    }
}

Describe 'The module' {
    It 'is removed and comes again in one session, and the connection ends with it' {
        $run = Invoke-Runbook @"
            Remove-Module IExec.Task
            [bool] (Get-Command Get-IExecTask -ErrorAction Ignore -Module IExec.Task)
            Import-Module '$($devnet.Module)'
            @(Get-IExecConnection).Count
            Connect-IExec -RpcUrl '$($connection.RpcUrl)'
            Import-Module '$($devnet.Module)' -Force
            Connect-IExec -RpcUrl '$($connection.RpcUrl)'
            (Get-IExecTask $($tasks.active)).StatusName
"@
        $run.ExitCode | Should -Be 0
        $run.Output | Should -Be @('False', '0', 'ACTIVE')
    }
}
