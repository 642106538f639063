BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    Connect-IExec @connection
}

AfterAll { Disconnect-IExec }

Describe 'Save-IExecTaskResult' {
    It 'saves a result that is verified by its CID and its digest' {
        $result = Save-IExecTaskResult $tasks.completedSingle $TestDrive
        [IO.File]::Exists($result.Path) | Should -BeTrue
        $result.CidVerified | Should -BeTrue
        $result.DigestVerified | Should -BeTrue
    }

    It 'expands it on request' {
        $result = Save-IExecTaskResult $tasks.completedDirectory $TestDrive -Expand
        [IO.Directory]::GetFiles($result.Path, '*', 'AllDirectories').Count | Should -BeGreaterThan 1
    }

    It 'decrypts an encrypted one' {
        $result = Save-IExecTaskResult $tasks.completedEncrypted $TestDrive -BeneficiaryKeyPath $devnet.BeneficiaryKeyPath
        $result.IsDecrypted | Should -BeTrue
        $result.DigestVerified | Should -BeTrue
    }

    It 'does not overwrite a file without -Force' {
        $path = "$TestDrive/mine.zip"
        [IO.File]::WriteAllText($path, 'mine')
        { Save-IExecTaskResult $tasks.completedSingle $path -ErrorAction Stop } | Should -Throw -ErrorId 'ResultExists,*'
        [IO.File]::ReadAllText($path) | Should -Be 'mine'
        (Save-IExecTaskResult $tasks.completedSingle $path -Force).Length | Should -BeGreaterThan 4
    }

    It 'saves nothing that does not match the digest' {
        $path = "$TestDrive/mismatch.zip"
        { Save-IExecTaskResult $tasks.completedDigestMismatch $path -ErrorAction Stop } | Should -Throw -ErrorId 'DigestMismatch,*'
        [IO.File]::Exists($path) | Should -BeFalse
    }

    It 'contacts no gateway with -WhatIf' {
        $path = "$TestDrive/whatif.zip"
        Save-IExecTaskResult $tasks.completedSingle $path -WhatIf | Should -BeNullOrEmpty
        [IO.File]::Exists($path) | Should -BeFalse
    }

    It 'reports <errorId> for <task>' -ForEach @(
        @{ Task = 'active'; ErrorId = 'TaskNotCompleted' }
        @{ Task = 'completedStorageNone'; ErrorId = 'ResultMissing' }
        @{ Task = 'completedDropbox'; ErrorId = 'ResultNotOnIpfs' }
    ) {
        { Save-IExecTaskResult $tasks[$task] $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId "$errorId,*"
    }
}
