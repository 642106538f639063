using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>The requests of a watch of many tasks.</summary>
public sealed class WatchCostTests : IAsyncLifetime
{
    private DevnetChain _chain = null!;

    public async Task InitializeAsync() => _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);

    public async Task DisposeAsync() => await _chain.DisposeAsync();

    [Fact]
    public async Task A_thousand_tasks_take_two_requests_a_block_and_a_third_when_something_happened()
    {
        await using var proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        var updates = await FollowAsync(proxy);

        var polls = Polls(proxy);
        Assert.Equal(["eth_getBlockByNumber", "eth_call+eth_call"], polls[0]);
        Assert.Contains(polls, poll => poll.SequenceEqual(["eth_getBlockByNumber", "eth_call+eth_call", "eth_getLogs"]));
        Assert.All(polls, poll => Assert.InRange(poll.Count, 1, 3));
        Assert.Equal(_chain.State.Deals["bag"].Volume + 1, updates.Count);
    }

    public static TheoryData<Func<JsonNode, ScriptedReply>> Refusals =>
    [
        _ => ScriptedReply.Json("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}"""),
        _ => ScriptedReply.WithStatus(HttpStatusCode.RequestEntityTooLarge),
        _ => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html>No</html>", "text/html"),
        batch => RpcProxy.Answer(batch, "error", new JsonObject { ["code"] = -32003, ["message"] = "response too large" }),
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_node_that_rejects_large_batches_gets_only_one(Func<JsonNode, ScriptedReply> refuse)
    {
        await using var proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        proxy.Intercept = request => request is JsonArray ? refuse(request) : null;

        var updates = await FollowAsync(proxy);

        Assert.Single(Polls(proxy).SelectMany(poll => poll), request => request == "eth_call+eth_call");
        Assert.Equal(_chain.State.Deals["bag"].Volume + 1, updates.Count);
    }

    [Fact]
    public async Task A_node_that_fails_half_of_a_large_batch_gets_only_one()
    {
        await using var proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        proxy.Intercept = request => request is JsonArray { Count: > 1 } batch ? AnswerHalf(proxy, batch) : null;

        var updates = await FollowAsync(proxy);

        Assert.Single(Polls(proxy).SelectMany(poll => poll), request => request == "eth_call+eth_call");
        Assert.Equal(_chain.State.Deals["bag"].Volume + 1, updates.Count);
    }

    [Fact]
    public async Task A_node_that_disconnects_on_large_batches_gets_smaller_requests_after_a_while()
    {
        await using var proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        proxy.Intercept = request => request is JsonArray ? new ScriptedReply { Reset = true } : null;

        var updates = await FollowAsync(proxy);

        Assert.Equal(3, Polls(proxy).SelectMany(poll => poll).Count(request => request == "eth_call+eth_call"));
        Assert.Equal(_chain.State.Deals["bag"].Volume + 1, updates.Count);
    }

    /// <summary>Watches 1,000 tasks, of which 700 are not final, until one of them has changed.</summary>
    private async Task<IReadOnlyList<IExecTaskUpdate>> FollowAsync(RpcProxy proxy)
    {
        var bag = _chain.State.Deals["bag"];
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        using var watch = host.Start($"Watch-IExecTask -DealId {bag.DealId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(bag.Volume);
        await _chain.MineAsync();
        await _chain.InitializeAsync(bag.DealId, bag.Tasks.First(task => task.State == "unset").Index);
        watch.WaitForOutput(bag.Volume + 1);
        var updates = watch.Output.Select(update => (IExecTaskUpdate)update.BaseObject).ToList();
        watch.Stop();
        return updates;
    }

    private static ScriptedReply AnswerHalf(RpcProxy proxy, JsonArray batch)
    {
        var refused = JsonNode.Parse(RpcProxy.Answer(batch[0]!, "error", new JsonObject { ["code"] = -32003, ["message"] = "too much" }).Body)!;
        var answered = JsonNode.Parse(proxy.Forward(batch[1]!).Body)!;
        return ScriptedReply.Json(new JsonArray(refused, answered).ToJsonString());
    }

    /// <summary>The requests of each poll.</summary>
    private static List<List<string>> Polls(RpcProxy proxy)
    {
        var polls = new List<List<string>>();
        foreach (var request in proxy.Server.Requests.Select(request => Describe(JsonNode.Parse(request.Body)!)))
        {
            if (request == "eth_getBlockByNumber")
                polls.Add([]);
            if (polls.Count > 0)
                polls[^1].Add(request);
        }

        return polls;
    }

    private static string Describe(JsonNode request) => request is JsonArray batch ? string.Join('+', batch.Select(single => Describe(single!))) : (string)request["method"]!;
}
