using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The scheduler's view of a task.</summary>
public sealed class GetIExecTaskOffchainInfoTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 15, 33, 123, TimeSpan.Zero);

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Emits_statuses_dates_and_replicates(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(null);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);

        var info = Assert.Single(host.Invoke($"Get-IExecTaskOffchainInfo {taskId}").As<IExecTaskOffchainInfo>());

        Assert.Equal((taskId, pool.Address, pool.Scheduler.Url), (info.TaskId, info.Workerpool, info.WorkerpoolApiUrl));
        Assert.Equal("COMPLETED", info.Status);
        Assert.Equal(["RECEIVED", "INITIALIZED", "RUNNING", "COMPLETED"], info.StatusHistory.Select(entry => entry.Status));
        Assert.Equal(Start, info.StatusHistory[0].Date);
        Assert.Equal([TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(72), null], info.StatusHistory.Select(entry => entry.Duration));
        Assert.Null(info.Explanation);
        var replicate = Assert.Single(info.Replicates);
        Assert.Equal((pool.Worker, "COMPLETED", 0, true), (replicate.Worker, replicate.Status, replicate.ExitCode, replicate.HasLog));
        Assert.Equal(3, replicate.StatusHistory.Length);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Needs_few_requests(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(null);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        var before = pool.RequestCount;

        host.Invoke($"Get-IExecTaskOffchainInfo {taskId}").ThrowOnError();

        Assert.Equal(profile == DevnetProfile.Arbitrum ? 4 : 7, pool.RequestCount - before);
    }
}
