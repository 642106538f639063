# Errors that only a faulty service causes are tested in tests/Cmdlets: RateLimited, ChallengeRejected, LogNotFound, Unauthorized,
# ResultCorrupt, ClaimReverted, DecryptionFailed. The other ids are in the file of the cmdlet that they belong to.
BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    $snapshot = Invoke-Node evm_snapshot
    $nobody = '0x' + '7' * 64
}

AfterAll {
    Disconnect-IExec
    $null = Invoke-Node evm_revert $snapshot
}

Describe 'Errors' {
    BeforeEach {
        Connect-IExec @connection -PrivateKey (Get-RequesterKey) -MaximumRetryCount 0
    }

    It '<errorId>: <command>' -ForEach @(
        @{ ErrorId = 'InvalidDealId'; Command = { Get-IExecDeal 0x12 } }
        @{ ErrorId = 'InvalidAddress'; Command = { Get-IExecTaskLog $tasks.active -Worker 0x12 } }
        @{ ErrorId = 'InvalidAddress'; Command = { Invoke-IExecTaskClaim $tasks.claimable1 -From 0x12 -AsUnsignedTransaction } }
        @{ ErrorId = 'ConnectionRequired'; Command = { $held = Get-IExecConnection; Disconnect-IExec; Get-IExecTask $tasks.active -Connection $held } }
        @{ ErrorId = 'RpcUnavailable'; Command = { Connect-IExec -RpcUrl 'http://127.0.0.1:9' -MaximumRetryCount 0 } }
        @{ ErrorId = 'RpcError'; Command = { Connect-IExec -RpcUrl $connection.RpcUrl -HubAddress $devnet.Requester } }
        @{ ErrorId = 'TaskNotInDeal'; Command = { Get-IExecTask -DealId $deals.bag -Index 1000 } }
        @{ ErrorId = 'WorkerpoolApiError'; Command = { Connect-IExec -RpcUrl $connection.RpcUrl -CompassUrl 'http://127.0.0.1:9' -MaximumRetryCount 0; Get-IExecTaskOffchainInfo $tasks.active } }
        @{ ErrorId = 'ResultLocationInvalid'; Command = { Save-IExecTaskResult $tasks.completedTraversal $TestDrive } }
        @{ ErrorId = 'GatewayError'; Command = { Save-IExecTaskResult $tasks.completedIpfsMissing $TestDrive } }
        @{ ErrorId = 'FileAccessFailed'; Command = { Save-IExecTaskResult $tasks.completedSingle 'Env:/result' } }
        @{ ErrorId = 'ArchiveUnsafe'; Command = { Save-IExecTaskResult $tasks.completedLarge "$TestDrive/large" -Expand -MaximumSizeMB 1 } }
        @{ ErrorId = 'KeyInvalid'; Command = { Save-IExecTaskResult $tasks.completedEncrypted $TestDrive -BeneficiaryKeyPath $PSCommandPath } }
        @{ ErrorId = 'FeeTooHigh'; Command = { Invoke-IExecTaskClaim $tasks.claimable1 -Force -MaxFeePerGas 1000000000 -MaximumCost 0 } }
        @{ ErrorId = 'FundsInsufficient'; Command = { Connect-IExec @connection -PrivateKey ([Net.NetworkCredential]::new('', $nobody).SecurePassword); Invoke-IExecTaskClaim $tasks.claimable1 -Force -MaxFeePerGas 1000000000 } }
        @{ ErrorId = 'ClaimNotConfirmed'; Command = { Invoke-IExecTaskClaim $tasks.claimable1 -Force -Confirmations 10000 -TimeoutSec 1 } }
    ) {
        $ErrorActionPreference = 'Stop'
        $failure = $command | Should -Throw -ErrorId "$errorId,*" -PassThru
        $failure.CategoryInfo.Category | Should -Not -Be 'NotSpecified'
        $failure.Exception.Message | Should -Match '\.$'
    }
}
