BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecWorkerpool on <name>' -ForEach @{ Name = 'Arbitrum' }, @{ Name = 'Bellecour' } {
    BeforeAll {
        $chain = $devnet[$name]
        $connection = $chain.Connection
        Connect-IExec @connection
        $deal = Get-IExecDeal $chain.Deals.bag
    }

    It 'shows the owner and the statistics of the workerpool of a deal' {
        $pool = $deal | Get-IExecWorkerpool
        $pool.Address | Should -Be $deal.Workerpool.Address
        $pool.Owner | Should -Be $deal.Workerpool.Owner
        $pool.WorkerStakePercent | Should -Be 30
        $pool.Completed + $pool.Timeouts + $pool.Open | Should -Be $pool.RecentTasks
    }

    It 'rejects the address of an app' {
        { Get-IExecWorkerpool $deal.App.Address -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidAddress,*'
    }
}
