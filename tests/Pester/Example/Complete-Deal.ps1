<#
.SYNOPSIS
    A runbook: waits for a deal, saves the results of the tasks that completed, and claims the others.
.DESCRIPTION
    What is finished is saved and claimed, whatever becomes of the rest: an error of one task, or the end of the time, stops none of the others.
.OUTPUTS
    How many were saved and claimed, and whether all tasks of the deal completed and were saved.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $DealId,

    [string] $Path = './results',

    [double] $TimeoutSec = 7200
)

$ErrorActionPreference = 'Stop'
$problems = @()
$goOn = @{ ErrorAction = 'Continue'; ErrorVariable = '+problems' }
$tasks = @(Wait-IExecTask -DealId $DealId -TimeoutSec $TimeoutSec @goOn)
$completed = @($tasks | Where-Object Status -EQ 'COMPLETED')
$claimable = @($tasks | Where-Object IsClaimable)

$saved = if ($completed) { Save-IExecTaskResult -TaskId $completed.TaskId -Path "$Path/" -Force @goOn }
$claims = if ($claimable) { Invoke-IExecTaskClaim -DealId $DealId -Index $claimable.Index -Force @goOn }

[pscustomobject] @{
    Saved      = @($saved).Count
    Claimed    = @($claims).Count
    IsComplete = -not $problems -and $completed.Count -eq $tasks.Count
}
