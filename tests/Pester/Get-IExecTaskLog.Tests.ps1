BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $taskId = $devnet.Arbitrum.Tasks.active
    Connect-IExec @connection -PrivateKey (Get-RequesterKey)
}

AfterAll { Disconnect-IExec }

Describe 'Get-IExecTaskLog' {
    It 'fetches what a worker wrote' {
        $log = @(Get-IExecTaskLog $taskId)
        $log | Should -HaveCount 1
        $log[0].Stdout | Should -Be "reading the input`n"
        $log[0].Stderr | Should -Be "Killed: out of memory`n"
    }

    It 'accepts tasks from the pipeline' {
        (Get-IExecTask $taskId | Get-IExecTaskLog).TaskId | Should -Be $taskId
    }

    It 'emits the last lines with -Tail' {
        (Get-IExecTaskLog $taskId -Tail 1).Stderr | Should -Be "Killed: out of memory`n"
        Get-IExecTaskLog $taskId -Tail 0 | Should -BeNullOrEmpty
    }

    It 'follows with -Wait, and stops when enough has come' {
        $log = Get-IExecTaskLog $taskId -Wait -PollingIntervalSec 0.2 | Select-Object -First 1
        $log.Stdout | Should -Be "reading the input`n"
    }

    It 'needs a key' {
        $reader = Connect-IExec @connection -PassThru
        { Get-IExecTaskLog $taskId -Connection $reader -ErrorAction Stop } | Should -Throw -ErrorId 'SignerRequired,*'
        Connect-IExec @connection -PrivateKey (Get-RequesterKey)
    }

    It 'is for the requester only' {
        { Get-IExecTaskLog $devnet.Arbitrum.Tasks.otherRequester -ErrorAction Stop } | Should -Throw -ErrorId 'NotRequester,*'
    }
}
