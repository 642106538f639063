BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
    $connection = $devnet.Arbitrum.Connection
    $tasks = $devnet.Arbitrum.Tasks
    $deals = $devnet.Arbitrum.Deals
    Connect-IExec @connection -PrivateKey (Get-RequesterKey)
}

AfterAll { Disconnect-IExec }

Describe 'Input from files' {
    BeforeAll {
        $ids = "$TestDrive/ids.csv"
        $indexes = "$TestDrive/indexes.csv"
        Set-Content -LiteralPath $ids -Value 'TaskId', $tasks.active, $tasks.completedSingle
        Set-Content -LiteralPath $indexes -Value 'DealId,Index', "$($deals.bag),0", "$($deals.bag),300"
    }

    It 'reads the tasks of a CSV file' {
        (Import-Csv -LiteralPath $ids | Get-IExecTask).StatusName | Should -Be @('ACTIVE', 'COMPLETED')
    }

    It 'reads the deals and indexes of a CSV file' {
        (Import-Csv -LiteralPath $indexes | Get-IExecTask).StatusName | Should -Be @('COMPLETED', 'REVEALING')
    }

    It 'accepts a column named Id' {
        "Id`n$($tasks.revealing)" | ConvertFrom-Csv | Get-IExecTask | ForEach-Object TaskId | Should -Be $tasks.revealing
    }

    It 'reads the tasks of JSON <shape>' -ForEach @(
        @{ Shape = 'texts'; Json = '["{0}","{1}"]' }
        @{ Shape = 'objects'; Json = '[{{"taskId":"{0}"}},{{"taskId":"{1}","note":"other"}}]' }
    ) {
        $read = $json -f $tasks.active, $tasks.completedSingle | ConvertFrom-Json | ForEach-Object { $_ } | Get-IExecTask
        $read.TaskId | Should -Be @($tasks.active, $tasks.completedSingle)
    }

    It 'accepts the lines of a text file' {
        Set-Content -LiteralPath "$TestDrive/ids.txt" -Value $tasks.active, $tasks.revealing
        (Get-Content -LiteralPath "$TestDrive/ids.txt" | Get-IExecTask).StatusName | Should -Be @('ACTIVE', 'REVEALING')
    }

    It 'saves the tasks of a text file beside it, and does not change the text file' {
        New-Item -ItemType Directory -Path "$TestDrive/lines" | Out-Null
        Set-Content -LiteralPath "$TestDrive/lines/ids.txt" -Value $tasks.completedSingle
        Push-Location "$TestDrive/lines"
        try { (Get-Content ids.txt | Save-IExecTaskResult -ErrorAction Stop).Path | Should -Be "$TestDrive/lines/$($tasks.completedSingle).zip" } finally { Pop-Location }
        Get-Content "$TestDrive/lines/ids.txt" | Should -Be $tasks.completedSingle
    }

    It 'accepts an empty file as no tasks' {
        'TaskId' | ConvertFrom-Csv | Get-IExecTask | Should -BeNullOrEmpty
    }

    It 'gives the same rows to <command>' -ForEach @(
        @{ Command = 'Get-IExecTaskOffchainInfo' }
        @{ Command = 'Get-IExecTaskLog' }
    ) {
        (Import-Csv -LiteralPath $ids | & $command).TaskId | Should -Be @($tasks.active, $tasks.completedSingle)
    }

    It 'finds uninitialised tasks by their rows in <format>' -ForEach @(
        @{ Format = 'CSV'; Keep = { $unset | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Format = 'JSON'; Keep = { $unset | ConvertTo-Json | ConvertFrom-Json } }
        @{ Format = 'CLIXML'; Keep = { $unset | Export-Clixml -LiteralPath "$TestDrive/unset.xml"; Import-Clixml -LiteralPath "$TestDrive/unset.xml" } }
        @{ Format = 'Select-Object'; Keep = { $unset | Select-Object TaskId, DealId } }
    ) {
        $unset = Get-IExecTask -DealId $deals.unsetTimeout
        (& $keep | Get-IExecTask).TaskId | Should -Be $tasks.unsetTimeout
        (& $keep | Invoke-IExecTaskClaim -AsUnsignedTransaction).TaskId | Should -Be $tasks.unsetTimeout
    }

    It 'saves each row to its own path' {
        "TaskId,LiteralPath`n$($tasks.completedSingle),$TestDrive/one.zip" | ConvertFrom-Csv | Save-IExecTaskResult | Should -HaveCount 1
        [IO.File]::Exists("$TestDrive/one.zip") | Should -BeTrue
    }

    It 'waits for each row' {
        $rows = "TaskId`n$($tasks.completedSingle)`n$($tasks.failedFromActive)" | ConvertFrom-Csv
        @($rows | Wait-IExecTask) | Should -HaveCount 2
        @($rows | Watch-IExecTask) | Should -HaveCount 2
    }

    It 'claims all rows in one transaction' {
        $rows = "DealId,Index`n$($deals.bagTimeout),0`n$($deals.bagTimeout),1" | ConvertFrom-Csv
        @($rows | Invoke-IExecTaskClaim -AsUnsignedTransaction) | Should -HaveCount 1
    }

    It 'reports an invalid row, and continues with the others' {
        $read = "TaskId`nnonsense`n$($tasks.active)" | ConvertFrom-Csv | Get-IExecTask -ErrorVariable failure -ErrorAction SilentlyContinue
        $read.TaskId | Should -Be $tasks.active
        $failure | Should -HaveCount 1
        $failure[0].TargetObject | Should -Be 'nonsense'
    }

    It 'reports a row without an id' {
        $null = "Name`nx" | ConvertFrom-Csv | Get-IExecTask -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure.FullyQualifiedErrorId | Should -Be 'InputObjectNotBound,IExec.Tasks.Commands.GetIExecTaskCommand'
    }
}

Describe 'Output to files' {
    BeforeAll {
        $items = @(Get-IExecTask -DealId $deals.bag -Index 0, 1, 300, 999)
    }

    It 'is read back from JSON with the same names and times' {
        $back = @(ConvertTo-Json -InputObject $items -Depth 4 | ConvertFrom-Json | ForEach-Object { $_ })
        $back.TaskId | Should -Be $items.TaskId
        $back.StatusName | Should -Be $items.StatusName
        [DateTimeOffset]$back[0].FinalDeadline | Should -Be $items[0].FinalDeadline
    }

    It 'is read back from <format>, and selects the same tasks' -ForEach @(
        @{ Format = 'CSV' }
        @{ Format = 'JSON' }
        @{ Format = 'CLIXML' }
        @{ Format = 'objects' }
    ) {
        $initialised = @($items | Where-Object StatusName -NE 'UNSET')
        $back = switch ($format) {
            'CSV' {
                $initialised | Export-Csv -LiteralPath "$TestDrive/out.csv" -NoTypeInformation
                Import-Csv -LiteralPath "$TestDrive/out.csv"
            }
            'JSON' { ConvertTo-Json -InputObject $initialised -Depth 4 | ConvertFrom-Json | ForEach-Object { $_ } }
            'CLIXML' {
                $initialised | Export-Clixml -LiteralPath "$TestDrive/out.xml"
                Import-Clixml -LiteralPath "$TestDrive/out.xml"
            }
            'objects' { $initialised }
        }
        ($back | Get-IExecTask).TaskId | Should -Be $initialised.TaskId
        ($back | Get-IExecDeal).DealId | Select-Object -Unique | Should -Be $deals.bag
        ($back | Where-Object StatusName -EQ 'COMPLETED' | Watch-IExecTask).TaskId | Should -Be $initialised[0, 1].TaskId
    }

    It 'groups and measures' {
        $groups = Get-IExecTask -DealId $deals.bag | Group-Object StatusName
        ($groups | Measure-Object Count -Sum).Sum | Should -Be 1000
        ($groups | Where-Object Name -EQ 'UNSET').Count | Should -Be 200
    }

    It 'writes a log and a result as CSV' {
        $rows = @(Get-IExecTaskLog $tasks.active) + @(Save-IExecTaskResult $tasks.completedSingle "$TestDrive/csv.zip") | ForEach-Object { $_ | ConvertTo-Csv -NoTypeInformation }
        $rows | Should -Not -Match 'System\.|IExec\.Tasks\.'
    }

    It 'keeps the secrets of a connection out of <format>' -ForEach @(
        @{ Format = 'JSON'; Write = { param($item) ConvertTo-Json -InputObject $item -Depth 4 } }
        @{ Format = 'CLIXML'; Write = { param($item) Export-Clixml -InputObject $item -LiteralPath "$TestDrive/c.xml"; Get-Content -LiteralPath "$TestDrive/c.xml" } }
        @{ Format = 'a list'; Write = { param($item) $item | Format-List * | Out-String -Width 200 } }
    ) {
        $text = (& $write (Get-IExecConnection)) -join "`n"
        $text | Should -Match $devnet.Requester
        $text | Should -Not -Match $devnet.RequesterKey.Substring(2)
    }
}

Describe 'A console of <width> columns' -ForEach @{ Width = 80 }, @{ Width = 120 } {
    It 'shows <what> without cutting anything' -ForEach @(
        @{ What = 'tasks'; Items = { Get-IExecTask $tasks.active, $tasks.completedSingle } }
        @{ What = 'a deal'; Items = { Get-IExecDeal $deals.bag } }
        @{ What = 'updates'; Items = { Watch-IExecTask $tasks.completedSingle } }
        @{ What = 'the scheduler''s word'; Items = { Get-IExecTaskOffchainInfo $tasks.active } }
        @{ What = 'a transaction'; Items = { Get-IExecTask $tasks.claimable0 | Invoke-IExecTaskClaim -AsUnsignedTransaction } }
        @{ What = 'chains'; Items = { Get-IExecChain } }
        @{ What = 'a connection'; Items = { Get-IExecConnection } }
    ) {
        $shown = @(& $items)
        foreach ($text in ($shown | Out-String -Width $width), ($shown | Format-List | Out-String -Width $width)) {
            $text.Trim() | Should -Not -BeNullOrEmpty
            $text | Should -Not -Match '(?<!/)(\u2026|\.\.\.)' # what cuts a value; after a slash it stands for the secret part of an address
        }
    }

    It 'never cuts the id of a task' {
        $text = Get-IExecTask $tasks.active | Out-String -Width $width
        $text | Should -Match $tasks.active
    }
}
