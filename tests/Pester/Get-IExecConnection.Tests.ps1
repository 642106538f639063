BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Bellecour.Connection
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecConnection' {
    It 'emits nothing before there is one' {
        Disconnect-IExec
        Get-IExecConnection | Should -BeNullOrEmpty
    }

    It 'shows the chain and the address of the key' {
        Connect-IExec @connection -PrivateKey (Get-RequesterKey)
        $shown = Get-IExecConnection
        $shown.ChainId | Should -Be 134
        $shown.Address | Should -BeExactly $devnet.Requester
    }
}
