using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Another runspace closes the connection while a command works with it: the command ends at once and says why.</summary>
public sealed class DisconnectInFlightTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    public static TheoryData<string> Commands =>
    [
        "Get-IExecTask $id",
        "Get-IExecTask -DealId $deal",
        "Get-IExecDeal $deal",
        "Get-IExecTaskOffchainInfo $id",
        "Get-IExecTaskLog $id",
        "Save-IExecTaskResult $id $path",
        "Watch-IExecTask $id",
        "Watch-IExecTask -DealId $deal",
        "Wait-IExecTask $id",
        "Invoke-IExecTaskClaim $id -WhatIf",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_says_that_the_connection_was_closed(string command)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester, url: proxy.Server.Url);
        var connection = host.Connection();
        using var reached = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        proxy.Intercept = _ =>
        {
            reached.Set();
            goOn.Wait();
            return null;
        };
        host.Set("id", chain.State.Tasks["active"].TaskId);
        host.Set("deal", chain.State.Tasks["active"].DealId);
        host.Set("path", System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("n")));
        using var running = host.Start(command);
        running.WaitUntil(() => reached.IsSet);

        connection.Dispose();
        var result = running.Wait();
        goOn.Set();

        Assert.Equal("ConnectionRequired", result.SingleErrorId());
        Assert.NotEmpty(result.AllErrors().Single().ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Get-IExecTask $id")]
    [InlineData("Watch-IExecTask $id")]
    public async Task A_WebSocket_that_closes_with_the_connection_is_no_failure_of_the_node(string command)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl ws://127.0.0.1:{chain.RpcUrl.Port} -MaximumRetryCount 0").ThrowOnError();
        var connection = host.Connection();
        host.Set("id", chain.State.Tasks["active"].TaskId);
        host.Set("connection", connection);

        // The second command finds the connection closed between two of its own steps.
        var result = host.Invoke($"{command} | ForEach-Object {{ Disconnect-IExec -Connection $connection; {command} -Connection $connection }}");

        Assert.All(result.ErrorIds(), id => Assert.Equal("ConnectionRequired", id));
        Assert.NotEmpty(result.ErrorIds());
    }

    [Fact]
    public async Task A_connection_can_be_closed_twice()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var connection = host.Connection();

        host.Invoke("Disconnect-IExec").ThrowOnError();
        host.Invoke("param($connection) Disconnect-IExec -Connection $connection; Disconnect-IExec -Connection $connection", ("connection", connection)).ThrowOnError();
    }
}
