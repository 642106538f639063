BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $null = Get-Devnet
}

Describe 'Get-IExecChain' {
    It 'lists the chains' {
        (Get-IExecChain).Name | Should -Be @('arbitrum-mainnet', 'arbitrum-sepolia-testnet', 'bellecour')
    }

    It 'knows <name> as chain <id>' -ForEach @(
        @{ Name = 'arbitrum-mainnet'; Id = 42161 }
        @{ Name = 'arbitrum-sepolia-testnet'; Id = 421614 }
        @{ Name = 'bellecour'; Id = 134 }
    ) {
        (Get-IExecChain $name).ChainId | Should -Be $id
    }

    It 'accepts wildcards' {
        @(Get-IExecChain arbitrum*) | Should -HaveCount 2
        Get-IExecChain nothing* | Should -BeNullOrEmpty
    }

    It 'reports an unknown chain' {
        { Get-IExecChain nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'ChainUnknown,*'
    }
}
