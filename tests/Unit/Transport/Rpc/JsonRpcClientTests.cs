using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Numerics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;
using IExec.Tasks.Transport.Rpc;
using IExec.Tasks.UnitTests.Diagnostics;

namespace IExec.Tasks.UnitTests.Transport.Rpc;

public sealed class JsonRpcClientTests : RpcTestBase
{
    [Fact]
    public async Task Sends_a_request_and_reads_its_result()
    {
        var node = await StartNodeAsync(Result("\"0xa4b1\""));

        var reply = await Client(node).SendAsync(ChainId, CancellationToken.None);

        Assert.Equal(42161, reply.GetQuantity());
        Assert.Equal("POST", node.Requests[0].Method);
        Assert.Equal("application/json", node.Requests[0].Header("Content-Type"));
        Assert.Null(node.Requests[0].Header("Authorization"));
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}""", node.Requests[0].Text);
    }

    [Fact]
    public async Task Writes_parameters_as_EIP_1474_requires()
    {
        var node = await StartNodeAsync(Result("null"), Result("null", id: 2), Result("null", id: 3), Result("null", id: 4));
        var client = Client(node);
        var hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");

        await client.SendAsync(RpcRequest.Call(hub, new byte[] { 0x0f, 0x28 }), CancellationToken.None);
        var filter = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["fromBlock"] = 16UL, ["toBlock"] = BigInteger.Zero, ["topics"] = new object?[] { null, default(Bytes32) }, ["x"] = true, ["n"] = 7,
        };
        await client.SendAsync(new RpcRequest("eth_getLogs", filter), CancellationToken.None);
        await client.SendAsync(RpcRequest.Call(hub, ReadOnlyMemory<byte>.Empty, 16UL), CancellationToken.None);
        await client.SendAsync(BlockHeader.GetLatest, CancellationToken.None);

        Assert.EndsWith(
            """[{"to":"0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E","data":"0x0f28"},"latest"]}""", node.Requests[0].Text, StringComparison.Ordinal);
        Assert.EndsWith(
            """[{"fromBlock":"0x10","toBlock":"0x0","topics":[null,"0x0000000000000000000000000000000000000000000000000000000000000000"],"x":true,"n":7}]}""",
            node.Requests[1].Text,
            StringComparison.Ordinal);
        Assert.EndsWith("""[{"to":"0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E","data":"0x"},"0x10"]}""", node.Requests[2].Text, StringComparison.Ordinal);
        Assert.EndsWith("""["latest",false]}""", node.Requests[3].Text, StringComparison.Ordinal); // the hashes of its transactions, not the transactions
    }

    [Fact]
    public async Task Reports_a_revert_with_its_code_and_data_and_does_not_repeat_it()
    {
        var node = await StartNodeAsync(Error("""{"code":3,"message":"execution reverted: task-pending","data":"0x08c379a0"}"""));

        var error = await Assert.ThrowsAsync<RpcException>(() => Client(node).SendAsync(ChainId, CancellationToken.None));

        Assert.Equal(3, error.Code);
        Assert.Equal("0x08c379a0", error.ErrorData);
        Assert.Equal(IExecErrorId.RpcError, error.ErrorId);
        Assert.Equal("The RPC node answered with an error: execution reverted: task-pending (code 3).", error.Message);
        Assert.Single(node.Requests);
    }

    [Theory]
    [InlineData("""{"code":-32601}""", -32601, "no reason given")]
    [InlineData("""{"code":-32601,"message":""}""", -32601, "no reason given")]
    [InlineData("""{"code":-32601,"message":null}""", -32601, "no reason given")]
    [InlineData("""{"message":"only words"}""", 0, "only words")]
    [InlineData("""{"code":1e99,"message":"odd"}""", 0, "odd")]
    [InlineData("""{"code":"-1","message":"\u001b[2Jclear"}""", 0, "␛[2Jclear")]
    public async Task Reports_errors_that_lack_a_part(string json, long code, string message)
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Client(await StartNodeAsync(Error(json))).SendAsync(ChainId, CancellationToken.None));
        Assert.Equal(code, error.Code);
        Assert.Equal(message, error.NodeMessage);
    }

    [Fact]
    public async Task Finds_revert_data_inside_an_object()
    {
        var node = await StartNodeAsync(Error("""{"code":-32603,"message":"VM Exception","data":{"message":"x","data":"0x1234"}}"""));
        Assert.Equal("0x1234", (await Assert.ThrowsAsync<RpcException>(() => Client(node).SendAsync(ChainId, CancellationToken.None))).ErrorData);
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task Reads_the_error_in_the_body_of_a_failed_status()
    {
        var node = await StartNodeAsync(ScriptedReply.WithStatus(
            HttpStatusCode.BadRequest, """{"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"invalid params"}}"""));
        var error = await Assert.ThrowsAsync<RpcException>(() => Client(node).SendAsync(ChainId, CancellationToken.None));
        Assert.Equal((-32602, false), (error.Code, error.IsBatchRefusal));
    }

    [Fact]
    public async Task Callers_share_connections_and_ids_but_receive_only_their_own_messages()
    {
        var node = await StartNodeAsync();
        node.Handler = Echo("\"0x1\"");
        var client = Client(node);
        var sinks = Enumerable.Range(0, 8).Select(_ => new RecordingDiagnostics()).ToArray();

        await Task.WhenAll(sinks.Select((sink, i) => client.WithDiagnostics(sink).SendAsync(new RpcRequest("eth_m" + i), CancellationToken.None)));

        for (var i = 0; i < sinks.Length; i++)
        {
            Assert.Contains(sinks[i].Messages, message => message.StartsWith($"eth_m{i} to {node.Url.ToString().TrimEnd('/')}", StringComparison.Ordinal));
            Assert.Equal(3, sinks[i].Messages.Count); // what is asked, the exchange, what is answered
        }
    }

    [Fact]
    public async Task Sends_the_user_information_of_a_URL_as_Basic_authentication_and_never_shows_it()
    {
        var node = await StartNodeAsync(Result("\"0x1\""));
        var sink = new RecordingDiagnostics();
        var url = new UriBuilder(node.Url) { UserName = "us%C3%A9r", Password = "p%40ss", Path = "/v2/0123456789abcdef" }.Uri;
        var client = Client(TimeSpan.FromSeconds(30), url).WithDiagnostics(sink);

        await client.SendAsync(ChainId, CancellationToken.None);
        var error = await Assert.ThrowsAsync<IExecException>(() => client.SendAsync(ChainId, CancellationToken.None)); // 404

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("usér:p@ss")), node.Requests[0].Header("Authorization"));
        Assert.Equal("/v2/0123456789abcdef", node.Requests[0].Path);
        var said = string.Join('\n', sink.Messages) + error;
        string[] secrets = ["us%C3%A9r", "usér", "p%40ss", "p@ss", "0123456789abcdef"];
        foreach (var secret in secrets)
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_large_compressed_result()
    {
        var bytes = new byte[500_000];
        new Random(1).NextBytes(bytes);
        var node = await StartNodeAsync(Result($"\"{Hex.Encode(bytes)}\"") with { Gzip = true });
        Assert.Equal(bytes, (await Client(node).SendAsync(ChainId, CancellationToken.None)).GetHexBytes());
    }

    [Fact]
    public async Task Rejects_a_request_that_is_too_long()
    {
        var node = await StartNodeAsync();
        var request = new RpcRequest("eth_call", new byte[RpcPayload.LargestRequest / 2]);
        await Assert.ThrowsAsync<ArgumentException>(() => Client(node).SendAsync(request, CancellationToken.None));
        Assert.Empty(node.Requests);
    }
}
