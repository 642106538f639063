BeforeDiscovery {
    $cases = @(
        @{ Command = 'Connect-IExec'; Set = 'ReadOnly'; Use = { Connect-IExec @connection -PassThru } }
        @{ Command = 'Connect-IExec'; Set = 'PrivateKey'; Use = { Connect-IExec @connection -PrivateKey (Get-RequesterKey) -PassThru } }
        @{ Command = 'Connect-IExec'; Set = 'Keystore'; Use = { Connect-IExec @connection -KeystorePath $keystore -Password $password -PassThru } }
        @{ Command = 'Disconnect-IExec'; Set = '__AllParameterSets'; Use = { Disconnect-IExec; 'done' } }
        @{ Command = 'Get-IExecChain'; Set = '__AllParameterSets'; Use = { '421614' | Get-IExecChain } }
        @{ Command = 'Get-IExecConnection'; Set = '__AllParameterSets'; Use = { Get-IExecConnection } }
        @{ Command = 'Get-IExecDeal'; Set = '__AllParameterSets'; Use = { Get-IExecDeal -DealId $task.DealId } }
        @{ Command = 'Save-IExecTaskResult'; Set = 'ById'; Use = { Save-IExecTaskResult $tasks.completedSingle -Path "$TestDrive/*r" } }
        @{ Command = 'Save-IExecTaskResult'; Set = 'ByDeal'; Use = { Save-IExecTaskResult -DealId $final.DealId "$TestDrive/of deal/" } }
        @{ Command = 'Save-IExecTaskResult'; Set = 'ByObject'; Use = { $final | Save-IExecTaskResult -LiteralPath "$TestDrive/[1].zip" } }
        @{ Command = 'Export-IExecDealReport'; Set = '__AllParameterSets'; Use = { $task | Export-IExecDealReport -LiteralPath "$TestDrive/[1].html" -WarningAction Ignore } }
        @{ Command = 'Find-IExecDeal'; Set = '__AllParameterSets'; Use = { Find-IExecDeal $devnet.Requester -First 1 } }
        @{ Command = 'Find-IExecTask'; Set = '__AllParameterSets'; Use = { Find-IExecTask $devnet.Requester -First 1 } }
        @{ Command = 'Get-IExecWorkerpool'; Set = '__AllParameterSets'; Use = { $task | Get-IExecDeal | Get-IExecWorkerpool -DealCount 1 } }
        foreach ($command in 'Get-IExecTask', 'Get-IExecTaskDiagnosis', 'Get-IExecTaskOffchainInfo', 'Get-IExecTaskLog') {
            @{ Command = $command; Set = 'ById'; Use = { & $command -TaskId $task.TaskId } }
            @{ Command = $command; Set = 'ByDeal'; Use = { & $command -DealId $task.DealId -Index $task.Index } }
            @{ Command = $command; Set = 'ByObject'; Use = { $task | & $command } }
        }
        @{ Command = 'Get-IExecTaskEvent'; Set = 'ById'; Use = { Get-IExecTaskEvent -TaskId $task.TaskId | Select-Object -First 1 } }
        @{ Command = 'Get-IExecTaskEvent'; Set = 'ByDeal'; Use = { Get-IExecTaskEvent -DealId $task.DealId -Index $task.Index | Select-Object -First 1 } }
        @{ Command = 'Get-IExecTaskEvent'; Set = 'ByObject'; Use = { $task | Get-IExecTaskEvent | Select-Object -First 1 } }
        foreach ($command in 'Watch-IExecTask', 'Wait-IExecTask') {
            @{ Command = $command; Set = 'ById'; Use = { & $command -TaskId $final.TaskId } }
            @{ Command = $command; Set = 'ByDeal'; Use = { & $command -DealId $final.DealId } }
            @{ Command = $command; Set = 'ByObject'; Use = { & $command -InputObject $final } }
            @{ Command = $command; Set = 'ByIdInDeal'; Use = { & $command -TaskId $tasks.unsetTimeout -DealId $deals.unsetTimeout } }
        }
        @{ Command = 'Invoke-IExecTaskClaim'; Set = 'ById'; Use = { Invoke-IExecTaskClaim -TaskId $tasks.claimable2 -AsUnsignedTransaction } }
        @{ Command = 'Invoke-IExecTaskClaim'; Set = 'ByDeal'; Use = { Invoke-IExecTaskClaim -DealId $deals.unsetTimeout -AsUnsignedTransaction } }
        @{ Command = 'Invoke-IExecTaskClaim'; Set = 'ByObject'; Use = { Get-IExecTask -DealId $deals.unsetTimeout | Invoke-IExecTaskClaim -AsUnsignedTransaction } }
    )
}

BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection -PrivateKey (Get-RequesterKey)
    $task, $final = Get-IExecTask $tasks.active, $tasks.completedSingle
    $null = New-Item -ItemType Directory -Path "$TestDrive/folder"

    # The first account of development chains, as the iExec command line writes it, with a cheap scrypt.
    $keystore = "$TestDrive/key.json"
    $password = [Net.NetworkCredential]::new('', 'whatever').SecurePassword
    $wrong = [Net.NetworkCredential]::new('', 'wrong').SecurePassword
    Set-Content -LiteralPath $keystore -Value @'
{
  "address": "f39fd6e51aad88f6f4ce6ab8827279cfffb92266", "id": "2781f7bf-c644-4b02-92da-680e801699e8", "version": 3,
  "Crypto": {
    "cipher": "aes-128-ctr", "cipherparams": { "iv": "3e6dd5279c97ca42b1df401f3a56b35d" },
    "ciphertext": "0b9f50bdfdc5854c1712707efdb4f456c8e908f303a26b01f77979b15ed25d12",
    "kdf": "scrypt",
    "kdfparams": { "salt": "d759481b59a301501cd72144e741fe5f26cb83bb698ff21e82c999b5053cfd1e", "n": 4096, "dklen": 32, "p": 1, "r": 8 },
    "mac": "098f12b6aac8a669ddd26083c80bca36079ac3d6b1339cd0bc49fcbc502124b8"
  }
}
'@
}

AfterAll { Disconnect-IExec }

Describe 'Parameter sets' {
    BeforeEach { Connect-IExec @connection -PrivateKey (Get-RequesterKey) }

    It '<command> by <set>' -ForEach $cases {
        @(& $use) | Should -HaveCount 1
    }

    It 'are all used above' -ForEach @{ Used = $cases.ForEach({ "$($_.Command) $($_.Set)" }) } {
        $all = Get-Command -Module IExec.Task -CommandType Cmdlet | ForEach-Object { foreach ($set in $_.ParameterSets) { "$($_.Name) $($set.Name)" } }
        Compare-Object $all $used | Should -BeNullOrEmpty
    }

    It 'reject a wrong password of a key file' {
        { Connect-IExec @connection -KeystorePath $keystore -Password $wrong } | Should -Throw -ErrorId 'PasswordWrong,*'
    }
}
