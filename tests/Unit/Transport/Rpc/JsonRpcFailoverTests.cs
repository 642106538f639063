using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;
using IExec.Tasks.Transport.Rpc;
using IExec.Tasks.UnitTests.Diagnostics;

namespace IExec.Tasks.UnitTests.Transport.Rpc;

public sealed class JsonRpcFailoverTests : RpcTestBase
{
    public static TheoryData<string> PassingFaults => ["429", "408", "500", "503", "reset", "truncated", "-32005", "-32603", "-32000", .. NoAnswers];

    public static TheoryData<string> LastingFaults => ["404", "redirect", "large"];

    public static TheoryData<string> NoJsonRpc => [.. NoAnswers];

    private static string[] NoAnswers =>
    [
        "html", "empty", "cut", "[]", "7", "wrong id", "no result", "two results", "two values", "deep", "bad UTF-8", "half a surrogate",
    ];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Retries_a_read_after_a_temporary_failure(string fault)
    {
        var node = await StartNodeAsync(Fault(fault), Fault(fault), Result("\"0x1\""));
        Assert.Equal(1, (await Client(node).SendAsync(ChainId, CancellationToken.None)).GetQuantity());
        Assert.Equal(3, node.Requests.Count);
        Assert.Equal(2, Recorded.Pauses.Count);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    [MemberData(nameof(LastingFaults))]
    public async Task Never_sends_a_transaction_again_once_a_node_may_have_it(string fault)
    {
        var first = await StartNodeAsync(Fault(fault));
        var second = await StartNodeAsync();
        await Assert.ThrowsAnyAsync<IExecException>(() => Client(first, second).SendAsync(SendRaw, CancellationToken.None));
        Assert.Single(first.Requests);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task Sends_a_transaction_to_the_next_node_when_the_first_cannot_be_reached()
    {
        var second = await StartNodeAsync(Result("\"0x1\""));
        await Client(TimeSpan.FromSeconds(30), ClosedPort(), second.Url).SendAsync(SendRaw, CancellationToken.None);
        Assert.Single(second.Requests);
        Assert.Equal(2, Recorded.Pauses.Count);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Fails_over_to_the_next_node_after_the_retries_and_stays_there(string fault)
    {
        var first = await StartNodeAsync();
        first.Handler = _ => Fault(fault);
        var second = await StartNodeAsync();
        second.Handler = Echo("\"0x2\"");
        var sink = new RecordingDiagnostics();
        var client = Client(first, second).WithDiagnostics(sink);

        Assert.Equal(2, (await client.SendAsync(ChainId, CancellationToken.None)).GetQuantity());
        Assert.Equal(2, (await client.SendAsync(ChainId, CancellationToken.None)).GetQuantity());

        Assert.Equal(3, first.Requests.Count);
        Assert.Equal(2, second.Requests.Count);
        Assert.Contains(sink.Messages, message => message.EndsWith($"Failing over to {second.Url.ToString().TrimEnd('/')}.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(LastingFaults))]
    public async Task Fails_over_to_the_next_node_at_once_after_a_permanent_failure(string fault)
    {
        var first = await StartNodeAsync(Fault(fault));
        var second = await StartNodeAsync(Result("\"0x2\""));
        Assert.Equal(2, (await Client(first, second).SendAsync(ChainId, CancellationToken.None)).GetQuantity());
        Assert.Single(first.Requests);
        Assert.Empty(Recorded.Pauses);
    }

    [Theory]
    [MemberData(nameof(NoJsonRpc))]
    [MemberData(nameof(LastingFaults))]
    public async Task Reports_a_permanent_failure_as_RpcUnavailable(string fault)
    {
        var node = await StartNodeAsync();
        node.Handler = _ => Fault(fault);
        var error = await Assert.ThrowsAsync<IExecException>(() => Client(node).SendAsync(ChainId, CancellationToken.None));
        Assert.Equal(IExecErrorId.RpcUnavailable, error.ErrorId);
        Assert.Contains(node.Url.ToString().TrimEnd('/'), error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public async Task Asks_a_node_for_its_chain_once_before_it_is_used_for_anything()
    {
        var first = await StartNodeAsync(Result("\"0x86\""), Fault("404"), Fault("404"));
        var second = await StartNodeAsync();
        second.Handler = Echo("\"0x86\"");
        var client = Client(first, second);
        Assert.Equal(134UL, await client.ReadChainIdAsync(CancellationToken.None));

        await client.SendAsync(new RpcRequest("eth_blockNumber"), CancellationToken.None);
        await client.SendAsync(new RpcRequest("eth_blockNumber"), CancellationToken.None);

        Assert.Equal(["eth_chainId", "eth_blockNumber"], first.Requests.Select(Method));
        Assert.Equal(["eth_chainId", "eth_blockNumber", "eth_blockNumber"], second.Requests.Select(Method));

        static string Method(RecordedRequest request) => JsonDocument.Parse(request.Body).RootElement.GetProperty("method").GetString()!;
    }

    [Fact]
    public async Task Rejects_a_node_of_another_chain()
    {
        var first = await StartNodeAsync(Result("\"0x86\""), Fault("404"));
        var second = await StartNodeAsync();
        second.Handler = Echo("\"0x1\"");
        var client = Client(first, second);
        await client.ReadChainIdAsync(CancellationToken.None);

        var error = await Assert.ThrowsAsync<IExecException>(() => client.SendAsync(new RpcRequest("eth_blockNumber"), CancellationToken.None));

        Assert.Equal(IExecErrorId.ChainMismatch, error.ErrorId);
        Assert.Single(second.Requests);
    }

    [Fact]
    public async Task Names_all_nodes_when_none_answers()
    {
        var first = await StartNodeAsync();
        var second = await StartNodeAsync();
        first.Handler = second.Handler = _ => Fault("503");
        var error = await Assert.ThrowsAsync<IExecException>(() => Client(first, second).SendAsync(ChainId, CancellationToken.None));
        Assert.Equal(IExecErrorId.RpcUnavailable, error.ErrorId);
        foreach (var node in new[] { first, second })
            Assert.Contains(node.Url.ToString().TrimEnd('/'), error.Message, StringComparison.Ordinal);
        Assert.Contains("503", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, first.Requests.Count + second.Requests.Count);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("-32005")]
    [InlineData("429 inside")]
    public async Task Reports_RateLimited_when_the_last_failure_is(string fault)
    {
        var node = await StartNodeAsync();
        node.Handler = _ => Fault(fault);
        var error = await Assert.ThrowsAnyAsync<IExecException>(() => Client(node).SendAsync(ChainId, CancellationToken.None));
        Assert.Equal(IExecErrorId.RateLimited, error.ErrorId);
    }

    [Theory]
    [InlineData("execution reverted")]
    [InlineData("out of gas")]
    [InlineData("insufficient funds for gas * price + value")]
    [InlineData("invalid opcode: INVALID")]
    public async Task Does_not_repeat_a_call_whose_outcome_is_known(string message)
    {
        var node = await StartNodeAsync(Error($$"""{"code":-32000,"message":"{{message}}"}"""));
        await Assert.ThrowsAsync<RpcException>(() => Client(node).SendAsync(ChainId, CancellationToken.None));
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task Ends_each_attempt_at_the_time_limit()
    {
        var node = await StartNodeAsync();
        node.Handler = _ => Result("\"0x1\"") with { Delay = TimeSpan.FromSeconds(10) };
        var error = await Assert.ThrowsAsync<IExecException>(() => Client(TimeSpan.FromMilliseconds(100), node.Url).SendAsync(ChainId, CancellationToken.None));
        Assert.Equal(IExecErrorId.RpcUnavailable, error.ErrorId);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Equal(2, Recorded.Pauses.Count);
    }

    [Fact]
    public async Task Keeps_the_callers_cancellation()
    {
        var node = await StartNodeAsync();
        using var cancellation = new CancellationTokenSource();
        node.Handler = _ =>
        {
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));
            return Result("\"0x1\"") with { Delay = TimeSpan.FromSeconds(10) };
        };
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client(node).SendAsync(ChainId, cancellation.Token));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Single(node.Requests);
    }

    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/");
    }

    private static ScriptedReply Fault(string name) => name switch
    {
        "reset" => new ScriptedReply { Reset = true },
        "truncated" => Result("\"0x1\"") with { TruncateAfter = 10 },
        "-32005" or "-32603" => Error($$"""{"code":{{name}},"message":"try later"}"""),
        "429 inside" => Error("""{"code":429,"message":"your app has exceeded its capacity"}"""),
        "-32000" => Error("""{"code":-32000,"message":"header not found"}"""),
        "html" => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html><body>Sign in</body></html>", "text/html"),
        "empty" => ScriptedReply.Json(""),
        "cut" => ScriptedReply.Json("""{"jsonrpc":"2.0","id":1,"res"""),
        "[]" or "7" => ScriptedReply.Json(name),
        "wrong id" => Result("\"0x1\"", id: 99),
        "no result" => ScriptedReply.Json("""{"jsonrpc":"2.0","id":1}"""),
        "two results" => ScriptedReply.Json("""{"id":1,"result":"0x1","result":"0x2"}"""),
        "two values" => ScriptedReply.Json("""{"id":1,"result":"0x1"}{}"""),
        "deep" => Result(string.Concat(Enumerable.Repeat("[", 100_000)) + string.Concat(Enumerable.Repeat("]", 100_000))),
        "bad UTF-8" => new ScriptedReply { Body = [.. "{\"id\":1,\"error\":{\"code\":1,\"message\":\""u8, 0xFF, .. "\"}}"u8] },
        "half a surrogate" => ScriptedReply.Json("""{"\ud800":1,"id":1,"error":{"code":1,"message":"\udc00"}}"""),
        "redirect" => ScriptedReply.Redirect(HttpStatusCode.TemporaryRedirect, "https://elsewhere.example/"),
        "large" => ScriptedReply.Json("") with { Body = new byte[HttpRpcTransport.LargestAnswer + 1] },
        _ => ScriptedReply.WithStatus((HttpStatusCode)int.Parse(name)),
    };
}
