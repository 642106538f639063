BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecTaskDiagnosis on <name>' -ForEach @{ Name = 'Arbitrum' }, @{ Name = 'Bellecour' } {
    BeforeAll {
        $chain = $devnet[$name]
        $connection = $chain.Connection
        Connect-IExec @connection
    }

    It 'says that a completed task is completed, and how to get its result' {
        $diagnosis = Get-IExecTaskDiagnosis $chain.Tasks.completedSingle -WarningAction Ignore
        $diagnosis.Verdict | Should -Be 'Completed'
        $diagnosis.NextStep | Should -Be "Save-IExecTaskResult $($chain.Tasks.completedSingle)"
    }

    It 'says that a task can be refunded' {
        $diagnosis = Get-IExecTaskDiagnosis $chain.Tasks.claimable0 -WarningAction Ignore
        $diagnosis.Verdict | Should -Be 'Refundable'
        $diagnosis.NextStep | Should -BeLike 'Invoke-IExecTaskClaim *'
    }

    It 'counts the tasks of a deal' {
        $groups = Get-IExecTaskDiagnosis -DealId $chain.Deals.bag -WarningAction Ignore
        ($groups | Measure-Object Count -Sum).Sum | Should -Be 1000
    }
}
