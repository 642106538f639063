BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection
    $sponsor = (Get-IExecDeal $deals.sponsored).Payer
}

AfterAll { Disconnect-IExec }

Describe 'Find-IExecTask' {
    It 'finds the tasks that can be claimed, initialised or not' {
        $found = @(Find-IExecTask -Payer $sponsor -Claimable)
        $found.Count | Should -Be 4
        $found.OnChainStatus | Should -Contain 'Unset'
    }

    It 'emits the first ones' {
        @(Find-IExecTask -Payer $sponsor -First 2 -Skip 1).Count | Should -Be 2
    }

    It 'can be piped to Invoke-IExecTaskClaim' {
        Find-IExecTask -Payer $sponsor -Claimable | Invoke-IExecTaskClaim -WhatIf | Should -BeNullOrEmpty
    }
}
