BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection
    $ids = $tasks.active, $tasks.completedSingle, $tasks.activeTimeout
}

AfterAll { Disconnect-IExec }

Describe 'Input from files' {
    It 'takes ids from the lines of a file' {
        $file = "$TestDrive/ids.txt"
        $ids | Set-Content $file
        (Get-Content $file | Get-IExecTask).TaskId | Should -Be $ids
    }

    It 'takes ids from a CSV file by property name' {
        $file = "$TestDrive/ids.csv"
        $ids | ForEach-Object { [pscustomobject]@{ Name = 'x'; TaskId = $_ } } | Export-Csv $file -NoTypeInformation
        (Import-Csv $file | Get-IExecTask).TaskId | Should -Be $ids
    }

    It 'takes a deal and an index from a CSV file' {
        $file = "$TestDrive/indexes.csv"
        0, 300 | ForEach-Object { [pscustomobject]@{ DealId = $deals.bag; Index = $_ } } | Export-Csv $file -NoTypeInformation
        $read = Import-Csv $file | Get-IExecTask
        $read.Index | Should -Be @(0, 300)
        $read[1].StatusName | Should -Be 'REVEALING'
    }

    It 'takes ids from JSON by property name' {
        $json = ConvertTo-Json -InputObject @($ids | ForEach-Object { @{ TaskId = $_ } })
        ($json | ConvertFrom-Json | ForEach-Object { $_ } | Get-IExecTask).TaskId | Should -Be $ids
    }

    It 'takes an empty file for no tasks' {
        $file = "$TestDrive/none.csv"
        Set-Content $file '"TaskId"'
        Import-Csv $file | Get-IExecTask | Should -BeNullOrEmpty
    }
}

Describe 'Output to files' {
    It 'is read again from a CSV file of its own' {
        $file = "$TestDrive/tasks.csv"
        $ids | Get-IExecTask | Export-Csv $file -NoTypeInformation
        $rows = Import-Csv $file
        $rows.Status | Should -Be @('Active', 'Completed', 'Timeout')
        ($rows | Select-Object TaskId | Get-IExecTask).TaskId | Should -Be $ids
    }

    It 'has names for states and a time zone in JSON' {
        $json = Get-IExecTask $tasks.activeTimeout | Select-Object TaskId, StatusName, IsClaimable, FinalDeadline | ConvertTo-Json
        $read = $json | ConvertFrom-Json
        $read.TaskId | Should -Be $tasks.activeTimeout
        $read.StatusName | Should -Be 'TIMEOUT'
        $read.IsClaimable | Should -BeTrue
    }

    It 'keeps everything but its methods in CLIXML, and can be read anew from there' {
        $file = "$TestDrive/tasks.xml"
        $ids | Get-IExecTask | Export-Clixml $file
        $read = Import-Clixml $file
        $read.TaskId | Should -Be $ids
        $read[2].IsClaimable | Should -BeTrue
        ($read | Get-IExecTask).TaskId | Should -Be $ids
    }

    It 'groups and measures' {
        $groups = Get-IExecTask -DealId $deals.bag | Group-Object StatusName
        ($groups | Measure-Object Count -Sum).Sum | Should -Be 1000
        ($groups | Where-Object Name -EQ 'UNSET').Count | Should -Be 200
    }
}

Describe 'The console' {
    It 'shows <type> whole in <width> columns' -ForEach @(
        @{ Type = 'tasks'; Command = { $ids | Get-IExecTask }; Width = 80 }
        @{ Type = 'tasks'; Command = { $ids | Get-IExecTask }; Width = 120 }
        @{ Type = 'updates'; Command = { Watch-IExecTask $tasks.completedSingle }; Width = 80 }
        @{ Type = 'updates'; Command = { Watch-IExecTask $tasks.completedSingle }; Width = 120 }
        @{ Type = 'a task as a list'; Command = { Get-IExecTask $tasks.active | Format-List }; Width = 120 }
        @{ Type = 'a deal'; Command = { Get-IExecDeal $deals.bag }; Width = 80 }
        @{ Type = 'a deal'; Command = { Get-IExecDeal $deals.bag }; Width = 120 }
    ) {
        $lines = (& $command | Out-String -Width $width) -split "`r?`n"
        $lines | Where-Object Length -GT $width | Should -BeNullOrEmpty
        $lines -match '0x[0-9a-f]{64}' | Should -Not -BeNullOrEmpty
    }

    It 'shows the same numbers and times in another culture' {
        $here = [Threading.Thread]::CurrentThread
        $before = $here.CurrentCulture
        $plain = Get-IExecTask $tasks.active, $tasks.activeTimeout | Out-String -Width 120
        try {
            $here.CurrentCulture = [Globalization.CultureInfo]::GetCultureInfo('de-DE')
            Get-IExecTask $tasks.active, $tasks.activeTimeout | Out-String -Width 120 | Should -Be $plain
        } finally {
            $here.CurrentCulture = $before
        }
    }
}
