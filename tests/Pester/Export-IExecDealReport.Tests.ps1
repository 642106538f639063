BeforeAll {
    . $PSScriptRoot/Devnet.ps1
    $devnet = Get-Devnet
}

AfterAll { Disconnect-IExec }

Describe 'Export-IExecDealReport on <name>' -ForEach @{ Name = 'Arbitrum' }, @{ Name = 'Bellecour' } {
    BeforeAll {
        $chain = $devnet[$name]
        $connection = $chain.Connection
        Connect-IExec @connection
        $folder = New-Item -ItemType Directory -Path "$TestDrive/$name"
        $file = "$folder/report.html"
        $deal = $chain.Deals.bag
        $written = Export-IExecDealReport $deal -Path $file -WarningAction Ignore
        $report = [xml][IO.File]::ReadAllText($file)
    }

    It 'writes one file and emits it' {
        $written | Should -BeOfType System.IO.FileInfo
        $written.FullName | Should -Be (Get-Item -LiteralPath $file).FullName
        Get-ChildItem -LiteralPath $folder | Should -HaveCount 1
        $written.Length | Should -BeLessThan 3MB
    }

    It 'has the deal, its amounts, the diagnosis and the events' {
        $report.DocumentElement.body.main.section.h2 | Should -Be 'Summary', 'Amounts', 'Diagnosis', 'Chart', 'Events', 'Accounts'
        $report.SelectSingleNode('//*[local-name() = "h1"]').InnerText | Should -Be $deal
    }

    It 'contains no script and makes no request' {
        $report.SelectNodes('//*[local-name() = "script" or local-name() = "iframe" or local-name() = "img" or local-name() = "link"]') | Should -HaveCount 0
        $report.SelectSingleNode('//*[local-name() = "meta" and @http-equiv]').GetAttribute('content') | Should -Match "^default-src 'none'"
    }

    It 'does not change an existing file without -Force' {
        { Export-IExecDealReport $deal -Path $file -ErrorAction Stop -WarningAction Ignore } | Should -Throw -ErrorId 'ResultExists,*'
        { Export-IExecDealReport "0x$('1' * 64)" -Path $file -Force -ErrorAction Stop } | Should -Throw -ErrorId 'DealNotFound,*'
        [IO.File]::ReadAllText($file) | Should -Match $deal
        { Export-IExecDealReport $deal -TaskId $chain.Tasks.completedSingle -Path $file -Force -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotInDeal,*'
        (Export-IExecDealReport $deal -Path $file -Force -WarningAction Ignore).FullName | Should -Be $written.FullName
    }

    It 'accepts deals from the pipeline, and tasks for a report of these' {
        $reports = Get-IExecDeal $chain.Deals.unsetTimeout, $deal | Export-IExecDealReport -Path "$folder/of deals/" -WarningAction Ignore
        $reports.Name | Should -Be "$($chain.Deals.unsetTimeout).html", "$deal.html"
        $few = Get-IExecTask -DealId $deal -Index 1, 2 | Export-IExecDealReport -Path "$folder/few.html" -WarningAction Ignore
        [IO.File]::ReadAllText($few.FullName) | Should -Match '2 tasks: index 1\W2'
    }

    It 'names the file with -WhatIf' {
        Export-IExecDealReport $deal -Path "$folder/other.html" -WhatIf
        Test-Path -LiteralPath "$folder/other.html" | Should -BeFalse
    }
}
