using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The verbose, debug and warning messages of a successful command.</summary>
public sealed class StreamTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Theory]
    [InlineData(DevnetProfile.Arbitrum, @"^Chain arbitrum-sepolia-testnet \(421614\) at node {0} as of the block of \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ; 1 request\.$")]
    [InlineData(DevnetProfile.Bellecour, @"^Chain bellecour \(134\) at node {0} as of the block of \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ; 1 request\.$")]
    public async Task Verbose_reports_chain_node_block_and_requests_at_the_end(DevnetProfile profile, string pattern)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();

        var result = host.Invoke($"Get-IExecTask {chain.State.Tasks["active"].TaskId}, {chain.State.Tasks["completedSingle"].TaskId} -Verbose");

        Assert.Equal(2, result.As<IExecTask>().Count);
        Assert.Matches(pattern.Replace("{0}", chain.RpcUrl.ToString().TrimEnd('/'), StringComparison.Ordinal), result.Verbose[^1]);
    }

    [Fact]
    public async Task Verbose_names_the_block_where_the_command_knows_its_number()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke($"Watch-IExecTask {chain.State.Tasks["completedSingle"].TaskId} -Verbose");

        Assert.Matches(@" as of block \d+ of \d{4}-", result.Verbose[^1]);
    }

    [Fact]
    public async Task Debug_shows_requests_and_responses()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke($"Get-IExecTask {chain.State.Tasks["active"].TaskId} -Debug");

        Assert.Contains(result.Debug, message => message.StartsWith("eth_call to ", StringComparison.Ordinal) && message.Contains(chain.State.Tasks["active"].TaskId[2..], StringComparison.Ordinal));
        Assert.Contains(result.Debug, message => message.Contains("HTTP 200", StringComparison.Ordinal));
        Assert.Contains(result.Debug, message => message.Contains(" answers: ", StringComparison.Ordinal) && message.Contains("\"result\":\"0x", StringComparison.Ordinal));
    }

    /// <summary>The proxy keeps the test from the real chain: the warning does not depend on whether that can be reached.</summary>
    [Theory]
    [InlineData("Connect-IExec -MaximumRetryCount 0 -TimeoutSec 1")]
    [InlineData("Get-IExecTask 0x12")]
    public async Task The_use_of_the_default_chain_is_warned_of_once(string command)
    {
        var shell = await ChildShell.RunAsync(
            $$"""
            Import-Module '{{RepositoryPaths.Manifest}}'
            $env:HTTPS_PROXY = 'http://127.0.0.1:1'
            foreach ($i in 1, 2) { try { {{command}} 3>&1 } catch { } }
            try { Connect-IExec -Chain arbitrum-mainnet -MaximumRetryCount 0 -TimeoutSec 1 3>&1 } catch { }
            """);

        Assert.Single(shell.Output, line => line.StartsWith("WARNING: No chain was chosen; using arbitrum-mainnet.", StringComparison.Ordinal));
        Assert.Contains("IEXEC_CHAIN", shell.Output[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_chain_is_not_warned_of()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();

        Assert.Empty(host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}; Get-IExecTask {chain.State.Tasks["active"].TaskId}").Warnings);
    }
}
