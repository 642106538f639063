BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    Connect-IExec @connection
}

AfterAll { Disconnect-IExec }

Describe 'Wait-IExecTask' {
    It 'emits each task once, when it is final' {
        $ids = $tasks.completedSingle, $tasks.failedFromActive
        $final = $ids | Wait-IExecTask
        $final | Should -HaveCount 2
        $final | Should -BeOfType 'IExec.Tasks.IExecTask'
    }

    It 'ends for a task that has timed out' {
        (Wait-IExecTask $tasks.activeTimeout).IsClaimable | Should -BeTrue
    }

    It 'reports a task that is not final in time' {
        { Wait-IExecTask $tasks.active -TimeoutSec 0.5 -PollingIntervalSec 0.2 -ErrorAction Stop } | Should -Throw -ErrorId 'OperationTimedOut,*'
    }
}
