BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    Connect-IExec @connection
}

AfterAll { Disconnect-IExec }

Describe 'Watch-IExecTask' {
    It 'emits <message> for <task>' -ForEach @(
        @{ Task = 'completedSingle'; Message = 'TASK_COMPLETED' }
        @{ Task = 'failedFromActive'; Message = 'TASK_FAILED' }
        @{ Task = 'activeTimeout'; Message = 'TASK_TIMEDOUT' }
    ) {
        $updates = @(Watch-IExecTask $tasks[$task])
        $updates[-1].Message | Should -Be $message
    }

    It 'watches tasks of a deal' {
        $updates = Watch-IExecTask -DealId $devnet.Arbitrum.Deals.bagTimeout -Index 0, 1
        $updates | Should -HaveCount 2
        $updates | Should -BeOfType 'IExec.Tasks.IExecTaskUpdate'
    }

    It 'emits the state of an open task before it waits' {
        $updates = @(Watch-IExecTask $tasks.active -TimeoutSec 0.5 -PollingIntervalSec 0.2 -ErrorVariable failure -ErrorAction SilentlyContinue)
        $updates[0].Status | Should -Be 'ACTIVE'
        $failure[0].FullyQualifiedErrorId | Should -Match '^OperationTimedOut,'
    }
}
