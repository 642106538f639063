using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Binding;

/// <summary>Pipeline input: each cmdlet accepts every form of a task, and emits an object about it.</summary>
public sealed class PipelineBindingTests(WorkerpoolFixture workerpools, DevnetFixture devnet) : IClassFixture<WorkerpoolFixture>, IClassFixture<DevnetFixture>
{
    private static readonly string[] TaskInputs =
    [
        "Get-IExecTask $taskId",
        "$taskId",
        "$taskId.ToUpperInvariant().Replace('0X', '0x')",
        "[pscustomobject]@{ TaskId = $taskId }",
        "[pscustomobject]@{ Id = $taskId }",
        "[pscustomobject]@{ TaskId = $taskId; DealId = $dealId; Index = '0'; StatusName = 'ACTIVE' }", // as Import-Csv has it
    ];

    private static readonly string[] DealInputs =
    [
        "[pscustomobject]@{ DealId = $dealId }",
        "[pscustomobject]@{ DealId = $dealId; Index = 0 }",
        "Get-IExecTask -DealId $dealId -Index 0",
    ];

    [Theory]
    [InlineData("Get-IExecTask")]
    [InlineData("Get-IExecTaskOffchainInfo")]
    [InlineData("Get-IExecTaskLog")]
    [InlineData("Watch-IExecTask")]
    [InlineData("Wait-IExecTask")]
    [InlineData("Invoke-IExecTaskClaim -AsUnsignedTransaction")]
    public async Task A_task_is_taken_as_an_object_by_its_id_and_by_the_properties_of_any_object(string cmdlet)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = ConnectTo(pool, "activeTimeout");

