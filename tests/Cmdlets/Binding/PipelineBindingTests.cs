using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Binding;

/// <summary>What may come down the pipeline: whatever names the task, each cmdlet finds it and emits an object about it.</summary>
public sealed class PipelineBindingTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
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

    [Fact]
    public async Task A_deal_has_no_result_to_save_as_a_whole()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = ConnectTo(pool, "completedCallback");

        Assert.Equal("InputObjectNotBound", host.Invoke("[pscustomobject]@{ DealId = $dealId } | Save-IExecTaskResult").SingleErrorId());
    }

    private static PowerShellHost ConnectTo(Workerpool pool, string task)
    {
        var host = pool.Connect(pool.Requester);
        pool.AddRun(pool.TaskId(task));
        host.Set("taskId", pool.TaskId(task));
        host.Set("dealId", pool.Chain.State.Tasks[task].DealId);
        return host;
    }

    private static void AssertFinds(PowerShellHost host, string script, string taskId)
    {
        var emitted = Assert.Single(host.Invoke(script).As<object>());
        var named = PSObject.AsPSObject(emitted).Properties["TaskId"].Value;
        Assert.Equal(taskId, named is string[] several ? Assert.Single(several) : named);
    }
}
