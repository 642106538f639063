BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecDeal' {
    It 'counts the tasks of a deal' {
        $deal = Get-IExecDeal $deals.bag
        $deal.BotSize | Should -Be 1000
        $deal.Tasks.Completed | Should -Be 300
    }

    It 'shows the amounts' {
        $deal = Get-IExecTask $tasks.failedFromActive | Get-IExecDeal
        $deal.RefundedRlc | Should -Be $deal.PaidRlc
        $deal.LockedRlc | Should -Be 0
    }

    It 'reports a deal that does not exist' {
        { Get-IExecDeal ('0x' + '1' * 64) -ErrorAction Stop } | Should -Throw -ErrorId 'DealNotFound,*'
    }
}