        Assert.All(TaskInputs.Concat(DealInputs), input => AssertFinds(host, $"{input} | {cmdlet}", pool.TaskId("activeTimeout")));
    }

    [Fact]
    public async Task A_task_whose_result_is_saved_is_named_in_the_same_ways()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = ConnectTo(pool, "completedCallback");
        var folder = Directory.CreateTempSubdirectory();
        host.Set("path", Path.Combine(folder.FullName, "result"));

        Assert.All(TaskInputs, input => AssertFinds(host, $"{input} | Save-IExecTaskResult -Path $path -Force", pool.TaskId("completedCallback")));

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Watch-IExecTask $taskId")]
    [InlineData("Get-IExecTaskOffchainInfo $taskId")]
    [InlineData("Get-IExecTaskLog $taskId")]
    [InlineData("Invoke-IExecTaskClaim $taskId -AsUnsignedTransaction")]
    public async Task What_a_cmdlet_emits_names_its_task_to_the_next(string command)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = ConnectTo(pool, "activeTimeout");

        AssertFinds(host, $"{command} | Get-IExecTask", pool.TaskId("activeTimeout"));
    }

    /// <summary>The forms of an uninitialised task: from CSV, JSON and CLIXML, selected by another command, and as an argument.</summary>
    [Theory]
    [InlineData("[pscustomobject]@{ TaskId = $task.TaskId; DealId = $dealId } | ")]
    [InlineData("[pscustomobject]@{ TaskId = $task.TaskId; DealId = $dealId; Index = '0'; StatusName = 'TIMEOUT' } | ")]
    [InlineData("@($task) | ")]
    [InlineData("", " $task")]
    [InlineData("", " @($task, [pscustomobject]@{ TaskId = $task.TaskId; DealId = $dealId })", 2)]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($task)) | ")]
    [InlineData("Wait-IExecTask -DealId $dealId | ")]
    [InlineData("Watch-IExecTask -DealId $dealId | ")]
    public async Task A_task_that_is_not_initialised_is_found_by_its_id_and_its_deal(string before, string after = "", int count = 1)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = ConnectToUninitialised(chain);

        foreach (var cmdlet in new[] { "Get-IExecTask", "Watch-IExecTask", "Wait-IExecTask", "Invoke-IExecTaskClaim -AsUnsignedTransaction" })
        {
            var emitted = host.Invoke($"{before}{cmdlet}{after}").As<object>();

            Assert.Equal(cmdlet.StartsWith("Get", StringComparison.Ordinal) ? count : 1, emitted.Count);
            Assert.All(emitted, item => Assert.Equal(Uninitialised(chain).TaskId, TaskIdOf(item)));
        }
    }

    [Fact]
    public async Task Each_invalid_row_is_an_error_with_the_row_as_its_target()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = ConnectToUninitialised(chain);
        var rows = """
            @{ TaskId = '0x12'; DealId = $dealId }, @{ TaskId = $task.TaskId; DealId = 'none' }, @{ TaskId = $task.TaskId; DealId = '0x' + '9' * 64 },
            @{ TaskId = '0x' + '9' * 64; DealId = $dealId }, @{ TaskId = $task.TaskId; DealId = '' }, @{ TaskId = $task.TaskId; DealId = $dealId } | ForEach-Object { [pscustomobject]$_ }
            """;

        var run = host.Invoke($"{rows} | Get-IExecTask");

        Assert.Equal(["InvalidTaskId", "InvalidDealId", "DealNotFound", "TaskNotInDeal", "TaskNotFound"], run.ErrorIds());
        Assert.All(run.Errors.Take(4), error => Assert.IsType<PSCustomObject>(Assert.IsType<PSObject>(error.TargetObject).BaseObject));
        Assert.Single(run.Output);
    }

    [Fact]
    public async Task A_task_and_an_update_of_it_name_their_deal()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = ConnectToUninitialised(chain);

        Assert.All(new[] { "$task", "Watch-IExecTask $task" }, input =>
            Assert.Equal(Uninitialised(chain).DealId, host.Invoke($"{input} | Get-IExecDeal").As<IExecDeal>().Single().DealId));
    }

    [Fact]
    public async Task The_deals_of_a_pipeline_are_read_together()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester, url: node.Server.Url);
        host.Invoke($"$deals = Find-IExecDeal {chain.State.Accounts.Requester.Address}; $tasks = $deals | Get-IExecTask; $rows = $tasks | ForEach-Object {{ [pscustomobject]@{{ TaskId = $_.TaskId; DealId = $_.DealId }} }}").ThrowOnError();
        var before = node.Server.Requests.Count;

        var counts = host.Invoke("$deals.Count; ($deals | Get-IExecTask -BatchSize 10000).Count; ($rows | Get-IExecTask -BatchSize 10000).Count").As<int>();

        Assert.Equal(counts[1], counts[2]);
        Assert.True(counts[0] > 10 && counts[1] > 1000, string.Join(", ", counts));
        var requests = node.Server.Requests.Count - before; // on a busy machine a batch waits for input long enough to be read in parts
        Assert.True(requests < counts[0], $"{requests} requests for {counts[0]} deals, twice");
    }

    [Fact]
    public async Task Of_a_deal_the_completed_tasks_are_saved_and_one_warning_counts_the_others()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = ConnectTo(pool, "activeTimeout");
        host.Set("bag", pool.Chain.State.Deals["bag"].DealId);

        var run = host.Invoke("[pscustomobject]@{ DealId = $bag } | Save-IExecTaskResult -WhatIf");
        var none = host.Invoke("Save-IExecTaskResult -DealId $dealId");

        Assert.Equal($"Of the 1000 tasks of deal {pool.Chain.State.Deals["bag"].DealId}, 700 have no result: 200 REVEALING, 300 ACTIVE, 200 UNSET.", run.Warnings.Single());
        Assert.Equal("TaskNotCompleted", none.SingleErrorId());
    }

    private static DevnetTask Uninitialised(DevnetChain chain) => chain.State.Tasks["unsetTimeout"];

    /// <summary>A host with a claimable task in <c>$task</c> that is not initialised.</summary>
    private static PowerShellHost ConnectToUninitialised(DevnetChain chain)
    {
        var host = chain.ConnectAs(chain.State.Accounts.Requester);
        host.Invoke($"$dealId = '{Uninitialised(chain).DealId}'; $task = Get-IExecTask -DealId $dealId").ThrowOnError();
        return host;
    }

    private static PowerShellHost ConnectTo(Workerpool pool, string task)
    {
        var host = pool.Connect(pool.Requester);
        pool.AddRun(pool.TaskId(task));
        host.Set("taskId", pool.TaskId(task));
        host.Set("dealId", pool.Chain.State.Tasks[task].DealId);
        return host;
    }

    private static void AssertFinds(PowerShellHost host, string script, string taskId) =>
        Assert.Equal(taskId, TaskIdOf(Assert.Single(host.Invoke(script).As<object>())));

    private static object? TaskIdOf(object emitted)
    {
        var named = PSObject.AsPSObject(emitted).Properties["TaskId"].Value;
        return named is string[] several ? Assert.Single(several) : named;
    }
}
