BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    Connect-IExec @connection -PrivateKey (Get-RequesterKey)

    # A task can be claimed only once, so the chain is reset to this snapshot afterwards.
    $snapshot = Invoke-Node evm_snapshot

    function Get-ClaimableTask {
        @(0..9 | ForEach-Object { $tasks["claimable$_"] } | Get-IExecTask | Where-Object IsClaimable)[0]
    }
}

AfterAll {
    Disconnect-IExec
    $null = Invoke-Node evm_revert $snapshot
}

Describe 'Invoke-IExecTaskClaim' {
    It 'sends nothing with -WhatIf' {
        $task = Get-ClaimableTask
        $task | Invoke-IExecTaskClaim -WhatIf | Should -BeNullOrEmpty
        (Get-IExecTask $task.TaskId).IsClaimable | Should -BeTrue
    }

    It 'turns a timed-out task into a failed one' {
        $task = Get-ClaimableTask
        $claim = Invoke-IExecTaskClaim $task.TaskId -Force
        $claim.TaskId | Should -Be $task.TaskId
        $claim.TransactionHash | Should -Match '^0x[0-9a-f]{64}$'
        (Get-IExecTask $task.TaskId).StatusName | Should -Be 'FAILED'
    }

    It 'creates an unsigned transaction for another wallet, and does not send it' {
        $task = Get-ClaimableTask
        $task | Invoke-IExecTaskClaim -AsUnsignedTransaction | Should -Not -BeNullOrEmpty
        (Get-IExecTask $task.TaskId).IsClaimable | Should -BeTrue
    }

    It 'does not claim before the final deadline' {
        { Invoke-IExecTaskClaim $tasks.active -Force -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimTooEarly,*'
    }

    It 'does not claim a task that completed' {
        { Invoke-IExecTaskClaim $tasks.completedSingle -Force -ErrorAction Stop } | Should -Throw -ErrorId 'ClaimNotAllowed,*'
    }

    It 'needs a key to send' {
        $reader = Connect-IExec @connection -PassThru
        { Invoke-IExecTaskClaim $tasks.active -Connection $reader -Force -ErrorAction Stop } | Should -Throw -ErrorId 'SignerRequired,*'
        Connect-IExec @connection -PrivateKey (Get-RequesterKey)
    }
}
