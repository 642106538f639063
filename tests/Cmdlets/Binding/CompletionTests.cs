using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Binding;

/// <summary>Tab completion.</summary>
public sealed class CompletionTests(DevnetFixture devnet, WorkerpoolFixture workerpools) : IClassFixture<DevnetFixture>, IClassFixture<WorkerpoolFixture>
{
    [Theory]
    [InlineData("Connect-IExec ", "arbitrum-mainnet", "arbitrum-sepolia-testnet", "bellecour")]
    [InlineData("Connect-IExec -Chain ARB", "arbitrum-mainnet", "arbitrum-sepolia-testnet")]
    [InlineData("Connect-IExec '", "'arbitrum-mainnet'", "'arbitrum-sepolia-testnet'", "'bellecour'")]
    [InlineData("Connect-IExec -Chain \"bel", "\"bellecour\"")]
    [InlineData("Connect-IExec -Chain \u2018bel", "'bellecour'")]
    [InlineData("Connect-IExec *sepolia", "arbitrum-sepolia-testnet")]
    [InlineData("Get-IExecChain ", "arbitrum-mainnet", "arbitrum-sepolia-testnet", "bellecour")]
    [InlineData("Get-IExecChain bellecour, arbitrum-s", "arbitrum-sepolia-testnet")]
    public void Names_of_chains_are_completed_in_the_quotes_that_were_begun(string line, params string[] expected)
    {
        using var host = PowerShellHost.WithModule();

        Assert.Equal(expected, host.Complete(line).Select(match => match.CompletionText));
    }

    [Fact]
    public void The_tooltip_of_a_chain_has_its_id_and_node()
    {
        using var host = PowerShellHost.WithModule();

        var match = Assert.Single(host.Complete("Connect-IExec 'bell"));

        Assert.Equal(("bellecour", "Chain 134, by default through https://bellecour.iex.ec/"), (match.ListItemText, match.ToolTip));
    }

    [Theory]
    [InlineData("Connect-IExec -Chain zzz")]
    [InlineData("Connect-IExec -Chain arb[")]
    [InlineData("Connect-IExec -Chain '[!")]
    [InlineData("Connect-IExec -Chain ``")]
    [InlineData("Get-IExecTask 0x")]
    [InlineData("Get-IExecTaskLog 0x -Worker 0x")]
    public void A_word_without_matches_has_no_completions_and_no_error(string line)
    {
        using var host = PowerShellHost.WithModule();

        Assert.Empty(host.Complete(line));
        Assert.Empty(host.Invoke("$Error").Output);
    }

    [Theory]
    [InlineData("Get-IExecTask ")]
    [InlineData("Get-IExecTask -Id ")]
    [InlineData("Get-IExecTaskOffchainInfo ")]
    [InlineData("Get-IExecTaskLog ")]
    [InlineData("Save-IExecTaskResult ")]
    [InlineData("Watch-IExecTask ")]
    [InlineData("Wait-IExecTask -TaskId ")]
    [InlineData("Invoke-IExecTaskClaim 0x1234, 0x")]
    public async Task Tasks_that_the_runspace_has_seen_are_completed_the_latest_first(string line)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var (completed, timedOut) = (chain.State.Tasks["completedSingle"], chain.State.Tasks["activeTimeout"]);
        host.Invoke($"Get-IExecTask {completed.TaskId}, {timedOut.TaskId}").ThrowOnError();

        var matches = host.Complete(line);

