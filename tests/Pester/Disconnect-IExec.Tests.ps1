BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
}

Describe 'Disconnect-IExec' {
    It 'forgets the connection' {
        Connect-IExec @connection
        Disconnect-IExec
        Get-IExecConnection | Should -BeNullOrEmpty
    }

    It 'does nothing without one' {
        { Disconnect-IExec } | Should -Not -Throw
    }

    It 'wipes the key of a connection in a variable' {
        $held = Connect-IExec @connection -PrivateKey (Get-RequesterKey) -PassThru
        Disconnect-IExec -Connection $held
        { Get-IExecTaskLog $devnet.Arbitrum.Tasks.active -Connection $held -ErrorAction Stop } | Should -Throw
    }
}
