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
    It 'finds the deals that an account paid for, newest first' {
        $found = @(Find-IExecDeal -Payer $sponsor)
        $found.DealId | Should -Contain $deals.sponsored
        $found.StartTime | Should -Be @($found.StartTime | Sort-Object -Descending)
    }

    It 'finds the deals that can be refunded' {
        $found = @(Find-IExecDeal -Payer $sponsor -Claimable)
        $found.DealId | Should -Be $deals.sponsored
        $found.RefundableRlc | Should -BeGreaterThan 0
    }

    It 'gives nothing for an account without deals' {
        Find-IExecDeal -Payer ('0x' + '0' * 38 + 'aa') | Should -BeNullOrEmpty
    }

    It 'rejects an invalid address' {
        { Find-IExecDeal -Requester 0x12 } | Should -Throw -ErrorId 'InvalidAddress,*'
    }
}
