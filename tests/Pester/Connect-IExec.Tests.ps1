BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $url = $devnet.Arbitrum.Connection.RpcUrl
}

AfterAll { Disconnect-IExec }

Describe 'Connect-IExec' {
    It 'connects read-only, and emits nothing' {
        Connect-IExec -RpcUrl $url | Should -BeNullOrEmpty
        (Get-IExecConnection).Address | Should -BeNullOrEmpty
    }

    It 'reads the chain id from the node' {
        (Connect-IExec -RpcUrl $url -PassThru).Chain | Should -Be 'arbitrum-sepolia-testnet'
    }

    It 'rejects a node of another chain' {
        { Connect-IExec bellecour -RpcUrl $url } | Should -Throw -ErrorId 'ChainMismatch,*'
    }

    It 'rejects an unknown chain' {
        { Connect-IExec nowhere } | Should -Throw -ErrorId 'ChainUnknown,*'
    }

    It 'fails over to the next node' {
        $connection = Connect-IExec -RpcUrl 'http://127.0.0.1:9', $url -MaximumRetryCount 0 -PassThru
        (Get-IExecTask $devnet.Arbitrum.Tasks.active -Connection $connection).StatusName | Should -Be 'ACTIVE'
    }

    It 'accepts a key as a SecureString and shows its address' {
        (Connect-IExec -RpcUrl $url -PrivateKey (Get-RequesterKey) -PassThru).Address | Should -BeExactly $devnet.Requester
    }

    It 'rejects a key as text' {
        { Connect-IExec -RpcUrl $url -PrivateKey 'text' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'rejects an invalid key, without repeating it' {
        $secret = [Net.NetworkCredential]::new('', '0x1234').SecurePassword
        $refusal = { Connect-IExec -RpcUrl $url -PrivateKey $secret } | Should -Throw -ErrorId 'KeyInvalid,*' -PassThru
        $refusal.ToString() | Should -Not -Match '1234'
    }
}
