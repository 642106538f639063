BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecTask' {
    It 'reads <task> as <status>' -ForEach @(
        @{ Task = 'active'; Status = 'ACTIVE' }
        @{ Task = 'revealing'; Status = 'REVEALING' }
        @{ Task = 'completedSingle'; Status = 'COMPLETED' }
        @{ Task = 'failedFromActive'; Status = 'FAILED' }
        @{ Task = 'activeTimeout'; Status = 'TIMEOUT' }
    ) {
        (Get-IExecTask $tasks[$task]).StatusName | Should -Be $status
    }

    It 'filters by the status that the table shows' {
        $timedOut = $tasks.active, $tasks.activeTimeout | Get-IExecTask | Where-Object Status -EQ 'TIMEOUT'
        $timedOut.TaskId | Should -Be $tasks.activeTimeout
        $timedOut.OnChainStatus | Should -Be 'Active'
    }

    It 'emits typed objects' {
        Get-IExecTask $tasks.active | Should -BeOfType 'IExec.Tasks.IExecTask'
    }

    It 'reads a deal of a thousand tasks, including uninitialised ones' {
        $bag = Get-IExecTask -DealId $deals.bag
        $bag | Should -HaveCount 1000
        @($bag | Where-Object StatusName -EQ 'UNSET') | Should -HaveCount 200
    }

    It 'reads chosen indexes of a deal' {
        (Get-IExecTask -DealId $deals.bag -Index 0, 300).Index | Should -Be @(0, 300)
    }

    It 'keeps the order of ids from the pipeline' {
        $ids = $tasks.revealing, $tasks.active, $tasks.completedSingle
        ($ids | Get-IExecTask).TaskId | Should -Be $ids
    }

    It 'emits objects that are sorted and compared by their ids' {
        $read = Get-IExecTask -DealId $deals.bag -Index 0, 1, 2, 3
        ($read | Sort-Object).TaskId | Should -Be @($read.TaskId | Sort-Object)
        $changed = Compare-Object $read (Get-IExecTask -DealId $deals.bag -Index 3, 2, 1, 4)
        $changed.InputObject.Index | Should -Be @(4, 0)
        $changed.SideIndicator | Should -Be @('=>', '<=')
    }

    It 'reports an invalid id and continues with the others' {
        $read = '0x123', $tasks.active | Get-IExecTask -ErrorVariable failure -ErrorAction SilentlyContinue
        $read.TaskId | Should -Be $tasks.active
        $failure[0].FullyQualifiedErrorId | Should -Match '^InvalidTaskId,'
        $failure[0].TargetObject | Should -Be '0x123'
    }

    It 'does not find an uninitialised task by its id' {
        { Get-IExecTask $tasks.unset -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotFound,*'
    }
}
