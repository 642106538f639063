# How you test a workflow of your own: the module's cmdlets are mocked, so neither a chain nor a key is needed.

BeforeAll {
    . $PSScriptRoot/../Devnet.ps1
    $null = Get-Devnet
    $deal = '0x' + 'd' * 64
}

Describe 'Complete-Deal' {
    BeforeAll {
        Mock Save-IExecTaskResult { $TaskId | ForEach-Object { @{ TaskId = $_ } } }
        Mock Invoke-IExecTaskClaim { $Index | ForEach-Object { @{ Index = $_ } } }
    }

    Context 'when one task completed and two timed out' {
        BeforeAll {
            Mock Wait-IExecTask {
                [pscustomobject] @{ TaskId = '0xa'; Index = 0; Status = 'COMPLETED'; IsClaimable = $false }
                [pscustomobject] @{ TaskId = '0xb'; Index = 1; Status = 'TIMEOUT'; IsClaimable = $true }
                [pscustomobject] @{ TaskId = '0xc'; Index = 2; Status = 'TIMEOUT'; IsClaimable = $true }
            }
            $outcome = & "$PSScriptRoot/Complete-Deal.ps1" -DealId $deal -Path ./here
        }

        It 'counts them' {
            $outcome.Saved | Should -Be 1
            $outcome.Claimed | Should -Be 2
            $outcome.IsComplete | Should -BeFalse
        }

        It 'saves the one' {
            Should -Invoke Save-IExecTaskResult -Times 1 -Exactly -Scope Context -ParameterFilter { $TaskId -eq '0xa' -and $Path -eq './here/' -and $Force }
        }

        It 'claims the others in one go' {
            Should -Invoke Invoke-IExecTaskClaim -Times 1 -Exactly -Scope Context -ParameterFilter { $DealId -eq $deal -and "$Index" -eq '1 2' }
        }
    }

    Context 'when all tasks completed' {
        BeforeAll {
            Mock Wait-IExecTask { [pscustomobject] @{ TaskId = '0xa'; Index = 0; Status = 'COMPLETED'; IsClaimable = $false } }
            $outcome = & "$PSScriptRoot/Complete-Deal.ps1" -DealId $deal
        }

        It 'is complete, and claims nothing' {
            $outcome.IsComplete | Should -BeTrue
            Should -Invoke Invoke-IExecTaskClaim -Times 0 -Exactly -Scope Context
        }
    }
}
