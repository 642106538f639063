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

    It 'tells who runs the workerpool of a deal, and how its tasks went' {
        $pool = $deal | Get-IExecWorkerpool
        $pool.Address | Should -Be $deal.Workerpool.Address
        $pool.Owner | Should -Be $deal.Workerpool.Owner
        $pool.WorkerStakePercent | Should -Be 30
        $pool.Completed + $pool.Timeouts + $pool.Open | Should -Be $pool.RecentTasks
    }

    It 'does not take an app for a workerpool' {
        { Get-IExecWorkerpool $deal.App.Address -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidAddress,*'
    }
}
