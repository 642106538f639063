using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Faults of nodes beyond the fault matrix.</summary>
public sealed class RpcFaultTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    private const string Multicall3 = "0xca11bde05977b3631167028862be2a173976ca11";

    [Fact]
    public void A_node_that_is_down_is_unavailable()
    {
        using var host = PowerShellHost.WithModule();

        var result = host.Invoke("Connect-IExec -RpcUrl http://127.0.0.1:1 -MaximumRetryCount 1");

        Assert.Equal("RpcUnavailable", result.SingleErrorId());
        Assert.Contains("http://127.0.0.1:1", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.NotNull(result.Errors[0].Exception.InnerException);
    }

    [Fact]
    public async Task Another_tasks_answer_is_not_shown_as_this_tasks()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        var (asked, other) = (chain.State.Tasks["active"].TaskId, chain.State.Tasks["completedSingle"].TaskId);
        proxy.Intercept = request => proxy.Forward(JsonNode.Parse(request.ToJsonString().Replace(asked[2..], other[2..], StringComparison.Ordinal))!);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}").ThrowOnError();

        var result = host.Invoke($"Get-IExecTask {asked}");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_false_answer_about_one_task_does_not_keep_the_next_from_being_saved()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        var (asked, other) = (chain.State.Tasks["active"].TaskId, chain.State.Tasks["completedSingle"].TaskId);
        proxy.Intercept = request => proxy.Forward(JsonNode.Parse(request.ToJsonString().Replace(asked[2..], other[2..], StringComparison.Ordinal))!);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}").ThrowOnError();

        var result = host.Invoke($"'{asked}', '{other}' | Save-IExecTaskResult -WhatIf");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Null(result.TerminatingError);
        Assert.Equal(asked, result.Errors[0].TargetObject);
        Assert.Contains(other, result.HostText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1, {0}")]
    [InlineData("{0}, http://127.0.0.1:1")]
    public async Task Fails_over_from_a_node_that_is_down(string urls)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();

        host.Invoke($"Connect-IExec -RpcUrl {string.Format(urls, chain.RpcUrl)} -MaximumRetryCount 0").ThrowOnError();

        Assert.Single(host.Invoke($"Get-IExecTask {chain.State.Tasks["active"].TaskId}").As<IExecTask>());
    }

    [Fact]
    public async Task Never_fails_over_to_a_node_of_another_chain()
    {
        var bellecour = await devnet.GetAsync(DevnetProfile.Bellecour);
        await using var proxy = await ProxyAsync();
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}, {bellecour.RpcUrl} -MaximumRetryCount 0").ThrowOnError();
        proxy.Intercept = _ => ScriptedReply.WithStatus(HttpStatusCode.InternalServerError);

        var result = host.Invoke($"Get-IExecTask {await ActiveAsync()}");

        Assert.Equal("ChainMismatch", result.SingleErrorId());
        Assert.Contains("134", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_wait_for_a_node_that_hangs()
    {
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        var arrived = new TaskCompletionSource();
        proxy.Intercept = _ =>
        {
            arrived.TrySetResult();
            return new ScriptedReply { Delay = TimeSpan.FromMinutes(1) };
        };

        using var running = host.Start($"Get-IExecTask {await ActiveAsync()}");
        await arrived.Task;
        running.Stop();

        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, running.State);
    }

    [Fact]
    public async Task Too_many_requests_waits_as_long_as_the_node_asks()
    {
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        proxy.Server.Enqueue(ScriptedReply.WithStatus(HttpStatusCode.TooManyRequests).With("Retry-After", "1"));

        var result = host.Invoke($"Get-IExecTask {await ActiveAsync()} -Verbose");

        Assert.Single(result.As<IExecTask>());
        Assert.Contains(result.Verbose, message => message.Contains("Trying again in 1.0 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0x0000")]
    [InlineData("0x00000000000000000000000000000000000000000000000000000000000000ff")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000020ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("hello")]
    public async Task Malformed_chain_data_is_an_error(string data)
    {
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy, "-MaximumRetryCount 0");
        proxy.Intercept = request => RpcProxy.Answer(request, "result", data);

        var result = host.Invoke($"Get-IExecTask {await ActiveAsync()}");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Equal(await ActiveAsync(), result.Errors[0].TargetObject);
    }

    [Fact]
    public async Task The_nodes_own_error_is_passed_on_without_its_control_characters()
    {
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy, "-MaximumRetryCount 0");
        proxy.Intercept = request => RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32001, ["message"] = "missing \u001b[31mtrie node" });

        var result = host.Invoke($"Get-IExecTask {await ActiveAsync()}");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains("trie node", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Errors[0].ToString());
    }

    [Fact]
    public async Task A_chain_without_Multicall3_is_read_in_batches_and_one_without_batches_one_by_one()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var bag = chain.State.Deals["bag"];
        using var direct = chain.Connect();
        var expected = Describe(direct.Invoke($"Get-IExecTask -DealId {bag.DealId}").As<IExecTask>());
        await using var proxy = await ProxyAsync();

        proxy.Intercept = request => WithoutMulticall3(request);
        using (var host = Connect(proxy))
            Assert.Equal(expected, Describe(host.Invoke($"Get-IExecTask -DealId {bag.DealId}").As<IExecTask>()));
        Assert.Contains(proxy.Server.Requests, request => request.Text.StartsWith('['));

        proxy.Intercept = request => request is JsonArray
            ? ScriptedReply.Json("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""")
            : WithoutMulticall3(request);
        using (var host = Connect(proxy))
            Assert.Equal(expected, Describe(host.Invoke($"Get-IExecTask -DealId {bag.DealId}").As<IExecTask>()));
    }

    [Fact]
    public async Task A_node_with_a_low_gas_limit_gets_smaller_requests()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var bag = chain.State.Deals["bag"];
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        proxy.Intercept = request => request.ToJsonString().Length > 100_000
            ? RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = "out of gas" })
            : null;

        var tasks = host.Invoke($"Get-IExecTask -DealId {bag.DealId}").As<IExecTask>();

        Assert.Equal(bag.Tasks.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
    }

    [Fact]
    public async Task A_node_that_accepts_only_short_requests_gets_smaller_ones()
    {
        var bag = (await devnet.GetAsync(DevnetProfile.Arbitrum)).State.Deals["bag"];
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        proxy.Intercept = request => request.ToJsonString().Length > 100_000 ? ScriptedReply.WithStatus(HttpStatusCode.RequestEntityTooLarge, "<h1>413</h1>", "text/html") : null;

        var tasks = host.Invoke($"Get-IExecTask -DealId {bag.DealId}").As<IExecTask>();

        Assert.Equal(bag.Tasks.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("""{"jsonrpc":"2.0","id":""")]
    public async Task One_malformed_response_is_retried(string body)
    {
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        proxy.Server.Enqueue(ScriptedReply.WithStatus(HttpStatusCode.OK, body, "text/html"));

        var result = host.Invoke($"Get-IExecTask {await ActiveAsync()}");

        Assert.Single(result.As<IExecTask>());
    }

    [Fact]
    public async Task A_long_read_shows_progress_and_removes_it_at_the_end()
    {
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        proxy.Server.Enqueue(new ScriptedReply { Status = HttpStatusCode.ServiceUnavailable, Delay = TimeSpan.FromSeconds(1) });
        var active = await ActiveAsync();

        var result = host.Invoke($"Get-IExecTask {active}, {active}, {active} -BatchSize 1");

        Assert.Equal(3, result.As<IExecTask>().Count);
        Assert.Equal(["1 read", "Done"], result.Progress.Select(record => record.StatusDescription));
        Assert.Equal(System.Management.Automation.ProgressRecordType.Completed, result.Progress[^1].RecordType);
        Assert.Empty(host.Invoke($"Get-IExecTask {active}").Progress);
    }

    [Fact]
    public async Task A_thousand_tasks_take_two_requests()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await ProxyAsync();
        using var host = Connect(proxy);
        host.Set("ids", chain.State.Deals["bag"].Tasks.Where(task => task.State != "unset").Select(task => task.TaskId).Append(await ActiveAsync()).ToArray());
        var before = proxy.Server.Requests.Count;

        host.Invoke("$ids | Get-IExecTask").ThrowOnError();

        Assert.Equal(2, proxy.Server.Requests.Count - before);
    }

    private static ScriptedReply? WithoutMulticall3(JsonNode request) =>
        request is JsonObject && (string?)request["method"] == "eth_call" && request["params"] is JsonArray { Count: > 0 } call && string.Equals((string?)call[0]!["to"], Multicall3, StringComparison.OrdinalIgnoreCase)
            ? RpcProxy.Answer(request, "result", "0x")
            : null;

    private static string Describe(System.Collections.Generic.IReadOnlyList<IExecTask> tasks) =>
        string.Join('\n', tasks.Select(task => $"{task.TaskId} {task.StatusName} {task.Index} {task.FinalDeadline:O} {task.Result}"));

    private async Task<RpcProxy> ProxyAsync() => await RpcProxy.StartAsync((await devnet.GetAsync(DevnetProfile.Arbitrum)).RpcUrl);

    private async Task<string> ActiveAsync() => (await devnet.GetAsync(DevnetProfile.Arbitrum)).State.Tasks["active"].TaskId;

    private static PowerShellHost Connect(RpcProxy proxy, string parameters = "")
    {
        var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url} {parameters}").ThrowOnError();
        return host;
    }
}