        Assert.Equal([timedOut.TaskId, completed.TaskId], matches.Select(match => match.CompletionText));
        Assert.Equal($"TIMEOUT, index 0 of deal {timedOut.DealId}", matches[0].ToolTip);
    }

    [Theory]
    [InlineData("Get-IExecTask -DealId ")]
    [InlineData("Get-IExecTaskOffchainInfo -DealId ")]
    [InlineData("Get-IExecTaskLog -DealId ")]
    [InlineData("Watch-IExecTask 0x12 -DealId ")]
    [InlineData("Wait-IExecTask -DealId ")]
    [InlineData("Invoke-IExecTaskClaim -DealId ")]
    public async Task Deals_that_the_runspace_has_seen_are_completed(string line)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var deal = chain.State.Deals["sponsored"];
        host.Invoke($"Get-IExecTask -DealId {deal.DealId} -Index 1").ThrowOnError();

        var match = Assert.Single(host.Complete(line + deal.DealId[..8].ToUpperInvariant().Replace('X', 'x')));

        Assert.Equal((deal.DealId, $"Deal on chain 421614; its task 1 was TIMEOUT"), (match.CompletionText, match.ToolTip));
    }

    [Theory]
    [InlineData("Get-IExecWorkerpool ")]
    [InlineData("Find-IExecDeal -Workerpool ")]
    [InlineData("Find-IExecTask -Workerpool ")]
    public async Task Workerpools_that_the_runspace_has_seen_are_completed(string line)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var deal = host.Invoke($"Get-IExecDeal {chain.State.Deals["sponsored"].DealId}").As<IExecDeal>().Single();

        Assert.Equal(deal.Workerpool.Address, Assert.Single(host.Complete(line)).CompletionText);
    }

    [Fact]
    public async Task Valid_input_counts_as_seen_and_invalid_input_does_not()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var (deal, task) = (chain.State.Deals["sponsored"], chain.State.Tasks["completedSingle"]);
        var wrong = "0x" + new string('7', 64);

        host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId}, {wrong} -WhatIf");
        host.Invoke($"Save-IExecTaskResult {task.TaskId}, {wrong} -WhatIf");

        Assert.Equal(deal.DealId, host.Complete("Get-IExecTask -DealId ")[1].CompletionText);
        Assert.Equal([task.TaskId, .. deal.Tasks.Reverse().Select(known => known.TaskId)], host.Complete("Get-IExecTask ").Select(match => match.CompletionText));
    }

    [Fact]
    public async Task A_deal_of_a_thousand_tasks_leaves_the_latest_hundred()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var bag = chain.State.Deals["bag"];
        host.Invoke($"Get-IExecTask -DealId {bag.DealId}").ThrowOnError();

        Assert.Equal(bag.Tasks.Reverse().Take(100).Select(task => task.TaskId), host.Complete("Get-IExecTask ").Select(match => match.CompletionText));
    }

    [Fact]
    public async Task Workers_that_were_seen_are_completed_unless_they_are_no_addresses()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId).AddReplicate("'; exit '").Move("CREATED", DateTimeOffset.UnixEpoch);
        host.Invoke($"Get-IExecTaskOffchainInfo {taskId}").ThrowOnError();

        var match = Assert.Single(host.Complete($"Get-IExecTaskLog {taskId} -Worker '"));

        Assert.Equal(($"'{pool.Worker}'", $"Worker of task {taskId}"), (match.CompletionText, match.ToolTip));
    }

    [Fact]
    public async Task Other_runspaces_have_not_seen_it()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        using var other = chain.Connect();
        host.Invoke($"Get-IExecTask {chain.State.Tasks["active"].TaskId}").ThrowOnError();

        Assert.Single(host.Complete("Get-IExecTask 0x"));
        Assert.Empty(other.Complete("Get-IExecTask 0x"));
    }

    [Theory]
    [InlineData("Get-IExecTask 0x | Where-Object Status -eq ", "Active", "Completed", "Failed", "Revealing", "Timeout", "Unset")]
    [InlineData("Wait-IExecTask 0x | Where-Object Status -eq T", "Timeout")]
    [InlineData("Watch-IExecTask 0x | Where-Object Status -eq T", "Timeout")]
    public void Statuses_are_completed(string line, params string[] expected)
    {
        using var host = PowerShellHost.WithModule();

        Assert.Equal(expected, host.Complete(line).Select(match => match.CompletionText).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_connection_is_made_to_complete()
    {
        using var host = PowerShellHost.WithModule();

        host.Complete("Get-IExecTask 0x");
        host.Complete("Get-IExecTaskLog -DealId 0x");

        Assert.Empty(host.Invoke("Get-IExecConnection").Output);
    }
}
