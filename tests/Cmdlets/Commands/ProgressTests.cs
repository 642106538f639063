using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The progress records of each command with a slow server, and that the bar is removed at the end.</summary>
public sealed class ProgressTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1.2);

    [Theory]
    [InlineData("Get-IExecTask $tasks -BatchSize 1", "1 read")]
    [InlineData("Get-IExecDeal $deals", "1 read")]
    [InlineData("Get-IExecTaskOffchainInfo $tasks", "0 answered")]
    [InlineData("Get-IExecTaskEvent $tasks", "Reading deals of ")]
    [InlineData("Get-IExecTaskDiagnosis $tasks", "Reading deals of ")]
    [InlineData("Get-IExecTaskLog $tasks", "0 answered")]
    [InlineData("Find-IExecDeal $requester -Source Chain", "blocks searched")]
    [InlineData("Find-IExecTask $requester -Source Chain", "blocks searched")]
    [InlineData("Get-IExecWorkerpool $workerpool", "blocks searched")]
    [InlineData("Invoke-IExecTaskClaim $claimable -WhatIf", "Checking 1 task")] // the chain is shared
    [InlineData("Wait-IExecTask $finished -PollingIntervalSec 0.2 -TimeoutSec 3", "0 of 1 final")]
    [InlineData("Watch-IExecTask $finished -PollingIntervalSec 0.2 -TimeoutSec 3", "0 of 1 final")]
    public async Task A_slow_command_shows_progress(string command, string status)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        string[] tasks = [pool.TaskId("active"), pool.TaskId("completedSingle")];
        foreach (var task in tasks)
            pool.AddRun(task);
        host.Set("tasks", tasks);
        host.Set("deals", tasks.Select(task => pool.Chain.State.Tasks.Values.First(other => other.TaskId == task).DealId).ToArray());
        host.Set("requester", pool.Chain.State.Accounts.Requester.Address);
        host.Set("workerpool", pool.Address);
        host.Set("claimable", pool.TaskId("claimable0"));
        host.Set("finished", pool.TaskId("active"));
        var isFirst = true;
        foreach (var server in new[] { pool.Node.Server, pool.Scheduler.Server })
        {
            var honest = server.Handler;
            server.Handler = request =>
            {
                var delay = isFirst ? Slow : TimeSpan.Zero;
                isFirst = false;
                return honest(request) with { Delay = delay };
            };
        }

        var result = host.Invoke(command);

        Assert.Contains(result.Progress, record => record.StatusDescription.Contains(status, StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }
}
