BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection
    $sponsor = (Get-IExecDeal $deals.sponsored).Payer
}

AfterAll { Disconnect-IExec }

Describe 'Find-IExecDeal' {
    It 'finds what an account paid for, the newest first' {
        $found = @(Find-IExecDeal -Payer $sponsor)
        $found.DealId | Should -Contain $deals.sponsored
        $found.StartTime | Should -Be @($found.StartTime | Sort-Object -Descending)
    }

    It 'finds the deals in which money can be got back' {
        $found = @(Find-IExecDeal -Payer $sponsor -Claimable)
        $found.DealId | Should -Be $deals.sponsored
        $found.RefundableRlc | Should -BeGreaterThan 0
    }

    It 'gives nothing for an account without deals' {
        Find-IExecDeal -Payer ('0x' + '0' * 38 + 'aa') | Should -BeNullOrEmpty
    }

    It 'takes no address that is none' {
        { Find-IExecDeal -Requester 0x12 } | Should -Throw -ErrorId 'InvalidAddress,*'
    }
}
