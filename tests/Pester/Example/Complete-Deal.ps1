<#
.SYNOPSIS
    A runbook: waits for a deal, saves the results of the tasks that completed, and claims the others.
.OUTPUTS
    How many were saved and claimed, and whether the whole deal completed.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $DealId,

    [string] $Path = './results',

    [double] $TimeoutSec = 7200
)

$ErrorActionPreference = 'Stop'
$tasks = @(Wait-IExecTask -DealId $DealId -TimeoutSec $TimeoutSec)
$completed = @($tasks | Where-Object StatusName -EQ 'COMPLETED')
$claimable = @($tasks | Where-Object IsClaimable)

$saved = if ($completed) { Save-IExecTaskResult -TaskId $completed.TaskId -Path "$Path/" -Force }
$claims = if ($claimable) { Invoke-IExecTaskClaim -DealId $DealId -Index $claimable.Index -Force }

[pscustomobject] @{
    Saved      = @($saved).Count
    Claimed    = @($claims).Count
    IsComplete = $completed.Count -eq $tasks.Count
}
