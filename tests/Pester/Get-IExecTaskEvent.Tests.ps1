BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecTaskEvent on <name>' -ForEach @{ Name = 'Arbitrum' }, @{ Name = 'Bellecour' } {
    BeforeAll {
        $chain = $devnet[$name]
        $connection = $chain.Connection
        Connect-IExec @connection
    }

    It 'lists the events on the chain, from the deal to the end' {
        $events = Get-IExecTaskEvent $chain.Tasks.completedSingle -WarningAction Ignore | Where-Object Source -EQ Chain
        $events[0].Name | Should -Be 'DealMatched'
        $events[-1].Name | Should -Be 'Finalized'
        $events.Name | Should -Contain 'Contributed'
    }

    It 'includes the statuses of the scheduler' {
        $events = Get-IExecTaskEvent $chain.Tasks.active -WarningAction Ignore
        ($events | Where-Object Source -EQ Scheduler).Name | Should -Contain 'RUNNING'
        ($events | Where-Object Source -EQ Chain).Name | Should -Contain 'Initialized'
    }

    It 'draws them on a time axis' {
        $lines = (Get-IExecTaskEvent $chain.Tasks.completedSingle -WarningAction Ignore | Format-Table -View Timeline | Out-String -Width 80) -split '\r?\n'
        $lines -match 'Finalized' | Should -Match '\*$'
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'accepts tasks from the pipeline' {
        (Get-IExecTask $chain.Tasks.active | Get-IExecTaskEvent -WarningAction Ignore).TaskId | Select-Object -Unique | Should -Be $chain.Tasks.active
    }

    It 'emits the events of the chain and a warning if there is no scheduler' {
        $events = Get-IExecTaskEvent $chain.Tasks.wp_noUrl -WarningVariable warnings -WarningAction SilentlyContinue
        $events.Source | Select-Object -Unique | Should -Be 'Chain'
        $warnings | Should -Match 'is missing'
    }
}
