BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecTaskOffchainInfo on <name>' -ForEach @{ Name = 'Arbitrum' }, @{ Name = 'Bellecour' } {
    BeforeAll {
        $chain = $devnet[$name]
        $connection = $chain.Connection
        Connect-IExec @connection
    }

    It 'emits what the scheduler knows' {
        $info = Get-IExecTaskOffchainInfo $chain.Tasks.active
        $info.Status | Should -Be 'RUNNING'
        $info.Replicates | Should -HaveCount 2
        $info.Replicates[0].ExitCode | Should -Be 137
    }

    It 'explains why a task does not finish' {
        (Get-IExecTaskOffchainInfo $chain.Tasks.active).Replicates[0].Explanation | Should -Not -BeNullOrEmpty
    }

    It 'reports a workerpool that has not published an API URL' {
        { Get-IExecTaskOffchainInfo $chain.Tasks.wp_noUrl -ErrorAction Stop } | Should -Throw -ErrorId 'WorkerpoolApiUndeclared,*'
    }
}
